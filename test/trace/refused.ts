import test from 'ava';
import {apply, client, deployWeb, podOn, policy, toIpvs, verdict} from './_scene.js';

const web = ['Service', /^default\/web$/] as const;
const servicesOnMaster = {where: 'k8s-master', table: 'filter', chain: /^KUBE-SERVICES$/};

test(
	'no replicas, no endpoints',
	verdict,
	{
		type: ['kubectl create deployment web --image=nginx --replicas=0', 'kubectl expose deployment web --port=80'],
		ask: 'http://VIP(web)',
	},
	{
		kind: 'refused',
		says: 'refused: Service default/web has no ready endpoints: its selector app=web matches no pod (filter KUBE-SERVICES rule 1 on k8s-master)',
		rule: servicesOnMaster,
		object: [...web, 'spec.clusterIP'],
	},
);

const wrongSelector = 'kubectl patch svc web -p \'{"spec":{"selector":{"app":"wbe"}}}\'';

test(
	'a selector that matches nothing',
	verdict,
	{type: [...deployWeb, wrongSelector], ask: 'http://VIP(web)'},
	{
		kind: 'refused',
		says: /^refused: Service default\/web has no ready endpoints: its selector app=wbe matches no pod \(filter KUBE-SERVICES rule 1 /,
		rule: servicesOnMaster,
		object: web,
	},
);

test(
	'a selector that matches nothing, in ipvs mode',
	verdict,
	{type: [...toIpvs, ...deployWeb, wrongSelector], ask: 'http://VIP(web)'},
	{
		kind: 'refused',
		says: /^refused: Service default\/web has no ready endpoints: its selector app=wbe matches no pod \(IPVS TCP 10\.\S+:80 rr, no real server on k8s-master\)$/,
		object: [...web, 'spec.clusterIP'],
	},
);

test(
	'a pod that is not ready',
	verdict,
	{
		type: [
			apply(
				'apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\nspec: {containers: [{name: c, image: nginx, readinessProbe: {httpGet: {path: /nope, port: 80}}}]}',
			),
			'kubectl expose pod web --port=80',
		],
		ask: 'http://VIP(web)',
	},
	{
		kind: 'refused',
		says: /has no ready endpoints: pod default\/web is not ready \(filter KUBE-SERVICES/,
		rule: servicesOnMaster,
		object: web,
	},
);

test(
	'a Service without selector and endpoints',
	verdict,
	{
		type: [
			'kubectl create service clusterip web --tcp=80:80',
			'kubectl patch svc web --type=json -p \'[{"op":"remove","path":"/spec/selector"}]\'',
		],
		ask: 'http://VIP(web)',
	},
	{kind: 'refused', says: /: it has no selector, and nobody wrote an EndpointSlice for it \(/, rule: servicesOnMaster, object: web},
);

test(
	'a targetPort where nothing listens',
	verdict,
	{
		type: [...deployWeb, 'kubectl patch svc web -p \'{"spec":{"ports":[{"port":80,"targetPort":8080}]}}\''],
		ask: 'http://VIP(web)',
	},
	{
		kind: 'refused',
		says: /^refused: nothing listens on port 8080 of pod default\/web-\S+ on k8s-node[12]; spec\.ports\[0\]\.targetPort of Service default\/web leads there$/,
		object: [...web, 'spec.ports[0].targetPort'],
	},
);

test(
	'a port that the Service has not got, in ipvs mode',
	verdict,
	{type: [...toIpvs, ...deployWeb], ask: 'http://VIP(web):81'},
	{
		kind: 'refused',
		says: /^refused: 10\.\S+ belongs to Service default\/web; it has no port 81, only 80 \(filter KUBE-IPVS-FILTER rule \d+ on k8s-master\)$/,
		rule: {where: 'k8s-master', table: 'filter', chain: /^KUBE-IPVS-FILTER$/},
		object: web,
	},
);

test(
	'a virtual server deleted by hand',
	verdict,
	{
		type: [...toIpvs, ...deployWeb, 'yum install -y ipvsadm', 'ipvsadm -D -t VIP(web):80'],
		ask: 'http://VIP(web)',
	},
	{
		kind: 'refused',
		says: /^refused: nothing listens on port 80 of k8s-master; it is spec\.clusterIP of Service default\/web, but nothing on k8s-master leads on from there$/,
		object: [...web, 'spec.clusterIP'],
	},
);

test(
	'a real server deleted by hand',
	verdict,
	{
		type: [
			...toIpvs,
			'yum install -y ipvsadm',
			podOn('one', 'k8s-node1'),
			'kubectl expose pod one --port=80 --name=web',
			'ipvsadm -d -t VIP(web):80 -r IP(one):80',
		],
		ask: 'http://VIP(web)',
	},
	{
		kind: 'refused',
		says: /^refused: Service default\/web has 1 ready endpoint, but none stands behind its virtual server \(IPVS TCP 10\.\S+:80 rr, no real server on k8s-master\)$/,
		object: web,
	},
);

test(
	'a port of a node where nothing listens',
	verdict,
	{ask: 'http://172.25.254.10:12345'},
	{
		kind: 'refused',
		says: 'refused: nothing listens on port 12345 of k8s-node1',
	},
);

test(
	'a REJECT typed by hand on the way',
	verdict,
	{
		type: [podOn('one', 'k8s-node1'), 'ssh k8s-node1 iptables -I FORWARD -p tcp --dport 80 -j REJECT'],
		ask: 'http://IP(one)',
	},
	{
		kind: 'refused',
		says: /^refused by filter FORWARD rule 1 on k8s-node1, written by hand: .*: -p tcp -m tcp --dport 80 -j REJECT/,
		rule: {where: 'k8s-node1', table: 'filter', chain: /^FORWARD$/},
	},
);

test(
	'DNS without any server behind it',
	verdict,
	{
		type: [client, 'kubectl -n kube-system scale deployment coredns --replicas=0'],
		from: 'cli',
		ask: 'http://kubernetes',
	},
	{
		kind: 'no-name',
		says: /^the name does not resolve: DNS server 10\.96\.0\.10:53: refused: Service kube-system\/kube-dns has no ready endpoints: its selector k8s-app=kube-dns matches no pod \(filter KUBE-SERVICES/,
		rule: {table: 'filter', chain: /^KUBE-SERVICES$/},
		object: ['Service', /^kube-system\/kube-dns$/],
	},
);

test(
	'a name that is not there',
	verdict,
	{type: [client], from: 'cli', ask: 'http://nothere'},
	{
		kind: 'no-name',
		says: /^the name does not resolve: pod kube-system\/coredns-\S+ on \S+ knows no nothere\.default\.svc\.cluster\.local\. \(asked for .*nothere\.\)$/,
	},
);

test(
	'a policy that lets nobody in',
	verdict,
	{
		type: [...deployWeb, client, policy('deny-all', '{podSelector: {}, policyTypes: [Ingress]}')],
		from: 'cli',
		ask: 'http://VIP(web)',
	},
	{
		kind: 'dropped',
		says: /^dropped by NetworkPolicy default\/deny-all: no ingress rule allows 80\/tcp from pod default\/cli \(filter cali-tw-cali\w+ rule \d+ on k8s-node[12]\)$/,
		rule: {table: 'filter', chain: /^cali-tw-/},
		object: ['NetworkPolicy', /^default\/deny-all$/, 'spec.ingress'],
	},
);

test(
	'a policy that lets nothing out',
	verdict,
	{
		type: [...deployWeb, client, policy('no-out', '{podSelector: {matchLabels: {run: cli}}, policyTypes: [Egress]}')],
		from: 'cli',
		ask: 'http://VIP(web)',
	},
	{
		kind: 'dropped',
		says: /^dropped by NetworkPolicy default\/no-out: no egress rule allows 80\/tcp to pod default\/web-\S+ \(filter cali-fw-cali\w+ rule \d+/,
		rule: {table: 'filter', chain: /^cali-fw-/},
		object: ['NetworkPolicy', /^default\/no-out$/, 'spec.egress'],
	},
);
