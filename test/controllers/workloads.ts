import test from 'ava';
import type {KubeObject} from '../../source/api/object.js';
import {takePace} from '../../source/controllers/pods/pace.js';
import {createWorld, eventsOf, type TestWorld} from './_world.js';

const template = (labels: Record<string, string>, spec: object = {}) => ({
	metadata: {labels},
	spec: {containers: [{name: 'c', image: 'a:1'}], ...spec},
});
const workload = (apiVersion: string, kind: string, name: string, spec: object): KubeObject => ({
	apiVersion,
	kind,
	metadata: {name, namespace: 'default'},
	spec: {selector: {matchLabels: {app: name}}, template: template({app: name}), ...spec},
});
const names = ({client}: TestWorld) => client.list<KubeObject>('pods').map(({metadata}) => metadata.name);
const conditions = (object: KubeObject): string[] =>
	(object['status'].conditions ?? []).map((condition: any) => `${condition.type}=${condition.status} ${condition.reason}`);

const sets = 'statefulsets.apps';
const set = (spec: object = {}) => workload('apps/v1', 'StatefulSet', 'web', {serviceName: 'web', replicas: 3, ...spec});

test('a StatefulSet goes up and down in order, one pod at a time', t => {
	const world = createWorld();
	const alive: number[] = [];
	world.api.watch('pods', () => {
		alive.push(world.client.list<KubeObject>('pods').filter(pod => pod['status'].phase === 'Pending').length);
	});
	world.client.create(set());
	world.settle();
	t.true(Math.max(...alive) === 1);
	t.deepEqual(names(world), ['web-0', 'web-1', 'web-2']);
	world.client.patch(sets, 'default', 'web', 'merge', {spec: {replicas: 0}});
	world.settle();
	t.deepEqual(eventsOf(world, 'web'), [
		...[0, 1, 2].map(i => `Normal SuccessfulCreate create Pod web-${i} in StatefulSet web successful`),
		...[2, 1, 0].map(i => `Normal SuccessfulDelete delete Pod web-${i} in StatefulSet web successful`),
	]);
});

test('a broken pod stops an ordered StatefulSet, not a parallel one', t => {
	const bad = {template: template({app: 'web'}, {containers: [{name: 'c', image: 'a:nope'}]})};
	const ordered = createWorld();
	ordered.client.create(set(bad));
	ordered.settle();
	t.deepEqual(names(ordered), ['web-0']);
	const parallel = createWorld();
	parallel.client.create(set({...bad, podManagementPolicy: 'Parallel'}));
	parallel.settle();
	t.deepEqual(names(parallel), ['web-0', 'web-1', 'web-2']);
});

test('a partition keeps the lower ordinals on the old revision', t => {
	const world = createWorld();
	world.client.create(set({updateStrategy: {type: 'RollingUpdate', rollingUpdate: {partition: 2}}}));
	world.settle();
	world.client.patch(sets, 'default', 'web', 'merge', {spec: {template: {spec: {containers: [{name: 'c', image: 'a:2'}]}}}});
	world.settle();
	const images = () => world.client.list<KubeObject>('pods').map(pod => pod['spec'].containers[0].image);
	t.deepEqual(images(), ['a:1', 'a:1', 'a:2']);
	t.like(world.client.get<KubeObject>(sets, 'default', 'web')['status'], {updatedReplicas: 1, currentReplicas: 2});
	world.client.delete('pods', 'default', 'web-0');
	world.settle();
	t.deepEqual(images(), ['a:1', 'a:1', 'a:2']);
	world.client.patch(sets, 'default', 'web', 'merge', {spec: {updateStrategy: {rollingUpdate: {partition: 0}}}});
	world.settle();
	t.deepEqual(images(), ['a:2', 'a:2', 'a:2']);
	const {currentRevision, updateRevision} = world.client.get<KubeObject>(sets, 'default', 'web')['status'];
	t.is(currentRevision, updateRevision);
});

test('claims of a StatefulSet are made with its pods and outlive them', t => {
	const world = createWorld();
	const claim = {
		metadata: {name: 'data'},
		spec: {accessModes: ['ReadWriteOnce'], storageClassName: 'x', resources: {requests: {storage: '1Gi'}}},
	};
	for (const i of [0, 1]) {
		const spec = {storageClassName: 'x', capacity: {storage: '1Gi'}, accessModes: ['ReadWriteOnce'], hostPath: {path: `/v${i}`}};
		world.client.create({apiVersion: 'v1', kind: 'PersistentVolume', metadata: {name: `v${i}`}, spec});
	}

	world.client.create(set({replicas: 2, volumeClaimTemplates: [claim]}));
	world.settle();
	world.advance(5000);
	t.deepEqual(names(world), ['web-0', 'web-1']);
	t.true(eventsOf(world, 'web').includes('Normal SuccessfulCreate create Claim data-web-0 Pod web-0 in StatefulSet web success'));
	world.client.delete(sets, 'default', 'web');
	world.settle();
	t.deepEqual(
		world.client.list<KubeObject>('persistentvolumeclaims').map(({metadata, status}) => `${metadata.name} ${status.phase}`),
		['data-web-0 Bound', 'data-web-1 Bound'],
	);
});

test('a DaemonSet follows the labels and taints of nodes', t => {
	const world = createWorld();
	const {client} = world;
	client.create(workload('apps/v1', 'DaemonSet', 'agent', {template: template({app: 'agent'}, {nodeSelector: {logging: 'on'}})}));
	world.settle();
	t.like(client.get<KubeObject>('daemonsets.apps', 'default', 'agent')['status'], {desiredNumberScheduled: 0, numberReady: 0});
	for (const name of ['k8s-master', 'k8s-node1', 'k8s-node2'])
		client.patch('nodes', undefined, name, 'merge', {metadata: {labels: {logging: 'on'}}});
	world.settle();
	const nodes = () =>
		client
			.list<KubeObject>('pods')
			.map(pod => pod['spec'].nodeName)
			.sort();
	t.deepEqual(nodes(), ['k8s-node1', 'k8s-node2']);
	client.patch('nodes', undefined, 'k8s-node1', 'merge', {spec: {unschedulable: true}});
	client.patch('nodes', undefined, 'k8s-master', 'merge', {spec: {taints: null}});
	client.patch('nodes', undefined, 'k8s-node2', 'merge', {metadata: {labels: {logging: null}}});
	world.settle();
	t.deepEqual(nodes(), ['k8s-master', 'k8s-node1']);
});

const job = (spec: object = {}, pod: object = {}): KubeObject => ({
	apiVersion: 'batch/v1',
	kind: 'Job',
	metadata: {name: 'pi', namespace: 'default'},
	spec: {...spec, template: {spec: {restartPolicy: 'Never', containers: [{name: 'c', image: 'perl'}], ...pod}}},
});
const getJob = ({client}: TestWorld): KubeObject => client.get('jobs.batch', 'default', 'pi');

test('a Job runs until enough pods have succeeded', t => {
	const world = createWorld();
	world.client.create(job({completions: 3, parallelism: 2}));
	world.settle();
	t.like(getJob(world)['status'], {active: 2, terminating: 0});
	world.advance(10_000);
	t.like(getJob(world)['status'], {succeeded: 3, active: undefined, ready: 0});
	t.deepEqual(conditions(getJob(world)), ['SuccessCriteriaMet=True CompletionsReached', 'Complete=True CompletionsReached']);
	t.is(eventsOf(world, 'pi').at(-1), 'Normal Completed Job completed');
	t.true(world.client.list<KubeObject>('pods').every(pod => !pod.metadata.finalizers));
});

test('failing pods are replaced after 10, then 20 seconds, until the limit', t => {
	const world = createWorld();
	const {client} = world;
	const failAll = () => {
		for (const pod of client.list<KubeObject>('pods').filter(({status}) => status.phase === 'Running')) {
			const containerStatuses = [
				{...pod['status'].containerStatuses[0], ready: false, state: {terminated: {exitCode: 1, reason: 'Error'}}},
			];
			client.updateStatus({...pod, status: {...pod['status'], phase: 'Failed', containerStatuses}});
		}
	};
	client.create(job({backoffLimit: 2}));
	const counts: number[] = [];
	for (let second = 0; second < 60; second++) {
		world.advance(500);
		failAll();
		world.advance(500);
		counts.push(client.list('pods').length);
	}

	const second = (count: number) => counts.indexOf(count);
	t.is(second(1), 0);
	t.true(second(2) >= 9 && second(2) <= 13, `second pod at ${second(2)}`);
	t.true(second(3) - second(2) >= 20 && second(3) - second(2) <= 24, `third pod at ${second(3)}`);
	t.is(Math.max(...counts), 3);
	t.deepEqual(conditions(getJob(world)), ['FailureTarget=True BackoffLimitExceeded', 'Failed=True BackoffLimitExceeded']);
	t.is(eventsOf(world, 'pi').at(-1), 'Warning BackoffLimitExceeded Job has reached the specified backoff limit');
});

test('an indexed Job gives each pod its number', t => {
	const world = createWorld();
	world.client.create(job({completions: 3, parallelism: 3, completionMode: 'Indexed'}));
	world.advance(5000);
	t.is(getJob(world)['status'].completedIndexes, '0-2');
	t.deepEqual(
		world.client.list<KubeObject>('pods').map(pod => `${pod.metadata.name.slice(0, 4)} ${pod['spec'].hostname}`),
		['pi-0 pi-0', 'pi-1 pi-1', 'pi-2 pi-2'],
	);
});

test('a suspended Job has no pods, and starts when it is resumed', t => {
	const world = createWorld();
	world.client.create(job({suspend: true}));
	world.settle();
	t.deepEqual(names(world), []);
	t.deepEqual(conditions(getJob(world)), ['Suspended=True JobSuspended']);
	world.client.patch('jobs.batch', 'default', 'pi', 'merge', {spec: {suspend: false}});
	world.advance(5000);
	t.true(conditions(getJob(world)).includes('Complete=True CompletionsReached'));
});

test('a Job past its deadline fails, and one with a TTL goes', t => {
	const world = createWorld();
	world.client.create(job({activeDeadlineSeconds: 5, ttlSecondsAfterFinished: 20}, {containers: [{name: 'c', image: 'nope'}]}));
	world.advance(8000);
	t.deepEqual(conditions(getJob(world)), ['FailureTarget=True DeadlineExceeded', 'Failed=True DeadlineExceeded']);
	t.deepEqual(names(world), []);
	world.advance(25_000);
	t.is(world.client.list('jobs.batch').length, 0);
});

test('a CronJob starts a job a minute and keeps three', t => {
	const world = createWorld();
	const jobTemplate = {spec: {template: {spec: {restartPolicy: 'OnFailure', containers: [{name: 'c', image: 'busybox'}]}}}};
	world.client.create({
		apiVersion: 'batch/v1',
		kind: 'CronJob',
		metadata: {name: 'tick', namespace: 'default'},
		spec: {schedule: '*/1 * * * *', jobTemplate},
	});
	world.settle();
	t.true(world.sim.clock.uptime() < 1000);
	world.advance(5.5 * 60_000);
	t.deepEqual(
		world.client.list<KubeObject>('jobs.batch').map(({metadata}) => metadata.name),
		['tick-29920443', 'tick-29920444', 'tick-29920445'],
	);
	t.is(eventsOf(world, 'tick')[1], 'Normal SawCompletedJob Saw completed job: tick-29920441, condition: Complete');
	t.is(world.client.get<KubeObject>('cronjobs.batch', 'default', 'tick')['status'].lastScheduleTime, '2026-11-21T02:05:00Z');
});

test('a ReplicaSet of tens of thousands grows as fast as the controller manager may ask: 20 pods a second after the first 10,000', t => {
	const world = createWorld();
	t.deepEqual(takePace(world.sim, 'replicaset-controller', 9970), {count: 9970});
	world.client.create(workload('apps/v1', 'ReplicaSet', 'many', {replicas: 500}));
	world.settle();
	t.is(names(world).length, 30);
	const began = world.sim.clock.now();
	world.sim.clock.advance(10_000);
	const grown = 30 + (20 * (world.sim.clock.now() - began)) / 1000;
	t.true(Math.abs(names(world).length - grown) <= 20, `${names(world).length} of ${grown}`);
});

test('a cluster that holds too many objects takes no more, until some are deleted', t => {
	const {client, sim} = createWorld();
	const map = (name: string) => ({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name, namespace: 'default'}}) as KubeObject;
	client.create(map('a'));
	sim.state.cell('api/objectCount', 0).set(60_000);
	const refusal = t.throws(() => client.create(map('b')));
	t.is(refusal?.message, 'etcdserver: mvcc: database space exceeded');
	t.like(sim.notes.list().at(-1), {what: 'more than 60000 objects', count: 1});
	client.update({...map('a'), data: {still: 'writable'}} as KubeObject);
	client.delete('configmaps', 'default', 'a');
	t.notThrows(() => client.create(map('b')));
});
