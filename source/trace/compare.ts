import type {KubeObject} from '../api/object.js';
import type {World} from '../node/world.js';
import {traceRequest, type TraceRequest, TraceError} from './walk/request.js';
import type {Trace} from './trace.js';

/** Modes that a node's kube-proxy can be switched to. */
export const proxyModes: readonly string[] = ['iptables', 'ipvs'];

export interface Compared {
	readonly mode: string;
	readonly trace: Trace;
}

/** Who switches: the administrator of kubeadm's admin.conf. */
const administrator = {name: 'kubernetes-admin', groups: ['kubeadm:cluster-admins', 'system:masters', 'system:authenticated']};
const settleMaxMs = 120_000;

/** The same request in each mode, each in a world of its own that is thrown away afterwards. Lets virtual time pass in there. */
export function compareModes(world: World, request: TraceRequest, modes: readonly string[]): Compared[] {
	const before = world.sim.state.snapshot();
	try {
		return modes.map(mode => {
			world.sim.state.restore(before);
			switchMode(world, mode);
			return {mode, trace: traceRequest(world, request)};
		});
	} finally {
		world.sim.state.restore(before);
	}
}

/** What a learner does by hand: edit the ConfigMap, delete the pods, wait for the new ones. */
function switchMode(world: World, mode: string): void {
	const client = world.api.client(administrator, {fieldManager: 'kubectl-edit'});
	const map = client.find<KubeObject>('configmaps', 'kube-system', 'kube-proxy');
	const text: unknown = map?.['data']?.['config.conf'];
	if (!map || typeof text !== 'string') throw new TraceError('there is no ConfigMap kube-system/kube-proxy to switch the mode in');
	const switched = text.replace(/^mode:.*$/m, `mode: ${mode}`);
	if (switched !== text) client.update({...map, data: {...map['data'], 'config.conf': switched}});
	for (const pod of client.list<KubeObject>('pods', {namespace: 'kube-system', labelSelector: 'k8s-app=kube-proxy'}))
		client.delete('pods', 'kube-system', pod.metadata.name);
	settle(world);
}

function settle({sim: {clock}}: World): void {
	const endMs = clock.now() + settleMaxMs;
	for (;;) {
		const next = clock.next({periodic: false});
		if (next === undefined || next > endMs) return;
		clock.advance(next - clock.now());
	}
}
