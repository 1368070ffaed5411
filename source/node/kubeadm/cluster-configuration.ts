/** What kubeadm writes down of how a cluster was made; `podSubnet` is left out where nobody gave one. */
export interface ClusterConfiguration {
	kubernetesVersion: string;
	clusterDomain: string;
	podCidr?: string;
	serviceCidr: string;
}

/** As kubeadm marshals it with its defaults filled in. Models cmd/kubeadm/app/apis/kubeadm/v1beta4/defaults.go. */
export const clusterConfiguration = (made: ClusterConfiguration): string => `apiServer: {}
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
kubernetesVersion: ${made.kubernetesVersion}
networking:
  dnsDomain: ${made.clusterDomain}
${made.podCidr === undefined ? '' : `  podSubnet: ${made.podCidr}\n`}  serviceSubnet: ${made.serviceCidr}
proxy: {}
scheduler: {}
`;
