import type {DescribeContext} from '../../api/kind.js';
import type {KubeObject} from '../../api/object.js';
import {milliValueOf, parseQuantity, printQuantity, type Quantity, intValueOf} from '../../api/values/quantity.js';
import {quantityText} from '../describe/containers.js';
import {eventsOf, putEventList} from '../describe/events.js';
import {putAnnotations, putLabels} from '../describe/labels.js';
import {Lines} from '../describe/lines.js';
import {limitsOf, requestsOf, sumOf} from '../describe/pod-resources.js';
import {longTime, since} from '../describe/times.js';

export function describeNode(node: KubeObject, context: DescribeContext): string {
	const lines = new Lines();
	const {metadata} = node;
	const spec = node['spec'] ?? {};
	const status = node['status'] ?? {};
	lines.row(0, 'Name', metadata.name).row(0, 'Roles', rolesOf(metadata.labels ?? {}).join(',') || '<none>');
	putLabels(lines, 'Labels', metadata.labels);
	putAnnotations(lines, 'Annotations', metadata.annotations);
	lines.row(0, 'CreationTimestamp', longTime(metadata.creationTimestamp));
	putTaints(lines, spec.taints);
	lines.row(0, 'Unschedulable', spec.unschedulable ?? false);
	putLease(lines, node, context);
	putConditions(lines, status.conditions);
	lines.put(0, 'Addresses:\n');
	for (const {type, address} of status.addresses ?? []) lines.row(1, type, address);
	putResourceList(lines, 'Capacity', status.capacity);
	putResourceList(lines, 'Allocatable', status.allocatable);
	putSystemInfo(lines, status.nodeInfo ?? {});
	lines.rowIf(0, 'PodCIDR', spec.podCIDR).rowIf(0, 'PodCIDRs', spec.podCIDRs?.join(',')).rowIf(0, 'ProviderID', spec.providerID);
	putPods(lines, node, context);
	if (context.showEvents) putEventList(lines, eventsOf(node, context), context.nowMs);
	return lines.aligned();
}

const rolePrefix = 'node-role.kubernetes.io/';

function rolesOf(labels: Readonly<Record<string, string>>): string[] {
	const roles = Object.keys(labels)
		.filter(key => key.startsWith(rolePrefix) && key !== rolePrefix)
		.map(key => key.slice(rolePrefix.length));
	if (labels['kubernetes.io/role']) roles.push(labels['kubernetes.io/role']);
	return [...new Set(roles)].sort();
}

const taintText = ({key, value, effect}: any) => (value ? `${key}=${value}:${effect}` : effect ? `${key}:${effect}` : key);
const effectOrder = ['NoExecute', 'NoSchedule', 'PreferNoSchedule'];

function putTaints(lines: Lines, taints: readonly any[] | undefined): void {
	const sorted = [...(taints ?? [])].sort(
		(a, b) => effectOrder.indexOf(a.effect) - effectOrder.indexOf(b.effect) || (a.key < b.key ? -1 : 1),
	);
	lines.put(0, `Taints:\t${sorted.length === 0 ? '<none>\n' : ''}`);
	sorted.forEach((taint, at) => {
		lines.put(0, `${at > 0 ? '\t' : ''}${taintText(taint)}\n`);
	});
}

function putLease(lines: Lines, {metadata}: KubeObject, {reader}: DescribeContext): void {
	const lease = reader.find<KubeObject>('leases.coordination.k8s.io', 'kube-node-lease', metadata.name);
	lines.put(0, lease ? 'Lease:\n' : 'Lease:\t');
	if (!lease) {
		lines.put(0, `Failed to get lease: leases.coordination.k8s.io "${metadata.name}" not found\n`);
		return;
	}

	const {holderIdentity, acquireTime, renewTime} = lease['spec'] ?? {};
	lines
		.row(1, 'HolderIdentity', holderIdentity ?? '<unset>')
		.row(1, 'AcquireTime', acquireTime ? longTime(acquireTime) : '<unset>')
		.row(1, 'RenewTime', renewTime ? longTime(renewTime) : '<unset>');
}

function putConditions(lines: Lines, conditions: readonly any[] | undefined): void {
	if (!conditions || conditions.length === 0) return;
	lines
		.put(0, 'Conditions:\n  Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage\n')
		.put(1, '----\t------\t-----------------\t------------------\t------\t-------\n');
	for (const one of conditions)
		lines.put(
			1,
			`${one.type} \t${one.status ?? ''} \t${longTime(one.lastHeartbeatTime)} \t${longTime(one.lastTransitionTime)} \t${one.reason ?? ''} \t${one.message ?? ''}\n`,
		);
}

function putResourceList(lines: Lines, title: string, list: Record<string, string> | undefined): void {
	const names = Object.keys(list ?? {}).sort();
	if (names.length === 0) return;
	lines.put(0, `${title}:\n`);
	for (const name of names) lines.row(1, name, quantityText(list![name]));
}

function putSystemInfo(lines: Lines, info: any): void {
	lines
		.put(0, 'System Info:\n')
		.row(1, 'Machine ID', info.machineID ?? '')
		.row(1, 'System UUID', info.systemUUID ?? '')
		.row(1, 'Boot ID', info.bootID ?? '');
	lines
		.row(1, 'Kernel Version', info.kernelVersion ?? '')
		.row(1, 'OS Image', info.osImage ?? '')
		.row(1, 'Operating System', info.operatingSystem ?? '')
		.row(1, 'Architecture', info.architecture ?? '');
	lines
		.row(1, 'Container Runtime Version', info.containerRuntimeVersion ?? '')
		.row(1, 'Kubelet Version', info.kubeletVersion ?? '')
		.row(1, 'Kube-Proxy Version', info.kubeProxyVersion ?? '');
}

/** Pods that still hold resources, and what they add up to of what the node can give. */
function putPods(lines: Lines, node: KubeObject, {reader, nowMs}: DescribeContext): void {
	const pods = reader.list('pods', {fieldSelector: `spec.nodeName=${node.metadata.name},status.phase!=Succeeded,status.phase!=Failed`});
	const allocatable: Record<string, string> =
		Object.keys(node['status']?.allocatable ?? {}).length > 0 ? node['status'].allocatable : (node['status']?.capacity ?? {});
	const share = (name: string, value: Quantity) => `${printQuantity(value)} (${percent(name, value, allocatable[name])}%)`;
	lines.put(0, `Non-terminated Pods:\t(${pods.length} in total)\n`);
	lines
		.put(1, 'Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge\n')
		.put(1, '---------\t----\t\t------------\t----------\t---------------\t-------------\t---\n');
	for (const pod of pods) {
		const [requests, limits] = [requestsOf(pod['spec'] ?? {}), limitsOf(pod['spec'] ?? {})];
		const cells = [
			['cpu', requests],
			['cpu', limits],
			['memory', requests],
			['memory', limits],
		] as const;
		const shown = cells.map(([name, map]) => share(name, map.get(name) ?? zero)).join('\t');
		lines.put(1, `${pod.metadata.namespace ?? ''}\t${pod.metadata.name}\t\t${shown}\t${since(pod.metadata.creationTimestamp, nowMs)}\n`);
	}

	lines
		.put(0, 'Allocated resources:\n  (Total limits may be over 100 percent, i.e., overcommitted.)\n')
		.put(1, 'Resource\tRequests\tLimits\n')
		.put(1, '--------\t--------\t------\n');
	const requests = sumOf(pods.map(pod => requestsOf(pod['spec'] ?? {})));
	const limits = sumOf(pods.map(pod => limitsOf(pod['spec'] ?? {})));
	for (const name of ['cpu', 'memory', 'ephemeral-storage'])
		lines.put(1, `${name}\t${share(name, requests.get(name) ?? zero)}\t${share(name, limits.get(name) ?? zero)}\n`);
	const others = Object.keys(allocatable)
		.filter(name => !['cpu', 'memory', 'ephemeral-storage', 'pods'].includes(name))
		.sort();
	const shown = (name: string, value: Quantity) => (name.startsWith('hugepages-') ? share(name, value) : printQuantity(value));
	for (const name of others)
		lines.put(1, `${name}\t${shown(name, requests.get(name) ?? zero)}\t${shown(name, limits.get(name) ?? zero)}\n`);
}

const zero = parseQuantity('0');

function percent(name: string, value: Quantity, whole: string | undefined): string {
	if (whole === undefined) return '0';
	const read = name === 'cpu' || name === 'ephemeral-storage' ? milliValueOf : name === 'memory' ? intValueOf : milliValueOf;
	const total = read(parseQuantity(String(whole)));
	return total === 0n ? '0' : String((read(value) * 100n) / total);
}
