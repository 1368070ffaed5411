import type {KubeObject} from '../../api/object.js';
import type {Topology} from '../topology.js';

const version = 'v3.28.1';

/** A pod network of Calico's shape: one agent a node, one controller. Policies are enforced by the agent's program (`images/calico`). */
export function calicoObjects(topology: Topology): KubeObject[] {
	return [
		{apiVersion: 'v1', kind: 'ServiceAccount', metadata: {name: 'calico-node', namespace: 'kube-system'}},
		{apiVersion: 'v1', kind: 'ServiceAccount', metadata: {name: 'calico-kube-controllers', namespace: 'kube-system'}},
		...access,
		{
			apiVersion: 'v1',
			kind: 'ConfigMap',
			metadata: {name: 'calico-config', namespace: 'kube-system'},
			data: {calico_backend: 'bird', typha_service_name: 'none', veth_mtu: '0'},
		},
		agents(topology.podCidr),
		controller,
	];
}

const agents = (podCidr: string): KubeObject => ({
	apiVersion: 'apps/v1',
	kind: 'DaemonSet',
	metadata: {name: 'calico-node', namespace: 'kube-system', labels: {'k8s-app': 'calico-node'}},
	spec: {
		selector: {matchLabels: {'k8s-app': 'calico-node'}},
		updateStrategy: {type: 'RollingUpdate', rollingUpdate: {maxUnavailable: 1}},
		template: {
			metadata: {labels: {'k8s-app': 'calico-node'}},
			spec: {
				nodeSelector: {'kubernetes.io/os': 'linux'},
				hostNetwork: true,
				tolerations: [
					{effect: 'NoSchedule', operator: 'Exists'},
					{key: 'CriticalAddonsOnly', operator: 'Exists'},
					{effect: 'NoExecute', operator: 'Exists'},
				],
				serviceAccountName: 'calico-node',
				terminationGracePeriodSeconds: 0,
				priorityClassName: 'system-node-critical',
				containers: [
					{
						name: 'calico-node',
						image: `docker.io/calico/node:${version}`,
						imagePullPolicy: 'IfNotPresent',
						env: [
							{name: 'DATASTORE_TYPE', value: 'kubernetes'},
							{name: 'NODENAME', valueFrom: {fieldRef: {fieldPath: 'spec.nodeName'}}},
							{name: 'CALICO_NETWORKING_BACKEND', value: 'bird'},
							{name: 'CALICO_IPV4POOL_CIDR', value: podCidr},
							{name: 'CALICO_IPV4POOL_IPIP', value: 'Never'},
							{name: 'FELIX_DEFAULTENDPOINTTOHOSTACTION', value: 'ACCEPT'},
							{name: 'FELIX_IPV6SUPPORT', value: 'false'},
						],
						securityContext: {privileged: true},
						resources: {requests: {cpu: '250m'}},
					},
				],
			},
		},
	},
});

const controller: KubeObject = {
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	metadata: {name: 'calico-kube-controllers', namespace: 'kube-system', labels: {'k8s-app': 'calico-kube-controllers'}},
	spec: {
		replicas: 1,
		selector: {matchLabels: {'k8s-app': 'calico-kube-controllers'}},
		strategy: {type: 'Recreate'},
		template: {
			metadata: {name: 'calico-kube-controllers', namespace: 'kube-system', labels: {'k8s-app': 'calico-kube-controllers'}},
			spec: {
				nodeSelector: {'kubernetes.io/os': 'linux'},
				tolerations: [
					{key: 'CriticalAddonsOnly', operator: 'Exists'},
					{key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule'},
				],
				serviceAccountName: 'calico-kube-controllers',
				priorityClassName: 'system-cluster-critical',
				containers: [
					{
						name: 'calico-kube-controllers',
						image: `docker.io/calico/kube-controllers:${version}`,
						imagePullPolicy: 'IfNotPresent',
						env: [
							{name: 'ENABLED_CONTROLLERS', value: 'node'},
							{name: 'DATASTORE_TYPE', value: 'kubernetes'},
						],
					},
				],
			},
		},
	},
};

const rbac = {apiVersion: 'rbac.authorization.k8s.io/v1'};

const clusterRole = (name: string, rules: readonly object[]): KubeObject[] => [
	{...rbac, kind: 'ClusterRole', metadata: {name}, rules},
	{
		...rbac,
		kind: 'ClusterRoleBinding',
		metadata: {name},
		roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name},
		subjects: [{kind: 'ServiceAccount', name, namespace: 'kube-system'}],
	},
];

/** What the agents read of the API, as Calico's manifest grants it. */
const access: readonly KubeObject[] = [
	...clusterRole('calico-node', [
		{apiGroups: [''], resources: ['pods', 'nodes', 'namespaces'], verbs: ['get', 'list', 'watch']},
		{apiGroups: [''], resources: ['endpoints', 'services'], verbs: ['get', 'list', 'watch']},
		{apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['watch', 'list']},
		{apiGroups: [''], resources: ['configmaps', 'serviceaccounts'], verbs: ['get', 'list', 'watch']},
		{apiGroups: [''], resources: ['nodes/status', 'pods/status'], verbs: ['patch', 'update']},
		{apiGroups: ['networking.k8s.io'], resources: ['networkpolicies'], verbs: ['watch', 'list']},
	]),
	...clusterRole('calico-kube-controllers', [
		{apiGroups: [''], resources: ['nodes', 'pods', 'namespaces', 'serviceaccounts', 'services'], verbs: ['get', 'list', 'watch']},
		{apiGroups: ['networking.k8s.io'], resources: ['networkpolicies'], verbs: ['watch', 'list']},
	]),
];
