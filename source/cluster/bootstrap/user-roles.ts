import {read, write} from './role-notation.js';

/** What `view`, `edit` and `admin` gather, by the label they gather it with. */
const workloads = 'daemonsets deployments deployments/rollback deployments/scale replicasets replicasets/scale';
const workloadsStatus =
	'daemonsets daemonsets/status deployments deployments/scale deployments/status replicasets replicasets/scale replicasets/status';

export const aggregatedRules: Readonly<Record<'admin' | 'edit' | 'view', readonly string[]>> = {
	admin: ['create | authorization.k8s.io | localsubjectaccessreviews', `${read} ${write} | rbac.authorization.k8s.io | rolebindings roles`],
	edit: [
		`${read} | core | pods/attach pods/exec pods/portforward pods/proxy secrets services/proxy`,
		'impersonate | core | serviceaccounts',
		`${write} | core | pods pods/attach pods/exec pods/portforward pods/proxy`,
		'create | core | pods/eviction',
		`${write} | core | configmaps events persistentvolumeclaims replicationcontrollers replicationcontrollers/scale secrets serviceaccounts services services/proxy`,
		'create | core | serviceaccounts/token',
		`${write} | apps | ${workloads} statefulsets statefulsets/scale`,
		`${write} | autoscaling | horizontalpodautoscalers`,
		`${write} | batch | cronjobs jobs`,
		`${write} | extensions | ${workloads} ingresses networkpolicies replicationcontrollers/scale`,
		`${write} | policy | poddisruptionbudgets`,
		`${write} | networking.k8s.io | ingresses networkpolicies`,
		`${read} ${write} | coordination.k8s.io | leases`,
	],
	view: [
		`${read} | core | configmaps endpoints persistentvolumeclaims persistentvolumeclaims/status pods replicationcontrollers replicationcontrollers/scale serviceaccounts services services/status`,
		`${read} | core | bindings events limitranges namespaces/status pods/log pods/status replicationcontrollers/status resourcequotas resourcequotas/status`,
		`${read} | core | namespaces`,
		`${read} | discovery.k8s.io | endpointslices`,
		`${read} | apps | controllerrevisions ${workloadsStatus} statefulsets statefulsets/scale statefulsets/status`,
		`${read} | autoscaling | horizontalpodautoscalers horizontalpodautoscalers/status`,
		`${read} | batch | cronjobs cronjobs/status jobs jobs/status`,
		`${read} | extensions | ${workloadsStatus} ingresses ingresses/status networkpolicies replicationcontrollers/scale`,
		`${read} | policy | poddisruptionbudgets poddisruptionbudgets/status`,
		`${read} | networking.k8s.io | ingresses ingresses/status networkpolicies`,
	],
};

/** What everybody may have who gets in at all, and what people are given as it is. */
export const userRoles: Readonly<Record<string, readonly string[]>> = {
	'cluster-admin': ['* | * | *', '* | *'],
	'system:basic-user': [
		'create | authorization.k8s.io | selfsubjectaccessreviews selfsubjectrulesreviews',
		'create | authentication.k8s.io | selfsubjectreviews',
	],
	'system:discovery': ['get | /api /api/* /apis /apis/* /healthz /livez /openapi /openapi/* /readyz /version /version/'],
	'system:public-info-viewer': ['get | /healthz /livez /readyz /version /version/'],
	'system:monitoring': ['get | /healthz /healthz/* /livez /livez/* /metrics /metrics/slis /readyz /readyz/*'],
	'system:service-account-issuer-discovery': [
		'get | /.well-known/openid-configuration /.well-known/openid-configuration/ /openid/v1/jwks /openid/v1/jwks/',
	],
};
