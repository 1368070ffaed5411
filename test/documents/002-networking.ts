import {applied, learner} from './_learner.js';

const {types} = learner('document 002');
const service = (name: string, spec: string) =>
	applied(`
apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: ${spec}
`);

types('2.1, 2.4 expose a controller; ports and their names', [
	[
		applied(`
apiVersion: v1
kind: ReplicationController
metadata: {name: hdls}
spec: {replicas: 2, template: {metadata: {labels: {app: hdls}}, spec: {containers: [{name: c, image: "myapp:v1", ports: [{containerPort: 80}]}]}}}
`),
	],
	['kubectl expose rc hdls', 'service/hdls exposed\n'],
	["kubectl get svc hdls -o jsonpath='{.spec.ports[0].port}/{.spec.ports[0].targetPort}'", '80/80'],
	["curl -s $(kubectl get svc hdls -o jsonpath='{.spec.clusterIP}')", /Hello MyApp/],
	[
		service('two', '{selector: {app: hdls}, ports: [{port: 8080, protocol: TCP}, {port: 8080, protocol: UDP}]}'),
		{err: /\* spec\.ports\[0\]\.name: Required value\n\* spec\.ports\[1\]\.name: Required value\n/, status: 1},
	],
	[
		service(
			'two',
			'{selector: {app: hdls}, ports: [{name: dns, port: 8080, targetPort: 80, protocol: TCP}, {name: dns-tcp, port: 8080, protocol: UDP}]}',
		),
	],
	["curl -s $(kubectl get svc two -o jsonpath='{.spec.clusterIP}'):8080", /Hello MyApp/],
]);

types('2.2 session affinity', [
	[
		'kubectl patch svc hdls -p \'{"spec": {"sessionAffinity": "ClusterIP"}}\'',
		{err: /spec\.sessionAffinity: Unsupported value: "ClusterIP": supported values: "ClientIP", "None"/, status: 1},
	],
	['kubectl patch svc hdls -p \'{"spec": {"sessionAffinity": "ClientIP"}}\'', 'service/hdls patched\n'],
	[
		"vip=$(kubectl get svc hdls -o jsonpath='{.spec.clusterIP}'); for i in 1 2 3 4 5 6 7 8; do curl -s $vip/hostname.html; done | sort -u | wc -l",
		'1\n',
	],
	['iptables-save | grep -c "recent --rcheck --seconds 10800 --reap"', '2\n'],
]);

types('2.3 headless; a Service without a selector', [
	[service('bare', '{clusterIP: None, selector: {app: hdls}, ports: [{port: 8080, targetPort: 8000}]}')],
	['yum install -y bind-utils > /dev/null; dig +short bare.default.svc.cluster.local @10.96.0.10 | wc -l', '2\n'],
	[service('outside', '{ports: [{port: 8080, targetPort: 8000}]}')],
	[
		applied(
			'apiVersion: v1\nkind: Endpoints\nmetadata: {name: outside}\nsubsets: [{addresss: [{IP: 172.25.254.250}], ports: [{port: 80}]}]',
		),
		{err: /strict decoding error: unknown field "subsets\[0\]\.addresss"/, status: 1},
	],
	[
		applied(
			'apiVersion: v1\nkind: Endpoints\nmetadata: {name: outside}\nsubsets: [{addresses: [{ip: 172.25.254.100}], ports: [{port: 10249}]}]',
		),
		{err: /v1 Endpoints is deprecated in v1\.33\+; use discovery\.k8s\.io\/v1 EndpointSlice/},
	],
	["iptables-save | grep -c -- '--to-destination 172.25.254.100:10249'", '1\n'],
	["curl -s $(kubectl get svc hdls -o jsonpath='{.spec.clusterIP}') > /dev/null"],
]);

types('2.5 hostPort and hostNetwork', [
	[
		applied(
			'apiVersion: v1\nkind: Pod\nmetadata: {name: port}\nspec: {nodeName: k8s-node1, containers: [{name: c, image: "myapp:v1", ports: [{containerPort: 80, hostPort: 8000}]}]}',
		),
	],
	['ssh reg curl -s k8s-node1:8000', /Hello MyApp/],
	['ssh reg curl -s k8s-node2:8000', {status: 7}],
	[
		applied(
			'apiVersion: v1\nkind: Pod\nmetadata: {name: net}\nspec: {hostNetwork: true, nodeSelector: {kubernetes.io/hostname: k8s-node2}, containers: [{name: c, image: "myapp:v1", ports: [{containerPort: 80}]}]}',
		),
	],
	['ssh reg curl -s k8s-node2', /Hello MyApp/],
	["kubectl get pod net -o jsonpath='{.spec.containers[0].ports[0].hostPort} {.status.podIP}'", '80 172.25.254.20'],
	[
		applied(
			'apiVersion: v1\nkind: Pod\nmetadata: {name: again}\nspec: {hostNetwork: true, nodeSelector: {kubernetes.io/hostname: k8s-node2}, containers: [{name: c, image: "myapp:v1", ports: [{containerPort: 80}]}]}',
		),
	],
	["kubectl get pod again -o jsonpath='{.status.conditions[0].message}'", /1 node\(s\) didn't have free ports for the requested pod ports/],
]);

types('2.6 a node port out of range', [
	[
		service('far', '{type: NodePort, selector: {app: hdls}, ports: [{port: 8080, targetPort: 8000, nodePort: 8000}]}'),
		{
			err: /spec\.ports\[0\]\.nodePort: Invalid value: 8000: provided port is not in the valid range\. The range of valid ports is 30000-32767/,
			status: 1,
		},
	],
]);

types('2.7 names: search list, SRV, reverse; the Corefile', [
	['kubectl run box --image=busybox -- sleep 3600'],
	[
		'sleep 2; kubectl exec box -- cat /etc/resolv.conf',
		/search default\.svc\.cluster\.local svc\.cluster\.local cluster\.local\nnameserver 10\.96\.0\.10\noptions ndots:5\n$/,
	],
	['kubectl exec box -- nslookup hdls', {out: /Name:\thdls\.default\.svc\.cluster\.local\nAddress: 10\./, status: 1}],
	[
		'kubectl run bb --image=busybox --restart=Never -- nslookup hdls.default.svc.cluster.local; sleep 10; kubectl logs bb',
		/Name:\thdls\.default\.svc\.cluster\.local\nAddress: 10\./,
	],
	['dig +short SRV _dns._tcp.two.default.svc.cluster.local @10.96.0.10', /^0 100 8080 two\.default\.svc\.cluster\.local\.\n$/],
	['dig +short -x 10.96.0.10 @10.96.0.10', 'kube-dns.kube-system.svc.cluster.local.\n'],
	[
		"kubectl -n kube-system get cm coredns -o yaml | sed 's/        errors/        errors\\n        log/' | kubectl apply -f - 2> /dev/null; sleep 90; kubectl exec box -- nslookup -type=a two.default.svc.cluster.local > /dev/null; kubectl -n kube-system logs -l k8s-app=kube-dns --tail=20",
		/"A IN two\.default\.svc\.cluster\.local\. udp \d+ false 512" NOERROR qr,aa,rd/,
	],
	[
		"kubectl -n kube-system get cm coredns -o yaml | sed 's/        errors/        errorrs/' | kubectl apply -f - 2> /dev/null; kubectl -n kube-system rollout restart deploy coredns; sleep 60; kubectl -n kube-system get pods -l k8s-app=kube-dns",
		/CrashLoopBackOff|Error/,
	],
]);

types('2.8 an old Ingress', [
	[
		applied('apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: {name: old}\nspec: {rules: []}'),
		{err: /no matches for kind "Ingress" in version "extensions\/v1beta1"/, status: 1},
	],
]);

types('hosts do not ask the DNS of the cluster; IPv6 is said not to be there; ssh is a port like others', [
	[
		'kubelab trace curl hdls.default.svc.cluster.local | tr -s " \\n" " "',
		/names of Services are for those who ask the DNS of the cluster/,
	],
	['curl -g http://[::1]/', {err: 'kubelab: not simulated: curl http://[::1]/: IPv6 traffic (this cluster is IPv4 only)\n', status: 125}],
	['ping6 -c 1 ::1', {err: /IPv6 traffic/, status: 125}],
	['ss -tln | grep ":22 "', /^LISTEN 0 +128 +0\.0\.0\.0:22 +0\.0\.0\.0:\*/],
	['ssh k8s-node1 systemctl stop sshd; ssh k8s-node1 true', {err: /connect to host k8s-node1 port 22: Connection refused/, status: 255}],
]);
