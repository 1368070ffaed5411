import type {KubeObject} from '../../api/object.js';
import {componentRoles} from './component-roles.js';
import {controllerRoles} from './controller-roles.js';
import {namespaceRoles} from './namespace-roles.js';
import {ruleOf} from './role-notation.js';
import {aggregatedRules, userRoles} from './user-roles.js';

/** The roles and bindings that a kube-apiserver makes at its first start (plugin/pkg/auth/authorizer/rbac/bootstrappolicy). */
export function rbacObjects(): KubeObject[] {
	return [
		...Object.entries({...userRoles, ...componentRoles}).map(([name, rules]) => role(name, rules)),
		...(['admin', 'edit', 'view'] as const).flatMap(name => [
			aggregated(name),
			role(`system:aggregate-to-${name}`, aggregatedRules[name], gatheredBy(name)),
		]),
		...Object.entries(bindings).map(([name, subjects]) => binding(name, name, subjects)),
		...Object.entries(controllerRoles).flatMap(([name, rules]) => [
			role(`system:controller:${name}`, rules),
			binding(`system:controller:${name}`, `system:controller:${name}`, [`ServiceAccount/${name}`]),
		]),
		...namespaceRoles.flatMap(({namespace, name, rules, subjects, binding: called = name}) => [
			{...role(name, rules), kind: 'Role', metadata: {name, namespace, ...bootstrapping}},
			roleBinding(namespace, called, name, subjects, bootstrapping),
		]),
	];
}

/** ClusterRoleBindings that are called as their role is. */
const bindings: Readonly<Record<string, readonly string[]>> = {
	'cluster-admin': ['Group/system:masters'],
	'system:basic-user': ['Group/system:authenticated'],
	'system:discovery': ['Group/system:authenticated'],
	'system:public-info-viewer': ['Group/system:authenticated', 'Group/system:unauthenticated'],
	'system:monitoring': ['Group/system:monitoring'],
	'system:service-account-issuer-discovery': ['Group/system:serviceaccounts'],
	'system:kube-controller-manager': ['User/system:kube-controller-manager'],
	'system:kube-dns': ['ServiceAccount/kube-dns'],
	'system:kube-scheduler': ['User/system:kube-scheduler'],
	'system:volume-scheduler': ['User/system:kube-scheduler'],
	'system:node-proxier': ['User/system:kube-proxy'],
	// Bound to nobody since the node authorizer decides for kubelets.
	'system:node': [],
};

const apiGroup = 'rbac.authorization.k8s.io';
const bootstrapping = {
	labels: {'kubernetes.io/bootstrapping': 'rbac-defaults'},
	annotations: {'rbac.authorization.kubernetes.io/autoupdate': 'true'},
};
const gatheredBy = (name: string): Record<string, string> => ({[`rbac.authorization.k8s.io/aggregate-to-${name}`]: 'true'});

export const clusterRole = (name: string, rules: readonly string[], metadata: object = {}): KubeObject => ({
	apiVersion: `${apiGroup}/v1`,
	kind: 'ClusterRole',
	metadata: {...metadata, name},
	rules: rules.map(ruleOf),
});

const role = (name: string, rules: readonly string[], labels: Record<string, string> = {}): KubeObject =>
	clusterRole(name, rules, {...bootstrapping, labels: {...bootstrapping.labels, ...labels}});

/** `edit` is itself gathered by `admin`, and `view` by `edit`. */
function aggregated(name: 'admin' | 'edit' | 'view'): KubeObject {
	const upwards = {admin: {}, edit: gatheredBy('admin'), view: gatheredBy('edit')};
	return {...role(name, [], upwards[name]), aggregationRule: {clusterRoleSelectors: [{matchLabels: gatheredBy(name)}]}};
}

export const clusterRoleBinding = (name: string, roleName: string, subjects: readonly string[], metadata: object = {}): KubeObject => ({
	apiVersion: `${apiGroup}/v1`,
	kind: 'ClusterRoleBinding',
	metadata: {...metadata, name},
	roleRef: {apiGroup, kind: 'ClusterRole', name: roleName},
	...(subjects.length && {subjects: subjects.map(subject)}),
});

const binding = (name: string, roleName: string, subjects: readonly string[]) =>
	clusterRoleBinding(name, roleName, subjects, bootstrapping);

export function roleBinding(namespace: string, name: string, roleName: string, subjects: readonly string[], metadata: object = {}) {
	return {
		apiVersion: `${apiGroup}/v1`,
		kind: 'RoleBinding',
		metadata: {...metadata, name, namespace},
		roleRef: {apiGroup, kind: 'Role', name: roleName},
		subjects: subjects.map(subject),
	};
}

/** `Group/name`, `User/name`, or `ServiceAccount/name`, which is one of kube-system. */
function subject(text: string): object {
	const [kind, name] = text.split('/');
	return kind === 'ServiceAccount' ? {kind, name, namespace: 'kube-system'} : {apiGroup, kind, name};
}
