import type {KubeObject} from '../../api/object.js';
import {fromMap, matchesLabels} from '../../api/selector/label-selector.js';
import {cpusOf, memoryKibOf} from '../host/host-spec.js';
import {type KubeletContext, podEvent} from './context.js';
import type {PodRecord} from './record.js';
import {cpuMilli, quantityValue} from './resources.js';

interface Refusal {
	readonly reason: string;
	readonly message: string;
}

const safeSysctls: readonly string[] = [
	...[
		'kernel.shm_rmid_forced',
		'net.ipv4.ip_local_port_range',
		'net.ipv4.tcp_syncookies',
		'net.ipv4.ping_group_range',
		'net.ipv4.ip_unprivileged_port_start',
	],
	...[
		'net.ipv4.ip_local_reserved_ports',
		'net.ipv4.tcp_keepalive_time',
		'net.ipv4.tcp_fin_timeout',
		'net.ipv4.tcp_keepalive_intvl',
		'net.ipv4.tcp_keepalive_probes',
		'net.ipv4.tcp_rmem',
		'net.ipv4.tcp_wmem',
	],
];

/** What the kubelet itself refuses, whatever the scheduler said. Models pkg/kubelet/lifecycle/predicate.go. */
export function admitPod(context: KubeletContext, record: PodRecord): PodRecord {
	// Static pods are the node's own.
	const refusal = record.source ? undefined : refuse(context, record);
	const {activeDeadlineSeconds} = record.pod['spec'];
	if (activeDeadlineSeconds !== undefined)
		context.sim.clock.schedule(activeDeadlineSeconds * 1000, context.actor, `deadline ${record.uid}`);
	if (!refusal) return {...record, admitted: true};
	podEvent(context, record, 'Warning', refusal.reason, refusal.message);
	return {...record, failed: {reason: refusal.reason, message: `Pod was rejected: ${refusal.message}`}, admitted: false};
}

function refuse(context: KubeletContext, {pod, uid}: PodRecord): Refusal | undefined {
	const {nodeSelector, hostNetwork, securityContext} = pod['spec'];
	for (const {name} of securityContext?.sysctls ?? []) {
		if (!safeSysctls.includes(name)) return {reason: 'SysctlForbidden', message: `forbidden sysctl: "${name}" not allowlisted`};
		if (hostNetwork && name.startsWith('net.'))
			return {reason: 'SysctlForbidden', message: `forbidden sysctl: "${name}" not allowed with host net enabled`};
	}

	const others = [...context.records.values()]
		.filter(other => other.uid !== uid && other.admitted && !other.over && !other.failed)
		.map(other => other.pod);
	const short = shortage(context, pod, others);
	if (short) return short;
	const node = context.api.reader.find<KubeObject>('nodes', undefined, context.node);
	if (node && nodeSelector && !matchesLabels(fromMap(nodeSelector), node.metadata.labels)) {
		return {reason: 'NodeAffinity', message: "Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector"};
	}

	const taken = new Set(others.flatMap(hostPorts));
	return hostPorts(pod).some(port => taken.has(port))
		? {reason: 'NodePorts', message: "Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports"}
		: undefined;
}

const hostPorts = (pod: KubeObject): string[] =>
	pod['spec'].containers.flatMap((container: any) =>
		(container.ports ?? []).filter((port: any) => port.hostPort).map((port: any) => `${port.protocol ?? 'TCP'} ${port.hostPort}`),
	);

const sum = (pod: KubeObject, name: string, read: (text: string) => number): number =>
	pod['spec'].containers.reduce(
		(total: number, container: any) => total + (container.resources?.requests?.[name] ? read(container.resources.requests[name]) : 0),
		0,
	);

/** What a pod asks for, beside all that the node may give away. */
export function capacityOf({host: {spec}}: KubeletContext, pod: KubeObject) {
	const rows = [
		{name: 'cpu', read: cpuMilli, capacity: cpusOf(spec) * 1000},
		{name: 'memory', read: quantityValue, capacity: (memoryKibOf(spec) - 102_400) * 1024},
	];
	return rows.map(row => ({...row, requested: sum(pod, row.name, row.read)}));
}

export function shortage(context: KubeletContext, pod: KubeObject, others: readonly KubeObject[]): Refusal | undefined {
	for (const {name, read, capacity, requested} of capacityOf(context, pod)) {
		if (requested === 0) continue;
		const used = others.reduce((total, other) => total + sum(other, name, read), 0);
		if (used + requested > capacity) {
			return {
				reason: `OutOf${name}`,
				message: `Node didn't have enough resource: ${name}, requested: ${requested}, used: ${used}, capacity: ${capacity}`,
			};
		}
	}

	return undefined;
}
