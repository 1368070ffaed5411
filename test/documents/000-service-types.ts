import {applied, learner} from './_learner.js';

const {types} = learner('document 000');

types('0.1 ipvsadm comes with its package; processes', [
	['ipvsadm -Ln', {err: /ipvsadm: command not found/, status: 127}],
	['for n in k8s-node1 k8s-node2; do ssh $n yum install ipvsadm -y; done; yum install ipvsadm -y', /Complete!/],
	['ps ax | grep kube', /kube-apiserver --advertise-address=172\.25\.254\.100/],
	['ps -ef | grep kube | grep -v grep | grep -c kube-proxy', '1\n'],
]);

types('0.2, 0.3 the mode changes when the pods are made anew', [
	[
		'kubectl -n kube-system get cm kube-proxy -o yaml | sed \'s/^    mode:.*/    mode: "ipvs"/\' | kubectl apply -f -',
		{err: /last-applied-configuration|^$/},
	],
	['curl -s 127.0.0.1:10249/proxyMode', 'iptables'],
	[
		'kubectl -n kube-system get pod | awk \'/proxy/{system("kubectl -n kube-system delete pods "$1)}\'',
		/^(?:pod "kube-proxy-\w{5}" deleted\n){3}$/,
	],
	['sleep 5; curl -s 127.0.0.1:10249/proxyMode', 'ipvs'],
	['ssh k8s-node2 curl -s 127.0.0.1:10249/proxyMode', 'ipvs'],
	['kubectl -n kube-system logs ds/kube-proxy 2>&1', /"Using ipvs Proxier"/],
]);

types('0.4 virtual servers, and the device that has their addresses', [
	[
		'ipvsadm -Ln',
		/^IP Virtual Server version 1\.2\.1 \(size=4096\)\n[\s\S]*TCP {2}10\.96\.0\.1:443 rr\n {2}-> 172\.25\.254\.100:6443 +Masq +1 /,
	],
	['ip a | tail -6', /kube-ipvs0: <BROADCAST,NOARP> mtu 1500 qdisc noop state DOWN|inet 10\.96\.0\.10\/32 scope global kube-ipvs0/],
	['ipset list KUBE-CLUSTER-IP', {err: /ipset: command not found/, status: 127}],
	['yum install -y ipset && ipset list KUBE-CLUSTER-IP', /Name: KUBE-CLUSTER-IP\nType: hash:ip,port\n[\s\S]*10\.96\.0\.10,udp:53/],
]);

types('0.5 endpoints follow the labels at once', [
	[
		applied(`
apiVersion: v1
kind: Service
metadata: {labels: {run: testpod}, name: testpod}
spec:
  ports: [{port: 80, protocol: TCP, targetPort: 80}]
  selector: {run: testpod}
  type: ClusterIP
`),
		'service/testpod created\n',
	],
	['kubectl run testpod1 --image myapp:v1', 'pod/testpod1 created\n'],
	['kubectl get pods --show-labels', /testpod1 +1\/1 +Running .* run=testpod1\n$/],
	["vip=$(kubectl get svc testpod -o jsonpath='{.spec.clusterIP}'); curl -s $vip", {status: 7}],
	['kubectl label pod testpod1 run=testpod --overwrite', 'pod/testpod1 labeled\n'],
	['curl -s $vip', /Hello MyApp/],
	['ipvsadm -Ln -t $vip:80', /-> 10\.244\.\d\.\d+:80 +Masq +1 /],
]);

types('0.6 dig from a host', [
	[
		'yum install -y bind-utils > /dev/null; dig testpod.default.svc.cluster.local @10.96.0.10',
		/status: NOERROR[\s\S]*ANSWER SECTION:\ntestpod\.default\.svc\.cluster\.local\. 30\s+IN\s+A\s+10\.\d+\.\d+\.\d+\n[\s\S]*SERVER: 10\.96\.0\.10#53/,
	],
]);

types('0.7 an interactive pod and its tools', [
	[
		"printf 'nslookup testpod\\ncurl testpod\\nping -c 1 127.0.0.1\\nexit\\n' | kubectl run busybox -i --image busyboxplus:latest",
		{
			out: /Address 1: 10\.96\.0\.10 kube-dns\.kube-system\.svc\.cluster\.local[\s\S]*Hello MyApp[\s\S]*1 packets received/,
			err: /If you don't see a command prompt, try pressing enter\./,
		},
	],
]);

types('0.8 headless: DNS gives the pods themselves', [
	[
		'kubectl create service clusterip web --clusterip="None" --dry-run=client -o yaml > service.yml; grep clusterIP service.yml',
		'  clusterIP: None\n',
	],
	['kubectl apply -f service.yml', 'service/web created\n'],
	[
		applied(`
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web}
spec:
  serviceName: web
  replicas: 2
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: "myapp:v1"}]}}
`),
	],
	[
		"test $(dig +short web-0.web.default.svc.cluster.local. @10.96.0.10) = $(kubectl get pod web-0 -o jsonpath='{.status.podIP}') && echo same",
		'same\n',
	],
	['dig +short web.default.svc.cluster.local @10.96.0.10 | wc -l', '2\n'],
]);

types('0.9, 0.10 node ports and their range', [
	[
		'kubectl patch svc testpod -p \'{"spec": {"type": "NodePort", "ports": [{"port": 80, "nodePort": 33333}]}}\'',
		{
			err: /spec\.ports\[0\]\.nodePort: Invalid value: 33333: provided port is not in the valid range\. The range of valid ports is 30000-32767/,
			status: 1,
		},
	],
	[
		"sed -i '/--service-cluster-ip-range/a\\    - --service-node-port-range=30000-40000' /etc/kubernetes/manifests/kube-apiserver.yaml; sleep 1; kubectl get nodes",
		{err: /The connection to the server 172\.25\.254\.100:6443 was refused/, status: 1},
	],
	[
		'sleep 40; kubectl patch svc testpod -p \'{"spec": {"type": "NodePort", "ports": [{"port": 80, "nodePort": 33333}]}}\'',
		'service/testpod patched\n',
	],
	['ssh reg curl -s k8s-node2:33333', /Hello MyApp/],
]);

types('0.11, 0.14 no load balancer; a name that is elsewhere', [
	['kubectl create service loadbalancer lb --tcp=80; kubectl get svc lb', /lb +LoadBalancer +10\.\S+ +<pending> /],
	['kubectl create service externalname testext --external-name www.baidu.com', 'service/testext created\n'],
	[
		'dig +noall +answer testext.default.svc.cluster.local @10.96.0.10',
		/testext\.default\.svc\.cluster\.local\. 30\s+IN\s+CNAME\s+www\.baidu\.com\.\n/,
	],
	['kubectl exec web-0 -- ping -c 1 testext', /^PING testext \([\d.]+\): 56 data bytes\n64 bytes from /],
]);
