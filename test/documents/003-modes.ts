import {applied, file, learner} from './_learner.js';

const {types} = learner('document 003');
const mode = (text: string) =>
	`kubectl -n kube-system get cm kube-proxy -o yaml | sed 's/^    mode:.*/    mode: "${text}"/' | kubectl apply -f - 2> /dev/null; kubectl delete pod -n kube-system -l k8s-app=kube-proxy; sleep 5`;
const deployment = (path: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: myapp}
spec:
  replicas: 3
  selector: {matchLabels: {app: myapp}}
  template:
    metadata: {labels: {app: myapp}}
    spec:
      containers:
        - name: myapp-container
          image: wangyanglinux/myapp:v1.0
          ports: [{name: http, containerPort: 80}]
          readinessProbe: {httpGet: {port: 80, path: ${path}}, initialDelaySeconds: 1, periodSeconds: 3}
`;

types('3.1, 3.2 a mode that is no more, and the way back', [
	[mode('userspace'), /pod "kube-proxy-\w+" deleted/],
	['sleep 30; kubectl -n kube-system get pods -l k8s-app=kube-proxy', /CrashLoopBackOff|Error/],
	['kubectl -n kube-system logs ds/kube-proxy 2>&1 | tail -3', /Invalid value: \\"userspace\\": must be iptables, ipvs, nftables or blank/],
	[mode('ipvs')],
	['curl -s 127.0.0.1:10249/proxyMode', 'ipvs'],
]);

types('3.3 readiness decides who is an endpoint', [
	[file('deploy.yaml', deployment('/index1.html'))],
	[
		'kubectl apply -f deploy.yaml; kubectl expose deploy myapp --port=80; sleep 10; kubectl get pods -l app=myapp',
		/(?:myapp-\S+ +0\/1 +Running .*\n){3}$/,
	],
	[
		"kubectl get events --field-selector reason=Unhealthy | grep -c 'Readiness probe failed: HTTP probe failed with statuscode: 404'",
		/^[1-9]\d*\n$/,
	],
	['kubectl get ep myapp 2> /dev/null', /myapp +\d+s|myapp +<none>|myapp +\s+/],
	["vip=$(kubectl get svc myapp -o jsonpath='{.spec.clusterIP}'); curl -s $vip", {status: 7}],
	[
		"sed -i 's/index1/index/' deploy.yaml; kubectl apply -f deploy.yaml; sleep 30; kubectl get pods -l app=myapp",
		/(?:myapp-\S+ +1\/1 +Running .*\n){3}$/,
	],
]);

types('3.4 round robin, and what it leaves in the table', [
	[
		'yum install -y ipvsadm bind-utils > /dev/null; for i in 1 2 3 4 5 6 7 8 9 10; do curl -s $vip/hostname.html; done > names; sort names | uniq -c | sort -rn | awk \'{print $1}\' | tr "\\n" " "',
		'4 3 3 ',
	],
	['sed -n 1,3p names > a; sed -n 4,6p names > b; diff a b && sort -u a | wc -l', '3\n'],
	["ipvsadm -Ln -t $vip:80 | awk '/->/ && /Masq/ {sum += $6} END {print sum}'", '10\n'],
	["sleep 130; ipvsadm -Ln -t $vip:80 | awk '/->/ && /Masq/ {sum += $6} END {print sum}'", '0\n'],
]);

types('3.5 dig', [
	[
		'dig -t A myapp.default.svc.cluster.local. @10.96.0.10',
		/;; WARNING: \.local is reserved for Multicast DNS\n;; You are currently testing what happens when an mDNS query is leaked to DNS\n;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: \d+\n;; flags: qr aa rd; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 1\n;; WARNING: recursion requested but not available\n/,
	],
]);

types('3.6 persistence, and hands on the table', [
	[
		'kubectl patch svc myapp -p \'{"spec": {"sessionAffinity": "ClientIP"}}\'; ipvsadm -Ln -t $vip:80',
		/TCP {2}10\.\S+:80 rr persistent 10800\n/,
	],
	['for i in 1 2 3 4 5; do curl -s $vip/hostname.html; done | sort -u | wc -l', '1\n'],
	[
		"ipvsadm -A -t 172.25.254.100:8080 -s rr -p 120 && ipvsadm -a -t 172.25.254.100:8080 -r $(kubectl get pod -l app=myapp -o jsonpath='{.items[0].status.podIP}'):80 -m && ipvsadm -Ln -t 172.25.254.100:8080",
		/TCP {2}172\.25\.254\.100:8080 rr persistent 120\n {2}-> 10\.244\.\S+:80 +Masq +1 +0 +0/,
	],
	['curl -s 172.25.254.100:8080', /Hello MyAPP/i],
	// The pod answers reg by the shortest way, past the director: nobody knows that connection.
	['ssh reg curl -sm 2 k8s-master:8080', {status: 28}],
	['ipvsadm -D -t 172.25.254.100:8080; ipvsadm -C; ipvsadm -Ln | grep -c Masq', {out: '0\n', status: 1}],
	['sleep 40; curl -s $vip', /Hello MyAPP/i],
]);

types('3.7 traffic policies', [
	[
		'kubectl patch svc myapp -p \'{"spec": {"type": "NodePort", "sessionAffinity": "None", "externalTrafficPolicy": "Local", "ports": [{"port": 80, "nodePort": 30010}]}}\'',
		'service/myapp patched\n',
	],
	['ssh reg curl -sm 2 k8s-master:30010', {status: 28}],
	['ssh reg curl -sm 2 k8s-node1:30010', /Hello MyAPP/i],
	["kubectl logs $(kubectl get pod -l app=myapp -o wide | awk '/node1/ {print $1; exit}') | grep -c '^172.25.254.2'", /^[1-9]\d*\n$/],
]);

types('3.8 to 3.10 exec without --, hand-made endpoints', [
	[
		'kubectl exec -it $(kubectl get pod -l app=myapp -o name | head -1) hostname',
		{err: /exec \[POD\] \[COMMAND\] is not supported anymore\. Use exec \[POD\] -- \[COMMAND\] instead|error: /, status: 1},
	],
	['docker run -d --name web -p 8088:80 nginx > /dev/null 2>&1; sleep 3; curl -s localhost:8088', /Welcome to nginx!/],
	[
		applied(
			'apiVersion: v1\nkind: Service\nmetadata: {name: out}\nspec: {ports: [{port: 80, targetPort: 8088}]}\n---\napiVersion: v1\nkind: Endpoints\nmetadata: {name: out}\nsubsets: [{addresses: [{ip: 172.25.254.100}], ports: [{port: 8088}]}]',
		),
		{err: /deprecated/},
	],
	[
		"kubectl get endpointslices -l kubernetes.io/service-name=out --no-headers | wc -l; kubectl exec deploy/myapp -- wget -qO- $(kubectl get svc out -o jsonpath='{.spec.clusterIP}')",
		/^1\n[\s\S]*Welcome to nginx!/,
	],
]);

types('3.11 endpoints that are not ready', [
	[
		"sed -i 's/index.html/index1.html/; s/name: myapp}/name: slow}/; s/app: myapp/app: slow/g' deploy.yaml; kubectl apply -f deploy.yaml; kubectl expose deploy slow --port=80; sleep 10; svip=$(kubectl get svc slow -o jsonpath='{.spec.clusterIP}'); curl $svip",
		{err: /Failed to connect to 10\.\S+ port 80/, status: 7},
	],
	['kubectl patch service slow -p \'{"spec":{"publishNotReadyAddresses": true}}\'; sleep 2; curl -s $svip', /Hello MyAPP/i],
]);
