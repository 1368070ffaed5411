import type {BaseEntries} from '../../os/base-tree.js';
import {digest} from '../digest.js';
import type {ClusterSpec, HostSpec} from '../host-spec.js';
import {manifestFolder, staticPodFiles} from './manifests.js';

/** What `kubeadm init` or `kubeadm join` leaves on a node. */
export function kubeadmFiles(spec: HostSpec, cluster: ClusterSpec): BaseEntries {
	const common: BaseEntries = {
		[manifestFolder]: {folder: true},
		'/etc/kubernetes/kubelet.conf': {make: () => kubeconfig(cluster, `system:node:${spec.name}`, 'default-auth'), mode: 0o600},
		'/etc/kubernetes/pki/ca.crt': certificate('ca'),
		'/etc/cni/net.d/10-calico.conflist': cniConfiguration,
		'/etc/cni/net.d/calico-kubeconfig': {make: () => kubeconfig(cluster, 'calico', 'calico'), mode: 0o600},
		'/etc/crictl.yaml': 'runtime-endpoint: unix:///run/containerd/containerd.sock\n',
		'/etc/containerd/config.toml': containerdConfiguration,
		'/etc/sysconfig/kubelet': 'KUBELET_EXTRA_ARGS=\n',
		'/run/xtables.lock': {text: '', mode: 0o600},
		'/usr/lib/systemd/system/kubelet.service': kubeletUnit,
		'/usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf': kubeletDropIn,
		'/var/lib/kubelet/config.yaml': kubeletConfiguration(cluster),
		'/var/lib/kubelet/kubeadm-flags.env':
			'KUBELET_KUBEADM_ARGS="--container-runtime-endpoint=unix:///var/run/containerd/containerd.sock --pod-infra-container-image=registry.k8s.io/pause:3.10"\n',
		'/var/lib/kubelet/pki/kubelet.crt': certificate(spec.name),
		'/var/log/containers': {folder: true},
		'/var/log/pods': {folder: true},
	};
	if (spec.role !== 'control-plane') return common;
	const admin = () => kubeconfig(cluster, 'kubernetes-admin', 'kubernetes-admin');
	const names = [
		'apiserver',
		'apiserver-etcd-client',
		'apiserver-kubelet-client',
		'front-proxy-ca',
		'front-proxy-client',
		'etcd/ca',
		'etcd/server',
		'etcd/peer',
		'etcd/healthcheck-client',
	];
	return {
		...common,
		...staticPodFiles(spec, cluster),
		'/etc/kubernetes/admin.conf': {make: admin, mode: 0o600},
		'/etc/kubernetes/super-admin.conf': {make: admin, mode: 0o600},
		'/etc/kubernetes/controller-manager.conf': {
			text: kubeconfig(cluster, 'system:kube-controller-manager', 'system:kube-controller-manager'),
			mode: 0o600,
		},
		'/etc/kubernetes/scheduler.conf': {make: () => kubeconfig(cluster, 'system:kube-scheduler', 'system:kube-scheduler'), mode: 0o600},
		'/etc/kubernetes/pki/ca.key': privateKey('ca'),
		'/etc/kubernetes/pki/sa.key': privateKey('sa'),
		'/etc/kubernetes/pki/sa.pub': {make: () => pem('PUBLIC KEY', 'sa'), mode: 0o600},
		...Object.fromEntries(
			names.flatMap(name => [
				[`/etc/kubernetes/pki/${name}.crt`, certificate(name)],
				[`/etc/kubernetes/pki/${name}.key`, privateKey(name)],
			]),
		),
		'/root/.kube/config': {make: admin, mode: 0o600},
		'/var/lib/etcd': {folder: true, mode: 0o700},
	};
}

/** Text of the right shape; nothing in the world reads it but people. */
function pem(kind: string, name: string): string {
	const body = Array.from({length: 12}, (_, i) => digest(`${name}/${i}`))
		.join('')
		.slice(0, 64 * 10);
	return `-----BEGIN ${kind}-----\nMII${body
		.slice(3)
		.match(/.{1,64}/g)!
		.join('\n')}\n-----END ${kind}-----\n`;
}

const certificate = (name: string) => ({make: () => pem('CERTIFICATE', name)});
const privateKey = (name: string) => ({make: () => pem('RSA PRIVATE KEY', name), mode: 0o600});
const embedded = (name: string) => `LS0tLS1CRUdJTi${digest(name)}${digest(`${name}+`)}LS0tLS0K`;

function kubeconfig(cluster: ClusterSpec, user: string, entry: string): string {
	const context = entry === 'kubernetes-admin' ? 'kubernetes-admin@kubernetes' : `${user}@kubernetes`;
	return `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: ${embedded('ca')}
    server: https://${cluster.apiServer}
  name: kubernetes
contexts:
- context:
    cluster: kubernetes
    user: ${user}
  name: ${context}
current-context: ${context}
kind: Config
preferences: {}
users:
- name: ${user}
  user:
    client-certificate-data: ${embedded(user)}
    client-key-data: ${embedded(`${user}.key`)}
`;
}

/** /var/lib/kubelet/config.yaml, and what the ConfigMap kubelet-config keeps. */
export const kubeletConfiguration = (
	cluster: Pick<ClusterSpec, 'clusterDns' | 'clusterDomain'>,
) => `apiVersion: kubelet.config.k8s.io/v1beta1
authentication:
  anonymous:
    enabled: false
  webhook:
    cacheTTL: 0s
    enabled: true
  x509:
    clientCAFile: /etc/kubernetes/pki/ca.crt
authorization:
  mode: Webhook
  webhook:
    cacheAuthorizedTTL: 0s
    cacheUnauthorizedTTL: 0s
cgroupDriver: systemd
clusterDNS:
- ${cluster.clusterDns}
clusterDomain: ${cluster.clusterDomain}
containerRuntimeEndpoint: ""
cpuManagerReconcilePeriod: 0s
crashLoopBackOff: {}
evictionPressureTransitionPeriod: 0s
fileCheckFrequency: 0s
healthzBindAddress: 127.0.0.1
healthzPort: 10248
httpCheckFrequency: 0s
imageMaximumGCAge: 0s
imageMinimumGCAge: 0s
kind: KubeletConfiguration
logging:
  flushFrequency: 0
  options:
    json:
      infoBufferSize: "0"
    text:
      infoBufferSize: "0"
  verbosity: 0
memorySwap: {}
nodeStatusReportFrequency: 0s
nodeStatusUpdateFrequency: 0s
rotateCertificates: true
runtimeRequestTimeout: 0s
shutdownGracePeriod: 0s
shutdownGracePeriodCriticalPods: 0s
staticPodPath: ${manifestFolder}
streamingConnectionIdleTimeout: 0s
syncFrequency: 0s
volumeStatsAggPeriod: 0s
`;

const cniConfiguration = `{
  "name": "k8s-pod-network",
  "cniVersion": "0.3.1",
  "plugins": [
    {
      "type": "calico",
      "log_level": "info",
      "datastore_type": "kubernetes",
      "mtu": 0,
      "ipam": {"type": "host-local", "subnet": "usePodCidr"},
      "policy": {"type": "k8s"},
      "kubernetes": {"kubeconfig": "/etc/cni/net.d/calico-kubeconfig"}
    },
    {"type": "portmap", "snat": true, "capabilities": {"portMappings": true}}
  ]
}
`;

const containerdConfiguration = `version = 2

[plugins]
  [plugins."io.containerd.grpc.v1.cri"]
    sandbox_image = "registry.k8s.io/pause:3.10"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
      SystemdCgroup = true
    [plugins."io.containerd.grpc.v1.cri".registry]
      config_path = "/etc/containerd/certs.d"
`;

const kubeletUnit = `[Unit]
Description=kubelet: The Kubernetes Node Agent
Documentation=https://kubernetes.io/docs/
Wants=network-online.target
After=network-online.target

[Service]
ExecStart=/usr/bin/kubelet
Restart=always
StartLimitInterval=0
RestartSec=10

[Install]
WantedBy=multi-user.target
`;

const kubeletDropIn = `# Note: This dropin only works with kubeadm and kubelet v1.11+
[Service]
Environment="KUBELET_KUBECONFIG_ARGS=--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf"
Environment="KUBELET_CONFIG_ARGS=--config=/var/lib/kubelet/config.yaml"
EnvironmentFile=-/var/lib/kubelet/kubeadm-flags.env
EnvironmentFile=-/etc/sysconfig/kubelet
ExecStart=
ExecStart=/usr/bin/kubelet $KUBELET_KUBECONFIG_ARGS $KUBELET_CONFIG_ARGS $KUBELET_KUBEADM_ARGS $KUBELET_EXTRA_ARGS
`;
