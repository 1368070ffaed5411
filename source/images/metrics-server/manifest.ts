import {stringify} from 'yaml';

const name = 'metrics-server';
const namespace = 'kube-system';
const labels = {'k8s-app': name};
const rbac = 'rbac.authorization.k8s.io';
const subject = {kind: 'ServiceAccount', name, namespace};

const role = (roleName: string, more: object, rules: object[]) => ({
	apiVersion: `${rbac}/v1`,
	kind: 'ClusterRole',
	metadata: {labels: {...labels, ...more}, name: roleName},
	rules,
});
const binding = (kind: 'RoleBinding' | 'ClusterRoleBinding', bindingName: string, to: object) => ({
	apiVersion: `${rbac}/v1`,
	kind,
	metadata: {labels, name: bindingName, ...(kind === 'RoleBinding' && {namespace})},
	roleRef: {apiGroup: rbac, ...to},
	subjects: [subject],
});
const probe = (path: string, more: object = {}) => ({
	failureThreshold: 3,
	httpGet: {path, port: 'https', scheme: 'HTTPS'},
	...more,
	periodSeconds: 10,
});
const aggregate = {
	'rbac.authorization.k8s.io/aggregate-to-admin': 'true',
	'rbac.authorization.k8s.io/aggregate-to-edit': 'true',
	'rbac.authorization.k8s.io/aggregate-to-view': 'true',
};

const deployment = {
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	metadata: {labels, name, namespace},
	spec: {
		selector: {matchLabels: labels},
		strategy: {rollingUpdate: {maxUnavailable: 0}},
		template: {
			metadata: {labels},
			spec: {
				containers: [
					{
						args: [
							'--cert-dir=/tmp',
							'--secure-port=10250',
							'--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname',
							'--kubelet-use-node-status-port',
							'--metric-resolution=15s',
						],
						image: 'registry.k8s.io/metrics-server/metrics-server:v0.7.2',
						imagePullPolicy: 'IfNotPresent',
						livenessProbe: probe('/livez'),
						name,
						ports: [{containerPort: 10_250, name: 'https', protocol: 'TCP'}],
						readinessProbe: probe('/readyz', {initialDelaySeconds: 20}),
						resources: {requests: {cpu: '100m', memory: '200Mi'}},
						securityContext: {
							allowPrivilegeEscalation: false,
							capabilities: {drop: ['ALL']},
							readOnlyRootFilesystem: true,
							runAsNonRoot: true,
							runAsUser: 1000,
							seccompProfile: {type: 'RuntimeDefault'},
						},
						volumeMounts: [{mountPath: '/tmp', name: 'tmp-dir'}],
					},
				],
				nodeSelector: {'kubernetes.io/os': 'linux'},
				priorityClassName: 'system-cluster-critical',
				serviceAccountName: name,
				volumes: [{emptyDir: {}, name: 'tmp-dir'}],
			},
		},
	},
};

/** In the order in which they are applied. */
export const metricsServerObjects: readonly object[] = [
	{apiVersion: 'v1', kind: 'ServiceAccount', metadata: {labels, name, namespace}},
	role('system:aggregated-metrics-reader', aggregate, [
		{apiGroups: ['metrics.k8s.io'], resources: ['pods', 'nodes'], verbs: ['get', 'list', 'watch']},
	]),
	role('system:metrics-server', {}, [
		{apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get']},
		{apiGroups: [''], resources: ['pods', 'nodes'], verbs: ['get', 'list', 'watch']},
	]),
	binding('RoleBinding', 'metrics-server-auth-reader', {kind: 'Role', name: 'extension-apiserver-authentication-reader'}),
	binding('ClusterRoleBinding', 'metrics-server:system:auth-delegator', {kind: 'ClusterRole', name: 'system:auth-delegator'}),
	binding('ClusterRoleBinding', 'system:metrics-server', {kind: 'ClusterRole', name: 'system:metrics-server'}),
	{
		apiVersion: 'v1',
		kind: 'Service',
		metadata: {labels, name, namespace},
		spec: {ports: [{name: 'https', port: 443, protocol: 'TCP', targetPort: 'https'}], selector: labels},
	},
	deployment,
	{
		apiVersion: 'apiregistration.k8s.io/v1',
		kind: 'APIService',
		metadata: {labels, name: 'v1beta1.metrics.k8s.io'},
		spec: {
			group: 'metrics.k8s.io',
			groupPriorityMinimum: 100,
			insecureSkipTLSVerify: true,
			service: {name, namespace},
			version: 'v1beta1',
			versionPriority: 100,
		},
	},
];

let text: string | undefined;

/** `components.yaml` of metrics-server v0.7.2. */
export function metricsServerComponents(): string {
	text ??= metricsServerObjects
		.map(object => stringify(object, {indentSeq: false, lineWidth: 0, aliasDuplicateObjects: false, sortMapEntries: true}))
		.join('---\n');
	return text;
}
