import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import type {Namespace} from '../../source/net/namespace.js';
import {createCluster} from '../../source/cluster/cluster.js';
import {createPlayer} from '../../source/lab/player.js';
import {runTool, world} from '../helpers/net-world.js';
import {objectsOf} from '../helpers/proxy-objects.js';
import {config, started} from '../helpers/proxy-recordings.js';
import {loadable, missing, reload} from '../helpers/real-netfilter.js';
import {ruleLine} from '../helpers/rule-lines.js';
import {typedRules} from '../helpers/typed-rules.js';

const why = missing();
const compared = why === undefined ? test : test.skip;
if (why !== undefined)
	test('what is listed cannot be given to the real iptables here', t => {
		t.log(`skipped: ${why}`);
		t.pass();
	});

const save = (stack: Namespace) =>
	stack.iptables
		.tables()
		.map(({name}) => stack.iptables.save(name))
		.join('');
const ordered = (text: string) =>
	text
		.replace(/initval \S+/g, '')
		.split('\n')
		.sort();

/** The real tools take what the simulation lists, and list it back as it was. */
function same(t: ExecutionContext, stack: Namespace, sim = world().sim): void {
	const rules = loadable(save(stack));
	const sets = runTool({sim} as ReturnType<typeof world>, stack, ['ipset', 'save']).text;
	const real = reload(rules, sets);
	t.is(real.error, '');
	t.deepEqual(real.rules.split('\n'), rules.split('\n'));
	t.deepEqual(ordered(real.sets), ordered(sets));
}

const port = fc.integer({min: 1, max: 65_535});
const services = fc.array(
	fc.record({
		port,
		type: fc.constantFrom('ClusterIP', 'NodePort', 'LoadBalancer'),
		protocol: fc.constantFrom('TCP', 'UDP', 'SCTP'),
		outside: fc.constantFrom('Cluster', 'Local'),
		inside: fc.constantFrom('Cluster', 'Local'),
		affinity: fc.constantFrom('None', 'ClientIP'),
		timeoutSeconds: fc.integer({min: 1, max: 86_400}),
		externalIPs: fc.uniqueArray(fc.constantFrom('172.25.254.77', '10.9.8.7', '192.0.2.1'), {maxLength: 2}),
		ranges: fc.uniqueArray(fc.constantFrom('172.25.254.0/24', '10.0.0.0/8', '1.2.3.4/32'), {maxLength: 2}),
		endpoints: fc.array(fc.constantFrom('k8s-node1', 'k8s-node2'), {maxLength: 4}),
	}),
	{minLength: 1, maxLength: 12},
);

const modes = {iptables: config, ipvs: config.replace('mode: ""', 'mode: ipvs')};
for (const [mode, text] of Object.entries(modes)) {
	compared(`random services, ${mode} mode`, t => {
		fc.assert(
			fc.property(services, drawn => {
				const rows = drawn.map((each, at) => ({
					namespace: 'default',
					name: `s${at}`,
					portName: at % 2 === 0 ? 'http' : undefined,
					protocol: each.protocol,
					port: each.port,
					clusterIP: `10.96.7.${at + 1}`,
					type: each.type,
					nodePort: each.type === 'ClusterIP' ? undefined : 30_000 + at,
					externalTrafficPolicy: each.type === 'ClusterIP' ? undefined : each.outside,
					internalTrafficPolicy: each.inside,
					externalIPs: each.externalIPs.map(address => address.replace(/\d+$/, String(at + 1))),
					loadBalancerIPs: each.type === 'LoadBalancer' ? [`172.25.253.${at + 1}`] : undefined,
					loadBalancerSourceRanges: each.ranges,
					sessionAffinity: each.affinity,
					timeoutSeconds: each.timeoutSeconds,
					endpoints: each.endpoints.map((node, i) => ({ip: `10.244.${at}.${i + 1}`, port: 8080, node})),
				}));
				const {stack} = started(objectsOf(rows), text);
				same(t, stack as Namespace);
			}),
			{numRuns: 4, seed: 3},
		);
	});
}

compared('rules of all sorts, as a hand writes them', t => {
	fc.assert(
		fc.property(fc.array(ruleLine, {minLength: 30, maxLength: 60}), lines => {
			const stack = world().network.namespace('n');
			stack.iptables.restore(`*filter\n:A - [0:0]\n${lines.map((line, i) => `-A ${i % 2 ? 'A' : 'INPUT'} ${line}\n`).join('')}COMMIT\n`);
			same(t, stack);
		}),
		{numRuns: 3, seed: 7},
	);
	const made = world();
	const stack = made.network.namespace('n');
	runTool(made, stack, ['ipset', 'create', 'friends', 'hash:ip']);
	for (const rule of typedRules) t.deepEqual(runTool(made, stack, ['iptables', ...rule]), {text: '', exitCode: 0}, rule.join(' '));
	same(t, stack, made.sim);
});

compared('policies, host ports and Services of a cluster, on every host, in both modes', async t => {
	const cluster = createCluster();
	const player = createPlayer(cluster);
	const play = async (line: string) => t.is((await player.play(line)).exitCode, 0, line);
	await play(`kubectl apply -f - <<'E'\n${scene}\nE`);
	for (const mode of ['iptables', 'ipvs']) {
		await play(
			`kubectl -n kube-system get cm kube-proxy -o yaml | sed 's/^    mode:.*/    mode: ${mode}/' | kubectl apply -f -; kubectl -n kube-system delete pod -l k8s-app=kube-proxy; sleep 20`,
		);
		for (const {name} of cluster.hosts()) same(t, cluster.host(name)!.stack as Namespace, cluster.sim);
	}
});

const scene = `
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {nodeName: k8s-node1, containers: [{name: c, image: nginx, ports: [{containerPort: 80, hostPort: 8081, name: http}, {containerPort: 53, hostPort: 53, protocol: UDP, hostIP: 127.0.0.1}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: db, labels: {app: db}}
spec: {nodeName: k8s-node2, containers: [{name: c, image: nginx}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: LoadBalancer, externalTrafficPolicy: Local, selector: {app: web}, ports: [{name: a, port: 80}, {name: b, port: 53, protocol: UDP}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: one}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Ingress, Egress]
  ingress:
    - from: [{podSelector: {matchLabels: {app: db}}}, {namespaceSelector: {}}, {ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16, 10.2.0.0/16]}}]
      ports: [{port: http}, {port: 8000, endPort: 9000}, {port: 53, protocol: UDP}]
  egress:
    - to: [{ipBlock: {cidr: 0.0.0.0/0}}]
    - ports: [{port: 53, protocol: UDP}, {port: 1, protocol: SCTP}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny}
spec: {podSelector: {}, policyTypes: [Ingress]}
`;
