import {rfc3339Micro} from '../../api/values/time.js';
import type {GatewayContext} from './memory.js';
import {type Custom, resources} from './resources.js';

const leaseSeconds = 15;
export const retryMs = 2000;

/** Whether this replica may write statuses: client-go's election by a Lease. */
export function elect(context: GatewayContext): boolean {
	const {client, memory, machine} = context;
	const {pod, leaseName} = memory;
	const now = machine.sim.clock.now();
	const renewTime = rfc3339Micro(now);
	const mine = {holderIdentity: pod.name, leaseDurationSeconds: leaseSeconds, renewTime};
	const lease = client!.find<Custom>(resources.leases, pod.namespace, leaseName);
	if (!lease) {
		client!.create<any>({
			apiVersion: 'coordination.k8s.io/v1',
			kind: 'Lease',
			metadata: {name: leaseName, namespace: pod.namespace},
			spec: {...mine, acquireTime: renewTime, leaseTransitions: 0},
		});
		return true;
	}

	const {spec} = lease;
	const held = spec.holderIdentity && Date.parse(spec.renewTime) + leaseSeconds * 1000 > now;
	if (held && spec.holderIdentity !== pod.name) return false;
	const taken = spec.holderIdentity === pod.name ? {} : {acquireTime: renewTime, leaseTransitions: (spec.leaseTransitions ?? 0) + 1};
	client!.update<any>({...lease, spec: {...spec, ...mine, ...taken}});
	return true;
}
