import type {KubeObject} from '../../api/object.js';
import type {ControllerContext} from '../controller.js';
import {revisionHashLabel} from '../history/revisions.js';
import {isAvailable, isReady} from '../pods/state.js';
import {withoutZeros} from '../status.js';
import {wants} from './daemon-pod.js';

export function daemonStatus(
	{client, sim}: ControllerContext,
	set: KubeObject,
	hash: string,
	pods: ReadonlyMap<string, readonly KubeObject[]>,
): {status: KubeObject['status']; againAfterMs?: number} {
	const minReadySeconds = set['spec'].minReadySeconds ?? 0;
	const now = sim.clock.now();
	const count = {desired: 0, scheduled: 0, misscheduled: 0, ready: 0, available: 0, updated: 0};
	for (const node of client.list<KubeObject>('nodes')) {
		const here = pods.get(node.metadata.name) ?? [];
		const {run} = wants(set, node);
		if (!run) {
			if (here.length > 0) count.misscheduled++;
			continue;
		}

		count.desired++;
		const [oldest] = [...here].sort((a, b) => (a.metadata.creationTimestamp! < b.metadata.creationTimestamp! ? -1 : 1));
		if (!oldest) continue;
		count.scheduled++;
		if (isReady(oldest)) count.ready++;
		if (isAvailable(oldest, minReadySeconds, now)) count.available++;
		if (oldest.metadata.labels?.[revisionHashLabel] === hash) count.updated++;
	}

	const status = {
		currentNumberScheduled: count.scheduled,
		numberMisscheduled: count.misscheduled,
		desiredNumberScheduled: count.desired,
		numberReady: count.ready,
		...withoutZeros({
			observedGeneration: set.metadata.generation,
			updatedNumberScheduled: count.updated,
			numberAvailable: count.available,
			numberUnavailable: count.desired - count.available,
			collisionCount: set['status']?.collisionCount,
		}),
	};
	return count.available < count.ready ? {status, againAfterMs: minReadySeconds * 1000} : {status};
}
