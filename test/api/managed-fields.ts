import test from 'ava';
import {admin, createServer, podOf, type Server} from './_world.js';

// What a real API server answered to the same requests.
const map = {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'c'}, data: {a: 'b'}};

function write({ask}: Server, verb: 'create' | 'patch', resource: string, body: any, more: object = {}): any {
	const name = verb === 'patch' ? {name: body.metadata?.name ?? 'c'} : {};
	const query = {fieldManager: 'tester', ...(more as any).query};
	return ask({verb, resource, namespace: 'default', ...name, patchType: 'merge', user: admin, body, ...more, query}).body;
}

const owners = (object: any) => (object.metadata.managedFields ?? []).map(({manager, fieldsV1}: any) => [manager, fieldsV1]);

test('who names a node owns that, whom the scheduler places does not', t => {
	const [own] = owners(write(createServer(), 'create', 'pods', podOf('p', {nodeName: 'n1'})));
	t.deepEqual(own[1]['f:spec']['f:nodeName'], {});
});

test('times that nobody set are null, and owned; a struct in something new has a dot', t => {
	const server = createServer();
	write(server, 'create', 'pods', podOf('p', {containers: [{name: 'c', image: 'x', resources: {limits: {cpu: '1'}}}]}));
	const body = {metadata: {name: 'p'}, status: {conditions: [{type: 'Ready', status: 'True'}]}};
	const pod = write(server, 'patch', 'pods', body, {subresource: 'status'});
	t.deepEqual(pod.status.conditions, [{type: 'Ready', status: 'True', lastProbeTime: null, lastTransitionTime: null}]);
	const fields = Object.assign({}, ...owners(pod).map(([, set]: any) => set));
	t.deepEqual(fields['f:status']['f:conditions']['k:{"type":"Ready"}'], {
		'.': {},
		'f:lastProbeTime': {},
		'f:lastTransitionTime': {},
		'f:status': {},
		'f:type': {},
	});
	t.deepEqual(fields['f:spec']['f:containers']['k:{"name":"c"}']['f:resources'], {
		'.': {},
		'f:limits': {'.': {}, 'f:cpu': {}},
		'f:requests': {'.': {}, 'f:cpu': {}},
	});
});

test('one empty entry forgets who owned what; the next who applies finds what was there before', t => {
	const server = createServer();
	write(server, 'create', 'configmaps', map);
	t.deepEqual(owners(write(server, 'patch', 'configmaps', {metadata: {managedFields: []}})).length, 1);
	t.deepEqual(owners(write(server, 'patch', 'configmaps', {metadata: {managedFields: [{}]}})), []);
	t.deepEqual(owners(write(server, 'patch', 'configmaps', {data: {x: 'y'}})), []);
	const applied = write(server, 'patch', 'configmaps', {...map, data: {z: '1'}}, {patchType: 'apply'});
	t.deepEqual(owners(applied), [
		['tester', {'f:data': {'f:z': {}}}],
		['before-first-apply', {'f:data': {'.': {}, 'f:a': {}, 'f:x': {}}}],
	]);
});

test('a dry run tells who would own what, and keeps nothing', t => {
	const server = createServer();
	write(server, 'create', 'configmaps', map);
	const query = {dryRun: 'All', fieldManager: 'other'};
	t.deepEqual(
		owners(write(server, 'patch', 'configmaps', {data: {x: 'y'}}, {query})).map(([manager]: any) => manager),
		['other', 'tester'],
	);
	t.deepEqual(owners(write(server, 'patch', 'configmaps', {})).length, 1);
});

test('options that make no sense are refused', t => {
	const server = createServer();
	const said = (verb: any, query: Record<string, string>) =>
		server.ask({verb, resource: 'configmaps', namespace: 'default', query}).body.message;
	t.is(said('list', {resourceVersion: 'x'}), 'resourceVersion: Invalid value: "x": strconv.ParseUint: parsing "x": invalid syntax');
	t.is(said('list', {timeoutSeconds: 'abc'}), 'strconv.ParseInt: parsing "abc": invalid syntax');
	t.regex(said('list', {resourceVersionMatch: 'Exact'}), /resourceVersionMatch is forbidden unless resourceVersion is provided/);
	t.regex(said('deletecollection', {propagationPolicy: 'x'}), /supported values: "Foreground", "Background", "Orphan", "nil"/);
});
