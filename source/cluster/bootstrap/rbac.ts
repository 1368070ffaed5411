import type {KubeObject} from '../../api/object.js';

/**
 * The roles and bindings that a kube-apiserver makes by itself, as far as learners meet them or kubelab's own parts need them.
 * Models plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go.
 */
export function rbacObjects(): KubeObject[] {
	return [
		role('cluster-admin', [rule('*', '*', '*'), {nonResourceURLs: ['*'], verbs: ['*']}]),
		aggregated('admin', ['edit', 'admin']),
		aggregated('edit', ['view', 'edit']),
		aggregated('view', ['view']),
		role('system:aggregate-to-admin', toAdmin, {'rbac.authorization.k8s.io/aggregate-to-admin': 'true'}),
		role('system:aggregate-to-edit', toEdit, {'rbac.authorization.k8s.io/aggregate-to-edit': 'true'}),
		role('system:aggregate-to-view', toView, {'rbac.authorization.k8s.io/aggregate-to-view': 'true'}),
		role('system:basic-user', [
			rule('authorization.k8s.io', 'selfsubjectaccessreviews selfsubjectrulesreviews', 'create'),
			rule('authentication.k8s.io', 'selfsubjectreviews', 'create'),
		]),
		role('system:discovery', [{nonResourceURLs: discoveryUrls, verbs: ['get']}]),
		role('system:public-info-viewer', [{nonResourceURLs: publicUrls, verbs: ['get']}]),
		role('system:service-account-issuer-discovery', [{nonResourceURLs: issuerUrls, verbs: ['get']}]),
		role('system:monitoring', [
			{
				nonResourceURLs: ['/healthz', '/healthz/*', '/livez', '/livez/*', '/metrics', '/metrics/slis', '/readyz', '/readyz/*'],
				verbs: ['get'],
			},
		]),
		role('system:auth-delegator', [
			rule('authentication.k8s.io', 'tokenreviews', 'create'),
			rule('authorization.k8s.io', 'subjectaccessreviews', 'create'),
		]),
		role('system:node-proxier', [
			rule('', 'endpoints services', 'list watch'),
			rule('', 'nodes', 'get list watch'),
			rule(' events.k8s.io', 'events', 'create patch update'),
			rule('discovery.k8s.io', 'endpointslices', 'list watch'),
			rule('networking.k8s.io', 'servicecidrs', 'list watch'),
		]),
		binding('cluster-admin', 'cluster-admin', group('system:masters')),
		binding('system:basic-user', 'system:basic-user', group('system:authenticated')),
		binding('system:discovery', 'system:discovery', group('system:authenticated')),
		binding('system:public-info-viewer', 'system:public-info-viewer', group('system:authenticated'), group('system:unauthenticated')),
		binding('system:service-account-issuer-discovery', 'system:service-account-issuer-discovery', group('system:serviceaccounts')),
		binding('system:monitoring', 'system:monitoring', group('system:monitoring')),
		binding('system:node-proxier', 'system:node-proxier', {apiGroup, kind: 'User', name: 'system:kube-proxy'}),
	];
}

/** `kubeadm init` adds the group its admin.conf is in. */
export const kubeadmAdmins = (): KubeObject => ({
	...binding('kubeadm:cluster-admins', 'cluster-admin', group('kubeadm:cluster-admins')),
	metadata: {name: 'kubeadm:cluster-admins'},
});

const apiGroup = 'rbac.authorization.k8s.io';
const bootstrapping = {
	labels: {'kubernetes.io/bootstrapping': 'rbac-defaults'},
	annotations: {'rbac.authorization.kubernetes.io/autoupdate': 'true'},
};
const group = (name: string) => ({apiGroup, kind: 'Group', name});
const rule = (groups: string, resources: string, verbs: string) => ({
	apiGroups: groups.split(' '),
	resources: resources.split(' '),
	verbs: verbs.split(' '),
});

const role = (name: string, rules: unknown[], labels: Record<string, string> = {}): KubeObject => ({
	apiVersion: `${apiGroup}/v1`,
	kind: 'ClusterRole',
	metadata: {name, labels: {...bootstrapping.labels, ...labels}, annotations: bootstrapping.annotations},
	rules,
});

function aggregated(name: string, from: readonly string[]): KubeObject {
	const clusterRoleSelectors = from.slice(-1).map(part => ({matchLabels: {[`rbac.authorization.k8s.io/aggregate-to-${part}`]: 'true'}}));
	const upwards: Record<string, Record<string, string>> = {
		edit: {'rbac.authorization.k8s.io/aggregate-to-admin': 'true'},
		view: {'rbac.authorization.k8s.io/aggregate-to-edit': 'true'},
	};
	return {...role(name, [], upwards[name]), aggregationRule: {clusterRoleSelectors}};
}

const binding = (name: string, roleName: string, ...subjects: unknown[]): KubeObject => ({
	apiVersion: `${apiGroup}/v1`,
	kind: 'ClusterRoleBinding',
	metadata: {name, ...bootstrapping},
	roleRef: {apiGroup, kind: 'ClusterRole', name: roleName},
	subjects,
});

const publicUrls = ['/healthz', '/livez', '/readyz', '/version', '/version/'];
const issuerUrls = ['/.well-known/openid-configuration', '/.well-known/openid-configuration/', '/openid/v1/jwks', '/openid/v1/jwks/'];
const discoveryUrls = [
	'/api',
	'/api/*',
	'/apis',
	'/apis/*',
	'/healthz',
	'/livez',
	'/openapi',
	'/openapi/*',
	'/readyz',
	'/version',
	'/version/',
];

const read = 'get list watch';
const write = 'create delete deletecollection patch update';
const workloads = {
	core: 'configmaps events persistentvolumeclaims pods replicationcontrollers replicationcontrollers/scale secrets serviceaccounts services services/proxy',
	apps: 'daemonsets deployments deployments/rollback deployments/scale replicasets replicasets/scale statefulsets statefulsets/scale',
};

const toAdmin = [
	rule('authorization.k8s.io', 'localsubjectaccessreviews', 'create'),
	rule(apiGroup, 'rolebindings roles', `create delete deletecollection ${read} patch update`),
];

const toEdit = [
	rule('', 'pods/attach pods/exec pods/portforward pods/proxy secrets services/proxy', read),
	rule('', 'serviceaccounts', 'impersonate'),
	rule('', 'pods pods/attach pods/exec pods/portforward pods/proxy', write),
	rule('', 'pods/eviction', 'create'),
	rule('', workloads.core.replace('pods ', ''), write),
	rule('', 'serviceaccounts/token', 'create'),
	rule('apps', workloads.apps, write),
	rule('autoscaling', 'horizontalpodautoscalers', write),
	rule('batch', 'cronjobs jobs', write),
	rule('networking.k8s.io', 'ingresses networkpolicies', write),
	rule('policy', 'poddisruptionbudgets', write),
	rule('coordination.k8s.io', 'leases', `create delete deletecollection ${read} patch update`),
];

const toView = [
	rule(
		'',
		'configmaps endpoints persistentvolumeclaims persistentvolumeclaims/status pods replicationcontrollers replicationcontrollers/scale serviceaccounts services services/status',
		read,
	),
	rule(
		'',
		'bindings events limitranges namespaces/status pods/log pods/status replicationcontrollers/status resourcequotas resourcequotas/status',
		read,
	),
	rule('', 'namespaces', read),
	rule('discovery.k8s.io', 'endpointslices', read),
	rule(
		'apps',
		'controllerrevisions daemonsets daemonsets/status deployments deployments/scale deployments/status replicasets replicasets/scale replicasets/status statefulsets statefulsets/scale statefulsets/status',
		read,
	),
	rule('autoscaling', 'horizontalpodautoscalers horizontalpodautoscalers/status', read),
	rule('batch', 'cronjobs cronjobs/status jobs jobs/status', read),
	rule('networking.k8s.io', 'ingresses ingresses/status networkpolicies', read),
	rule('policy', 'poddisruptionbudgets poddisruptionbudgets/status', read),
];
