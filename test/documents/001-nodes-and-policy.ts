import {applied, learner} from './_learner.js';

const {types} = learner('document 001');
const ask = (pod: string, more = '') => `kubectl exec ${pod} -- wget -qO- -T 2 ${more || '$ip'} > /dev/null`;
const allowed = {status: 0};
const blocked = {err: /download timed out/, status: 1};
const policy = (name: string, spec: string) =>
	applied(`
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}}
spec: ${spec}
`);

types('1.4 a policy for myapp: only the frontend gets in', [
	[
		'kubectl run myapp --image=myapp:v1 --labels=app=myapp; kubectl run front --image=busybox --labels=role=frontend -- sleep 3600; kubectl run other --image=busybox -- sleep 3600; kubectl expose pod myapp --port=80 --type=NodePort',
	],
	["ip=$(kubectl get pod myapp -o jsonpath='{.status.podIP}'); np=$(kubectl get svc myapp -o jsonpath='{.spec.ports[0].nodePort}')"],
	[ask('front'), allowed],
	[ask('other'), allowed],
	[
		policy(
			'my-network-policy',
			'{podSelector: {matchLabels: {app: myapp}}, policyTypes: [Ingress], ingress: [{from: [{podSelector: {matchLabels: {role: frontend}}}]}]}',
		),
		'networkpolicy.networking.k8s.io/my-network-policy created\n',
	],
	[ask('front'), allowed],
	[ask('front', 'myapp'), allowed],
	[ask('other'), blocked],
	[ask('other', 'myapp'), blocked],
	['ssh reg "curl -sm 2 k8s-node1:$np"', {status: 28}],
	['kubelab trace --from other $ip:80', {out: /NetworkPolicy default\/my-network-policy/, status: 1}],
]);

types('1.4 namespaces, blocks, ports; egress that forgets DNS', [
	['kubectl create namespace shop; kubectl -n shop run buyer --image=busybox -- sleep 3600'],
	[
		policy(
			'my-network-policy',
			'{podSelector: {matchLabels: {app: myapp}}, ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}}], ports: [{port: 80, endPort: 90}]}]}',
		),
	],
	['kubectl -n shop exec buyer -- wget -qO- -T 2 $ip > /dev/null', allowed],
	[ask('front'), blocked],
	[
		policy(
			'my-network-policy',
			'{podSelector: {matchLabels: {app: myapp}}, ingress: [{from: [{ipBlock: {cidr: 10.244.0.0/16, except: [10.244.1.1/32]}}], ports: [{port: 81}]}]}',
		),
	],
	[ask('front'), blocked],
	['kubectl delete networkpolicy --all'],
	[
		policy(
			'out',
			'{podSelector: {matchLabels: {role: frontend}}, policyTypes: [Egress], egress: [{to: [{podSelector: {matchLabels: {app: myapp}}}]}]}',
		),
	],
	[ask('front'), allowed],
	[ask('front', 'myapp'), {err: /bad address 'myapp'/, status: 1}],
	[
		policy(
			'out',
			'{podSelector: {matchLabels: {role: frontend}}, policyTypes: [Egress], egress: [{to: [{podSelector: {matchLabels: {app: myapp}}}]}, {ports: [{port: 53, protocol: UDP}]}]}',
		),
	],
	[ask('front', 'myapp'), allowed],
	['kubectl delete networkpolicy --all; kubectl delete ns shop'],
]);

types('1.6, 1.7 the mode as text; the chains of iptables mode', [
	['curl 127.0.0.1:10249/proxyMode 2> /dev/null', 'iptables'],
	[
		'iptables -t nat -L KUBE-SERVICES -n',
		/^Chain KUBE-SERVICES \(2 references\)\ntarget +prot opt source +destination *\nKUBE-SVC-NPX46M4PTMTKRN6Y {2}6 +-- +0\.0\.0\.0\/0 +10\.96\.0\.1 +\/\* default\/kubernetes:https cluster IP \*\/ tcp dpt:443\n/,
	],
	['iptables-save -t nat | grep -c -- "-j KUBE-SEP-"', /^\d+\n$/],
]);

types('1.10 component pods and their logs', [
	['kubectl -n kube-system logs kube-scheduler-k8s-master | wc -l', /^[1-9]\d*\n$/],
	['journalctl -u kubelet --no-pager | grep -c kubelet', /^[1-9]\d*\n$/],
	['systemctl status kubelet | head -5', /Active: active \(running\)/],
	['crictl ps -q --name kube- | wc -l', '4\n'],
]);

types('1.8 a node is silent, drained, deleted, reset, and joins again', [
	['ssh k8s-node2 systemctl stop kubelet; sleep 50; kubectl get nodes', /k8s-node2 +NotReady /],
	["kubectl get node k8s-node2 -o jsonpath='{.spec.taints[*].key}'", 'node.kubernetes.io/unreachable node.kubernetes.io/unreachable'],
	['ssh k8s-node2 systemctl start kubelet; sleep 5; kubectl get nodes', /k8s-node2 +Ready /],
	['kubectl drain k8s-node2', {err: /cannot delete DaemonSet-managed Pods/, status: 1}],
	['kubectl drain k8s-node2 --ignore-daemonsets --delete-emptydir-data --force', /node\/k8s-node2 drained\n$/],
	['kubectl delete node k8s-node2', 'node "k8s-node2" deleted\n'],
	['sleep 30; kubectl get nodes --no-headers | wc -l', '2\n'],
	[
		'join=$(kubeadm token create --print-join-command); kubeadm token list',
		/^TOKEN +TTL +EXPIRES +USAGES +DESCRIPTION +EXTRA GROUPS\n\w{6}\.\w{16} +23h /,
	],
	[
		'ssh k8s-node2 "$join"',
		{
			out: '[preflight] Running pre-flight checks\n',
			err: /^error execution phase preflight: \[preflight\] Some fatal errors occurred:\n\t\[ERROR FileAvailable--etc-kubernetes-kubelet\.conf\]: \/etc\/kubernetes\/kubelet\.conf already exists\n\t\[ERROR Port-10250\]: Port 10250 is in use\n\t\[ERROR FileAvailable--etc-kubernetes-pki-ca\.crt\]: \/etc\/kubernetes\/pki\/ca\.crt already exists\n\[preflight\] If you know/,
			status: 1,
		},
	],
	['echo n | ssh k8s-node2 kubeadm reset', {err: /won't proceed; the user didn't answer \(Y\|y\) in order to continue/, status: 1}],
	[
		'ssh k8s-node2 kubeadm reset -f',
		/\[reset\] Stopping the kubelet service\n[\s\S]*The reset process does not perform cleanup of CNI plugin configuration,\n/,
	],
	['ssh k8s-node2 "systemctl start kubelet; sleep 1; systemctl is-active kubelet; crictl ps -q | wc -l"', 'activating\n0\n'],
	['ssh k8s-node2 "journalctl -u kubelet | grep -c \'failed to load kubelet config file\'"', /^[1-9]\d*\n$/],
	[
		`ssh k8s-node2 "$(echo $join | sed 's/sha256:.*/sha256:00/')"`,
		{err: /cluster CA found in cluster-info ConfigMap is invalid: none of the public keys "sha256:[0-9a-f]{64}" are pinned/, status: 1},
	],
	['ssh k8s-node2 "$join"', /\[kubelet-check\] The kubelet is healthy after 501\.\d+ms\n[\s\S]*This node has joined the cluster:\n/],
	['sleep 20; kubectl get nodes', /k8s-node2 +Ready +<none> +\d+s /],
	[
		'kubectl run late --image=myapp:v1 --overrides=\'{"spec": {"nodeName": "k8s-node2"}}\'; sleep 3; ip=$(kubectl get pod late -o jsonpath=\'{.status.podIP}\'); curl -s $ip',
		/Hello MyApp/,
	],
]);
