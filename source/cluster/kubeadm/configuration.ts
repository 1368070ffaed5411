import type {KubeObject} from '../../api/object.js';
import {clusterConfiguration} from '../../node/kubeadm/cluster-configuration.js';
import {kubeletConfiguration} from '../../node/kubeadm/node-files.js';
import {apiServerEndpoint, type Topology} from '../topology.js';

/** The ConfigMaps in which kubeadm keeps how the cluster was made. */
export function configurationObjects(topology: Topology): KubeObject[] {
	return [
		configMap('kube-system', 'kubeadm-config', {ClusterConfiguration: clusterConfiguration(topology)}),
		configMap('kube-system', 'kubelet-config', {kubelet: kubeletConfiguration(topology)}),
		configMap('kube-public', 'cluster-info', {kubeconfig: clusterInfo(topology)}),
	];
}

const configMap = (namespace: string, name: string, data: Record<string, string>): KubeObject => ({
	apiVersion: 'v1',
	kind: 'ConfigMap',
	metadata: {name, namespace},
	data,
});

const clusterInfo = (topology: Topology) => `apiVersion: v1
clusters:
- cluster:
    server: https://${apiServerEndpoint(topology)}
  name: ""
contexts: null
current-context: ""
kind: Config
preferences: {}
users: null
`;
