import test from 'ava';
import fc from 'fast-check';
import {createPlayer} from '../../source/lab/player.js';
import {apply, ask, build, client, policy, podOn} from './_scene.js';

/** Ways to break a cluster, as they are typed. */
const breakages = {
	'a policy that lets nobody in': policy('deny', '{podSelector: {}, policyTypes: [Ingress]}'),
	'a policy that lets nobody out': policy('mute', '{podSelector: {matchLabels: {run: cli}}, policyTypes: [Egress]}'),
	'a rule by hand': 'iptables -I FORWARD -p tcp --dport 80 -j DROP; ssh k8s-node1 iptables -I FORWARD -p tcp --dport 80 -j DROP',
	'a reset by hand': 'ssh k8s-node1 iptables -I FORWARD -p tcp --sport 80 -j REJECT --reject-with tcp-reset',
	'a closed host': 'ssh k8s-node1 iptables -A INPUT -i eth0 -j DROP',
	'a prohibited host': 'ssh k8s-node2 iptables -I INPUT -i eth0 -j REJECT --reject-with icmp-host-prohibited',
	'no forwarding': 'ssh k8s-node1 sysctl -w net.ipv4.ip_forward=0',
	'no route': 'kubectl -n kube-system delete ds calico-node; ip route del 10.244.1.0/24; ssh k8s-node2 ip route del 10.244.1.0/24',
	'no default route': 'ip route del default',
	'a link that is down': 'ssh k8s-node1 ip link set eth0 down',
	'a node that is off': 'ssh k8s-node1 poweroff',
	'another target port': `kubectl patch svc web -p '{"spec":{"ports":[{"port":80,"targetPort":81}]}}'`,
	'another selector': `kubectl patch svc web -p '{"spec":{"selector":{"app":"nobody"}}}'`,
	'local endpoints only': `kubectl patch svc web -p '{"spec":{"externalTrafficPolicy":"Local","internalTrafficPolicy":"Local"}}'`,
	'source ranges': `kubectl patch svc web -p '{"spec":{"loadBalancerSourceRanges":["192.0.2.0/24"]}}'`,
	'a flushed nat table': 'iptables -t nat -F; ssh k8s-node2 iptables -t nat -F',
	'no pod': 'kubectl delete pod web --force --grace-period=0 2> /dev/null',
};

const requests = [
	{from: 'k8s-master', ask: 'http://VIP(web)'},
	{from: 'cli', ask: 'http://VIP(web)'},
	{from: 'cli', ask: 'http://IP(web)'},
	{from: 'reg', ask: 'http://k8s-node2:NODEPORT(web)'},
	{from: 'reg', ask: 'http://k8s-node1:NODEPORT(web)'},
	{from: 'reg', ask: 'http://172.25.254.50'},
	{from: 'reg', ask: 'http://k8s-node1:8081'},
	{from: 'k8s-master', ask: 'http://IP(web)'},
	{from: 'reg', ask: 'http://k8s-node1:10256/healthz'},
	{from: 'k8s-master', ask: 'http://k8s-node2:10256/healthz'},
];

/** What decides without a rule or an object: a machine, its device, its route, its setting, or the neighbour who is silent. */
const thing =
	/k8s-\w+ has no route to|no route to [\d.]+|k8s-\w+: \S+ is down|answers ARP for|is switched off|ip_forward is 0|no pod of k8s-\w+ has this address|nothing listens on port \d+ of/;

const scene = [
	apply(
		'apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\nspec: {nodeName: k8s-node1, containers: [{name: c, image: nginx, ports: [{containerPort: 80, hostPort: 8081}]}]}',
	),
	podOn('other', 'k8s-node2'),
	client.replace('kubectl run cli', `kubectl run cli --overrides='{"spec":{"nodeName":"k8s-node2"}}'`),
	'kubectl expose pod web --port=80 --type=LoadBalancer',
	`kubectl patch svc web --subresource=status --type=merge -p '{"status":{"loadBalancer":{"ingress":[{"ip":"172.25.254.50"}]}}}'`,
	'ssh reg ip route add 172.25.254.50/32 via 172.25.254.20',
];

test('whatever is broken, the trace of what does not answer names the rule, the object or the machine that stopped it', async t => {
	const cluster = await build(scene);
	const whole = cluster.snapshot();
	const pods = ['web', 'cli'].map(name => cluster.api.reader.get<any>('pods', 'default', name).status.podIP);
	const port = cluster.api.reader.get<any>('services', 'default', 'web').spec.ports[0].nodePort;
	// The pod may be gone by the time it is asked.
	const filled = (words: string) => words.replace(/(?<!V)IP\(web\)/, pods[0]).replace('NODEPORT(web)', port);
	for (const request of requests) t.is(ask(cluster, {...request, ask: filled(request.ask)}).verdict.kind, 'answered', request.ask);
	const seen = new Set<string>();
	const broken = async (names: readonly string[]) => {
		cluster.restore(whole);
		const player = createPlayer(cluster);
		for (const name of names) await player.play(breakages[name as keyof typeof breakages]);
		for (const request of requests) {
			const {verdict} = ask(cluster, {...request, ask: filled(request.ask)});
			if (verdict.kind === 'answered') continue;
			for (const name of names) seen.add(name);
			t.true(
				verdict.rule !== undefined || verdict.object !== undefined || thing.test(verdict.sentence),
				`${names.join(' and ')}: ${request.from} ${request.ask}: ${verdict.kind}: ${verdict.sentence}`,
			);
		}
	};
	const all = Object.keys(breakages);
	for (const name of all) await broken([name]);
	t.deepEqual(
		all.filter(name => !seen.has(name)),
		[],
		'every breakage stops something',
	);
	const pairs = fc.sample(fc.uniqueArray(fc.constantFrom(...all), {minLength: 2, maxLength: 3}), {numRuns: 8, seed: 11});
	for (const names of pairs) await broken(names);
});
