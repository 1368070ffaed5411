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
