import type {Translated} from '../lab/lab.js';

/** One idea in a few sentences, found by the words that stand on the screen. */
export interface Concept {
	readonly id: string;
	/** What makes it worth explaining. */
	readonly seen: RegExp;
	readonly text: Translated;
}

const say = (en: string, zh: string): Translated => ({en, zh});

/** What went wrong comes before what things are. */
export const glossary: readonly Concept[] = [
	{
		id: 'CrashLoopBackOff',
		seen: /CrashLoopBackOff/,
		text: say(
			'The container starts and ends again and again; the kubelet waits longer each time (10 s, 20 s, ... 5 min). Its own words: kubectl logs POD --previous.',
			'容器反复启动又退出;kubelet 每次等待更久(10 秒、20 秒……最多 5 分钟)。看它自己怎么说:kubectl logs POD --previous。',
		),
	},
	{
		id: 'ImagePullBackOff',
		seen: /ImagePullBackOff|ErrImagePull/,
		text: say(
			'The node cannot fetch the image: a wrong name or tag, a registry that cannot be reached, or missing credentials. kubectl describe pod shows the registry’s answer under Events.',
			'节点拉不到镜像:名称或标签写错、仓库不可达,或缺少凭据。kubectl describe pod 的 Events 里有仓库的回答。',
		),
	},
	{
		id: 'Pending',
		seen: /\bPending\b|FailedScheduling/,
		text: say(
			'No node was found for the pod yet: too little free CPU or memory, a node selector, a taint, or a volume that is not there. The event FailedScheduling counts why each node was refused.',
			'还没有节点可以运行这个 Pod:CPU/内存不足、节点选择器、污点,或缺少存储卷。事件 FailedScheduling 会说明每个节点被拒的原因。',
		),
	},
	{
		id: 'connection refused',
		seen: /[Cc]onnection refused/,
		text: say(
			'The packet arrived and somebody said no: nothing listens on that port, or a REJECT rule answered (a Service without endpoints does). It is not a routing problem.',
			'数据包到达了,但被拒绝:该端口没有进程监听,或被 REJECT 规则回应(没有端点的 Service 就是这样)。这不是路由问题。',
		),
	},
	{
		id: 'timed out',
		seen: /timed? ?out/i,
		text: say(
			'Nobody answered at all. Something dropped the packet: a NetworkPolicy, a firewall, a wrong route, a pod IP that is gone. The Trace pane shows where it ended.',
			'完全没有回应:数据包被丢弃——网络策略、防火墙、错误的路由,或已不存在的 Pod IP。“追踪”面板会显示它在哪里结束。',
		),
	},
	{
		id: 'NXDOMAIN',
		seen: /NXDOMAIN|Could not resolve host|can't find/,
		text: say(
			'The name does not exist for this resolver. Short names are completed by the search list in /etc/resolv.conf, which pods have and hosts do not: from a host use the full name and ask the cluster DNS.',
			'解析器找不到这个名字。短名靠 /etc/resolv.conf 的 search 列表补全,Pod 有而主机没有:在主机上请用完整域名并询问集群 DNS。',
		),
	},
	{
		id: 'Forbidden',
		seen: /\(Forbidden\)|forbidden: User/,
		text: say(
			'RBAC: nobody allowed this user to do that. A Role says what may be done, a RoleBinding says to whom. kubectl auth can-i --list shows what you may do.',
			'RBAC:没有授权该用户这样做。Role 说明可以做什么,RoleBinding 说明给谁。kubectl auth can-i --list 列出你的权限。',
		),
	},
	{
		id: 'NotFound',
		seen: /\(NotFound\)/,
		text: say(
			'No object of that kind has that name in this namespace. Names live in a namespace: -n NAME chooses another one, -A lists all.',
			'该命名空间中没有这种类型的同名对象。名字属于命名空间:-n NAME 选择其他命名空间,-A 列出全部。',
		),
	},
	{
		id: 'NotReady',
		seen: /NotReady/,
		text: say(
			'The node’s kubelet has stopped reporting, or reports trouble. After 5 minutes its pods are moved away. On the node: systemctl status kubelet, journalctl -u kubelet.',
			'节点的 kubelet 停止上报或报告异常。5 分钟后其上的 Pod 会被迁走。在节点上:systemctl status kubelet、journalctl -u kubelet。',
		),
	},
	{
		id: '<pending>',
		seen: /<pending>/,
		text: say(
			'A LoadBalancer Service waits for somebody to give it an address. Without a cloud that is MetalLB, once it has an IPAddressPool with a free address.',
			'LoadBalancer 类型的 Service 在等待外部地址。没有云厂商时由 MetalLB 分配:它需要一个还有空闲地址的 IPAddressPool。',
		),
	},
	{
		id: 'Service',
		seen: /\b[Ss]ervices?\b|服务/,
		text: say(
			'A stable address and name in front of changing pods. Its selector picks pods by label; those that are ready become its endpoints; kube-proxy on every node makes the address work.',
			'在不断变化的 Pod 前面的稳定地址和名字。选择器按标签挑选 Pod,其中就绪的成为端点;每个节点上的 kube-proxy 让这个地址生效。',
		),
	},
	{
		id: 'ClusterIP',
		seen: /ClusterIP|CLUSTER-IP/,
		text: say(
			'An address that no network card owns. It exists only as rules on every node, which rewrite a packet’s destination to one of the pods (DNAT). It works inside the cluster only.',
			'没有任何网卡拥有的地址,只以规则形式存在于每个节点:把数据包的目的地址改写为某个 Pod(DNAT)。只在集群内可用。',
		),
	},
	{
		id: 'NodePort',
		seen: /NodePort/,
		text: say(
			'The Service also answers on one port (30000-32767) of every node, whichever node the pods are on.',
			'该 Service 还在每个节点的同一端口(30000-32767)上响应,无论 Pod 在哪个节点。',
		),
	},
	{
		id: 'LoadBalancer',
		seen: /LoadBalancer|EXTERNAL-IP/,
		text: say(
			'A NodePort Service with an address from outside, given by the cloud or by MetalLB. In layer 2 mode one node answers ARP for it; then kube-proxy’s rules take over.',
			'带有外部地址的 NodePort 服务,地址由云厂商或 MetalLB 分配。二层模式下由一个节点应答 ARP,之后由 kube-proxy 的规则接手。',
		),
	},
	{
		id: 'ipvs',
		seen: /\bipvs\b|IPVS|VIRTUAL \/ REAL/,
		text: say(
			'The kernel’s load balancer. A virtual server is a Service’s address and port, its real servers are the pods. Found by hash, so that 10,000 Services cost no more than ten. "rr" takes them in turns; Masq rewrites the address.',
			'内核的负载均衡器。虚拟服务器即 Service 的地址和端口,真实服务器即 Pod。用哈希查找,一万个 Service 与十个同样快。rr 为轮询;Masq 表示改写地址。',
		),
	},
	{
		id: 'iptables',
		seen: /iptables|KUBE-(?:SVC|SEP|SERVICES)|\bCHAIN\b/,
		text: say(
			'Lists of rules, read from the top. KUBE-SERVICES finds the Service by address, its KUBE-SVC chain throws the dice (statistic mode random), a KUBE-SEP chain rewrites the destination to one pod. PKTS counts what went through.',
			'自上而下读取的规则表。KUBE-SERVICES 按地址找到 Service,KUBE-SVC 链随机掷骰子(statistic mode random),KUBE-SEP 链把目的地址改写为某个 Pod。PKTS 是经过的数据包数。',
		),
	},
	{
		id: 'conntrack',
		seen: /conntrack|ANSWERED BY|UNREPLIED/,
		text: say(
			'The kernel’s memory of connections. The first packet is decided by rules, all later ones follow this entry, answers go back the same way. That is why an old connection survives a changed rule.',
			'内核对连接的记忆。首个数据包由规则决定,之后都沿用此条目,回包原路返回。因此修改规则后旧连接仍然有效。',
		),
	},
	{
		id: 'Endpoints',
		seen: /[Ee]ndpoint/,
		text: say(
			'The addresses behind a Service: its selected pods that are ready. Empty means that the selector matches nothing or no pod is ready - compare kubectl get pods --show-labels with the selector.',
			'Service 背后的地址:被选中且就绪的 Pod。为空说明选择器没有匹配,或没有就绪的 Pod——对比 kubectl get pods --show-labels 与选择器。',
		),
	},
	{
		id: 'Ingress',
		seen: /[Ii]ngress/,
		text: say(
			'HTTP rules: which host and path go to which Service. Nothing happens without a controller (here ingress-nginx), which reads them and configures its nginx.',
			'HTTP 规则:哪个域名和路径转发到哪个 Service。需要控制器(这里是 ingress-nginx)读取并配置 nginx 才会生效。',
		),
	},
	{
		id: 'NetworkPolicy',
		seen: /[Nn]etwork ?[Pp]olic|POD-SELECTOR|网络策略/,
		text: say(
			'Says who may talk to the selected pods. A pod that no policy selects is open; once one selects it, only what some policy allows gets through. Calico writes it as iptables rules.',
			'规定谁可以访问被选中的 Pod。没有策略选中的 Pod 完全开放;一旦被选中,只放行策略允许的流量。Calico 将其写成 iptables 规则。',
		),
	},
	{
		id: 'DNS',
		seen: /\bDNS\b|\bdns\b|svc\.cluster\.local/,
		text: say(
			'CoreDNS answers NAME.NAMESPACE.svc.cluster.local with a Service’s ClusterIP, or for a headless Service with the addresses of its pods.',
			'CoreDNS 用 Service 的 ClusterIP 回答 名字.命名空间.svc.cluster.local;对无头服务则回答各 Pod 的地址。',
		),
	},
	{
		id: 'MetalLB',
		seen: /[Mm]etalLB|IPAddressPool|L2Advertisement/,
		text: say(
			'Gives LoadBalancer Services an address where there is no cloud: an IPAddressPool says which, an L2Advertisement (or BGP) says how the network learns of it.',
			'在没有云的环境中为 LoadBalancer 服务分配地址:IPAddressPool 说明哪些地址,L2Advertisement(或 BGP)说明如何让网络知道。',
		),
	},
	{
		id: 'kube-proxy',
		seen: /kube-proxy/,
		text: say(
			'Runs on every node, watches Services and EndpointSlices, and writes the kernel’s rules. No packet passes through it. Its mode stands in the ConfigMap kube-system/kube-proxy and is read at its start.',
			'运行在每个节点上,监视 Service 和 EndpointSlice 并写入内核规则;数据包不经过它。模式写在 ConfigMap kube-system/kube-proxy 中,启动时读取。',
		),
	},
	{
		id: 'Deployment',
		seen: /[Dd]eployment|UP-TO-DATE|部署/,
		text: say(
			'Keeps so many pods of one kind running and replaces them step by step when their template changes (kubectl rollout status, undo).',
			'保持指定数量的同类 Pod 运行,模板变化时逐步替换(kubectl rollout status、undo)。',
		),
	},
	{
		id: 'Pod',
		seen: /\b[Pp]ods?\b|RESTARTS/,
		text: say(
			'One or more containers that share an address. READY 0/1: it runs, but its readiness probe says no, so no Service sends it anything. A pod is never moved: it is deleted and another one with another address takes its place.',
			'共享一个地址的一个或多个容器。READY 0/1:在运行但未就绪,Service 不会给它流量。Pod 不会迁移:删除后由另一个地址不同的 Pod 代替。',
		),
	},
	{
		id: 'Node',
		seen: /\b[Nn]odes?\b|INTERNAL-IP|节点/,
		text: say(
			'A machine with a kubelet, which runs the pods assigned to it and reports to the API server every ten seconds.',
			'带有 kubelet 的机器:运行分配给它的 Pod,并每十秒向 API 服务器上报。',
		),
	},
	{
		id: 'Events',
		seen: /\bevents?\b|事件/i,
		text: say(
			'What the cluster’s parts did or could not do, newest first. The first place to look when something does not start.',
			'集群各组件做了什么或没能做什么,最新的在前。启动失败时首先看这里。',
		),
	},
	{
		id: 'timeline',
		seen: /^timeline$/,
		text: say(
			'Every line you type is a moment you can return to. u takes the last one back with all it caused, Enter goes to the chosen one; what you type from there is a new future. The lower half shows what the chosen line changed.',
			'你输入的每一行都是可以返回的时刻。u 撤销上一行及其全部影响,回车前往选中的时刻,从那里输入就是新的未来。下半部分显示选中行带来的变化。',
		),
	},
];

const shownMax = 4;

/** What a text can have explained, the most telling first. */
export function conceptsIn(text: string): Concept[] {
	return glossary.filter(({seen}) => seen.test(text)).slice(0, shownMax);
}
