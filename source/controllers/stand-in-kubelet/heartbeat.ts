import {keyOf, type KubeObject} from '../../api/object.js';
import {rfc3339, rfc3339Micro} from '../../api/values/time.js';
import type {Controller, ControllerContext} from '../controller.js';
import {conditionOf} from '../pods/state.js';
import {timeOf} from '../status.js';

const renewMs = 10_000;

/** Keeps the nodes Ready: a status once, then the lease every ten seconds. */
const standInHeartbeat: Controller = {
	name: 'stand-in-heartbeat',
	watches: [{resource: 'nodes', keys: ({type, object}) => (type === 'ADDED' ? [keyOf(object)] : [])}],
	reconcile(name, context) {
		const node = context.client.find<KubeObject>('nodes', undefined, name);
		if (!node) return undefined;
		if (conditionOf(node, 'Ready')?.status !== 'True') makeReady(context, node);
		dropNotReadyTaint(context, node);
		renewLease(context, node);
		return {againAfterMs: renewMs};
	},
};
export default standInHeartbeat;

const healthy: ReadonlyArray<[type: string, status: 'True' | 'False', reason: string, message: string]> = [
	['MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
	['DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
	['PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
	['Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'],
];

function makeReady({client, sim}: ControllerContext, node: KubeObject): void {
	const now = rfc3339(sim.clock.now());
	const conditions = healthy.map(([type, status, reason, message]) => ({
		type,
		status,
		lastHeartbeatTime: now,
		lastTransitionTime: now,
		reason,
		message,
	}));
	client.updateStatus({...node, status: {...node['status'], conditions}});
}

/** Every node begins with this taint; here no node-lifecycle controller takes it away. */
function dropNotReadyTaint({client}: ControllerContext, {metadata, spec}: KubeObject): void {
	const taints = (spec?.taints ?? []) as Array<{key: string}>;
	const left = taints.filter(({key}) => key !== 'node.kubernetes.io/not-ready');
	if (left.length === taints.length) return;
	client.patch('nodes', undefined, metadata.name, 'merge', {spec: {taints: left.length > 0 ? left : null}});
}

function renewLease({client, sim}: ControllerContext, {metadata}: KubeObject): void {
	const {name, uid} = metadata;
	const namespace = 'kube-node-lease';
	const renewTime = rfc3339Micro(sim.clock.now());
	const lease = client.find<KubeObject>('leases.coordination.k8s.io', namespace, name);
	if (lease) {
		if (sim.clock.now() < (timeOf(lease['spec'].renewTime) ?? 0) + renewMs) return;
		client.patch('leases.coordination.k8s.io', namespace, name, 'merge', {spec: {renewTime}});
	} else if (client.find('namespaces', undefined, namespace)) {
		const ownerReferences = [{apiVersion: 'v1', kind: 'Node', name, uid: uid!}];
		const spec = {holderIdentity: name, leaseDurationSeconds: 40, renewTime};
		client.create({apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: {name, namespace, ownerReferences}, spec});
	}
}
