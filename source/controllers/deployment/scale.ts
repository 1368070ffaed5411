import type {KubeObject} from '../../api/object.js';
import {
	allOf,
	desiredAnnotation,
	desiredOf,
	fenceposts,
	maxAnnotation,
	replicasOf,
	revisionOf,
	type Rollout,
	scaleTo,
	sum,
} from './rollout.js';

/** Somebody changed `spec.replicas`: that is no rollout, the sets only grow or shrink. */
export const isScalingEvent = (rollout: Rollout): boolean =>
	allOf(rollout).some(set => {
		const noted = set.metadata.annotations?.[desiredAnnotation];
		return replicasOf(set) > 0 && noted !== undefined && Number(noted) !== desiredOf(rollout.deployment);
	});

/** Brings the sets to the new total, in proportion while a rollout is under way. Models pkg/controller/deployment/sync.go scale. */
export function scale(rollout: Rollout): void {
	const {deployment, current, old} = rollout;
	const active = allOf(rollout).filter(set => replicasOf(set) > 0);
	const only = active.length === 0 ? (current ?? [...old].sort((a, b) => revisionOf(b) - revisionOf(a))[0]) : active[0];
	if (active.length <= 1) {
		if (only && replicasOf(only) !== desiredOf(deployment)) scaleTo(rollout, only, desiredOf(deployment));
		return;
	}

	if (current && isSaturated(deployment, current)) {
		for (const set of old) if (replicasOf(set) > 0) scaleTo(rollout, set, 0);
		return;
	}

	if (deployment['spec'].strategy?.type !== 'Recreate') spread(rollout, active);
}

const isSaturated = (deployment: KubeObject, set: KubeObject): boolean => {
	const desired = desiredOf(deployment);
	const noted = Number(set.metadata.annotations?.[desiredAnnotation]);
	return [noted, replicasOf(set), set['status']?.availableReplicas ?? 0].every(count => count === desired);
};

function spread(rollout: Rollout, active: readonly KubeObject[]): void {
	const {deployment} = rollout;
	const {surge} = fenceposts(deployment);
	const desired = desiredOf(deployment);
	const toAdd = (desired > 0 ? desired + surge : 0) - sum(active, replicasOf);
	// Largest first; of equals the newer grows first and the older shrinks first.
	const age = new Map(active.map((set, i) => [set, i]));
	const ordered = [...active].sort((a, b) => replicasOf(b) - replicasOf(a) || (age.get(b)! - age.get(a)!) * (toAdd > 0 ? 1 : -1));
	let added = 0;
	const sizes = ordered.map(set => {
		const share = toAdd === 0 ? 0 : proportion(deployment, set, toAdd, added, surge);
		added += share;
		return replicasOf(set) + share;
	});
	sizes[0] = Math.max(0, sizes[0]! + toAdd - added);
	for (const [i, set] of ordered.entries()) scaleTo(rollout, set, sizes[i]!);
}

function proportion(deployment: KubeObject, set: KubeObject, toAdd: number, added: number, surge: number): number {
	const size = replicasOf(set);
	if (size === 0 || toAdd === added) return 0;
	const noted = Number(set.metadata.annotations?.[maxAnnotation] ?? deployment['status']?.replicas ?? 0);
	const desired = desiredOf(deployment);
	const fraction = desired === 0 ? -size : Math.round((size * (desired + surge)) / (noted || size)) - size;
	return toAdd > 0 ? Math.min(fraction, toAdd - added) : Math.max(fraction, toAdd - added);
}
