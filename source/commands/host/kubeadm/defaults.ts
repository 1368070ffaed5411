import {clusterConfiguration} from '../../../node/kubeadm/cluster-configuration.js';

/** What `kubeadm config print init-defaults` and `join-defaults` print. Models cmd/kubeadm/app/apis/kubeadm/v1beta4/defaults.go. */
const nodeRegistration = (name: string) => `nodeRegistration:
  criSocket: unix:///var/run/containerd/containerd.sock
  imagePullPolicy: IfNotPresent
  imagePullSerial: true
  name: ${name}
  taints: null
`;

const timeouts = `timeouts:
  controlPlaneComponentHealthCheck: 4m0s
  discovery: 5m0s
  etcdAPICall: 2m0s
  kubeletHealthCheck: 4m0s
  kubernetesAPICall: 1m0s
  tlsBootstrap: 5m0s
  upgradeManifests: 5m0s
`;

export const initDefaults = `apiVersion: kubeadm.k8s.io/v1beta4
bootstrapTokens:
- groups:
  - system:bootstrappers:kubeadm:default-node-token
  token: abcdef.0123456789abcdef
  ttl: 24h0m0s
  usages:
  - signing
  - authentication
kind: InitConfiguration
localAPIEndpoint:
  advertiseAddress: 1.2.3.4
  bindPort: 6443
${nodeRegistration('node')}${timeouts}---
${clusterConfiguration({kubernetesVersion: '1.33.0', clusterDomain: 'cluster.local', serviceCidr: '10.96.0.0/12'})}`;

export const joinDefaults = (hostname: string): string => `apiVersion: kubeadm.k8s.io/v1beta4
caCertPath: /etc/kubernetes/pki/ca.crt
discovery:
  bootstrapToken:
    apiServerEndpoint: kube-apiserver:6443
    token: abcdef.0123456789abcdef
    unsafeSkipCAVerification: true
  tlsBootstrapToken: abcdef.0123456789abcdef
kind: JoinConfiguration
${nodeRegistration(hostname)}${timeouts}`;
