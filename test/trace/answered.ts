import test from 'ava';
import {apply, client, deployWeb, podOn, policy, toIpvs, verdict} from './_scene.js';

const byWeb = /^answered 200 by pod default\/web-\S+ on k8s-node[12]$/;
const web = ['Pod', /^default\/web-/] as const;

test(
	'a cluster IP, from a node',
	verdict,
	{type: deployWeb, ask: 'http://VIP(web)'},
	{
		kind: 'answered',
		says: byWeb,
		object: web,
		hops: [
			/^k8s-master nat KUBE-SERVICES \d+: .*-d 10\.\S+\/32 .*\[Service default\/web, spec\.clusterIP: port 80\]$/,
			/^k8s-master nat KUBE-SVC-\w+ \d+: .*-j KUBE-SEP-\w+ \[EndpointSlice default\/web-\w+, endpoints\[\d\]: pod default\/web-/,
			/^k8s-master nat KUBE-SEP-\w+ 2: .*DNAT .*\[EndpointSlice default\/web-/,
			/^k8s-master nat KUBE-POSTROUTING 3: .*MASQUERADE .*\[kube-proxy/,
		],
	},
);

test(
	'a cluster IP by its name, from a pod: the look-up is part of the way',
	verdict,
	{type: [...deployWeb, client], from: 'cli', ask: 'http://web'},
	{
		kind: 'answered',
		says: byWeb,
		object: web,
		hops: [/\[Service kube-system\/kube-dns, spec\.clusterIP: port 53 \(dns\)\]$/],
	},
);

test(
	'a cluster IP in ipvs mode',
	verdict,
	{type: [...toIpvs, ...deployWeb], ask: 'http://VIP(web)'},
	{
		kind: 'answered',
		says: byWeb,
		object: web,
		hops: [
			/IPVS|TCP 10\.\S+:80 rr \[Service default\/web, spec\.clusterIP\]$/,
			/\[EndpointSlice default\/web-\w+, endpoints\[\d\]: pod default\/web-/,
		],
	},
);

test(
	'a node port, from outside',
	verdict,
	{
		type: [...deployWeb, 'kubectl patch svc web -p \'{"spec":{"type":"NodePort"}}\''],
		from: 'reg',
		ask: 'http://172.25.254.10:NODEPORT(web)',
	},
	{
		kind: 'answered',
		says: byWeb,
		hops: [
			/^k8s-node1 nat KUBE-NODEPORTS \d+: .*\[Service default\/web, spec\.ports\[0\]\.nodePort\]$/,
			/^k8s-node1 nat KUBE-EXT-\w+ 1: .*\[Service default\/web, spec\.externalTrafficPolicy: Cluster/,
		],
	},
);

test(
	'a load balancer that is pending still has its node port',
	verdict,
	{
		type: [...deployWeb, 'kubectl patch svc web -p \'{"spec":{"type":"LoadBalancer"}}\''],
		from: 'reg',
		ask: 'http://172.25.254.20:NODEPORT(web)',
	},
	{kind: 'answered', says: byWeb, hops: [/^k8s-node2 nat KUBE-NODEPORTS/]},
);

test(
	'a pod calls itself through its Service',
	verdict,
	{
		type: [podOn('one', 'k8s-node1'), 'kubectl expose pod one --port=80'],
		from: 'one',
		ask: 'http://VIP(one)',
	},
	{
		kind: 'answered',
		says: 'answered 200 by pod default/one on k8s-node1',
		hops: [/KUBE-SEP-\w+ 1: -s \S+ .*\[pod default\/one calls itself through Service default\/one\]$/, /KUBE-POSTROUTING 3: .*MASQUERADE/],
	},
);

test(
	'a pod calls its own address: no table is asked',
	verdict,
	{type: [podOn('one', 'k8s-node1')], from: 'pod/one', ask: 'http://IP(one)'},
	{
		kind: 'answered',
		says: 'answered 200 by pod default/one on k8s-node1',
		object: ['Pod', /^default\/one$/],
	},
);

test(
	'a policy that lets the client in is named with its rule',
	verdict,
	{
		type: [
			...deployWeb,
			client,
			policy(
				'let-cli',
				'{podSelector: {matchLabels: {app: web}}, ingress: [{from: [{podSelector: {matchLabels: {run: other}}}]}, {from: [{podSelector: {matchLabels: {run: cli}}}], ports: [{port: 80}]}]}',
			),
		],
		from: 'default/cli',
		ask: 'http://VIP(web)',
	},
	{kind: 'answered', says: byWeb, hops: [/filter cali-pi-\S+ 3: .*\[NetworkPolicy default\/let-cli, spec\.ingress\[1\]\]$/]},
);

test(
	'session affinity chose again',
	verdict,
	{
		type: [...deployWeb, 'kubectl patch svc web -p \'{"spec":{"sessionAffinity":"ClientIP"}}\'', 'curl -s VIP(web)'],
		ask: 'http://VIP(web)',
	},
	{kind: 'answered', says: byWeb, hops: [/--rcheck .*spec\.sessionAffinity chose it again; pod default\/web-/]},
);

test(
	'a pod on its node’s network',
	verdict,
	{type: [podOn('hn', 'k8s-node2', ', hostNetwork: true')], ask: 'http://172.25.254.20'},
	{
		kind: 'answered',
		says: 'answered 200 by pod default/hn on k8s-node2',
	},
);

test(
	'a headless Service leads straight to a pod',
	verdict,
	{
		type: [...deployWeb, client, 'kubectl expose deployment web --name=hl --port=80 --cluster-ip=None'],
		from: 'cli',
		ask: 'http://hl',
	},
	{kind: 'answered', says: byWeb},
);

test(
	'an external IP, from a node',
	verdict,
	{
		type: [...deployWeb, 'kubectl patch svc web -p \'{"spec":{"externalIPs":["172.25.254.77"]}}\''],
		ask: 'http://172.25.254.77',
	},
	{kind: 'answered', says: byWeb, hops: [/nat KUBE-SERVICES \d+: .*\[Service default\/web, spec\.externalIPs\[0\]: port 80\]$/]},
);

test(
	'a host port',
	verdict,
	{
		type: [
			apply(
				'apiVersion: v1\nkind: Pod\nmetadata: {name: hp}\nspec: {nodeName: k8s-node1, containers: [{name: c, image: nginx, ports: [{containerPort: 80, hostPort: 8081}]}]}',
			),
		],
		from: 'reg',
		ask: 'http://172.25.254.10:8081',
	},
	{
		kind: 'answered',
		says: 'answered 200 by pod default/hp on k8s-node1',
		hops: [/nat CNI-DN-\w+ \d+: .*\[Pod default\/hp, spec\.containers\[0\]\.ports\[0\]\.hostPort\]$/],
	},
);

test('an echo between hosts', verdict, {from: 'reg', ask: 'ping -c 1 k8s-node1'}, {kind: 'answered', says: 'answered by k8s-node1'});

test(
	'beyond the cluster: the pod leaves under its node’s address',
	verdict,
	{type: [client], from: 'cli', ask: 'http://www.baidu.com'},
	{
		kind: 'answered',
		says: 'answered 200 by a server on internet',
		hops: [/cali-nat-outgoing 1: .*MASQUERADE .*natOutgoing/],
	},
);
