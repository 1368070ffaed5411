import test from 'ava';
import {createServer, refusal} from './_world.js';

const definition = (schema: object, version: object = {}) => ({
	apiVersion: 'apiextensions.k8s.io/v1',
	kind: 'CustomResourceDefinition',
	metadata: {name: 'pools.example.com'},
	spec: {
		group: 'example.com',
		scope: 'Namespaced',
		names: {plural: 'pools', kind: 'Pool', shortNames: ['po2']},
		versions: [{name: 'v1', served: true, storage: true, schema: {openAPIV3Schema: schema}, ...version}],
	},
});
const schema = {
	type: 'object',
	properties: {
		spec: {
			type: 'object',
			required: ['addresses'],
			properties: {
				addresses: {type: 'array', minItems: 1, items: {type: 'string', pattern: '^[0-9.-]+$'}},
				size: {type: 'integer', minimum: 1},
				mode: {type: 'string', enum: ['a', 'b'], default: 'a'},
			},
		},
	},
};
const pool = (spec: object) => ({apiVersion: 'example.com/v1', kind: 'Pool', metadata: {name: 'p', namespace: 'default'}, spec});

test('a definition serves its kind at once, with defaults, short names and columns', t => {
	const {client, api, ask} = createServer();
	client.create(definition(schema, {additionalPrinterColumns: [{name: 'Mode', type: 'string', jsonPath: '.spec.mode'}]}) as any);
	t.is(api.findKind('po2')?.kind, 'Pool');
	const created = client.create(pool({addresses: ['10.0.0.1']}) as any) as any;
	t.is(created.spec.mode, 'a');
	t.is(created.metadata.generation, 1);
	const table = ask({verb: 'list', group: 'example.com', resource: 'pools', namespace: 'default', as: 'Table'}).body;
	t.deepEqual(table.rows[0].cells, ['p', 'a']);
});

test('custom resources are validated in the words of kube-openapi', t => {
	const {client} = createServer();
	client.create(definition(schema) as any);
	const say = (spec: object) => refusal(() => client.create(pool(spec) as any));
	t.is(say({}), 'Pool.example.com "p" is invalid: spec.addresses: Required value');
	t.is(
		say({addresses: []}),
		'Pool.example.com "p" is invalid: spec.addresses: Invalid value: 0: spec.addresses in body should have at least 1 items',
	);
	t.is(
		say({addresses: ['x'], mode: 'c'}),
		'Pool.example.com "p" is invalid: [spec.addresses[0]: Invalid value: "x": spec.addresses[0] in body should match \'^[0-9.-]+$\', spec.mode: Unsupported value: "c": supported values: "a", "b"]',
	);
	t.is(
		say({addresses: ['1'], size: 'big'}),
		'Pool.example.com "p" is invalid: spec.size: Invalid value: "string": spec.size in body must be of type integer: "string"',
	);
});

test('an unknown field of a custom resource is refused when strict', t => {
	const {client, ask} = createServer();
	client.create(definition(schema) as any);
	const body = pool({addresses: ['1'], typo: 1});
	t.is(
		ask({verb: 'create', group: 'example.com', resource: 'pools', namespace: 'default', body, query: {fieldValidation: 'Strict'}}).body
			.message,
		'Pool in version "v1" cannot be handled as a Pool: strict decoding error: unknown field "spec.typo"',
	);
});

test('a definition must be structural and be named after its plural and group', t => {
	const {client} = createServer();
	t.is(
		refusal(() => client.create({...definition(schema), metadata: {name: 'pool'}} as any)),
		'CustomResourceDefinition.apiextensions.k8s.io "pool" is invalid: metadata.name: Invalid value: "pool": must be spec.names.plural+"."+spec.group',
	);
	t.regex(
		refusal(() => client.create(definition({type: 'object', properties: {spec: {}}}) as any)),
		/spec\.validation\.openAPIV3Schema\.properties\[spec\]\.type: Required value: must not be empty for specified object fields/,
	);
});

test('with the definition go its objects and its kind; a restored world has them again', t => {
	const {client, api, sim} = createServer();
	client.create(definition(schema) as any);
	client.create(pool({addresses: ['1']}) as any);
	const before = sim.state.snapshot();
	client.delete('customresourcedefinitions.apiextensions.k8s.io', undefined, 'pools.example.com');
	t.is(api.findKind('pools'), undefined);
	sim.state.restore(before);
	t.is(api.reader.list('pools.example.com').length, 1);
});
