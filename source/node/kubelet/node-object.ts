import type {KubeObject} from '../../api/object.js';
import {rfc3339} from '../../api/values/time.js';
import {digest} from '../image/digest.js';
import {cpusOf, memoryKibOf} from '../host/host-spec.js';
import {kernelRelease} from '../../os/rhel/kernel.js';
import type {KubeletContext} from './context.js';
import {reservedKib} from './volume/volume-size.js';

/** What a kubelet registers. Models pkg/kubelet/kubelet_node_status.go initialNode. */
export function nodeObject(context: KubeletContext, ready: boolean): KubeObject {
	const {host, node, cluster} = context;
	const controlPlane = host.spec.role === 'control-plane';
	const labels = {
		'beta.kubernetes.io/arch': 'amd64',
		'beta.kubernetes.io/os': 'linux',
		'kubernetes.io/arch': 'amd64',
		'kubernetes.io/hostname': node,
		'kubernetes.io/os': 'linux',
	};
	return {
		apiVersion: 'v1',
		kind: 'Node',
		metadata: {
			name: node,
			annotations: {
				'kubeadm.alpha.kubernetes.io/cri-socket': 'unix:///var/run/containerd/containerd.sock',
				'node.alpha.kubernetes.io/ttl': '0',
				'projectcalico.org/IPv4Address': `${host.spec.address}/24`,
				'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
			},
			labels: {
				...labels,
				...(controlPlane && {'node-role.kubernetes.io/control-plane': '', 'node.kubernetes.io/exclude-from-external-load-balancers': ''}),
			},
		},
		spec: {
			podCIDR: cluster.nodePodCidr,
			podCIDRs: [cluster.nodePodCidr],
			...(controlPlane && {taints: [{effect: 'NoSchedule', key: 'node-role.kubernetes.io/control-plane'}]}),
		},
		status: nodeStatus(context, undefined, ready),
	};
}

/** Fields of `status` that the kubelet owns; `old` keeps its times of change. */
export function nodeStatus(context: KubeletContext, old: any, ready: boolean): any {
	const {host, node, cluster, containerd, sim} = context;
	const {address} = host.spec;
	const memory = memoryKibOf(host.spec);
	const disk = 17_394_688;
	const shared = {cpu: String(cpusOf(host.spec)), 'hugepages-1Gi': '0', 'hugepages-2Mi': '0', pods: '110'};
	const seed = (what: string) => digest(`${node}/${what}`);
	return {
		addresses: [
			{address, type: 'InternalIP'},
			{address: node, type: 'Hostname'},
		],
		allocatable: {...shared, 'ephemeral-storage': String(Math.floor(disk * 1024 * 0.9)), memory: `${memory - reservedKib}Ki`},
		capacity: {...shared, 'ephemeral-storage': `${disk}Ki`, memory: `${memory}Ki`},
		conditions: conditions(old?.conditions ?? [], rfc3339(sim.clock.now()), ready),
		daemonEndpoints: {kubeletEndpoint: {Port: 10250}},
		images: containerd
			.images()
			.map(({reference, digest, sizeBytes}) => ({
				names: [`${reference.slice(0, reference.lastIndexOf(':'))}@${digest}`, reference],
				sizeBytes,
			}))
			.sort((a, b) => b.sizeBytes - a.sizeBytes)
			.slice(0, 50),
		nodeInfo: {
			architecture: 'amd64',
			bootID: `${seed('boot').slice(0, 8)}-${seed('boot').slice(8, 12)}-4${seed('boot').slice(13, 16)}-a${seed('boot').slice(17, 20)}-${seed('boot').slice(20, 32)}`,
			containerRuntimeVersion: 'containerd://1.7.27',
			kernelVersion: kernelRelease,
			kubeProxyVersion: '',
			kubeletVersion: cluster.version,
			machineID: seed('machine').slice(0, 32),
			operatingSystem: 'linux',
			osImage: 'Red Hat Enterprise Linux 9.6 (Plow)',
			systemUUID: `${seed('uuid').slice(0, 8)}-${seed('uuid').slice(8, 12)}-4${seed('uuid').slice(13, 16)}-b${seed('uuid').slice(17, 20)}-${seed('uuid').slice(20, 32)}`,
		},
		runtimeHandlers: [
			{features: {recursiveReadOnlyMounts: true, userNamespaces: false}, name: 'runc'},
			{features: {recursiveReadOnlyMounts: true, userNamespaces: false}, name: ''},
		],
	};
}

const rows: ReadonlyArray<readonly [type: string, bad: string, good: string, words: string]> = [
	['MemoryPressure', 'KubeletHasInsufficientMemory', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
	['DiskPressure', 'KubeletHasDiskPressure', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
	['PIDPressure', 'KubeletHasInsufficientPID', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
];

const notReadyWords =
	'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized';

function conditions(old: any[], now: string, ready: boolean): any[] {
	const make = (type: string, status: string, reason: string, message: string) => {
		const before = old.find(each => each.type === type);
		return {
			lastHeartbeatTime: now,
			lastTransitionTime: before?.status === status ? before.lastTransitionTime : now,
			message,
			reason,
			status,
			type,
		};
	};
	const others = old.filter(each => each.type === 'NetworkUnavailable');
	const pressures = rows.map(([type, , good, words]) => make(type, 'False', good, words));
	const readiness = ready
		? make('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status')
		: make('Ready', 'False', 'KubeletNotReady', notReadyWords);
	return [...others, ...pressures, readiness];
}
