/** What is said about slips, gently. `{name}` stands for a value. */
export const slipWords = {
	slipMeant: {en: 'There is no "{typed}" - did you mean "{meant}"?', zh: '没有 "{typed}"，是否想输入 "{meant}"?'},
	slipNamespace: {en: 'There is no namespace "{typed}".', zh: '没有命名空间 "{typed}"。'},
	slipElsewhere: {
		en: '{kind}: there are some in namespace {where} (-n {where}, or -A for all)',
		zh: '{kind}：在命名空间 {where} 中有(-n {where}，或 -A 查看全部)',
	},
	slipWhole: {en: 'The whole name is wanted: {name} -n {where}', zh: '要写完整的名字：{name} -n {where}'},
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
	slipDashes: {en: 'Two dashes before the command: {line}', zh: '命令之前要有两个短横线：{line}'},
	slipImage: {en: 'A deployment needs an image: --image=NAME', zh: '创建 Deployment 要指定镜像：--image=镜像名'},
	slipRun: {
		en: 'run starts one pod; for more: kubectl create deployment ... --replicas={n}',
		zh: 'run 只启动一个 Pod；多个用：kubectl create deployment ... --replicas={n}',
	},
	slipKind: {en: 'A name alone does not say of what kind it is: {kind}/{name}', zh: '只写名字不知道是哪种资源，请写：{kind}/{name}'},
	slipFlag: {en: 'There is no {typed}; a flag of that kind is called {meant}.', zh: '没有 {typed} 选项，是否想输入 {meant}?'},
	slipGroup: {en: 'The kind {kind} belongs to apiVersion: {version}', zh: '{kind} 属于 apiVersion: {version}'},
	slipTab: {en: 'YAML is indented with blanks, never with tabs.', zh: 'YAML 只能用空格缩进，不能用 Tab。'},
	slipIndent: {
		en: 'Look around line {line}: wrong indent, or no blank behind a colon?',
		zh: '检查第 {line} 行附近：缩进不对，或冒号后面少了空格。',
	},
	slipField: {
		en: 'No field {field}; those there are: kubectl explain {kind}.{parent}',
		zh: '没有字段 {field}；可用字段：kubectl explain {kind}.{parent}',
	},
	slipNoClass: {
		en: 'No controller takes an Ingress without a class: spec.ingressClassName ({classes})',
		zh: '没有写类的 Ingress 没有控制器处理：spec.ingressClassName（{classes}）',
	},
	slipClass: {en: 'There is no IngressClass {typed}, only: {classes}', zh: '没有 IngressClass {typed}，只有：{classes}'},
	slipReborn: {
		en: '{kind} {owner} starts another pod at once: scale or delete that instead.',
		zh: '{kind} {owner} 会立即再补一个 Pod：请改为缩容或删除它。',
	},
	slipProxyUnit: {
		en: 'It runs as pods: kubectl -n kube-system rollout restart ds kube-proxy',
		zh: '它以 Pod 运行：kubectl -n kube-system rollout restart ds kube-proxy',
	},
	slipDnsOnHost: {
		en: 'Only pods know names of Services; from a host use the address: {address}',
		zh: '服务名只能在 Pod 内解析；在主机上请用 {address}',
	},
	slipPort: {en: 'The Service {service} listens on {ports}, not on {port}.', zh: '服务 {service} 监听的是 {ports}，不是 {port}。'},
	slipPing: {
		en: 'A Service answers on its ports only, and ping has none: curl {address}',
		zh: '服务地址只对端口生效，ping 没有端口：请用 curl {address}',
	},
} as const;
