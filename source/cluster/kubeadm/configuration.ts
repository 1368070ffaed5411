import type {KubeObject} from '../../api/object.js';
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

const clusterConfiguration = (topology: Topology) => `apiServer: {}
apiVersion: kubeadm.k8s.io/v1beta4
caCertificateValidityPeriod: 87600h0m0s
certificateValidityPeriod: 8760h0m0s
certificatesDir: /etc/kubernetes/pki
clusterName: kubernetes
controllerManager: {}
dns: {}
encryptionAlgorithm: RSA-2048
etcd:
  local:
    dataDir: /var/lib/etcd
imageRepository: registry.k8s.io
kind: ClusterConfiguration
kubernetesVersion: ${topology.kubernetesVersion}
networking:
  dnsDomain: ${topology.clusterDomain}
  podSubnet: ${topology.podCidr}
  serviceSubnet: ${topology.serviceCidr}
proxy: {}
scheduler: {}
`;

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
