const namespace = 'metallb-system';
const labels = {app: 'metallb'};
const everything = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];
const reading = ['get', 'list', 'watch'];
const group = 'metallb.io';

const rule = (apiGroups: string, resources: readonly string[], verbs: readonly string[], resourceNames?: readonly string[]) => ({
	apiGroups: [apiGroups],
	...(resourceNames && {resourceNames}),
	resources,
	verbs,
});

const rbac = 'rbac.authorization.k8s.io';
const account = (name: string) => ({apiVersion: 'v1', kind: 'ServiceAccount', metadata: {labels, name, namespace}});
const role = (name: string, rules: readonly object[]) => ({
	apiVersion: `${rbac}/v1`,
	kind: 'Role',
	metadata: {labels, name, namespace},
	rules,
});
const clusterRole = (name: string, rules: readonly object[]) => ({
	apiVersion: `${rbac}/v1`,
	kind: 'ClusterRole',
	metadata: {labels, name},
	rules,
});
const bound = (kind: 'Role' | 'ClusterRole', name: string, to: string) => ({
	apiVersion: `${rbac}/v1`,
	kind: `${kind}Binding`,
	metadata: {labels, name, ...(kind === 'Role' && {namespace})},
	roleRef: {apiGroup: rbac, kind, name},
	subjects: [{kind: 'ServiceAccount', name: to, namespace}],
});

const definitions = ['bfdprofiles', 'bgpadvertisements', 'bgppeers', 'ipaddresspools', 'l2advertisements', 'communities'].map(
	name => `${name}.${group}`,
);

/** Who may do what: service accounts, roles and their bindings. */
export const access: readonly object[] = [
	account('controller'),
	account('speaker'),
	role('controller', [
		rule('', ['secrets'], everything),
		rule('', ['secrets'], ['list'], ['memberlist']),
		rule('apps', ['deployments'], ['get'], ['controller']),
		rule(group, ['bgppeers'], ['get', 'list']),
		rule(group, ['bfdprofiles'], reading),
		rule(group, ['ipaddresspools'], reading),
		rule(group, ['bgpadvertisements'], reading),
		rule(group, ['l2advertisements'], reading),
		rule(group, ['communities'], reading),
	]),
	role('pod-lister', [
		rule('', ['pods'], ['list', 'get']),
		rule('', ['secrets'], reading),
		rule('', ['configmaps'], reading),
		...['bfdprofiles', 'bgppeers', 'l2advertisements', 'bgpadvertisements', 'ipaddresspools', 'communities'].map(name =>
			rule(group, [name], reading),
		),
	]),
	clusterRole('metallb-system:controller', [
		rule('', ['services', 'namespaces'], reading),
		rule('', ['nodes'], ['list']),
		rule('', ['services/status'], ['update']),
		rule('', ['events'], ['create', 'patch']),
		rule('policy', ['podsecuritypolicies'], ['use'], ['controller']),
		rule('admissionregistration.k8s.io', ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'], everything, [
			'metallb-webhook-configuration',
		]),
		rule('admissionregistration.k8s.io', ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'], ['list', 'watch']),
		rule('apiextensions.k8s.io', ['customresourcedefinitions'], everything, definitions),
		rule('apiextensions.k8s.io', ['customresourcedefinitions'], ['list', 'watch']),
	]),
	clusterRole('metallb-system:speaker', [
		rule(group, ['servicel2statuses', 'servicel2statuses/status'], ['*']),
		rule('', ['services', 'endpoints', 'nodes', 'namespaces'], reading),
		rule('discovery.k8s.io', ['endpointslices'], reading),
		rule('', ['events'], ['create', 'patch']),
		rule('policy', ['podsecuritypolicies'], ['use'], ['speaker']),
	]),
	bound('Role', 'controller', 'controller'),
	bound('Role', 'pod-lister', 'speaker'),
	bound('ClusterRole', 'metallb-system:controller', 'controller'),
	bound('ClusterRole', 'metallb-system:speaker', 'speaker'),
];
