import {type Component, meta, namespace} from './meta.js';

const rule = (group: string, resources: readonly string[], verbs: readonly string[], resourceNames?: readonly string[]) => ({
	apiGroups: [group],
	...(resourceNames && {resourceNames}),
	resources,
	verbs,
});
const look = ['list', 'watch'];
const read = ['get', 'list', 'watch'];
const networking = 'networking.k8s.io';

const controllerRules = [
	rule('', ['namespaces'], ['get']),
	rule('', ['configmaps', 'pods', 'secrets', 'endpoints'], read),
	rule('', ['services'], read),
	rule(networking, ['ingresses'], read),
	rule(networking, ['ingresses/status'], ['update']),
	rule(networking, ['ingressclasses'], read),
	rule('coordination.k8s.io', ['leases'], ['get', 'update'], ['ingress-nginx-leader']),
	rule('coordination.k8s.io', ['leases'], ['create']),
	rule('', ['events'], ['create', 'patch']),
	rule('discovery.k8s.io', ['endpointslices'], ['list', 'watch', 'get']),
];

const clusterRules = [
	rule('', ['configmaps', 'endpoints', 'nodes', 'pods', 'secrets', 'namespaces'], look),
	rule('coordination.k8s.io', ['leases'], look),
	rule('', ['nodes'], ['get']),
	rule('', ['services'], read),
	rule(networking, ['ingresses'], read),
	rule('', ['events'], ['create', 'patch']),
	rule(networking, ['ingresses/status'], ['update']),
	rule(networking, ['ingressclasses'], read),
	rule('discovery.k8s.io', ['endpointslices'], ['list', 'watch', 'get']),
];

const admission = 'ingress-nginx-admission';
const secretRules = [rule('', ['secrets'], ['get', 'create'])];
const webhookRules = [rule('admissionregistration.k8s.io', ['validatingwebhookconfigurations'], ['get', 'update'])];
const apiVersion = 'rbac.authorization.k8s.io/v1';

const account = (name: string, component: Component) => ({
	apiVersion: 'v1',
	automountServiceAccountToken: true,
	kind: 'ServiceAccount',
	metadata: meta(name, component),
});
const role = (name: string, component: Component, rules: readonly object[]) => ({
	apiVersion,
	kind: 'Role',
	metadata: meta(name, component),
	rules,
});
const clusterRole = (name: string, component: Component | undefined, rules: readonly object[]) => ({
	apiVersion,
	kind: 'ClusterRole',
	metadata: meta(name, component, 'cluster'),
	rules,
});
const binding = (kind: 'Role' | 'ClusterRole', name: string, component?: Component) => ({
	apiVersion,
	kind: `${kind}Binding`,
	metadata: meta(name, component, kind === 'Role' ? 'namespaced' : 'cluster'),
	roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind, name},
	subjects: [{kind: 'ServiceAccount', name, namespace}],
});

/** Accounts, then what they may do. */
export const access: readonly object[] = [
	account('ingress-nginx', 'controller'),
	account(admission, 'admission-webhook'),
	role('ingress-nginx', 'controller', controllerRules),
	role(admission, 'admission-webhook', secretRules),
	clusterRole('ingress-nginx', undefined, clusterRules),
	clusterRole(admission, 'admission-webhook', webhookRules),
	binding('Role', 'ingress-nginx', 'controller'),
	binding('Role', admission, 'admission-webhook'),
	binding('ClusterRole', 'ingress-nginx'),
	binding('ClusterRole', admission, 'admission-webhook'),
];
