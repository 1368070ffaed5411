import test from 'ava';
import {isConflict} from '../../source/api/status.js';
import {createServer, podOf, refusal, serviceOf} from './_world.js';

const configMap = (name: string, data: object = {}, metadata: object = {}) => ({
	apiVersion: 'v1',
	kind: 'ConfigMap',
	metadata: {name, namespace: 'default', ...metadata},
	data,
});

test('lists come in the order of etcd keys, whatever the order of creation', t => {
	const {client} = createServer();
	for (const name of ['b', 'a', 'a-1', 'a.b']) client.create(configMap(name) as any);
	t.deepEqual(
		client.list('configmaps', {namespace: 'default'}).map(({metadata}) => metadata.name),
		['a', 'a-1', 'a.b', 'b'],
	);
});

test('what an index has is what a scan finds: the events about one object, in their order', t => {
	const {client} = createServer();
	const about = (name: string, uid: string, namespace = 'default') =>
		client.create({
			apiVersion: 'v1',
			kind: 'Event',
			metadata: {name, namespace},
			involvedObject: {kind: 'Pod', name: 'a', namespace, uid},
			reason: name === 'c' ? 'Other' : 'Any',
		} as any);
	for (const name of ['d', 'b', 'c']) about(name, 'u1');
	about('a', 'u2');
	about('e', 'u1', 'kube-system');
	const found = (fieldSelector: string, namespace?: string) =>
		client.list('events', {fieldSelector, ...(namespace && {namespace})}).map(({metadata}) => metadata.name);
	t.deepEqual(found('involvedObject.uid=u1'), ['b', 'c', 'd', 'e']);
	t.deepEqual(found('involvedObject.uid=u1,reason!=Other', 'default'), ['b', 'd']);
	t.deepEqual(found('involvedObject.uid!=u1'), ['a']);
	t.deepEqual(found('involvedObject.uid=u3'), []);
	client.update({...client.get<any>('events', 'default', 'b'), involvedObject: {kind: 'Pod', name: 'a', namespace: 'default', uid: 'u2'}});
	t.deepEqual(found('involvedObject.uid=u2'), ['a', 'b']);
});

test('a write that changes nothing bumps no resourceVersion and wakes nobody', t => {
	const {client, api} = createServer();
	const stored = client.create(configMap('a', {k: '1'}) as any);
	let events = 0;
	api.watch('configmaps', () => events++);
	t.is(client.update({...stored}), stored);
	t.is(client.patch('configmaps', 'default', 'a', 'merge', {data: {k: '1'}}), stored);
	t.is(events, 0);
	t.is(String(api.resourceVersion()), stored.metadata.resourceVersion);
});

test('a stale update is a conflict', t => {
	const {client} = createServer();
	const first: any = client.create(configMap('a', {k: '1'}) as any);
	client.update({...first, data: {k: '2'}});
	const error = t.throws(() => client.update({...first, data: {k: '3'}}));
	t.true(isConflict(error));
	t.is(
		error?.message,
		'Operation cannot be fulfilled on configmaps "a": the object has been modified; please apply your changes to the latest version and try again',
	);
});

test('objects in the store are frozen, and the caller keeps what was handed in', t => {
	const {client} = createServer();
	const mine = configMap('a', {k: '1'}) as any;
	const stored: any = client.create(mine);
	t.throws(() => {
		stored.data.k = '2';
	});
	mine.data.k = '3';
	t.is(client.get<any>('configmaps', 'default', 'a').data.k, '1');
});

test('a status write cannot touch the spec, nor a spec write the status', t => {
	const {client} = createServer();
	const service: any = client.create(serviceOf('web') as any);
	const ingress = {loadBalancer: {ingress: [{ip: '1.2.3.4'}]}};
	const withStatus: any = client.updateStatus({...service, spec: {...service.spec, sessionAffinity: 'ClientIP'}, status: ingress});
	t.is(withStatus.spec.sessionAffinity, 'None');
	t.deepEqual(withStatus.status, ingress);
	const updated: any = client.update({...withStatus, spec: {...withStatus.spec, sessionAffinity: 'ClientIP'}, status: {}});
	t.is(updated.spec.sessionAffinity, 'ClientIP');
	t.deepEqual(updated.status, ingress);
});

test('a scheduled pod gets its grace period, an unscheduled one goes at once, a forced one too', t => {
	const {client} = createServer();
	client.create(podOf('free') as any);
	client.delete('pods', 'default', 'free');
	t.is(client.find('pods', 'default', 'free'), undefined);
	client.create(podOf('bound', {nodeName: 'n', terminationGracePeriodSeconds: 20}) as any);
	const going = client.delete('pods', 'default', 'bound');
	t.is(going.metadata.deletionGracePeriodSeconds, 20);
	t.is(going.metadata.deletionTimestamp, '2026-11-21T02:00:20Z');
	const sooner = client.delete('pods', 'default', 'bound', {gracePeriodSeconds: 5});
	t.is(sooner.metadata.deletionTimestamp, '2026-11-21T02:00:05Z');
	client.delete('pods', 'default', 'bound', {gracePeriodSeconds: 0});
	t.is(client.find('pods', 'default', 'bound'), undefined);
});

test('finalizers hold an object until the last one is taken away', t => {
	const {client} = createServer();
	client.create(configMap('held', {}, {finalizers: ['example.com/hold']}) as any);
	const held = client.delete('configmaps', 'default', 'held');
	t.truthy(held.metadata.deletionTimestamp);
	t.is(
		refusal(() =>
			client.patch('configmaps', 'default', 'held', 'merge', {metadata: {finalizers: ['example.com/hold', 'example.com/more']}}),
		),
		'ConfigMap "held" is invalid: metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"example.com/more"}',
	);
	client.patch('configmaps', 'default', 'held', 'merge', {metadata: {finalizers: null}});
	t.is(client.find('configmaps', 'default', 'held'), undefined);
});

test('propagation policies are finalizers', t => {
	const {client} = createServer();
	for (const [policy, finalizer] of [
		['Foreground', 'foregroundDeletion'],
		['Orphan', 'orphan'],
	] as const) {
		client.create(configMap(finalizer.toLowerCase()) as any);
		t.deepEqual(client.delete('configmaps', 'default', finalizer.toLowerCase(), {propagationPolicy: policy}).metadata.finalizers, [
			finalizer,
		]);
	}
});

test('a namespace stays Terminating until it is finalized', t => {
	const {client} = createServer();
	client.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'team'}});
	t.is(client.delete<any>('namespaces', undefined, 'team').status.phase, 'Terminating');
	t.is(
		refusal(() => client.create({...configMap('a'), metadata: {name: 'a', namespace: 'team'}} as any)),
		'configmaps "a" is forbidden: unable to create new content in namespace team because it is being terminated',
	);
	client.act('namespaces', undefined, 'team', 'finalize', {metadata: {name: 'team'}, spec: {finalizers: []}});
	t.is(client.find('namespaces', undefined, 'team'), undefined);
});

test('an index holds exactly the objects whose keys it names, also after a restore', t => {
	const {client, api, sim} = createServer();
	api.addIndex('pods', 'node', (pod: any) => [pod.spec.nodeName]);
	for (const [name, nodeName] of [
		['b', 'x'],
		['a', 'x'],
		['c', 'y'],
	] as const)
		client.create(podOf(name, {nodeName}) as any);
	const names = (node: string) => api.reader.indexed('pods', 'node', node).map(({metadata}) => metadata.name);
	t.deepEqual(names('x'), ['a', 'b']);
	const before = sim.state.snapshot();
	client.delete('pods', 'default', 'a', {gracePeriodSeconds: 0});
	t.deepEqual(names('x'), ['b']);
	sim.state.restore(before);
	t.deepEqual(names('x'), ['a', 'b']);
});

test('a watch handler hears of each write in order and may not write', t => {
	const {client, api} = createServer();
	const seen: string[] = [];
	const stop = api.watch('configmaps', ({type, object}) => seen.push(`${type} ${object.metadata.name}`));
	client.create(configMap('a') as any);
	client.patch('configmaps', 'default', 'a', 'merge', {data: {k: 'v'}});
	client.delete('configmaps', 'default', 'a');
	stop();
	client.create(configMap('b') as any);
	t.deepEqual(seen, ['ADDED a', 'MODIFIED a', 'DELETED a']);
	api.watch('configmaps', () => client.create(configMap('c') as any));
	t.throws(() => client.create(configMap('d') as any), {message: /watch handler wrote/});
});

test('dry runs tell everything and keep nothing', t => {
	const {client, api} = createServer();
	const version = api.resourceVersion();
	t.truthy(client.create<any>(serviceOf('web') as any, {dryRun: true}).spec.clusterIP);
	t.is(client.find('services', 'default', 'web'), undefined);
	t.is(api.resourceVersion(), version);
});

test('generated names are drawn from the seed', t => {
	const make = (seed: string) =>
		createServer(seed).client.create({...configMap(''), metadata: {generateName: 'gen-', namespace: 'default'}} as any).metadata.name;
	t.regex(make('a'), /^gen-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
	t.is(make('a'), make('a'));
	t.not(make('a'), make('b'));
});

test('events.k8s.io and core events are one object, as are both versions of an autoscaler', t => {
	const {client} = createServer();
	client.create({
		apiVersion: 'events.k8s.io/v1',
		kind: 'Event',
		metadata: {name: 'e', namespace: 'default'},
		note: 'hello',
		regarding: {kind: 'Pod', name: 'p'},
	} as any);
	const event: any = client.get('events', 'default', 'e');
	t.is(event.message, 'hello');
	t.is(event.involvedObject.name, 'p');
	const spec = {
		scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'},
		maxReplicas: 5,
		targetCPUUtilizationPercentage: 50,
	};
	client.create({
		apiVersion: 'autoscaling/v1',
		kind: 'HorizontalPodAutoscaler',
		metadata: {name: 'web', namespace: 'default'},
		spec,
	} as any);
	const stored: any = client.get('horizontalpodautoscalers.autoscaling', 'default', 'web');
	t.is(stored.spec.metrics[0].resource.target.averageUtilization, 50);
});

test('a forgotten resourceVersion is gone', t => {
	const {client, api} = createServer();
	const from = api.resourceVersion();
	client.create(configMap('a') as any);
	t.deepEqual(
		api.eventsSince('configmaps', from).map(({type, object}) => `${type} ${object.metadata.name}`),
		['ADDED a'],
	);
	for (let i = 0; i < 5000; i++) client.patch('configmaps', 'default', 'a', 'merge', {data: {i: String(i)}});
	t.regex(
		refusal(() => api.eventsSince('configmaps', from)),
		/^too old resource version: \d+ \(\d+\)$/,
	);
});
