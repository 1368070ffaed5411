import test from 'ava';
import {createServer, refusal} from './_world.js';

const deployment = (replicas: number | undefined, image = 'nginx:1.27') => ({
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	metadata: {name: 'web'},
	spec: {
		...(replicas !== undefined && {replicas}),
		selector: {matchLabels: {app: 'web'}},
		template: {metadata: {labels: {app: 'web'}}, spec: {containers: [{name: 'c', image}]}},
	},
});
const apply = (client: any, body: unknown, fieldManager: string, force = false) =>
	client.patch('deployments.apps', 'default', 'web', 'apply', body, {fieldManager, force});

test('two appliers of one field conflict, and force decides', t => {
	const {client, api} = createServer();
	apply(client, deployment(2), 'one');
	t.is(
		refusal(() => apply(client, deployment(3), 'two')),
		'Apply failed with 1 conflict: conflict with "one": .spec.replicas',
	);
	const forced = apply(client, deployment(3), 'two', true);
	t.is(forced.spec.replicas, 3);
	const owners = api.managedFields('deployments.apps', forced).filter((entry: any) => entry.fieldsV1['f:spec']?.['f:replicas']);
	t.deepEqual(
		owners.map((entry: any) => entry.manager),
		['two'],
	);
});

test('a field that its only applier no longer names goes away; a shared one stays', t => {
	const {client} = createServer();
	const labelled = (labels: object) => ({...deployment(undefined), metadata: {name: 'web', labels}});
	apply(client, labelled({a: '1', b: '2'}), 'one');
	apply(client, labelled({b: '2'}), 'two');
	t.deepEqual(apply(client, labelled({}), 'one').metadata.labels, {b: '2'});
});

test('who updated a field by another way owns it', t => {
	const {client} = createServer();
	apply(client, deployment(2), 'one');
	client.patch('deployments.apps', 'default', 'web', 'merge', {spec: {replicas: 5}}, {fieldManager: 'kubectl-edit'});
	t.regex(
		refusal(() => apply(client, deployment(2), 'one')),
		/^Apply failed with 1 conflict: conflict with "kubectl-edit" using apps\/v1: \.spec\.replicas$/,
	);
});

test('items of a list are owned by their key', t => {
	const {client} = createServer();
	apply(client, deployment(1), 'one');
	const sidecar = {
		apiVersion: 'apps/v1',
		kind: 'Deployment',
		metadata: {name: 'web'},
		spec: {template: {spec: {containers: [{name: 'side', image: 'busybox'}]}}},
	};
	t.deepEqual(
		apply(client, sidecar, 'two').spec.template.spec.containers.map(({name}: any) => name),
		['c', 'side'],
	);
});

/** Answers of a real server; v1.33 names the object beside. */
const misfits: ReadonlyArray<readonly [spec: object, answer: string]> = [
	[{foo: 1}, 'create typed patch object @: .spec.foo: field not declared in schema'],
	[{replicas: 'x'}, 'create typed patch object @: .spec.replicas: expected numeric (int or float), got string'],
	[{selector: 1.5}, 'create typed patch object @: .spec.selector: expected map, got &{1.5}'],
	[
		{template: {spec: {containers: [{name: 'c', env: [{name: 'A'}, {name: 'A'}]}]}}},
		'create typed patch object @: .spec.template.spec.containers[name="c"].env: duplicate entries for key [name="A"]',
	],
	[
		{template: {spec: {containers: [{image: [1]}]}}},
		`create typed patch object @: .spec.template.spec.containers: element 0: associative list with keys has an element that omits key field "name" (and doesn't have default value)`,
	],
	[
		{paused: 'x', strategy: {type: 5}},
		'create typed patch object @: errors:\n  .spec.paused: expected boolean, got &{x}\n  .spec.strategy.type: expected string, got &value.valueUnstructured{Value:5}',
	],
	[
		{replicas: 1.5},
		'convert new object @ to proper version: unable to convert unstructured object to apps/v1, Kind=Deployment: cannot convert float64 to int32',
	],
];

test('a configuration that does not fit its schema is refused before anything is merged', t => {
	const {client} = createServer();
	apply(client, deployment(1), 'one');
	for (const [spec, answer] of misfits) {
		const body = {apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: 'web', namespace: 'default'}, spec};
		t.is(
			refusal(() =>
				client.patch(
					'deployments.apps',
					'default',
					'web',
					'apply',
					body as any,
					{
						fieldManager: 'two',
						force: true,
						fieldValidation: 'Strict',
					} as any,
				),
			),
			`failed to ${answer.replace('@', '(default/web; apps/v1, Kind=Deployment)')}`,
		);
	}
});

test('an empty string is applied, and fought over', t => {
	const {client} = createServer();
	const env = (value: string) => ({
		...deployment(1),
		spec: {...deployment(1).spec, template: {spec: {containers: [{name: 'c', env: [{name: 'A', value}]}]}}},
	});
	client.create({...deployment(1), metadata: {name: 'web', namespace: 'default'}} as any);
	apply(client, env('b'), 'one', true);
	t.is(
		refusal(() => apply(client, env(''), 'two')),
		'Apply failed with 1 conflict: conflict with "one": .spec.template.spec.containers[name="c"].env[name="A"].value',
	);
});
