import test from 'ava';
import fc from 'fast-check';
import {groupResource} from '../../source/api/kind.js';
import type {KubeObject} from '../../source/api/object.js';
import {snapshotFromJson, snapshotToJson} from '../../source/sim/state.js';
import {createWorld, deploymentOf, podOf, serviceOf, type TestWorld} from './_world.js';

/** One edit a user could make; all names are few, so that edits meet. */
type Edit = readonly [what: number, name: number, size: number];
const edits = fc.array(fc.tuple(fc.nat(8), fc.nat(2), fc.nat(4)), {minLength: 1, maxLength: 12});
const deployments = 'deployments.apps';

function apply({client}: TestWorld, [what, name, size]: Edit): void {
	const app = `app${name}`;
	const act: ReadonlyArray<() => unknown> = [
		() => client.create(deploymentOf(app, size)),
		() => client.create(serviceOf(app)),
		() => client.patch(deployments, 'default', app, 'merge', {spec: {replicas: size}}),
		() => client.patch(deployments, 'default', app, 'merge', {spec: {template: {metadata: {labels: {version: `v${size}`}}}}}),
		() => client.delete(deployments, 'default', app, {propagationPolicy: size % 2 ? 'Background' : 'Foreground'}),
		() => client.delete('services', 'default', app),
		() => client.create(podOf(`loose${size}`, {}, {app})),
		() => {
			const [pod] = client.list<KubeObject>('pods', {namespace: 'default'}).slice(size);
			if (pod) client.delete('pods', 'default', pod.metadata.name);
		},
		() => client.patch('nodes', undefined, 'k8s-node1', 'merge', {spec: {unschedulable: size % 2 === 0}}),
	];
	try {
		act[what]!();
	} catch {
		// What is there already, or not there, is refused: that is an edit too.
	}
}

const textOf = (world: TestWorld): string => JSON.stringify(snapshotToJson(world.sim.state.snapshot()));

test('after settling, reconciling every key again writes nothing', t => {
	fc.assert(
		fc.property(edits, list => {
			const world = createWorld();
			for (const edit of list) {
				apply(world, edit);
				world.settle();
			}

			world.advance(5000);
			const written: string[] = [];
			for (const kind of world.api.kinds()) {
				world.api.watch(groupResource(kind), ({type, object}) => written.push(`${type} ${kind.kind} ${object.metadata.name}`));
			}

			world.resync();
			world.settle();
			t.deepEqual(written, []);
			t.deepEqual(world.sim.notes.list(), []);
		}),
		{numRuns: 15, seed: 1},
	);
});

test('endpoints are the ready pods a service selects, in both forms', t => {
	fc.assert(
		fc.property(edits, list => {
			const world = createWorld();
			for (const edit of list) apply(world, edit);
			world.settle();
			world.advance(3000);
			const {client} = world;
			const pods = client.list<KubeObject>('pods', {namespace: 'default'});
			for (const service of client.list<KubeObject>('services', {namespace: 'default'})) {
				const {app} = service['spec'].selector;
				const wanted = pods
					.filter(pod => pod.metadata.labels?.['app'] === app && pod['status'].phase === 'Running')
					.map(pod => pod['status'].podIP);
				const {name} = service.metadata;
				const flat = (client.get<KubeObject>('endpoints', 'default', name)['subsets'] ?? []).flatMap(
					(subset: any) => subset.addresses ?? [],
				);
				t.deepEqual(flat.map(({ip}: {ip: string}) => ip).sort(), [...wanted].sort());
				const slices = client.indexed<KubeObject>('endpointslices.discovery.k8s.io', 'service', `default/${name}`);
				const sliced = slices.flatMap(slice => slice['endpoints']).filter((endpoint: any) => endpoint.conditions.ready);
				t.deepEqual(sliced.flatMap((endpoint: any) => endpoint.addresses).sort(), [...wanted].sort());
			}
		}),
		{numRuns: 15, seed: 2},
	);
});

test('the same seed and the same edits give the same bytes', t => {
	const run = () => {
		const world = createWorld({seed: 'twice'});
		for (const edit of [
			[0, 0, 3],
			[1, 0, 0],
			[3, 0, 1],
			[0, 1, 2],
			[8, 0, 0],
			[4, 0, 1],
		] as const) {
			apply(world, edit);
			world.settle();
		}

		return textOf(world);
	};

	t.is(run(), run());
	const other = createWorld({seed: 'other'});
	apply(other, [0, 0, 3]);
	other.settle();
	const pods = other.client.list<KubeObject>('pods').map(pod => pod.metadata.uid);
	const same = createWorld({seed: 'twice'});
	apply(same, [0, 0, 3]);
	same.settle();
	t.notDeepEqual(
		same.client.list<KubeObject>('pods').map(pod => pod.metadata.uid),
		pods,
	);
});

test('a world saved half-way through a rollout ends as it would have', t => {
	const start = () => {
		const world = createWorld({seed: 'saved'});
		apply(world, [0, 0, 4]);
		apply(world, [1, 0, 0]);
		world.settle();
		apply(world, [3, 0, 1]);
		world.advance(9);
		return world;
	};

	const straight = start();
	const saved = snapshotFromJson(JSON.parse(JSON.stringify(snapshotToJson(start().sim.state.snapshot()))));
	const restored = createWorld({seed: 'saved'});
	restored.sim.state.restore(saved);
	for (const world of [straight, restored]) {
		world.settle();
		apply(world, [2, 0, 2]);
		world.advance(20_000);
	}

	t.is(textOf(restored), textOf(straight));
});

test('while the API server is away nothing happens, and then it goes on', t => {
	let up = true;
	const world = createWorld({available: () => up});
	up = false;
	world.client.create(deploymentOf('web', 2));
	world.advance(5000);
	t.is(world.client.list('pods').length, 0);
	up = true;
	world.advance(3000);
	t.deepEqual(
		world.client.list<KubeObject>('pods').map(pod => pod['status'].phase),
		['Running', 'Running'],
	);
});
