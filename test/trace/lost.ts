import test from 'ava';
import {client, deployWeb, podOn, toIpvs, verdict} from './_scene.js';

const web = ['Service', /^default\/web$/] as const;
const one = [podOn('one', 'k8s-node1'), 'kubectl expose pod one --port=80 --type=NodePort --name=web'];

test(
	'externalTrafficPolicy Local, at a node without endpoint',
	verdict,
	{
		type: [...one, 'kubectl patch svc web -p \'{"spec":{"externalTrafficPolicy":"Local"}}\''],
		from: 'reg',
		ask: 'http://172.25.254.20:NODEPORT(web)',
	},
	{
		kind: 'dropped',
		says: 'dropped: Service default/web has spec.externalTrafficPolicy Local and no endpoint on k8s-node2 (filter KUBE-EXTERNAL-SERVICES rule 1 on k8s-node2)',
		rule: {where: 'k8s-node2', table: 'filter', chain: /^KUBE-EXTERNAL-SERVICES$/},
		object: [...web, 'spec.externalTrafficPolicy'],
	},
);

test(
	'internalTrafficPolicy Local, from a node without endpoint',
	verdict,
	{
		type: [...one, 'kubectl patch svc web -p \'{"spec":{"internalTrafficPolicy":"Local"}}\''],
		ask: 'http://VIP(web)',
	},
	{
		kind: 'dropped',
		says: /^dropped: Service default\/web has spec\.internalTrafficPolicy Local and no endpoint on k8s-master \(filter KUBE-SERVICES/,
		rule: {where: 'k8s-master', table: 'filter', chain: /^KUBE-SERVICES$/},
		object: [...web, 'spec.internalTrafficPolicy'],
	},
);

test(
	'a rule of kube-proxy deleted by hand',
	verdict,
	{
		type: [
			...deployWeb,
			"iptables -t nat -D KUBE-SERVICES $(iptables -t nat -L KUBE-SERVICES --line-numbers | grep default/web | cut -d' ' -f1)",
		],
		ask: 'http://VIP(web)',
	},
	{
		kind: 'timeout',
		says: /^timeout: 10\.\S+:80 is an address of Service default\/web, but no rule of k8s-master translates it$/,
		object: [...web, 'spec.clusterIP'],
	},
);

test(
	'kube-proxy was never there for this Service',
	verdict,
	{type: ['kubectl -n kube-system delete ds kube-proxy', ...deployWeb], ask: 'http://VIP(web)'},
	{
		kind: 'timeout',
		says: /^timeout: 10\.\S+:80 is an address of Service default\/web, but no rule of k8s-master translates it: kube-proxy does not run there$/,
		object: web,
	},
);

test(
	'kube-proxy went, and its rules lead to a pod that is gone',
	verdict,
	{
		type: [...one, 'kubectl -n kube-system delete ds kube-proxy', 'kubectl delete pod one --now'],
		ask: 'http://VIP(web)',
	},
	{
		kind: 'timeout',
		says: /^timeout: no pod of k8s-node1 has this address \(blackhole 10\.244\.1\.0\/24\)$/,
		hops: [/KUBE-SEP-\w+ 2: .*DNAT .*endpoint 10\.244\.1\.\d+:80 is in no EndpointSlice any more/],
	},
);

test(
	'a port that the Service has not got',
	verdict,
	{type: deployWeb, ask: 'http://VIP(web):81'},
	{
		kind: 'timeout',
		says: /^timeout: 10\.\S+ is spec\.clusterIP of Service default\/web, which has no port 81\/tcp, only 80\/tcp: no rule of k8s-master knows it$/,
		object: web,
	},
);

test(
	'a cluster IP from outside the cluster',
	verdict,
	{type: deployWeb, from: 'reg', ask: 'http://VIP(web)'},
	{
		kind: 'timeout',
		says: /^timeout: 10\.\S+:80 is an address of Service default\/web, but no rule of reg translates it: reg is no node of the cluster$/,
		object: web,
	},
);

test(
	'a ping to a cluster IP',
	verdict,
	{type: deployWeb, ask: 'ping -c 1 VIP(web)'},
	{
		kind: 'timeout',
		says: /is spec\.clusterIP of Service default\/web: it stands in rules for its ports only, so nobody answers a ping$/,
		object: web,
	},
);

test(
	'a ping to a cluster IP in ipvs mode',
	verdict,
	{type: [...toIpvs, ...deployWeb], ask: 'ping -c 1 VIP(web)'},
	{
		kind: 'refused',
		says: /^refused: 10\.\S+ belongs to Service default\/web; what is for none of its ports \(80\) is rejected, a ping too \(filter KUBE-IPVS-FILTER/,
		rule: {where: 'k8s-master', table: 'filter', chain: /^KUBE-IPVS-FILTER$/},
		object: web,
	},
);

test(
	'the pod’s node is switched off',
	verdict,
	{
		type: [podOn('two', 'k8s-node2'), 'kubectl expose pod two --port=80', 'ssh k8s-node2 poweroff'],
		ask: 'http://VIP(two)',
	},
	{kind: 'unreachable', says: 'nobody answers ARP for 172.25.254.20 (on the way to pod default/two): k8s-node2 is switched off'},
);

test(
	'an address that nobody has',
	verdict,
	{ask: 'http://172.25.254.50'},
	{kind: 'unreachable', says: 'nobody answers ARP for 172.25.254.50'},
);

test(
	'an external IP that nobody announces, from outside',
	verdict,
	{
		type: [...deployWeb, 'kubectl patch svc web -p \'{"spec":{"externalIPs":["172.25.254.77"]}}\''],
		from: 'reg',
		ask: 'http://172.25.254.77',
	},
	{kind: 'unreachable', says: 'nobody answers ARP for 172.25.254.77'},
);

test(
	'a pod address that was never given',
	verdict,
	{ask: 'http://10.244.1.77'},
	{
		kind: 'timeout',
		says: 'timeout: no pod of k8s-node1 has this address (blackhole 10.244.1.0/24)',
	},
);

test(
	'a DROP typed by hand',
	verdict,
	{type: [...deployWeb, 'iptables -I OUTPUT -p tcp --dport 80 -j DROP'], ask: 'http://VIP(web)'},
	{
		kind: 'dropped',
		says: /^dropped by filter OUTPUT rule 1 on k8s-master, written by hand: .*: -p tcp -m tcp --dport 80 -j DROP$/,
		rule: {where: 'k8s-master', table: 'filter', chain: /^OUTPUT$/},
	},
);

test(
	'a policy of DROP',
	verdict,
	{type: ['iptables -P OUTPUT DROP'], ask: 'ping -c 1 172.25.254.10'},
	{
		kind: 'dropped',
		says: 'dropped by the policy of filter OUTPUT on k8s-master',
		rule: {where: 'k8s-master', table: 'filter', chain: /^OUTPUT$/},
	},
);

test(
	'the answer is dropped on its way back',
	verdict,
	{type: ['iptables -I INPUT -s 172.25.254.10 -p icmp -j DROP'], ask: 'ping -c 1 172.25.254.10'},
	{
		kind: 'dropped',
		says: /^the answer was dropped by filter INPUT rule 1 on k8s-master, written by hand/,
		rule: {where: 'k8s-master', table: 'filter', chain: /^INPUT$/},
	},
);

test(
	'the handshake passes, and what follows is dropped',
	verdict,
	{
		type: [podOn('one', 'k8s-node1'), 'ssh k8s-node1 iptables -I FORWARD -p tcp --dport 80 -m conntrack --ctstate ESTABLISHED -j DROP'],
		ask: 'http://IP(one)',
	},
	{
		kind: 'dropped',
		says: /^pod default\/one on k8s-node1 took the connection, but what followed was dropped by filter FORWARD rule 1 on k8s-node1, written by hand/,
		rule: {where: 'k8s-node1', table: 'filter', chain: /^FORWARD$/},
	},
);

test(
	'a load balancer that does not list the client',
	verdict,
	{
		type: [
			podOn('one', 'k8s-node1'),
			'kubectl expose pod one --port=80 --type=LoadBalancer --name=web',
			'kubectl patch svc web -p \'{"spec":{"loadBalancerSourceRanges":["192.0.2.0/24"]}}\'',
			'kubectl patch svc web --subresource=status -p \'{"status":{"loadBalancer":{"ingress":[{"ip":"172.25.254.77"}]}}}\'',
			'ip route add 172.25.254.77 via 172.25.254.10',
		],
		ask: 'http://172.25.254.77',
	},
	{
		kind: 'dropped',
		says: /^dropped: Service default\/web does not list 172\.25\.254\.100 in spec\.loadBalancerSourceRanges \(filter KUBE-PROXY-FIREWALL rule \d+ on k8s-master\)$/,
		rule: {table: 'filter', chain: /^KUBE-PROXY-FIREWALL$/},
		object: [...web, 'spec.loadBalancerSourceRanges'],
	},
);

test(
	'no route',
	verdict,
	{type: ['ip route del default'], ask: 'http://8.8.8.8'},
	{kind: 'not-sent', says: 'k8s-master: no route to 8.8.8.8'},
);

test(
	'a node that does not forward',
	verdict,
	{type: [podOn('one', 'k8s-node1'), 'ssh k8s-node1 sysctl -w net.ipv4.ip_forward=0'], ask: 'http://IP(one)'},
	{
		kind: 'timeout',
		says: /^timeout: k8s-node1: 10\.244\.1\.\d+ is not local and net\.ipv4\.ip_forward is 0$/,
	},
);

test(
	'a name server that never hears the question',
	verdict,
	{
		type: [
			client,
			'ssh k8s-master iptables -I FORWARD -p udp --dport 53 -j DROP',
			'for n in k8s-node1 k8s-node2; do ssh $n iptables -I FORWARD -p udp --dport 53 -j DROP; done',
		],
		from: 'cli',
		ask: 'http://kubernetes',
	},
	{
		kind: 'no-name',
		says: /^the name does not resolve: DNS server 10\.96\.0\.10:53: dropped by filter FORWARD rule 1 on k8s-node[12], written by hand/,
		rule: {table: 'filter', chain: /^FORWARD$/},
	},
);

test(
	'a node without the route to the pods of another, and nobody to bring it back',
	verdict,
	{
		type: [podOn('one', 'k8s-node1'), 'kubectl -n kube-system delete ds calico-node', 'ip route del 10.244.1.0/24'],
		ask: 'http://IP(one)',
	},
	{
		kind: 'timeout',
		says: /^timeout: k8s-master has no route to 10\.244\.1\.0\/24, the pods of k8s-node1: 10\.244\.1\.\d+ went to its default gateway$/,
	},
);

test(
	'a node that does not forward is no gateway for its pods',
	verdict,
	{type: [podOn('cli', 'k8s-node2'), 'ssh k8s-node2 sysctl -w net.ipv4.ip_forward=0'], from: 'cli', ask: 'http://172.25.254.100'},
	{
		kind: 'unreachable',
		says: 'nobody answers ARP for 169.254.1.1 (on the way to node k8s-master): net.ipv4.ip_forward is 0 on k8s-node2, which so is no gateway for its pods',
	},
);

test(
	'a link that is down',
	verdict,
	{type: ['ssh k8s-node1 ip link set eth0 down'], ask: 'http://172.25.254.10'},
	{kind: 'unreachable', says: 'nobody answers ARP for 172.25.254.10: eth0 of k8s-node1 is down'},
);
