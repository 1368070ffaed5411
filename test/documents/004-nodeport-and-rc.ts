import {applied, file, learner} from './_learner.js';

const {types} = learner('document 004');

types('4.1 a Deployment and a NodePort: three ports, each from its place', [
	[
		'for n in k8s-node1 k8s-node2; do ssh $n yum install -y iptables iptables-services; done; yum install -y iptables iptables-services',
		/Complete!|Nothing to do/,
	],
	[
		file(
			'nginx-depl.yml',
			`
apiVersion: apps/v1
kind: Deployment
metadata: {name: dep01}
spec:
  selector: {matchLabels: {app: web}}
  replicas: 2
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: testnginx9, image: daocloud.io/library/nginx, ports: [{containerPort: 80}]}]}
`,
		),
	],
	['kubectl apply -f nginx-depl.yml', 'deployment.apps/dep01 created\n'],
	[
		file(
			'nginx_svc.yaml',
			`
apiVersion: v1
kind: Service
metadata: {name: mysvc}
spec:
  type: NodePort  #类型
  ports:
    - port: 8080
      nodePort: 30001
      targetPort: 80
  selector:   #选择器
    app: web
`,
		),
	],
	['kubectl apply -f nginx_svc.yaml', 'service/mysvc created\n'],
	['kubectl get svc mysvc', /^NAME +TYPE .*\nmysvc +NodePort +10\.\S+ +<none> +8080:30001\/TCP +\d+s\n$/],
	[
		"vip=$(kubectl get svc mysvc -o jsonpath='{.spec.clusterIP}'); pod=$(kubectl get pod -l app=web -o jsonpath='{.items[0].status.podIP}')",
	],
	['curl -s $vip:8080', /Welcome to nginx!/],
	['curl -s $pod:80', /Welcome to nginx!/],
	['curl -sm 2 $vip:80', {status: 28}],
	['ssh reg curl -s k8s-node2:30001', /Welcome to nginx!/],
	['curl -sm 3 k8s-node1:8080', {status: 7}],
	['ssh reg "curl -sm 3 $vip:8080"', {status: 28}],
]);

types('4.2 the chains of mysvc', [
	['iptables-save | grep -c "default/mysvc"', /^[1-9]\d*\n$/],
	[
		'iptables-save | grep mysvc | grep -- "-A KUBE-NODEPORTS"',
		/^-A KUBE-NODEPORTS -d 127\.0\.0\.0\/8 .*-j KUBE-EXT-[A-Z0-9]{16}\n-A KUBE-NODEPORTS -p tcp -m comment --comment "default\/mysvc" -m tcp --dport 30001 -j KUBE-EXT-[A-Z0-9]{16}\n$/,
	],
	['iptables-save | grep -- "-A KUBE-SVC.*mysvc"', /statistic --mode random --probability 0\.50000000000 -j KUBE-SEP-/],
	[
		'iptables-save | grep -- "-A KUBE-SEP.*DNAT.*mysvc" || iptables-save | grep -- "-A KUBE-SEP.*mysvc.*DNAT"',
		/-j DNAT --to-destination 10\.244\.\d+\.\d+:80\n/,
	],
]);

types('4.3 a ReplicationController heals itself; --cascade=false is old', [
	[
		applied(`
apiVersion: v1
kind: ReplicationController
metadata: {name: my-nginx}
spec:
  replicas: 2
  template:
    metadata: {labels: {app: nginx}}
    spec: {containers: [{name: nginx, image: daocloud.io/library/nginx, ports: [{containerPort: 80}]}]}
`),
		'replicationcontroller/my-nginx created\n',
	],
	['kubectl get rc', /my-nginx +2 +2 +2 /],
	[
		"kubectl delete pod $(kubectl get pod -l app=nginx -o jsonpath='{.items[0].metadata.name}'); kubectl get pods -l app=nginx --no-headers | wc -l",
		/\n2\n$/,
	],
	[
		'kubectl delete rc my-nginx --cascade=false',
		{
			out: 'replicationcontroller "my-nginx" deleted\n',
			err: /--cascade=false is deprecated \(boolean value\) and can be replaced with --cascade=orphan/,
		},
	],
	['kubectl get pods -l app=nginx --no-headers | wc -l', '2\n'],
]);
