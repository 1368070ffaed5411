import type {KubeObject} from '../../api/object.js';
import {rfc3339Micro} from '../../api/values/time.js';
import type {KubeletContext} from './context.js';
import {journal} from './journal.js';
import {nodeObject, nodeStatus} from './node-object.js';

const leaseMs = 10_000;
const heartbeatMs = 300_000;
const registerRetryMs = 1000;

/** Registers the node, then keeps its lease and its status alive. Models pkg/kubelet/kubelet_node_status.go. */
export function register(context: KubeletContext): void {
	const {sim, actor, client, node, api} = context;
	if (!context.reachable()) {
		sim.clock.reschedule(registerRetryMs, actor, 'register');
		return;
	}

	const about = {kind: 'Node', metadata: {name: node, uid: node}};
	const known = api.reader.find<KubeObject>('nodes', undefined, node);
	context.event(about, 'Normal', 'Starting', 'Starting kubelet.');
	if (known) report(context);
	else client.create(nodeObject(context, true));
	for (const word of ['HasSufficientMemory', 'HasNoDiskPressure', 'HasSufficientPID'])
		context.event(about, 'Normal', `Node${word}`, `Node ${node} status is now: Node${word}`);
	context.event(about, 'Normal', 'NodeAllocatableEnforced', 'Updated Node Allocatable limit across pods');
	if (!isReady(known)) context.event(about, 'Normal', 'NodeReady', `Node ${node} status is now: NodeReady`);
	renewLease(context);
	sim.clock.reschedule(heartbeatMs, actor, 'heartbeat', {periodic: true});
}

const isReady = (node: KubeObject | undefined): boolean =>
	node?.['status']?.conditions?.some((each: any) => each.type === 'Ready' && each.status === 'True') ?? false;

/** A full status: every five minutes, or when something about the node has changed. */
export function heartbeat(context: KubeletContext): void {
	const {sim, actor} = context;
	sim.clock.reschedule(heartbeatMs, actor, 'heartbeat', {periodic: true});
	if (context.reachable()) report(context);
}

function report(context: KubeletContext): void {
	const {api, client, node} = context;
	const known = api.reader.find<KubeObject>('nodes', undefined, node);
	if (!known) return;
	const {resourceVersion: _, ...metadata} = known.metadata;
	client.updateStatus({
		...known,
		metadata,
		status: {...known['status'], ...nodeStatus(context, known['status'], true)},
	});
}

/** Every ten seconds; the node controller counts on it. A node that was thought dead says at once that it lives. */
export function renewLease(context: KubeletContext): void {
	const {sim, actor, client, api, node} = context;
	sim.clock.reschedule(leaseMs, actor, 'lease', {periodic: true});
	if (!context.reachable()) return;
	const known = api.reader.find<KubeObject>('nodes', undefined, node);
	// Somebody deleted it: a kubelet registers its node when it starts, and only then.
	if (!known) {
		journal(
			context,
			'E',
			'kubelet_node_status.go:548',
			`"Error updating node status, will retry" err="error getting node \\"${node}\\": nodes \\"${node}\\" not found"`,
		);
		return;
	}

	if (!isReady(known)) {
		report(context);
		context.event({kind: 'Node', metadata: {name: node, uid: node}}, 'Normal', 'NodeReady', `Node ${node} status is now: NodeReady`);
	}

	const spec = {holderIdentity: node, leaseDurationSeconds: 40, renewTime: rfc3339Micro(sim.clock.now())};
	const lease = api.reader.find<KubeObject>('leases.coordination.k8s.io', 'kube-node-lease', node);
	if (lease) client.update({...lease, spec: {...lease['spec'], ...spec}});
	else {
		const ownerReferences = [{apiVersion: 'v1', kind: 'Node', name: node, uid: known.metadata.uid!}];
		client.create({
			apiVersion: 'coordination.k8s.io/v1',
			kind: 'Lease',
			metadata: {name: node, namespace: 'kube-node-lease', ownerReferences},
			spec,
		});
	}
}
