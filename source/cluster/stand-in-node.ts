import type {KubeObject} from '../api/object.js';
import type {NodeHost, Topology} from './topology.js';

/** A Node as its kubelet would have registered it, for profiles without kubelets. */
export function standInNode(topology: Topology, {name, address, podCidr, controlPlane}: NodeHost): KubeObject {
	return {
		apiVersion: 'v1',
		kind: 'Node',
		metadata: {
			name,
			labels: {
				'beta.kubernetes.io/arch': 'amd64',
				'beta.kubernetes.io/os': 'linux',
				'kubernetes.io/arch': 'amd64',
				'kubernetes.io/hostname': name,
				'kubernetes.io/os': 'linux',
				...(controlPlane && {'node-role.kubernetes.io/control-plane': '', 'node.kubernetes.io/exclude-from-external-load-balancers': ''}),
			},
		},
		spec: {
			podCIDR: podCidr,
			podCIDRs: [podCidr],
			...(controlPlane && {taints: [{effect: 'NoSchedule', key: 'node-role.kubernetes.io/control-plane'}]}),
		},
		status: {
			addresses: [
				{type: 'InternalIP', address},
				{type: 'Hostname', address: name},
			],
			capacity: {cpu: '2', 'ephemeral-storage': '36678148Ki', 'hugepages-2Mi': '0', memory: '4026532Ki', pods: '110'},
			allocatable: {cpu: '2', 'ephemeral-storage': '33802581141', 'hugepages-2Mi': '0', memory: '3924132Ki', pods: '110'},
			daemonEndpoints: {kubeletEndpoint: {Port: 10250}},
			nodeInfo: {
				machineID: name,
				systemUUID: name,
				bootID: name,
				kernelVersion: '5.14.0-427.el9.x86_64',
				osImage: 'Red Hat Enterprise Linux 9.4 (Plow)',
				containerRuntimeVersion: 'containerd://1.7.24',
				kubeletVersion: topology.kubernetesVersion,
				kubeProxyVersion: '',
				operatingSystem: 'linux',
				architecture: 'amd64',
			},
		},
	};
}
