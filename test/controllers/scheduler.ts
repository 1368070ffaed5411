import test from 'ava';
import type {KubeObject} from '../../source/api/object.js';
import {createWorld, deploymentOf, eventsOf, podOf, type TestWorld} from './_world.js';

const master = 'node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }';
const asking = (cpu: string, memory: string) => ({containers: [{name: 'c', image: 'a', resources: {requests: {cpu, memory}}}]});
const nodeOf = ({client}: TestWorld, name: string): string | undefined => client.get<KubeObject>('pods', 'default', name)['spec'].nodeName;
const failure = (world: TestWorld, name: string) =>
	world.client
		.get<KubeObject>('pods', 'default', name)
		['status'].conditions.find((condition: {type: string}) => condition.type === 'PodScheduled');

/** reference/kubelet-texts.md section 11: one control-plane node with its taint, one worker. */
const refusals: ReadonlyArray<[what: string, spec: object, reasons: string, preemption: string]> = [
	[
		'too big',
		asking('64', '900Gi'),
		`1 Insufficient cpu, 1 Insufficient memory, 1 ${master}`,
		'1 No preemption victims found for incoming pod, 1 Preemption is not helpful for scheduling',
	],
	[
		'nodeSelector',
		{nodeSelector: {disk: 'ssd'}},
		`1 node(s) didn't match Pod's node affinity/selector, 1 ${master}`,
		'2 Preemption is not helpful for scheduling',
	],
	[
		'claim',
		{volumes: [{name: 'v', persistentVolumeClaim: {claimName: 'nope'}}]},
		'persistentvolumeclaim "nope" not found',
		'2 Preemption is not helpful for scheduling',
	],
];

for (const [what, spec, reasons, preemption] of refusals) {
	test(`a pod that fits nowhere says why: ${what}`, t => {
		const world = createWorld({nodes: 2});
		world.client.create(podOf('p', spec));
		world.settle();
		const text = `0/2 nodes are available: ${reasons}. preemption: 0/2 nodes are available: ${preemption}.`;
		t.deepEqual(eventsOf(world, 'p'), [`Warning FailedScheduling ${text}`]);
		t.like(failure(world, 'p'), {status: 'False', reason: 'Unschedulable', message: text});
	});
}

test('a cordoned node, a taint and a taken host port are reasons, and all pass', t => {
	const world = createWorld({nodes: 2});
	const {client} = world;
	client.patch('nodes', undefined, 'k8s-node1', 'merge', {spec: {unschedulable: true}});
	client.create(podOf('p'));
	world.settle();
	t.true(failure(world, 'p').message.startsWith(`0/2 nodes are available: 1 ${master}, 1 node(s) were unschedulable. preemption: `));
	client.patch('nodes', undefined, 'k8s-node1', 'merge', {
		spec: {unschedulable: null, taints: [{key: 'app', value: 'blue', effect: 'NoSchedule'}]},
	});
	world.settle();
	t.true(failure(world, 'p').message.startsWith(`0/2 nodes are available: 1 node(s) had untolerated taint {app: blue}, 1 ${master}.`));
	client.patch('nodes', undefined, 'k8s-node1', 'merge', {spec: {taints: null}});
	world.settle();
	t.is(nodeOf(world, 'p'), 'k8s-node1');
	const port = {containers: [{name: 'c', image: 'a', ports: [{containerPort: 80, hostPort: 8080}]}]};
	client.create(podOf('first', port));
	client.create(podOf('second', port));
	world.settle();
	t.true(failure(world, 'second').message.includes("1 node(s) didn't have free ports for the requested pod ports"));
	client.delete('pods', 'default', 'first');
	world.settle();
	t.is(nodeOf(world, 'second'), 'k8s-node1');
});

test('replicas are spread evenly over the workers', t => {
	const world = createWorld({nodes: 5});
	world.client.create(deploymentOf('web', 8));
	world.settle();
	const counts = new Map<string, number>();
	for (const pod of world.client.list<KubeObject>('pods')) counts.set(pod['spec'].nodeName, (counts.get(pod['spec'].nodeName) ?? 0) + 1);
	t.deepEqual([...counts.values()], [2, 2, 2, 2]);
});

test('required anti-affinity puts one replica on a node and leaves the rest pending', t => {
	const world = createWorld();
	const term = {labelSelector: {matchLabels: {app: 'web'}}, topologyKey: 'kubernetes.io/hostname'};
	const affinity = {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [term]}};
	world.client.create(deploymentOf('web', 3, 'a:1', {}, {affinity}));
	world.settle();
	const pods = world.client.list<KubeObject>('pods');
	t.deepEqual(
		pods
			.map(pod => pod['spec'].nodeName)
			.filter(Boolean)
			.sort(),
		['k8s-node1', 'k8s-node2'],
	);
	const pending = pods.find(pod => !pod['spec'].nodeName)!;
	t.true(failure(world, pending.metadata.name).message.includes("2 node(s) didn't match pod anti-affinity rules"));
});

test('pod affinity follows, topology spread keeps the skew', t => {
	const world = createWorld({nodes: 4});
	const {client} = world;
	client.create(podOf('db', {nodeName: 'k8s-node2'}, {app: 'db'}));
	const near = {labelSelector: {matchLabels: {app: 'db'}}, topologyKey: 'kubernetes.io/hostname'};
	client.create(podOf('web', {affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [near]}}}));
	const spread = {
		maxSkew: 1,
		topologyKey: 'kubernetes.io/hostname',
		whenUnsatisfiable: 'DoNotSchedule',
		labelSelector: {matchLabels: {app: 's'}},
	};
	for (let i = 0; i < 4; i++)
		client.create(podOf(`s${i}`, {topologySpreadConstraints: [{...spread, nodeTaintsPolicy: 'Honor'}]}, {app: 's'}));
	world.settle();
	t.is(nodeOf(world, 'web'), 'k8s-node2');
	const nodes = [0, 1, 2, 3].map(i => nodeOf(world, `s${i}`));
	t.is(new Set(nodes).size, 3);
	t.false(nodes.includes(undefined));
});

test('a pod of high priority makes room for itself', t => {
	const world = createWorld({nodes: 2});
	const {client} = world;
	for (const [name, value] of [
		['low', 1],
		['high', 1000],
	] as const) {
		client.create({apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: {name}, value});
	}

	client.create(podOf('small', {...asking('1500m', '1Gi'), priorityClassName: 'low', priority: 1}));
	world.settle();
	client.create(podOf('big', {...asking('1500m', '1Gi'), priorityClassName: 'high', priority: 1000}));
	world.settle();
	t.is(nodeOf(world, 'big'), 'k8s-node1');
	t.is(client.find('pods', 'default', 'small'), undefined);
	t.true(eventsOf(world, 'small').some(text => text.startsWith('Normal Preempted Preempted by pod ')));
});

test('a gated pod is left alone until its gates are gone', t => {
	const world = createWorld();
	world.client.create(podOf('p', {schedulingGates: [{name: 'example.com/wait'}]}));
	world.settle();
	t.deepEqual(eventsOf(world, 'p'), []);
	world.client.patch('pods', 'default', 'p', 'merge', {spec: {schedulingGates: []}});
	world.settle();
	t.truthy(nodeOf(world, 'p'));
});

test('events of the scheduler are series: no count, and who reports', t => {
	const world = createWorld();
	world.client.create(podOf('p'));
	world.settle();
	const [event] = world.client.list<KubeObject>('events').filter(({involvedObject}) => involvedObject.name === 'p');
	t.like(event, {reportingComponent: 'default-scheduler', reason: 'Scheduled', action: 'Binding', count: undefined});
	t.regex(event!['message'], /^Successfully assigned default\/p to k8s-node[12]$/);
});

/** `isSchedulableAfterPodEvent` of NodeResourcesFit wants to know of pods that leave; NodeAffinity has no such event. */
test('a pod that leaves wakes those that wait for room, not those that no node suits', t => {
	const world = createWorld({nodes: 2});
	world.client.create(podOf('guest', asking('1', '1Gi')));
	world.client.create(podOf('big', asking('64', '1Gi')));
	world.client.create(podOf('picky', {nodeSelector: {disk: 'ssd'}}));
	world.settle();
	world.client.delete('pods', 'default', 'guest');
	world.advance(60_000);
	const tries = (name: string): number =>
		world.client
			.list<KubeObject>('events')
			.find(event => event['reason'] === 'FailedScheduling' && event['involvedObject'].name === name)?.['series']?.count ?? 1;
	t.deepEqual([tries('big'), tries('picky')], [2, 1]);
});
