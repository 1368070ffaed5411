import {concept} from './concept.js';

/** The way of a packet. */
export const network = [
	concept(
		'EndpointSlice',
		/EndpointSlice|ADDRESSTYPE/,
		'The endpoints of a Service in pieces of at most 100 addresses, each with its conditions (ready, serving, terminating). This is what kube-proxy reads; Endpoints is the old form.',
		'Service 的端点，按每片最多 100 个地址切分，每个地址带有状态（ready、serving、terminating）。kube-proxy 读的就是它；Endpoints 是旧形式。',
	),
	concept(
		'headless Service',
		/[Hh]eadless|CLUSTER-IP\n.*\bNone\b|clusterIP: None/,
		'clusterIP: None. No address and no rules: DNS answers with the addresses of the pods themselves, and with a name for each pod of a StatefulSet.',
		'clusterIP: None。没有地址也没有规则：DNS 直接回答各 Pod 的地址，StatefulSet 的每个 Pod 还有自己的名字。',
	),
	concept(
		'ExternalName',
		/ExternalName/,
		'A Service that is only a name: DNS answers with a CNAME to a host outside. No address, no port, no proxy.',
		'只有名字的 Service：DNS 用 CNAME 指向外部主机。没有地址、端口和代理。',
	),
	concept(
		'traffic policy',
		/externalTrafficPolicy|internalTrafficPolicy|healthCheckNodePort/,
		'Cluster: any ready pod may answer, and the sender’s address is rewritten on the way. Local: only pods of the node that was reached, which see the true sender; a node without one answers nothing.',
		'Cluster：任何就绪的 Pod 都可应答，途中会改写来源地址。Local：只由收到请求的节点上的 Pod 应答，能看到真实来源；没有 Pod 的节点不应答。',
	),
	concept(
		'session affinity',
		/[Ss]essionAffinity|\bpersistent\b \d+|--persistent/,
		'ClientIP: requests from one address go to the same pod for three hours, unless it goes away. iptables remembers by its recent module, ipvs as persistent connections.',
		'ClientIP：同一地址的请求三小时内都到同一个 Pod，除非它消失。iptables 用 recent 模块记住，ipvs 用持久连接。',
	),
	concept(
		'Service',
		/\b[Ss]ervices?\b|服务/,
		'A stable address and name in front of changing pods. Its selector picks pods by label; those that are ready become its endpoints; kube-proxy on every node makes the address work.',
		'在不断变化的 Pod 前面的稳定地址和名字。选择器按标签挑选 Pod，其中就绪的成为端点；每个节点上的 kube-proxy 让这个地址生效。',
	),
	concept(
		'ClusterIP',
		/ClusterIP|CLUSTER-IP/,
		'An address that no network card owns. It exists only as rules on every node, which rewrite a packet’s destination to one of the pods (DNAT). It works inside the cluster only.',
		'没有任何网卡拥有的地址，只以规则形式存在于每个节点：把数据包的目的地址改写为某个 Pod(DNAT)。只在集群内可用。',
	),
	concept(
		'NodePort',
		/NodePort/,
		'The Service also answers on one port (30000-32767) of every node, whichever node the pods are on.',
		'该 Service 还在每个节点的同一端口(30000-32767)上响应，无论 Pod 在哪个节点。',
	),
	concept(
		'LoadBalancer',
		/LoadBalancer|EXTERNAL-IP/,
		'A NodePort Service with an address from outside, given by the cloud or by MetalLB. In layer 2 mode one node answers ARP for it; then kube-proxy’s rules take over.',
		'带有外部地址的 NodePort 服务，地址由云厂商或 MetalLB 分配。二层模式下由一个节点应答 ARP，之后由 kube-proxy 的规则接手。',
	),
	concept(
		'ipvs',
		/\bipvs\b|IPVS|VIRTUAL \/ REAL/,
		'The kernel’s load balancer. A virtual server is a Service’s address and port, its real servers are the pods. Found by hash, so that 10,000 Services cost no more than ten. "rr" takes them in turns; Masq rewrites the address.',
		'内核的负载均衡器。虚拟服务器即 Service 的地址和端口，真实服务器即 Pod。用哈希查找，一万个 Service 与十个同样快。rr 为轮询；Masq 表示改写地址。',
	),
	concept(
		'iptables',
		/iptables|KUBE-(?:SVC|SEP|SERVICES)|\bCHAIN\b/,
		'Lists of rules, read from the top. KUBE-SERVICES finds the Service by address, its KUBE-SVC chain throws the dice (statistic mode random), a KUBE-SEP chain rewrites the destination to one pod. PKTS counts what went through.',
		'自上而下读取的规则表。KUBE-SERVICES 按地址找到 Service,KUBE-SVC 链随机掷骰子(statistic mode random),KUBE-SEP 链把目的地址改写为某个 Pod。PKTS 是经过的数据包数。',
	),
	concept(
		'conntrack',
		/conntrack|ANSWERED BY|UNREPLIED/,
		'The kernel’s memory of connections. The first packet is decided by rules, all later ones follow this entry, answers go back the same way. That is why an old connection survives a changed rule.',
		'内核对连接的记忆。首个数据包由规则决定，之后都沿用此条目，回包原路返回。因此修改规则后旧连接仍然有效。',
	),
	concept(
		'Endpoints',
		/[Ee]ndpoint/,
		'The addresses behind a Service: its selected pods that are ready. Empty means that the selector matches nothing or no pod is ready - compare kubectl get pods --show-labels with the selector.',
		'Service 背后的地址：被选中且就绪的 Pod。为空说明选择器没有匹配，或没有就绪的 Pod——对比 kubectl get pods --show-labels 与选择器。',
	),
	concept(
		'Ingress',
		/[Ii]ngress/,
		'HTTP rules: which host and path go to which Service. Nothing happens without a controller (here ingress-nginx), which reads them and configures its nginx.',
		'HTTP 规则：哪个域名和路径转发到哪个 Service。需要控制器(这里是 ingress-nginx)读取并配置 nginx 才会生效。',
	),
	concept(
		'NetworkPolicy',
		/[Nn]etwork ?[Pp]olic|POD-SELECTOR|网络策略/,
		'Says who may talk to the selected pods. A pod that no policy selects is open; once one selects it, only what some policy allows gets through. Calico writes it as iptables rules.',
		'规定谁可以访问被选中的 Pod。没有策略选中的 Pod 完全开放；一旦被选中，只放行策略允许的流量。Calico 将其写成 iptables 规则。',
	),
	concept(
		'DNS',
		/\bDNS\b|\bdns\b|svc\.cluster\.local/,
		'CoreDNS answers NAME.NAMESPACE.svc.cluster.local with a Service’s ClusterIP, or for a headless Service with the addresses of its pods.',
		'CoreDNS 用 Service 的 ClusterIP 回答 名字.命名空间.svc.cluster.local；对无头服务则回答各 Pod 的地址。',
	),
	concept(
		'MetalLB',
		/metallb|MetalLB|IPAddressPool|L2Advertisement/,
		'Gives LoadBalancer Services an address where there is no cloud: an IPAddressPool says which, an L2Advertisement (or BGP) says how the network learns of it.',
		'在没有云的环境中为 LoadBalancer 服务分配地址：IPAddressPool 说明哪些地址，L2Advertisement(或 BGP)说明如何让网络知道。',
	),
	concept(
		'kube-proxy',
		/kube-proxy/,
		'Runs on every node, watches Services and EndpointSlices, and writes the kernel’s rules. No packet passes through it. Its mode stands in the ConfigMap kube-system/kube-proxy and is read at its start.',
		'运行在每个节点上，监视 Service 和 EndpointSlice 并写入内核规则；数据包不经过它。模式写在 ConfigMap kube-system/kube-proxy 中，启动时读取。',
	),
	concept(
		'Gateway API',
		/HTTPRoute|GatewayClass|\bGateways?\b/,
		'Ingress’s successor: a Gateway listens on ports, HTTPRoutes hang on it and send requests to Services, by weight if you like. The conditions Accepted and Programmed say whether it works.',
		'Ingress 的继任者：Gateway 监听端口，HTTPRoute 挂在上面并把请求转给 Service，可按权重分流。Accepted 和 Programmed 条件说明是否生效。',
	),
	concept(
		'routes',
		/\bip route\b|default via|proto (?:bird|kernel)|\btunl0\b|\bcali[0-9a-f]+\b/,
		'The routing table says by which interface and neighbour an address is reached; the longest prefix wins. Calico adds a route per pod (cali...) and one per other node’s block of pods.',
		'路由表决定某个地址走哪块网卡、哪个邻居；前缀最长者优先。Calico 为每个 Pod 加一条路由（cali...），并为其他节点的 Pod 网段各加一条。',
	),
];
