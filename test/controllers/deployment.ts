import test from 'ava';
import type {KubeObject} from '../../source/api/object.js';
import {createWorld, deploymentOf, eventsOf, podOf, type TestWorld} from './_world.js';

const resource = 'deployments.apps';
const setImage = (world: TestWorld, image: string) => {
	world.client.patch(resource, 'default', 'demo', 'merge', {
		spec: {template: {spec: {containers: [{name: 'c', image, ports: [{containerPort: 80}]}]}}},
	});
	world.settle();
};

const get = ({client}: TestWorld): KubeObject => client.get(resource, 'default', 'demo');
const condition = (world: TestWorld, type: string) => get(world)['status'].conditions.find((entry: {type: string}) => entry.type === type);
const sizes = ({client}: TestWorld) =>
	client
		.list<KubeObject>('replicasets.apps')
		.map(set => `${set.metadata.annotations!['deployment.kubernetes.io/revision']}:${set['spec'].replicas}`);

/** oracle/recorded/06-workloads.jsonl, step 21: three replicas, a new image, and back again. */
test('a rollout and its undoing leave the events of a real one', t => {
	const world = createWorld();
	world.client.create(deploymentOf('demo', 3, 'myapp:v1'));
	world.settle();
	setImage(world, 'myapp:v2');
	setImage(world, 'myapp:v1');
	const names = new Map<string, string>();
	const plain = world.client
		.list<KubeObject>('events')
		.filter(event => event['involvedObject'].name === 'demo')
		.map(event => {
			const text = event['message'].replace(/demo-\w+/, (name: string) => {
				if (!names.has(name)) names.set(name, names.size === 0 ? 'A' : 'B');
				return names.get(name)!;
			});
			return `${event['count']} ${text}`;
		});
	t.deepEqual(plain, [
		'1 Scaled up replica set A from 0 to 3',
		'1 Scaled up replica set B from 0 to 1',
		'1 Scaled down replica set A from 3 to 2',
		'1 Scaled up replica set B from 1 to 2',
		'1 Scaled down replica set A from 2 to 1',
		'1 Scaled up replica set B from 2 to 3',
		'1 Scaled down replica set A from 1 to 0',
		'1 Scaled up replica set A from 0 to 1',
		'1 Scaled down replica set B from 3 to 2',
		'4 (combined from similar events): Scaled down replica set B from 1 to 0',
	]);
	t.deepEqual(sizes(world).sort(), ['2:0', '3:3']);
	t.is(get(world).metadata.annotations!['deployment.kubernetes.io/revision'], '3');
	t.is(get(world).metadata.generation, 3);
	t.is(condition(world, 'Progressing').reason, 'NewReplicaSetAvailable');
});

test('an image that cannot be pulled keeps the old pods, until the deadline says so', t => {
	const world = createWorld();
	world.client.create(deploymentOf('demo', 3, 'nginx:1', {progressDeadlineSeconds: 60}));
	world.settle();
	setImage(world, 'nginx:nope');
	t.like(get(world)['status'], {replicas: 4, updatedReplicas: 1, readyReplicas: 3, availableReplicas: 3, unavailableReplicas: 1});
	t.is(condition(world, 'Progressing').reason, 'ReplicaSetUpdated');
	world.advance(62_000);
	t.like(condition(world, 'Progressing'), {status: 'False', reason: 'ProgressDeadlineExceeded'});
	setImage(world, 'nginx:1');
	t.is(condition(world, 'Progressing').reason, 'NewReplicaSetAvailable');
	t.deepEqual(sizes(world).sort(), ['2:0', '3:3']);
});

test('Recreate starts nothing new while an old pod stands', t => {
	const world = createWorld();
	world.client.create(deploymentOf('demo', 2, 'a:1', {strategy: {type: 'Recreate'}}));
	world.settle();
	let most = 0;
	world.api.watch('pods', () => {
		const images = world.client.list<KubeObject>('pods').map(pod => pod['spec'].containers[0].image);
		most = Math.max(most, new Set(images).size);
	});
	setImage(world, 'a:2');
	t.is(most, 1);
	t.like(get(world)['status'], {updatedReplicas: 2, availableReplicas: 2});
});

test('scaling in the middle of a rollout is shared out in proportion', t => {
	const world = createWorld();
	world.client.create(deploymentOf('demo', 8, 'a:1', {strategy: {type: 'RollingUpdate', rollingUpdate: {maxSurge: 4, maxUnavailable: 0}}}));
	world.settle();
	setImage(world, 'a:nope');
	t.deepEqual(sizes(world).sort(), ['1:8', '2:4']);
	world.client.patch(resource, 'default', 'demo', 'merge', {spec: {replicas: 20}});
	world.settle();
	t.deepEqual(sizes(world).sort(), ['1:16', '2:8']);
});

test('a paused deployment scales but does not roll out', t => {
	const world = createWorld();
	world.client.create(deploymentOf('demo', 2, 'a:1'));
	world.settle();
	world.client.patch(resource, 'default', 'demo', 'merge', {spec: {paused: true}});
	setImage(world, 'a:2');
	world.client.patch(resource, 'default', 'demo', 'merge', {spec: {replicas: 3}});
	world.settle();
	t.deepEqual(sizes(world), ['1:3']);
	t.is(condition(world, 'Progressing').reason, 'DeploymentPaused');
	world.client.patch(resource, 'default', 'demo', 'merge', {spec: {paused: null}});
	world.settle();
	t.deepEqual(sizes(world).sort(), ['1:0', '2:3']);
	t.is(condition(world, 'Progressing').reason, 'NewReplicaSetAvailable');
});

test('revisionHistoryLimit old sets are kept', t => {
	const world = createWorld();
	world.client.create(deploymentOf('demo', 1, 'a:0', {revisionHistoryLimit: 2}));
	world.settle();
	for (let i = 1; i < 6; i++) setImage(world, `a:${i}`);
	t.deepEqual(sizes(world).sort(), ['4:0', '5:0', '6:1']);
});

test('minReadySeconds holds the next step back', t => {
	const world = createWorld();
	world.client.create(deploymentOf('demo', 2, 'a:1', {minReadySeconds: 10, strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}}));
	world.settle();
	t.is(get(world)['status'].availableReplicas, undefined);
	world.advance(11_000);
	t.is(get(world)['status'].availableReplicas, 2);
	setImage(world, 'a:2');
	world.advance(9000);
	t.is(get(world)['status'].updatedReplicas, 1);
	world.advance(15_000);
	t.like(get(world)['status'], {updatedReplicas: 2, availableReplicas: 2, replicas: 2});
});

test('a pod with the right labels is adopted, and let go when it loses them', t => {
	const world = createWorld();
	world.client.create(deploymentOf('demo', 2, 'a:1'));
	world.settle();
	const [set] = world.client.list<KubeObject>('replicasets.apps');
	world.client.create(podOf('stray', {}, set!['spec'].selector.matchLabels));
	world.settle();
	t.is(world.client.list('pods').length, 2);
	const [kept] = world.client.list<KubeObject>('pods');
	world.client.patch('pods', 'default', kept!.metadata.name, 'merge', {metadata: {labels: {app: 'other'}}});
	world.settle();
	t.is(world.client.list('pods').length, 3);
	t.is(world.client.get<KubeObject>('pods', 'default', kept!.metadata.name).metadata.ownerReferences, undefined);
	t.true(eventsOf(world, set!.metadata.name).some(text => text.includes('SuccessfulDelete Deleted pod: ')));
});
