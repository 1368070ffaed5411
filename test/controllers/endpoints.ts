import test from 'ava';
import type {KubeObject} from '../../source/api/object.js';
import {createWorld, podOf, serviceOf, type TestWorld} from './_world.js';

const slicesOf = ({client}: TestWorld, service: string): readonly KubeObject[] =>
	client.indexed('endpointslices.discovery.k8s.io', 'service', `default/${service}`);
const port = (name: string, containerPort: number) => ({containers: [{name: 'c', image: 'a', ports: [{name, containerPort}]}]});

test('a named target port is looked up in each pod; different numbers make different slices', t => {
	const world = createWorld();
	const {client} = world;
	client.create(podOf('old', port('http', 8080), {app: 'web'}));
	client.create(podOf('new', port('http', 9090), {app: 'web'}));
	client.create(podOf('without', port('metrics', 1), {app: 'web'}));
	client.create(serviceOf('web', {app: 'web'}, {ports: [{name: 'http', port: 80, targetPort: 'http'}]}));
	world.settle();
	const ports = (client.get<KubeObject>('endpoints', 'default', 'web')['subsets'] as any[]).map(
		subset => `${subset.addresses.length} at ${subset.ports[0].port}`,
	);
	t.deepEqual(ports.sort(), ['1 at 8080', '1 at 9090']);
	t.deepEqual(
		slicesOf(world, 'web')
			.map(slice => slice['ports'][0]?.port)
			.filter(Boolean)
			.sort(),
		[8080, 9090],
	);
});

test('a pod that is not ready is listed as such, unless the service publishes all', t => {
	const world = createWorld();
	const {client} = world;
	client.create(podOf('p', {}, {app: 'web'}));
	client.create(serviceOf('strict', {app: 'web'}));
	client.create(serviceOf('loose', {app: 'web'}, {publishNotReadyAddresses: true}));
	world.settle();
	const pod = client.get<KubeObject>('pods', 'default', 'p');
	const conditions = pod['status'].conditions.map((condition: any) =>
		condition.type === 'Ready' ? {...condition, status: 'False'} : condition,
	);
	client.updateStatus({...pod, status: {...pod['status'], conditions}});
	world.settle();
	const [strict, loose] = ['strict', 'loose'].map(name => client.get<KubeObject>('endpoints', 'default', name)['subsets'][0]);
	t.is(strict.addresses, undefined);
	t.is(strict.notReadyAddresses.length, 1);
	t.is(loose.addresses.length, 1);
	const state = (name: string) => slicesOf(world, name)[0]!['endpoints'][0].conditions;
	t.deepEqual(state('strict'), {ready: false, serving: false, terminating: false});
	t.deepEqual(state('loose'), {ready: true, serving: false, terminating: false});
});

test('a terminating pod leaves Endpoints, and still serves in its slice', t => {
	const world = createWorld();
	const {client} = world;
	client.create({
		...podOf('p', {}, {app: 'web'}),
		metadata: {name: 'p', namespace: 'default', labels: {app: 'web'}, finalizers: ['example.com/hold']},
	});
	client.create(serviceOf('web'));
	world.settle();
	client.delete('pods', 'default', 'p');
	world.settle();
	t.is(client.get<KubeObject>('endpoints', 'default', 'web')['subsets'], undefined);
	t.deepEqual(slicesOf(world, 'web')[0]!['endpoints'][0].conditions, {ready: false, serving: true, terminating: true});
});

test('an empty service keeps one empty slice under the same name', t => {
	const world = createWorld();
	const {client} = world;
	client.create(serviceOf('web'));
	world.settle();
	const [empty] = slicesOf(world, 'web');
	t.deepEqual(empty!['endpoints'], []);
	client.create(podOf('p', {}, {app: 'web'}));
	world.settle();
	const [filled] = slicesOf(world, 'web');
	t.is(filled!.metadata.name, empty!.metadata.name);
	client.delete('services', 'default', 'web');
	world.settle();
	t.is(slicesOf(world, 'web').length, 0);
	t.is(client.find('endpoints', 'default', 'web'), undefined);
});

test('more than a hundred endpoints need a second slice', t => {
	const world = createWorld({nodes: 4});
	for (let i = 0; i < 120; i++) world.client.create(podOf(`p${i}`, {}, {app: 'web'}));
	world.client.create(serviceOf('web'));
	world.settle();
	t.deepEqual(
		slicesOf(world, 'web')
			.map(slice => slice['endpoints'].length)
			.sort(),
		[100, 20].sort(),
	);
});

test('Endpoints written by hand are mirrored for a service without selector', t => {
	const world = createWorld();
	const {client} = world;
	client.create({
		apiVersion: 'v1',
		kind: 'Service',
		metadata: {name: 'db', namespace: 'default'},
		spec: {ports: [{port: 6666, targetPort: 80}]},
	});
	client.create({
		apiVersion: 'v1',
		kind: 'Endpoints',
		metadata: {name: 'db', namespace: 'default'},
		subsets: [{addresses: [{ip: '172.25.254.200'}], ports: [{port: 80}]}],
	});
	world.settle();
	const [slice] = slicesOf(world, 'db');
	t.deepEqual(slice!['endpoints'], [{addresses: ['172.25.254.200'], conditions: {ready: true}}]);
	t.is(slice!.metadata.labels!['endpointslice.kubernetes.io/managed-by'], 'endpointslicemirroring-controller.k8s.io');
	client.delete('services', 'default', 'db');
	world.settle();
	t.is(client.find('endpoints', 'default', 'db'), undefined);
	t.is(slicesOf(world, 'db').length, 0);
});
