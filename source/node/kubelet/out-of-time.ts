import {type KubeletContext, podEvent} from './context.js';
import type {PodRecord} from './record.js';

/** Past `activeDeadlineSeconds`. */
export const outOfTimeFailure = {
	reason: 'DeadlineExceeded',
	message: 'Pod was active on the node longer than the specified deadline',
} as const;

/** Whenever the kubelet makes the status of such a pod it says so: as it finds out, before and after it kills, and at the end. Models active_deadline.go. */
export function sayOutOfTime(context: KubeletContext, record: PodRecord): void {
	const {reason, message} = outOfTimeFailure;
	if (record.failed?.reason === reason) podEvent(context, record, 'Normal', reason, message);
}
