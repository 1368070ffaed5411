import test from 'ava';
import admission from '../../source/admission/index.js';
import type {WebhookAnswer, WebhookCall} from '../../source/api/admission.js';
import {createApiServer} from '../../source/api/api-server.js';
import kinds from '../../source/kinds/index.js';
import {createSim} from '../../source/sim/sim.js';
import {admin, refusal} from '../api/_world.js';

const configuration = (kind: string, webhook: object = {}) => ({
	apiVersion: 'admissionregistration.k8s.io/v1',
	kind,
	metadata: {name: 'guard'},
	webhooks: [
		{
			name: 'check.example.com',
			clientConfig: {service: {name: 'guard', namespace: 'default', path: '/check'}},
			rules: [{operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['configmaps']}],
			sideEffects: 'None',
			admissionReviewVersions: ['v1'],
			...webhook,
		},
	],
});
const configMap = (name: string) => ({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name, namespace: 'default'}}) as any;

function world(answer: (call: WebhookCall) => WebhookAnswer) {
	const api = createApiServer(createSim('webhooks'), {kinds, admission, flags: {}, callWebhook: answer});
	const client = api.client(admin);
	client.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'default'}});
	return client;
}

const addService = (client: any) =>
	client.create({apiVersion: 'v1', kind: 'Service', metadata: {name: 'guard', namespace: 'default'}, spec: {ports: [{port: 443}]}});

test('a webhook refuses in its own words', t => {
	const client = world(() => ({allowed: false, status: {code: 400, message: 'not like this'}}));
	addService(client);
	client.create(configuration('ValidatingWebhookConfiguration') as any);
	t.is(
		refusal(() => client.create(configMap('a'))),
		'admission webhook "check.example.com" denied the request: not like this',
	);
});

test('a webhook that cannot be reached holds everything up, unless it may be ignored', t => {
	const client = world(() => ({error: 'dial tcp 10.96.1.1:443: connect: connection refused'}));
	client.create(configuration('ValidatingWebhookConfiguration') as any);
	t.is(
		refusal(() => client.create(configMap('a'))),
		'Internal error occurred: failed calling webhook "check.example.com": failed to call webhook: service "guard" not found',
	);
	addService(client);
	t.is(
		refusal(() => client.create(configMap('a'))),
		'Internal error occurred: failed calling webhook "check.example.com": failed to call webhook: Post "https://guard.default.svc:443/check?timeout=10s": dial tcp 10.96.1.1:443: connect: connection refused',
	);
	client.update({
		...client.get('validatingwebhookconfigurations.admissionregistration.k8s.io', undefined, 'guard'),
		...configuration('ValidatingWebhookConfiguration', {failurePolicy: 'Ignore'}),
	} as any);
	t.is(
		refusal(() => client.create(configMap('a'))),
		'accepted',
	);
});

test('a mutating webhook patches what is made', t => {
	const client = world(({request}) => ({allowed: true, patch: [{op: 'add', path: '/data', value: {by: request.operation}}]}));
	addService(client);
	client.create(configuration('MutatingWebhookConfiguration') as any);
	t.deepEqual((client.create(configMap('a')) as any).data, {by: 'CREATE'});
});

test('selectors keep a webhook to what it is for', t => {
	const client = world(() => ({allowed: false, status: {message: 'no'}}));
	addService(client);
	client.create(configuration('ValidatingWebhookConfiguration', {objectSelector: {matchLabels: {guarded: 'yes'}}}) as any);
	t.is(
		refusal(() => client.create(configMap('free'))),
		'accepted',
	);
	t.regex(
		refusal(() => client.create({...configMap('held'), metadata: {name: 'held', namespace: 'default', labels: {guarded: 'yes'}}})),
		/denied the request: no/,
	);
});
