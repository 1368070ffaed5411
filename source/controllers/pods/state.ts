import type {KubeObject} from '../../api/object.js';
import {timeOf, type Condition} from '../status.js';

export const conditionOf = (object: KubeObject, type: string): Condition | undefined =>
	(object['status']?.conditions as Condition[] | undefined)?.find(condition => condition.type === type);

export const isReady = (pod: KubeObject): boolean => conditionOf(pod, 'Ready')?.status === 'True';

export const isFinished = (pod: KubeObject): boolean => pod['status']?.phase === 'Succeeded' || pod['status']?.phase === 'Failed';

/** Counts towards what a controller wants: neither finished nor on its way out (pkg/controller IsPodActive). */
export const isActive = (pod: KubeObject): boolean => !isFinished(pod) && !pod.metadata.deletionTimestamp;

/** Ready for at least `minReadySeconds`. */
export function isAvailable(pod: KubeObject, minReadySeconds: number, nowMs: number): boolean {
	const ready = conditionOf(pod, 'Ready');
	if (ready?.status !== 'True') return false;
	return minReadySeconds === 0 || nowMs >= (timeOf(ready.lastTransitionTime) ?? 0) + minReadySeconds * 1000;
}

export const restartsOf = (pod: KubeObject): number =>
	(pod['status']?.containerStatuses ?? []).reduce((sum: number, status: {restartCount?: number}) => sum + (status.restartCount ?? 0), 0);
