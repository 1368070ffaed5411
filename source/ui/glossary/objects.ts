import {concept} from './concept.js';

/** What a cluster is made of. */
export const objects = [
	concept(
		'Deployment',
		/[Dd]eployment|UP-TO-DATE|部署/,
		'Keeps so many pods of one kind running and replaces them step by step when their template changes (kubectl rollout status, undo).',
		'保持指定数量的同类 Pod 运行，模板变化时逐步替换(kubectl rollout status、undo)。',
	),
	concept(
		'StatefulSet',
		/[Ss]tateful[Ss]et/,
		'Pods with names that stay (web-0, web-1), started one after the other, each with a volume of its own. Together with a headless Service each has a DNS name.',
		'Pod 有固定的名字（web-0、web-1），依次启动，各有自己的存储卷。配合无头服务，每个 Pod 都有 DNS 名字。',
	),
	concept(
		'DaemonSet',
		/[Dd]aemon[Ss]et|DESIRED/,
		'One pod on every node that its selector and tolerations allow: kube-proxy and the network plugin run this way.',
		'在每个符合条件的节点上运行一个 Pod：kube-proxy 和网络插件就是这样运行的。',
	),
	concept(
		'Job',
		/\bCronJobs?\b|\bcronjobs?\b|COMPLETIONS|\bjob\.batch/,
		'Runs pods until so many have ended with 0. A CronJob makes a Job at each time of its schedule.',
		'运行 Pod，直到足够数量以 0 结束。CronJob 按时间表创建 Job。',
	),
	concept(
		'ReplicaSet',
		/[Rr]eplica[Ss]et|[Rr]eplicationController/,
		'Keeps so many copies of one pod. A Deployment makes one for each version of its template and moves the number from the old one to the new.',
		'保持指定数量的同一种 Pod。Deployment 为模板的每个版本建一个 ReplicaSet，并把数量从旧的移到新的。',
	),
	concept(
		'ConfigMap and Secret',
		/[Cc]onfig[Mm]ap|\b[Ss]ecrets?\b/,
		'Settings beside the image, as variables or files. Files in a volume follow a change within a minute; variables, and files mounted with subPath, only after a restart. A Secret is base64, not encryption.',
		'与镜像分开的配置，以环境变量或文件提供。卷里的文件约一分钟内更新；变量和 subPath 挂载要重启才更新。Secret 是 base64，不是加密。',
	),
	concept(
		'volumes',
		/PersistentVolume|\bPVC?\b|STORAGECLASS|StorageClass|hostPath|emptyDir/,
		'A claim (PVC) asks for storage, a volume (PV) is it, and a StorageClass makes volumes on demand. A claim that stays Pending found no volume of its size, mode and class.',
		'PVC 是申请，PV 是实际的卷，StorageClass 按需创建卷。一直 Pending 的 PVC 说明没有大小、模式、类别都合适的卷。',
	),
	concept(
		'HPA',
		/HorizontalPodAutoscaler|\bhpa\b|TARGETS|MINPODS/,
		'Changes the number of replicas so that the measured load per pod comes to the target. Needs metrics-server, and requests on the containers; <unknown> means that one of them is missing.',
		'调整副本数，使每个 Pod 的负载接近目标。需要 metrics-server 和容器的 requests；显示 <unknown> 说明缺少其一。',
	),
	concept(
		'RBAC',
		/ClusterRole|RoleBinding|ServiceAccount|serviceaccount/,
		'Who may do what: a Role lists verbs on kinds, a binding gives it to a user, group or ServiceAccount. With ClusterRole and ClusterRoleBinding it holds in all namespaces.',
		'谁能做什么：Role 列出对哪些类型可用哪些动词，Binding 把它给用户、组或 ServiceAccount。ClusterRole 和 ClusterRoleBinding 对所有命名空间有效。',
	),
	concept(
		'images',
		/\bdocker\b|imagePull|\bHarbor\b|registry/,
		'An image is layers of files and a start command. REGISTRY/PROJECT/NAME:TAG says where it is; nodes fetch it with the credentials of imagePullSecrets. imagePullPolicy: Always asks the registry at each start.',
		'镜像是若干层文件加一条启动命令。REGISTRY/PROJECT/NAME:TAG 说明位置；节点用 imagePullSecrets 中的凭据拉取。imagePullPolicy: Always 表示每次启动都询问仓库。',
	),
	concept(
		'Pod',
		/\b[Pp]ods?\b|RESTARTS/,
		'One or more containers that share an address. READY 0/1: it runs, but its readiness probe says no, so no Service sends it anything. A pod is never moved: it is deleted and another one with another address takes its place.',
		'共享一个地址的一个或多个容器。READY 0/1：在运行但未就绪，Service 不会给它流量。Pod 不会迁移：删除后由另一个地址不同的 Pod 代替。',
	),
	concept(
		'Node',
		/\b[Nn]odes?\b|INTERNAL-IP|节点/,
		'A machine with a kubelet, which runs the pods assigned to it and reports to the API server every ten seconds.',
		'带有 kubelet 的机器：运行分配给它的 Pod，并每十秒向 API 服务器上报。',
	),
	concept(
		'Events',
		/\bevents?\b|事件/i,
		'What the cluster’s parts did or could not do, newest first. The first place to look when something does not start.',
		'集群各组件做了什么或没能做什么，最新的在前。启动失败时首先看这里。',
	),
	concept(
		'Namespace',
		/[Nn]amespaces?\b|NAMESPACE/,
		'A folder for names. Objects of one namespace find each other by short names; Services elsewhere are called NAME.NAMESPACE. It is no wall: any pod may reach any other until a NetworkPolicy says no.',
		'名字的文件夹。同一命名空间内可用短名；其他命名空间的 Service 写作 名字.命名空间。它不是墙：没有 NetworkPolicy 时任何 Pod 都能互访。',
	),
	concept(
		'timeline',
		/^timeline$/,
		'Every line you type is a moment you can return to. u takes the last one back with all it caused, Enter goes to the chosen one; what you type from there is a new future. The lower half shows what the chosen line changed.',
		'你输入的每一行都是可以返回的时刻。u 撤销上一行及其全部影响，回车前往选中的时刻，从那里输入就是新的未来。下半部分显示选中行带来的变化。',
	),
];
