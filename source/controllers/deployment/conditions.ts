import type {KubeObject} from '../../api/object.js';
import {equal} from '../../api/values/plain.js';
import {rfc3339} from '../../api/values/time.js';
import {conditionOf} from '../pods/state.js';
import {timeOf, withoutZeros, type Condition} from '../status.js';
import {allOf, desiredOf, fenceposts, replicasOf, type Rollout, sum} from './rollout.js';

type Status = Condition['status'];

/** `spec.progressDeadlineSeconds` that means "never": the largest int32. */
const noDeadline = 2_147_483_647;
export const deadlineMs = (deployment: KubeObject): number | undefined => {
	const seconds = deployment['spec'].progressDeadlineSeconds;
	return seconds === undefined || seconds === noDeadline ? undefined : seconds * 1000;
};

/** Notes the condition Progressing, to be written with the status. */
export function setProgressing(rollout: Rollout, status: Status, reason: string, message: string): void {
	const {context, deployment} = rollout;
	if (deadlineMs(deployment) === undefined) return;
	const conditions = put(deployment['status']?.conditions, {type: 'Progressing', status, reason, message}, context.sim.clock.now());
	rollout.deployment = {...deployment, status: {...deployment['status'], conditions}};
}

/** One write for all that a look brought. */
export function writeStatus({context, deployment, stored}: Rollout, status: KubeObject['status']): void {
	if (equal(status, stored['status']) && deployment.metadata === stored.metadata) return;
	context.client.updateStatus({...deployment, status});
}

/** Kubernetes appends a condition that changed, and leaves one alone whose status and reason stand. */
export function put(
	conditions: readonly Condition[] = [],
	next: {type: string; status: Status; reason: string; message: string},
	nowMs: number,
): Condition[] {
	const standing = conditions.find(({type}) => type === next.type);
	if (standing?.status === next.status && standing.reason === next.reason) return [...conditions];
	const now = rfc3339(nowMs);
	const lastTransitionTime = standing?.status === next.status ? standing.lastTransitionTime! : now;
	return [...conditions.filter(condition => condition !== standing), {...next, lastUpdateTime: now, lastTransitionTime}];
}

/** Counts and availability. Models pkg/controller/deployment/sync.go calculateStatus. */
export function statusOf(rollout: Rollout): KubeObject['status'] {
	const {context, deployment, current} = rollout;
	const sets = allOf(rollout);
	const desired = desiredOf(deployment);
	const available = sum(sets, set => set['status']?.availableReplicas);
	const enough = available >= desired - fenceposts(deployment).unavailable;
	const conditions = put(
		deployment['status']?.conditions,
		enough
			? {type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable', message: 'Deployment has minimum availability.'}
			: {
					type: 'Available',
					status: 'False',
					reason: 'MinimumReplicasUnavailable',
					message: 'Deployment does not have minimum availability.',
				},
		context.sim.clock.now(),
	);
	return {
		...withoutZeros({
			observedGeneration: deployment.metadata.generation,
			replicas: sum(sets, set => set['status']?.replicas),
			updatedReplicas: current?.['status']?.replicas,
			readyReplicas: sum(sets, set => set['status']?.readyReplicas),
			availableReplicas: available,
			unavailableReplicas: Math.max(0, sum(sets, replicasOf) - available),
			collisionCount: deployment['status']?.collisionCount,
		}),
		conditions,
	};
}

export const isComplete = (deployment: KubeObject, status: KubeObject['status']): boolean => {
	const desired = desiredOf(deployment);
	return [status.updatedReplicas, status.replicas, status.availableReplicas].every(count => (count ?? 0) === desired);
};

/**
 * Whether the rollout is done, gets on, or is stuck. Returns when to look again: a stuck rollout tells nobody. Models
 * pkg/controller/deployment/progress.go syncRolloutStatus.
 */
export function syncRolloutStatus(rollout: Rollout): {againAfterMs: number} | undefined {
	const {context, deployment, current} = rollout;
	const now = context.sim.clock.now();
	const status = statusOf(rollout);
	const deadline = deadlineMs(deployment);
	let conditions: Condition[] = status.conditions;
	const standing = conditions.find(({type}) => type === 'Progressing');
	const doneBefore = (status.replicas ?? 0) === (status.updatedReplicas ?? 0) && standing?.reason === 'NewReplicaSetAvailable';
	if (deadline === undefined) conditions = conditions.filter(condition => condition !== standing);
	else if (!doneBefore) conditions = progress(rollout, status, conditions, standing, deadline);
	const failure = [current, ...rollout.old].map(set => set && conditionOf(set, 'ReplicaFailure')).find(Boolean);
	if (failure) {
		const {status: failed, reason = '', message = ''} = failure;
		conditions = put(conditions, {type: 'ReplicaFailure', status: failed, reason, message}, now);
	} else {
		conditions = conditions.filter(({type}) => type !== 'ReplicaFailure');
	}

	const next = {...status, conditions};
	writeStatus(rollout, next);
	return deadline === undefined ? undefined : stuckAgain(deployment, next, deadline, now);
}

function progress(
	{context, deployment, current}: Rollout,
	status: KubeObject['status'],
	conditions: Condition[],
	standing: Condition | undefined,
	deadline: number,
): Condition[] {
	const now = context.sim.clock.now();
	const what = current ? `ReplicaSet "${current.metadata.name}"` : `Deployment "${deployment.metadata.name}"`;
	const set = (value: Status, reason: string, text: string, from = conditions) =>
		put(from, {type: 'Progressing', status: value, reason, message: `${what} ${text}`}, now);
	if (isComplete(deployment, status)) return set('True', 'NewReplicaSetAvailable', 'has successfully progressed.');
	if (isProgressing(deployment['status'] ?? {}, status)) {
		const moved = set(
			'True',
			'ReplicaSetUpdated',
			'is progressing.',
			conditions.filter(condition => condition !== standing),
		);
		const kept = standing?.status === 'True' ? standing.lastTransitionTime! : rfc3339(now);
		return moved.map(condition => (condition.type === 'Progressing' ? {...condition, lastTransitionTime: kept} : condition));
	}

	if (!standing || standing.reason === 'NewReplicaSetAvailable') return conditions;
	const timedOut = standing.reason === 'ProgressDeadlineExceeded' || now > updatedMs(standing) + deadline;
	return timedOut ? set('False', 'ProgressDeadlineExceeded', 'has timed out progressing.') : conditions;
}

const updatedMs = (condition: Condition): number => timeOf(condition['lastUpdateTime'] as string) ?? 0;

function isProgressing(before: KubeObject['status'], after: KubeObject['status']): boolean {
	const count = (status: KubeObject['status'], field: string): number => status[field] ?? 0;
	const old = (status: KubeObject['status']) => count(status, 'replicas') - count(status, 'updatedReplicas');
	const grew = ['updatedReplicas', 'readyReplicas', 'availableReplicas'].some(field => count(after, field) > count(before, field));
	return grew || old(after) < old(before);
}

function stuckAgain(
	deployment: KubeObject,
	status: KubeObject['status'],
	deadline: number,
	now: number,
): {againAfterMs: number} | undefined {
	const standing = (status.conditions as Condition[]).find(({type}) => type === 'Progressing');
	const settled = !standing || isComplete(deployment, status) || standing.reason === 'ProgressDeadlineExceeded';
	if (settled || deployment['spec'].paused) return undefined;
	// A second later, because the written time has lost its fraction (progress.go requeueStuckDeployment).
	return {againAfterMs: Math.max(1001, updatedMs(standing) + deadline + 1000 - now)};
}
