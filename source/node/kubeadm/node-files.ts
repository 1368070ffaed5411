import type {BaseEntries} from '../../os/base-tree.js';
import type {ClusterSpec, HostSpec} from '../host/host-spec.js';
import {calicoKubeconfig, componentKubeconfig, kubeletKubeconfig} from './kubeconfig.js';
import {manifestFolder, staticPodFiles} from './manifests.js';
import {authorityPair, kubeadmPair, kubeletClientPem, kubeletServingPair, tokenKeyPair} from './pki.js';

/** What `kubeadm init` or `kubeadm join` leaves on a node. */
export function kubeadmFiles(spec: HostSpec, cluster: ClusterSpec): BaseEntries {
	const common: BaseEntries = {
		[manifestFolder]: {folder: true},
		'/etc/kubernetes/kubelet.conf': {make: () => kubeletKubeconfig(spec, cluster), mode: 0o600},
		[`${pki}/ca.crt`]: {make: () => authorityPair('ca').certificate},
		'/etc/cni/net.d/10-calico.conflist': cniConfiguration,
		'/etc/cni/net.d/calico-kubeconfig': {make: () => calicoKubeconfig(cluster), mode: 0o600},
		'/etc/crictl.yaml': 'runtime-endpoint: unix:///run/containerd/containerd.sock\n',
		'/etc/containerd/config.toml': containerdConfiguration,
		'/etc/sysconfig/kubelet': 'KUBELET_EXTRA_ARGS=\n',
		'/run/xtables.lock': {text: '', mode: 0o600},
		'/usr/lib/systemd/system/kubelet.service': kubeletUnit,
		'/usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf': kubeletDropIn,
		'/var/lib/kubelet/config.yaml': kubeletConfiguration(cluster),
		'/var/lib/kubelet/kubeadm-flags.env':
			'KUBELET_KUBEADM_ARGS="--container-runtime-endpoint=unix:///var/run/containerd/containerd.sock --pod-infra-container-image=registry.k8s.io/pause:3.10"\n',
		...kubeletPki(spec.name),
		'/var/log/containers': {folder: true},
		'/var/log/pods': {folder: true},
	};
	if (spec.role !== 'control-plane') return common;
	return {
		...common,
		...staticPodFiles(spec, cluster),
		...controlPlaneKubeconfigs(spec, cluster),
		...controlPlanePki(spec, cluster),
		'/var/lib/etcd': {folder: true, mode: 0o700},
		// What etcd makes of it when it first starts.
		'/var/lib/etcd/member': {folder: true, mode: 0o700},
		'/var/lib/etcd/member/snap': {folder: true, mode: 0o700},
		'/var/lib/etcd/member/wal': {folder: true, mode: 0o700},
	};
}

const pki = '/etc/kubernetes/pki';
const authorities = ['ca', 'etcd/ca', 'front-proxy-ca'] as const;
const pairs = [
	'apiserver',
	'apiserver-etcd-client',
	'apiserver-kubelet-client',
	'front-proxy-client',
	'etcd/server',
	'etcd/peer',
	'etcd/healthcheck-client',
] as const;

function controlPlanePki(spec: HostSpec, cluster: ClusterSpec): BaseEntries {
	const makers = [
		...authorities.map(name => [name, () => authorityPair(name)] as const),
		...pairs.map(name => [name, () => kubeadmPair(name, spec, cluster)] as const),
	];
	return {
		...Object.fromEntries(
			makers.flatMap(([name, make]) => [
				[`${pki}/${name}.crt`, {make: () => make().certificate}],
				[`${pki}/${name}.key`, {make: () => make().key, mode: 0o600}],
			]),
		),
		[`${pki}/sa.key`]: {make: () => tokenKeyPair().private, mode: 0o600},
		[`${pki}/sa.pub`]: {make: () => tokenKeyPair().public, mode: 0o600},
	};
}

function controlPlaneKubeconfigs(spec: HostSpec, cluster: ClusterSpec): BaseEntries {
	const file = (user: string) => ({make: () => componentKubeconfig(user, spec, cluster), mode: 0o600});
	return {
		'/etc/kubernetes/admin.conf': file('kubernetes-admin'),
		'/etc/kubernetes/super-admin.conf': file('kubernetes-super-admin'),
		'/etc/kubernetes/controller-manager.conf': file('system:kube-controller-manager'),
		'/etc/kubernetes/scheduler.conf': file('system:kube-scheduler'),
		'/root/.kube/config': file('kubernetes-admin'),
	};
}

/** Client certificates are named after their day, and the link says which is in use. */
const clientFile = '/var/lib/kubelet/pki/kubelet-client-2026-11-21-02-00-00.pem';

const kubeletPki = (node: string): BaseEntries => ({
	[clientFile]: {make: () => kubeletClientPem(node), mode: 0o600},
	'/var/lib/kubelet/pki/kubelet-client-current.pem': {symlink: clientFile},
	'/var/lib/kubelet/pki/kubelet.crt': {make: () => kubeletServingPair(node).certificate},
	'/var/lib/kubelet/pki/kubelet.key': {make: () => kubeletServingPair(node).key, mode: 0o600},
});

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
