import type {KubeObject} from '../../api/object.js';
import {apiServerEndpoint, type Topology} from '../topology.js';

/** What `kubeadm init` applies for kube-proxy. Models cmd/kubeadm/app/phases/addons/proxy/manifests.go. */
export function kubeProxyObjects(topology: Topology): KubeObject[] {
	return [
		{apiVersion: 'v1', kind: 'ServiceAccount', metadata: {name: 'kube-proxy', namespace: 'kube-system'}},
		configMap(topology),
		daemonSet(topology),
		{
			apiVersion: 'rbac.authorization.k8s.io/v1',
			kind: 'ClusterRoleBinding',
			metadata: {name: 'kubeadm:node-proxier'},
			roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'system:node-proxier'},
			subjects: [{kind: 'ServiceAccount', name: 'kube-proxy', namespace: 'kube-system'}],
		},
	];
}

const configMap = (topology: Topology): KubeObject => ({
	apiVersion: 'v1',
	kind: 'ConfigMap',
	metadata: {name: 'kube-proxy', namespace: 'kube-system', labels: {app: 'kube-proxy'}},
	data: {'config.conf': configuration(topology.podCidr), 'kubeconfig.conf': kubeconfig(topology)},
});

function daemonSet(topology: Topology): KubeObject {
	const labels = {'k8s-app': 'kube-proxy'};
	const volume = (name: string, mountPath: string, readOnly: boolean) => ({mountPath, name, ...(readOnly && {readOnly})});
	return {
		apiVersion: 'apps/v1',
		kind: 'DaemonSet',
		metadata: {name: 'kube-proxy', namespace: 'kube-system', labels},
		spec: {
			selector: {matchLabels: labels},
			updateStrategy: {type: 'RollingUpdate'},
			template: {
				metadata: {labels},
				spec: {
					priorityClassName: 'system-node-critical',
					containers: [
						{
							name: 'kube-proxy',
							image: `registry.k8s.io/kube-proxy:${topology.kubernetesVersion}`,
							imagePullPolicy: 'IfNotPresent',
							command: ['/usr/local/bin/kube-proxy', '--config=/var/lib/kube-proxy/config.conf', '--hostname-override=$(NODE_NAME)'],
							securityContext: {privileged: true},
							env: [{name: 'NODE_NAME', valueFrom: {fieldRef: {fieldPath: 'spec.nodeName'}}}],
							volumeMounts: [
								volume('kube-proxy', '/var/lib/kube-proxy', false),
								volume('xtables-lock', '/run/xtables.lock', false),
								volume('lib-modules', '/lib/modules', true),
							],
						},
					],
					hostNetwork: true,
					serviceAccountName: 'kube-proxy',
					volumes: [
						{name: 'kube-proxy', configMap: {name: 'kube-proxy'}},
						{name: 'xtables-lock', hostPath: {path: '/run/xtables.lock', type: 'FileOrCreate'}},
						{name: 'lib-modules', hostPath: {path: '/lib/modules', type: ''}},
					],
					tolerations: [{operator: 'Exists'}],
					nodeSelector: {'kubernetes.io/os': 'linux'},
				},
			},
		},
	};
}

/** Every key as kubeadm v1.33 writes it: learners look for `mode: ""` here. */
const configuration = (clusterCidr: string) => `apiVersion: kubeproxy.config.k8s.io/v1alpha1
bindAddress: 0.0.0.0
bindAddressHardFail: false
clientConnection:
  acceptContentTypes: ""
  burst: 0
  contentType: ""
  kubeconfig: /var/lib/kube-proxy/kubeconfig.conf
  qps: 0
clusterCIDR: ${clusterCidr}
configSyncPeriod: 0s
conntrack:
  maxPerCore: null
  min: null
  tcpBeLiberal: false
  tcpCloseWaitTimeout: null
  tcpEstablishedTimeout: null
  udpStreamTimeout: 0s
  udpTimeout: 0s
detectLocal:
  bridgeInterface: ""
  interfaceNamePrefix: ""
detectLocalMode: ""
enableProfiling: false
healthzBindAddress: ""
hostnameOverride: ""
iptables:
  localhostNodePorts: null
  masqueradeAll: false
  masqueradeBit: null
  minSyncPeriod: 0s
  syncPeriod: 0s
ipvs:
  excludeCIDRs: null
  minSyncPeriod: 0s
  scheduler: ""
  strictARP: false
  syncPeriod: 0s
  tcpFinTimeout: 0s
  tcpTimeout: 0s
  udpTimeout: 0s
kind: KubeProxyConfiguration
logging:
  flushFrequency: 0
  options:
    json:
      infoBufferSize: "0"
    text:
      infoBufferSize: "0"
  verbosity: 0
metricsBindAddress: ""
mode: ""
nftables:
  masqueradeAll: false
  masqueradeBit: null
  minSyncPeriod: 0s
  syncPeriod: 0s
nodePortAddresses: null
oomScoreAdj: null
portRange: ""
showHiddenMetricsForVersion: ""
winkernel:
  enableDSR: false
  forwardHealthCheckVip: false
  networkName: ""
  rootHnsEndpointName: ""
  sourceVip: ""
`;

const kubeconfig = (topology: Topology) => `apiVersion: v1
kind: Config
clusters:
- cluster:
    certificate-authority: /var/run/secrets/kubernetes.io/serviceaccount/ca.crt
    server: https://${apiServerEndpoint(topology)}
  name: default
contexts:
- context:
    cluster: default
    namespace: default
    user: default
  name: default
current-context: default
users:
- name: default
  user:
    tokenFile: /var/run/secrets/kubernetes.io/serviceaccount/token
`;
