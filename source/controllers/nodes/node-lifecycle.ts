import {keyOf, type KubeObject} from '../../api/object.js';
import {equal} from '../../api/values/plain.js';
import {rfc3339} from '../../api/values/time.js';
import type {Again, Controller, ControllerContext} from '../controller.js';
import {podsByNode} from '../pods/indexes.js';
import {conditionOf, isReady} from '../pods/state.js';
import type {Taint} from '../scheduler/node-selection.js';
import {timeOf, withCondition, type Condition} from '../status.js';

/** `--node-monitor-grace-period`: a kubelet that is silent for so long is lost. */
const graceMs = 50_000;
const monitorMs = 5000;
const watched = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'];

/** Notices kubelets that went silent; taints nodes for their conditions. Models pkg/controller/nodelifecycle. */
const nodeLifecycle: Controller = {
	name: 'node-lifecycle-controller',
	component: 'node-controller',
	indexes: [podsByNode],
	watches: [{resource: 'nodes', keys: ({type, object}) => (type === 'DELETED' ? [] : [keyOf(object)])}],
	reconcile(name, context): Again | undefined {
		const node = context.client.find<KubeObject>('nodes', undefined, name);
		if (!node) return undefined;
		const silent = isSilent(context, node);
		const checked = silent ? markUnknown(context, node) : node;
		taintByCondition(context, checked);
		if (conditionOf(checked, 'Ready')?.status !== 'True') markPods(context, checked);
		return {againAfterMs: monitorMs};
	},
};
export default nodeLifecycle;

/** Neither its lease nor its status was renewed in time. */
function isSilent({client, sim}: ControllerContext, node: KubeObject): boolean {
	const lease = client.find<KubeObject>('leases.coordination.k8s.io', 'kube-node-lease', node.metadata.name);
	const renewed = timeOf(lease?.['spec'].renewTime) ?? 0;
	const heartbeat = timeOf(conditionOf(node, 'Ready')?.['lastHeartbeatTime']) ?? 0;
	const alive = Math.max(renewed, heartbeat, timeOf(node.metadata.creationTimestamp) ?? 0);
	return sim.clock.now() - alive > graceMs;
}

function markUnknown({client, sim, event}: ControllerContext, node: KubeObject): KubeObject {
	let conditions = node['status']?.conditions as Condition[] | undefined;
	for (const type of watched) {
		const standing = conditions?.find(condition => condition.type === type);
		if (standing?.status === 'Unknown') continue;
		const never = {reason: 'NodeStatusNeverUpdated', message: 'Kubelet never posted node status.'};
		const text = standing ? {reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting node status.'} : never;
		const heartbeat = standing?.['lastHeartbeatTime'] ?? node.metadata.creationTimestamp;
		conditions = withCondition(conditions, {type, status: 'Unknown', ...text}, sim.clock.now(), {lastHeartbeatTime: heartbeat});
	}

	if (equal(conditions, node['status']?.conditions)) return node;
	if (conditionOf(node, 'Ready')?.status === 'True') {
		event(node, 'Normal', 'NodeNotReady', `Node ${node.metadata.name} status is now: NodeNotReady`);
	}

	return client.updateStatus({...node, status: {...node['status'], conditions}});
}

const pressures: Readonly<Record<string, string>> = {
	MemoryPressure: 'node.kubernetes.io/memory-pressure',
	DiskPressure: 'node.kubernetes.io/disk-pressure',
	PIDPressure: 'node.kubernetes.io/pid-pressure',
	NetworkUnavailable: 'node.kubernetes.io/network-unavailable',
};
const ownKeys = new Set([
	...Object.values(pressures),
	'node.kubernetes.io/not-ready',
	'node.kubernetes.io/unreachable',
	'node.kubernetes.io/unschedulable',
]);

/** The taints that follow from conditions and from `unschedulable`; those of others stay. */
function taintByCondition({client, sim}: ControllerContext, node: KubeObject): void {
	const present = (node['spec']?.taints ?? []) as Taint[];
	const wanted: Array<Pick<Taint, 'key' | 'effect'>> = [];
	for (const [type, key] of Object.entries(pressures))
		if (conditionOf(node, type)?.status === 'True') wanted.push({key, effect: 'NoSchedule'});
	const ready = conditionOf(node, 'Ready')?.status;
	if (ready !== 'True') {
		const key = ready === 'Unknown' ? 'node.kubernetes.io/unreachable' : 'node.kubernetes.io/not-ready';
		wanted.push({key, effect: 'NoSchedule'}, ...(ready === undefined ? [] : [{key, effect: 'NoExecute'} as const]));
	}

	if (node['spec']?.unschedulable) wanted.push({key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule'});
	const same = (a: Pick<Taint, 'key' | 'effect'>, b: Pick<Taint, 'key' | 'effect'>) => a.key === b.key && a.effect === b.effect;
	const kept = present.filter(taint => !ownKeys.has(taint.key) || wanted.some(other => same(taint, other)));
	const added = wanted.filter(taint => !present.some(other => same(taint, other)));
	if (added.length === 0 && kept.length === present.length) return;
	const timeAdded = rfc3339(sim.clock.now());
	const taints = [...kept, ...added.map(taint => ({...taint, timeAdded}))];
	client.patch('nodes', undefined, node.metadata.name, 'merge', {spec: {taints: taints.length > 0 ? taints : null}});
}

/** Pods of a lost node are not ready, so that services leave them out at once. */
function markPods({client, sim, event}: ControllerContext, node: KubeObject): void {
	for (const pod of client.indexed<KubeObject>('pods', 'node', node.metadata.name)) {
		if (!isReady(pod)) continue;
		const standing = conditionOf(pod, 'Ready')!;
		const conditions = withCondition(pod['status'].conditions, {type: 'Ready', status: 'False'}, sim.clock.now(), {
			lastProbeTime: standing['lastProbeTime'] ?? null,
		});
		client.updateStatus({...pod, status: {...pod['status'], conditions}});
		event(pod, 'Warning', 'NodeNotReady', 'Node is not ready');
	}
}
