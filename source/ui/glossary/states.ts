import {concept} from './concept.js';

/** How it goes with pods and nodes. */
export const states = [
	concept(
		'CrashLoopBackOff',
		/CrashLoopBackOff/,
		'The container starts and ends again and again; the kubelet waits longer each time (10 s, 20 s, ... 5 min). Its own words: kubectl logs POD --previous.',
		'容器反复启动又退出；kubelet 每次等待更久(10 秒、20 秒……最多 5 分钟)。看它自己怎么说：kubectl logs POD --previous。',
	),
	concept(
		'ImagePullBackOff',
		/ImagePullBackOff|ErrImagePull/,
		'The node cannot fetch the image: a wrong name or tag, a registry that cannot be reached, or missing credentials. kubectl describe pod shows the registry’s answer under Events.',
		'节点拉不到镜像：名称或标签写错、仓库不可达，或缺少凭据。kubectl describe pod 的 Events 里有仓库的回答。',
	),
	concept(
		'Pending',
		/\bPending\b|FailedScheduling/,
		'No node was found for the pod yet: too little free CPU or memory, a node selector, a taint, or a volume that is not there. The event FailedScheduling counts why each node was refused.',
		'还没有节点可以运行这个 Pod:CPU/内存不足、节点选择器、污点，或缺少存储卷。事件 FailedScheduling 会说明每个节点被拒的原因。',
	),
	concept(
		'OOMKilled',
		/OOMKilled|exit code 137|Exit Code: +137/,
		'The container used more memory than its limit allows, and the kernel killed it (exit code 137 = 128 + signal 9). Raise resources.limits.memory, or let the program use less.',
		'容器使用的内存超过了它的上限，被内核杀死（退出码 137 = 128 + 信号 9）。提高 resources.limits.memory，或让程序少用内存。',
	),
	concept(
		'CreateContainerConfigError',
		/CreateContainerConfigError/,
		'The container names something that is not there: a ConfigMap, a Secret, or a key in one of them. kubectl describe pod names it; once it exists, the kubelet goes on by itself.',
		'容器引用了不存在的东西：ConfigMap、Secret，或其中的某个键。kubectl describe pod 会说出是哪一个；补上之后 kubelet 会自行继续。',
	),
	concept(
		'RunContainerError',
		/RunContainerError|StartError|executable file not found/,
		'The image is there, but its command cannot be started: a wrong path, or no such program in this image. Compare command and args with what the image holds.',
		'镜像已就绪，但命令无法启动：路径写错，或镜像里没有这个程序。对照 command、args 与镜像内容。',
	),
	concept(
		'ContainerCreating',
		/ContainerCreating|PodInitializing|FailedMount|FailedAttachVolume/,
		'The pod has a node, and the kubelet prepares it: volumes, network, images. If it stays so, a volume is missing (event FailedMount) or the network plugin gives no address.',
		'Pod 已分配到节点，kubelet 正在准备：存储卷、网络、镜像。如果一直如此，多半是卷不存在（事件 FailedMount）或网络插件没有分配地址。',
	),
	concept(
		'Init',
		/\bInit:\d|Init:Error|Init:CrashLoopBackOff/,
		'Init containers run before the others, one after the other, and each must end with 0. Init:1/2 says how many have. Look at the one that waits: kubectl logs POD -c NAME.',
		'Init 容器在其他容器之前依次运行，每个都要以 0 结束。Init:1/2 表示已完成几个。查看卡住的那个：kubectl logs POD -c NAME。',
	),
	concept(
		'Terminating',
		/\bTerminating\b/,
		'Somebody deleted it. A pod gets SIGTERM and its grace period (30 s) to end; a namespace waits until all in it is gone; whatever has finalizers waits until they are taken off.',
		'它已被删除。Pod 会收到 SIGTERM 并有宽限期（30 秒）；命名空间要等里面的对象全部消失；带 finalizers 的对象要等它们被移除。',
	),
	concept(
		'Evicted',
		/\bEvicted\b|DiskPressure|MemoryPressure/,
		'The node ran short of disk or memory and ended pods to save itself, those beyond their requests first. A controller makes a new one elsewhere; the evicted one stays as a note.',
		'节点磁盘或内存不足，为自保结束了一些 Pod，先选超出 requests 的。控制器会在别处重建；被驱逐的那个留作记录。',
	),
	concept(
		'Unhealthy',
		/\bUnhealthy\b|[Pp]robe failed/,
		'A probe got no good answer. A failed readiness probe takes the pod out of its Services; a failed liveness or startup probe restarts the container. Check the path, the port and initialDelaySeconds.',
		'探针没有得到正确回答。就绪探针失败会把 Pod 移出 Service；存活或启动探针失败会重启容器。检查路径、端口和 initialDelaySeconds。',
	),
	concept(
		'taint',
		/\btaints?\b|tolerat|NoSchedule|NoExecute|SchedulingDisabled/,
		'A taint keeps pods off a node unless they tolerate it. NoSchedule keeps new ones away, NoExecute also removes those that run. kubectl cordon sets one, uncordon removes it.',
		'污点阻止 Pod 进入节点，除非 Pod 容忍它。NoSchedule 挡住新 Pod，NoExecute 还会赶走已运行的。kubectl cordon 打上，uncordon 去掉。',
	),
	concept(
		'NotReady',
		/NotReady/,
		'The node’s kubelet has stopped reporting, or reports trouble. After 5 minutes its pods are moved away. On the node: systemctl status kubelet, journalctl -u kubelet.',
		'节点的 kubelet 停止上报或报告异常。5 分钟后其上的 Pod 会被迁走。在节点上：systemctl status kubelet、journalctl -u kubelet。',
	),
	concept(
		'<pending>',
		/<pending>/,
		'A LoadBalancer Service waits for somebody to give it an address. Without a cloud that is MetalLB, once it has an IPAddressPool with a free address.',
		'LoadBalancer 类型的 Service 在等待外部地址。没有云厂商时由 MetalLB 分配：它需要一个还有空闲地址的 IPAddressPool。',
	),
	concept(
		'Completed',
		/\bCompleted\b|\bSucceeded\b/,
		'All containers of the pod ended with 0 and none is to be restarted: what a Job wants, and what a server never should. The pod stays so that its logs can be read.',
		'Pod 的所有容器都以 0 结束且无需重启：Job 就该如此，服务器则不该。Pod 会保留，以便查看日志。',
	),
];
