import type {KubeObject} from '../../api/object.js';
import {timeOf} from '../status.js';
import {conditionOf, isReady, restartsOf} from './state.js';

/**
 * Which pods go first when there are too many: pkg/controller ActivePodsWithRanks. `rank` is the number of the owner's relatives on the
 * pod's node; more neighbours go earlier.
 */
export function inDeletionOrder(pods: readonly KubeObject[], rank: ReadonlyMap<string, number>, nowMs: number): KubeObject[] {
	const keys: ReadonlyArray<(pod: KubeObject) => number> = [
		pod => (pod['spec'].nodeName ? 1 : 0),
		pod => phases[pod['status']?.phase as string] ?? 0,
		pod => (isReady(pod) ? 1 : 0),
		pod => Number(pod.metadata.annotations?.['controller.kubernetes.io/pod-deletion-cost'] ?? 0),
		pod => -(rank.get(pod['spec'].nodeName) ?? 0),
		pod => (isReady(pod) ? youngBucket(timeOf(conditionOf(pod, 'Ready')?.lastTransitionTime), nowMs) : 0),
		pod => -restartsOf(pod),
		pod => youngBucket(timeOf(pod.metadata.creationTimestamp), nowMs),
	];
	return [...pods].sort((a, b) => {
		for (const key of keys) {
			const difference = key(a) - key(b);
			if (difference) return difference;
		}

		return a.metadata.uid! < b.metadata.uid! ? -1 : 1;
	});
}

const phases: Record<string, number> = {Pending: 0, Unknown: 1, Running: 2};

/** Ages are compared by powers of two, so that which of two equally old pods goes does not depend on a second. */
const youngBucket = (sinceMs: number | undefined, nowMs: number): number => {
	const age = Math.floor((nowMs - (sinceMs ?? nowMs)) / 1000);
	return age <= 0 ? -1 : 31 - Math.clz32(age);
};
