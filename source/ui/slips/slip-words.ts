/** What is said about slips, gently. `{name}` stands for a value. */
export const slipWords = {
	slipMeant: {en: 'There is no "{typed}" - did you mean "{meant}"?', zh: '没有 "{typed}"，是否想输入 "{meant}"?'},
	slipNamespace: {en: 'There is no namespace "{typed}".', zh: '没有命名空间 "{typed}"。'},
	slipElsewhere: {
		en: '{kind}: there are some in namespace {where} (-n {where}, or -A for all)',
		zh: '{kind}：在命名空间 {where} 中有(-n {where}，或 -A 查看全部)',
	},
	slipInstall: {en: '{what} is not installed on this machine: yum install -y {what}', zh: '本机没有安装 {what}:yum install -y {what}'},
	slipNoConfig: {
		en: 'kubectl has no kubeconfig on this machine; k8s-master has one.',
		zh: '本机没有 kubeconfig；请在 k8s-master 上使用 kubectl。',
	},
	slipPrompt: {
		en: 'Leave out the prompt: what is typed begins behind "{prompt}".',
		zh: '不要连提示符一起复制：命令从 "{prompt}" 之后开始。',
	},
	slipWide: {
		en: '"{wide}" is a character of typography, not of the shell: type "{plain}".',
		zh: '"{wide}" 是全角或排版字符，shell 不认识：请输入半角的 "{plain}"。',
	},
	slipFile: {en: 'A file is given with -f: {line}', zh: '文件要用 -f 指定：{line}'},
	slipVerb: {en: 'kubectl wants to be told what to do first: kubectl get {kind}', zh: 'kubectl 先写动作，再写资源：kubectl get {kind}'},
	slipDashes: {en: 'Between the pod and its command stand two dashes: {line}', zh: 'Pod 与要执行的命令之间要有两个短横线：{line}'},
	slipImage: {en: 'A deployment needs an image: --image=NAME', zh: '创建 Deployment 要指定镜像：--image=镜像名'},
	slipRun: {
		en: 'kubectl run starts one pod; several are a deployment: kubectl create deployment NAME --image=IMAGE --replicas={n}',
		zh: 'kubectl run 只启动一个 Pod；多个副本用：kubectl create deployment 名称 --image=镜像 --replicas={n}',
	},
	slipKind: {en: 'A name alone does not say of what kind it is: {kind}/{name}', zh: '只写名字不知道是哪种资源，请写：{kind}/{name}'},
	slipFlag: {en: 'There is no {typed}; a flag of that kind is called {meant}.', zh: '没有 {typed} 选项，是否想输入 {meant}?'},
	slipGroup: {en: 'The kind {kind} belongs to apiVersion: {version}', zh: '{kind} 属于 apiVersion: {version}'},
	slipTab: {en: 'YAML is indented with blanks, never with tabs.', zh: 'YAML 只能用空格缩进，不能用 Tab。'},
	slipIndent: {
		en: 'Look around line {line}: a wrong indent, or a blank missing behind a colon.',
		zh: '检查第 {line} 行附近：缩进不对，或冒号后面少了空格。',
	},
	slipField: {
		en: 'There is no field {field}; kubectl explain {kind}.{parent} lists those there are.',
		zh: '没有字段 {field}；kubectl explain {kind}.{parent} 列出可用字段。',
	},
	slipReborn: {
		en: '{pod} belongs to the {kind} {owner}, which starts another one at once: scale or delete that instead.',
		zh: '{pod} 属于 {kind} {owner}，删除后会立即补一个：请改为缩容或删除它。',
	},
	slipProxyUnit: {
		en: 'kube-proxy is no unit of systemd here, it runs as pods: kubectl -n kube-system rollout restart ds kube-proxy',
		zh: 'kube-proxy 不是 systemd 服务，而是以 Pod 运行：kubectl -n kube-system rollout restart ds kube-proxy',
	},
	slipDnsOnHost: {
		en: 'Names of Services are known within pods only; from a host use the address: {address}',
		zh: '服务名只能在 Pod 内解析；在主机上请用地址：{address}',
	},
	slipPort: {en: 'The Service {service} listens on {ports}, not on {port}.', zh: '服务 {service} 监听的是 {ports}，不是 {port}。'},
	slipPing: {
		en: '{address} is the address of the Service {service}: rules for its ports, and ping has none. Ask a port: curl',
		zh: '{address} 是服务 {service} 的虚拟地址，只对端口生效，ping 没有端口。请用 curl 访问端口。',
	},
} as const;
