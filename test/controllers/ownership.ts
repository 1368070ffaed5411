import test from 'ava';
import type {KubeObject} from '../../source/api/object.js';
import {createWorld, deploymentOf, eventsOf, podOf, type TestWorld} from './_world.js';

const count = ({client}: TestWorld) => ['deployments.apps', 'replicasets.apps', 'pods'].map(resource => client.list(resource).length);
const started = (): TestWorld => {
	const world = createWorld();
	world.client.create(deploymentOf('web', 2));
	world.settle();
	return world;
};

test('background deletion: the owner goes first, the rest follows', t => {
	const world = started();
	world.client.delete('deployments.apps', 'default', 'web', {propagationPolicy: 'Background'});
	t.deepEqual(count(world), [0, 1, 2]);
	world.settle();
	t.deepEqual(count(world), [0, 0, 0]);
});

test('foreground deletion: the owner waits for its dependents', t => {
	const world = started();
	const order: string[] = [];
	for (const [resource, name] of [
		['deployments.apps', 'deployment'],
		['replicasets.apps', 'set'],
		['pods', 'pod'],
	] as const) {
		world.api.watch(resource, ({type}) => type === 'DELETED' && order.push(name));
	}

	world.client.delete('deployments.apps', 'default', 'web', {propagationPolicy: 'Foreground'});
	t.is(count(world)[0], 1);
	world.settle();
	t.deepEqual(order, ['pod', 'pod', 'set', 'deployment']);
});

test('orphaning leaves the dependents without an owner, to be adopted again', t => {
	const world = started();
	const pods = world.client.list<KubeObject>('pods').map(({metadata}) => metadata.uid);
	world.client.delete('deployments.apps', 'default', 'web', {propagationPolicy: 'Orphan'});
	world.settle();
	t.deepEqual(count(world), [0, 1, 2]);
	t.is(world.client.list<KubeObject>('replicasets.apps')[0]!.metadata.ownerReferences, undefined);
	world.client.create(deploymentOf('web', 2));
	world.settle();
	t.deepEqual(count(world), [1, 1, 2]);
	t.deepEqual(
		world.client.list<KubeObject>('pods').map(({metadata}) => metadata.uid),
		pods,
	);
});

test('an object whose owner never was is collected', t => {
	const world = createWorld();
	const ownerReferences = [{apiVersion: 'v1', kind: 'ConfigMap', name: 'gone', uid: '00000000-0000-4000-8000-000000000000'}];
	const pod = podOf('stray');
	world.client.create({...pod, metadata: {...pod.metadata, ownerReferences}});
	world.settle();
	t.is(world.client.find('pods', 'default', 'stray'), undefined);
});

test('a namespace takes everything in it along, and waits for what is held', t => {
	const world = createWorld();
	const {client} = world;
	client.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'team'}});
	world.settle();
	t.truthy(client.find('serviceaccounts', 'team', 'default'));
	t.truthy(client.find('configmaps', 'team', 'kube-root-ca.crt'));
	const web = deploymentOf('web', 2);
	client.create({...web, metadata: {...web.metadata, namespace: 'team'}});
	client.create({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'held', namespace: 'team', finalizers: ['example.com/hold']}});
	world.settle();
	client.delete('namespaces', undefined, 'team');
	world.advance(4000);
	t.is(client.list('pods', {namespace: 'team'}).length, 2);
	world.advance(2000);
	const namespace = client.get<KubeObject>('namespaces', undefined, 'team');
	t.is(namespace['status'].phase, 'Terminating');
	const messages = namespace['status'].conditions.map((condition: {message: string}) => condition.message);
	t.true(messages.includes('Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances'));
	client.patch('configmaps', 'team', 'held', 'merge', {metadata: {finalizers: null}});
	world.advance(9000);
	t.is(client.find('namespaces', undefined, 'team'), undefined);
	t.is(client.list('pods', {namespace: 'team'}).length, 0);
});

test('a quota stops a replica set, which says so and goes on when there is room', t => {
	const world = createWorld();
	const {client} = world;
	client.create({apiVersion: 'v1', kind: 'ResourceQuota', metadata: {name: 'q', namespace: 'default'}, spec: {hard: {pods: '2'}}});
	world.settle();
	client.create(deploymentOf('web', 3));
	world.settle();
	t.is(client.list('pods').length, 2);
	const failure = client
		.get<KubeObject>('deployments.apps', 'default', 'web')
		['status'].conditions.find(({type}: {type: string}) => type === 'ReplicaFailure');
	t.is(failure.reason, 'FailedCreate');
	t.deepEqual(client.get<KubeObject>('resourcequotas', 'default', 'q')['status'].used, {pods: '2'});
	const [set] = client.list<KubeObject>('replicasets.apps');
	t.true(
		eventsOf(world, set!.metadata.name).some(text =>
			/^Warning FailedCreate Error creating: pods "web-\w+-\w+" is forbidden: exceeded quota: q/.test(text),
		),
	);
	client.patch('resourcequotas', 'default', 'q', 'merge', {spec: {hard: {pods: '5'}}});
	world.advance(60_000);
	t.is(client.list('pods').length, 3);
});
