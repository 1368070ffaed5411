import type {KubeObject} from '../../api/object.js';
import {isFinished} from '../pods/state.js';
import {isComplete, statusOf} from './conditions.js';
import {syncRevision} from './new-replica-set.js';
import {allOf, desiredOf, fenceposts, nextSizeOfNew, replicasOf, revisionOf, type Rollout, scaleTo, sum} from './rollout.js';

/** One step of replacing old pods by new ones: either grow or shrink, then wait for what that brings. Models rolling.go. */
export function rollingUpdate(rollout: Rollout): void {
	syncRevision(rollout, true);
	if (grow(rollout) || shrink(rollout)) return;
	if (isComplete(rollout.deployment, statusOf(rollout))) cleanup(rollout);
}

function grow(rollout: Rollout): boolean {
	const {deployment, current} = rollout;
	if (!current || replicasOf(current) === desiredOf(deployment)) return false;
	const size =
		replicasOf(current) > desiredOf(deployment) ? desiredOf(deployment) : nextSizeOfNew(deployment, allOf(rollout), replicasOf(current));
	return scaleTo(rollout, current, size);
}

function shrink(rollout: Rollout): boolean {
	const {deployment, current, old} = rollout;
	if (sum(old, replicasOf) === 0) return false;
	const least = desiredOf(deployment) - fenceposts(deployment).unavailable;
	const notReady = replicasOf(current) - (current?.['status']?.availableReplicas ?? 0);
	const most = sum(allOf(rollout), replicasOf) - least - notReady;
	if (most <= 0) return false;
	// Pods that are not available go first: they cost nothing.
	const sizes = new Map(old.map(set => [set, replicasOf(set)]));
	let left = most;
	for (const set of old) {
		const unhealthy = Math.min(left, Math.max(0, replicasOf(set) - (set['status']?.availableReplicas ?? 0)));
		sizes.set(set, sizes.get(set)! - unhealthy);
		left -= unhealthy;
	}

	let spare = sum(allOf(rollout), set => set['status']?.availableReplicas) - least;
	for (const set of old) {
		const count = Math.max(0, Math.min(sizes.get(set)!, spare));
		sizes.set(set, sizes.get(set)! - count);
		spare -= count;
	}

	let changed = false;
	for (const [set, size] of sizes) if (size !== replicasOf(set)) changed = scaleTo(rollout, set, size) || changed;
	return changed;
}

/** All old pods go before the first new one comes. Models recreate.go. */
export function recreate(rollout: Rollout): void {
	syncRevision(rollout, false);
	let scaled = false;
	for (const set of rollout.old) if (replicasOf(set) > 0) scaled = scaleTo(rollout, set, 0) || scaled;
	if (scaled || rollout.old.some(set => hasPods(rollout, set))) return;
	syncRevision(rollout, true);
	if (rollout.current) scaleTo(rollout, rollout.current, desiredOf(rollout.deployment));
	if (isComplete(rollout.deployment, statusOf(rollout))) cleanup(rollout);
}

const hasPods = ({context}: Rollout, set: KubeObject): boolean =>
	context.client.indexed<KubeObject>('pods', 'controller', set.metadata.uid!).some(pod => !isFinished(pod));

/** Keeps `spec.revisionHistoryLimit` empty old sets to go back to. */
export function cleanup({context, deployment, old}: Rollout): void {
	const limit = deployment['spec'].revisionHistoryLimit;
	if (limit === undefined || limit === 2_147_483_647) return;
	const standing = old.filter(set => !set.metadata.deletionTimestamp).sort((a, b) => revisionOf(a) - revisionOf(b));
	for (const set of standing.slice(0, Math.max(0, standing.length - limit))) {
		const observed = (set.metadata.generation ?? 0) <= (set['status']?.observedGeneration ?? 0);
		const empty = replicasOf(set) === 0 && (set['status']?.replicas ?? 0) === 0;
		if (observed && empty) context.client.delete('replicasets.apps', set.metadata.namespace, set.metadata.name);
	}
}
