import test from 'ava';
import {authorizer} from '../../source/admission/rbac/authorizer.js';
import {createApiServer} from '../../source/api/api-server.js';
import kinds from '../../source/kinds/index.js';
import {createSim} from '../../source/sim/sim.js';
import {admin, refusal} from '../api/_world.js';

const rbac = 'rbac.authorization.k8s.io/v1';
const alice = {name: 'alice', groups: ['system:authenticated']};

function world() {
	const api = createApiServer(createSim('rbac'), {kinds, admission: [], flags: {}, authorizer});
	const client = api.client(admin);
	client.create({
		apiVersion: rbac,
		kind: 'Role',
		metadata: {name: 'reader', namespace: 'default'},
		rules: [{apiGroups: [''], resources: ['pods'], verbs: ['get', 'list']}],
	} as any);
	client.create({
		apiVersion: rbac,
		kind: 'RoleBinding',
		metadata: {name: 'read', namespace: 'default'},
		roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader'},
		subjects: [{apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'alice'}],
	} as any);
	return {api, client};
}

test('a role allows what it names, in its namespace only', t => {
	const {api} = world();
	const client = api.client(alice);
	t.is(
		refusal(() => client.list('pods', {namespace: 'default'})),
		'accepted',
	);
	t.is(
		refusal(() => client.delete('pods', 'default', 'web')),
		'pods "web" is forbidden: User "alice" cannot delete resource "pods" in API group "" in the namespace "default"',
	);
	t.is(
		refusal(() => client.list('pods', {namespace: 'kube-system'})),
		'pods is forbidden: User "alice" cannot list resource "pods" in API group "" in the namespace "kube-system"',
	);
	t.is(
		refusal(() => client.list('nodes')),
		'nodes is forbidden: User "alice" cannot list resource "nodes" in API group "" at the cluster scope',
	);
});

test('a right that is taken away is gone at once', t => {
	const {api, client} = world();
	const mine = api.client(alice);
	mine.list('pods', {namespace: 'default'});
	client.delete('rolebindings.rbac.authorization.k8s.io', 'default', 'read');
	t.regex(
		refusal(() => mine.list('pods', {namespace: 'default'})),
		/is forbidden/,
	);
});

test('a review answers without storing anything', t => {
	const {api} = world();
	const ask = (verb: string): any =>
		api.client(admin).create({
			apiVersion: 'authorization.k8s.io/v1',
			kind: 'SubjectAccessReview',
			metadata: {},
			spec: {user: 'alice', resourceAttributes: {verb, resource: 'pods', namespace: 'default'}},
		} as any);
	t.deepEqual(ask('list').status, {allowed: true, reason: 'RBAC: allowed by RoleBinding "read/default" of Role "reader" to User "alice"'});
	t.deepEqual(ask('delete').status, {allowed: false});
});
