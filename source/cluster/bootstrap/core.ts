import type {KubeObject} from '../../api/object.js';

/** What a kube-apiserver makes by itself at its first start: namespaces and priority classes. */
export const coreObjects: readonly KubeObject[] = [
	...['kube-system', 'kube-public', 'kube-node-lease', 'default'].map(name => ({
		apiVersion: 'v1',
		kind: 'Namespace',
		metadata: {name},
	})),
	priorityClass('system-node-critical', 2_000_001_000, 'Used for system critical pods that must not be moved from their current node.'),
	priorityClass(
		'system-cluster-critical',
		2_000_000_000,
		'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.',
	),
];

function priorityClass(name: string, value: number, description: string): KubeObject {
	return {apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: {name}, value, description};
}
