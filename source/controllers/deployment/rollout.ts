import type {KubeObject} from '../../api/object.js';
import type {ControllerContext} from '../controller.js';
import {intOrPercent} from '../int-or-percent.js';

export const revisionAnnotation = 'deployment.kubernetes.io/revision';
export const historyAnnotation = 'deployment.kubernetes.io/revision-history';
export const desiredAnnotation = 'deployment.kubernetes.io/desired-replicas';
export const maxAnnotation = 'deployment.kubernetes.io/max-replicas';

/** One look at a Deployment and its ReplicaSets, oldest first. */
export interface Rollout {
	readonly context: ControllerContext;
	/** As it is stored. */
	readonly stored: KubeObject;
	/** With the conditions and the revision that this look brings; written once, at its end. */
	deployment: KubeObject;
	/** The ReplicaSet of the present template. */
	current: KubeObject | undefined;
	readonly old: KubeObject[];
}

export const replicasOf = (replicaSet: KubeObject | undefined): number => replicaSet?.['spec'].replicas ?? 0;
export const desiredOf = (deployment: KubeObject): number => deployment['spec'].replicas ?? 1;
export const allOf = ({current, old}: Rollout): KubeObject[] => (current ? [...old, current] : old);
export const revisionOf = (object: KubeObject): number => Number(object.metadata.annotations?.[revisionAnnotation] ?? 0);
export const sum = (sets: readonly KubeObject[], count: (set: KubeObject) => number | undefined): number =>
	sets.reduce((total, set) => total + (count(set) ?? 0), 0);

/** Surge rounds up, unavailability down; never both zero (pkg/controller/deployment/util ResolveFenceposts). */
export function fenceposts(deployment: KubeObject): {surge: number; unavailable: number} {
	const {strategy = {}} = deployment['spec'];
	if (strategy.type === 'Recreate') return {surge: 0, unavailable: 0};
	const desired = desiredOf(deployment);
	const surge = intOrPercent(strategy.rollingUpdate?.maxSurge, desired, 'up');
	const unavailable = intOrPercent(strategy.rollingUpdate?.maxUnavailable, desired, 'down');
	return {surge, unavailable: surge === 0 && unavailable === 0 ? 1 : Math.min(unavailable, desired)};
}

/** How large the new ReplicaSet may be now. */
export function nextSizeOfNew(deployment: KubeObject, sets: readonly KubeObject[], present: number): number {
	if (deployment['spec'].strategy?.type === 'Recreate') return desiredOf(deployment);
	const room = desiredOf(deployment) + fenceposts(deployment).surge - sum(sets, replicasOf);
	return room <= 0 ? present : present + Math.min(room, desiredOf(deployment) - present);
}

/** Sets the size and the annotations that record it; says so when the size changed. */
export function scaleTo({context, deployment}: Rollout, set: KubeObject, size: number): boolean {
	const wanted = sizeAnnotations(deployment);
	const annotated = Object.entries(wanted).every(([key, value]) => set.metadata.annotations?.[key] === value);
	const before = replicasOf(set);
	if (before === size && annotated) return false;
	context.client.update({
		...set,
		metadata: {...set.metadata, annotations: {...set.metadata.annotations, ...wanted}},
		spec: {...set['spec'], replicas: size},
	});
	if (before === size) return false;
	const direction = size > before ? 'up' : 'down';
	context.event(
		deployment,
		'Normal',
		'ScalingReplicaSet',
		`Scaled ${direction} replica set ${set.metadata.name} from ${before} to ${size}`,
	);
	return true;
}

export const sizeAnnotations = (deployment: KubeObject): Record<string, string> => ({
	[desiredAnnotation]: String(desiredOf(deployment)),
	[maxAnnotation]: String(desiredOf(deployment) + fenceposts(deployment).surge),
});
