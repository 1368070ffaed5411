import {events, read} from './role-notation.js';

export interface NamespaceRole {
	readonly namespace: string;
	readonly name: string;
	readonly rules: readonly string[];
	/** `User/name` or `ServiceAccount/name` of kube-system. */
	readonly subjects: readonly string[];
	/** Where the binding is not called as the role is. */
	readonly binding?: string;
}

const leaderLocking = (component: string, rest: readonly string[], accounts: readonly string[]): NamespaceRole => ({
	namespace: 'kube-system',
	name: `system::leader-locking-${component}`,
	rules: ['watch | core | configmaps', `get update | core | configmaps | ${component}`, ...rest],
	subjects: [`User/system:${component}`, ...accounts.map(name => `ServiceAccount/${name}`)],
});

const controller = (namespace: string, name: string, rules: readonly string[]): NamespaceRole => ({
	namespace,
	name: `system:controller:${name}`,
	rules,
	subjects: [`ServiceAccount/${name}`],
});

/** Roles and RoleBindings of kube-apiserver's first start (bootstrappolicy/namespace_policy.go). */
export const namespaceRoles: readonly NamespaceRole[] = [
	{
		namespace: 'kube-system',
		name: 'extension-apiserver-authentication-reader',
		rules: [`${read} | core | configmaps | extension-apiserver-authentication`],
		subjects: ['User/system:kube-controller-manager', 'User/system:kube-scheduler'],
		binding: 'system::extension-apiserver-authentication-reader',
	},
	leaderLocking(
		'kube-controller-manager',
		[`create ${read} update | coordination.k8s.io | leases`],
		['kube-controller-manager', 'leader-election-controller'],
	),
	leaderLocking('kube-scheduler', [], ['kube-scheduler']),
	controller('kube-system', 'bootstrap-signer', [`${read} | core | secrets`]),
	controller('kube-system', 'cloud-provider', [`create ${read} | core | configmaps`]),
	controller('kube-system', 'token-cleaner', [`delete ${read} | core | secrets`, events]),
	controller('kube-public', 'bootstrap-signer', [`${read} | core | configmaps`, 'update | core | configmaps | cluster-info', events]),
];
