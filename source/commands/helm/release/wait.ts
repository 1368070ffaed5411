import type {KubeObject} from '../../../api/object.js';
import type {Steps} from '../../kubectl/resource/files.js';
import {helmError} from '../failure.js';
import type {Cluster} from './cluster.js';

const pollMs = 2000;
export const deadlineText = 'context deadline exceeded';

/** Until everything is ready (helm/pkg/kube/ready.go). */
export function* waitUntilReady(cluster: Cluster, objects: readonly KubeObject[], timeoutMs: number, withJobs: boolean): Steps<void> {
	const until = cluster.nowMs + timeoutMs;
	while (!objects.every(object => isReady(cluster, object, withJobs))) {
		if (cluster.nowMs + pollMs > until) throw helmError(deadlineText);
		yield {sleepMs: pollMs};
	}
}

/** Until a hook's Job or Pod has ended; others are done when they are made. */
export function* waitForEnd(cluster: Cluster, object: KubeObject, timeoutMs: number): Steps<void> {
	if (object.kind !== 'Job' && object.kind !== 'Pod') return;
	const until = cluster.nowMs + timeoutMs;
	for (;;) {
		const {status = {}} = (cluster.find(object) ?? {}) as {status?: any};
		const failed = (status.conditions ?? []).find((each: any) => each.type === 'Failed' && each.status === 'True');
		if (object.kind === 'Job' && failed) throw helmError(`job ${object.metadata.name} failed: ${failed.reason}`);
		if (object.kind === 'Pod' && status.phase === 'Failed') throw helmError(`pod ${object.metadata.name} failed`);
		if (status.phase === 'Succeeded' || (status.conditions ?? []).some((each: any) => each.type === 'Complete' && each.status === 'True'))
			return;
		if (cluster.nowMs + pollMs > until) throw helmError('timed out waiting for the condition');
		yield {sleepMs: pollMs};
	}
}

const isPodReady = (pod: any): boolean =>
	(pod?.status?.conditions ?? []).some((each: any) => each.type === 'Ready' && each.status === 'True');

/** A share of `total`, rounded as the field's rule says. */
const shareOf = (value: unknown, total: number, up: boolean): number =>
	typeof value === 'string' && value.endsWith('%')
		? (up ? Math.ceil : Math.floor)((Number.parseInt(value, 10) * total) / 100)
		: Number(value ?? 0);

/** Enough pods of the newest ReplicaSet are ready; those of older ones do not count. */
function deploymentReady(cluster: Cluster, {metadata, spec, status = {}}: any): boolean {
	const revision = 'deployment.kubernetes.io/revision';
	const newest: any = cluster
		.list('apps/v1', 'ReplicaSet', metadata.namespace)
		.find(
			each =>
				each.metadata.ownerReferences?.some(({uid}) => uid === metadata.uid) &&
				each.metadata.annotations?.[revision] === metadata.annotations?.[revision],
		);
	if (!newest || status.observedGeneration !== metadata.generation) return false;
	const {maxUnavailable = '25%', maxSurge = '25%'} = spec.strategy?.rollingUpdate ?? {};
	const rolling = spec.strategy?.type !== 'Recreate' && spec.replicas > 0;
	const unavailable = shareOf(maxUnavailable, spec.replicas, false);
	// Something has to move: where both come to nothing, one may be missing.
	const missing = unavailable === 0 && shareOf(maxSurge, spec.replicas, true) === 0 ? 1 : unavailable;
	return (newest.status?.readyReplicas ?? 0) >= spec.replicas - (rolling ? missing : 0);
}

function isReady(cluster: Cluster, wanted: KubeObject, withJobs: boolean): boolean {
	const object = cluster.find(wanted) as any;
	if (!object) return false;
	const {spec = {}, status = {}} = object;
	switch (wanted.kind) {
		case 'Pod':
			return isPodReady(object);
		case 'Job':
			return !withJobs || (status.succeeded ?? 0) >= (spec.completions ?? 1);
		case 'Deployment':
			return spec.paused || deploymentReady(cluster, object);
		case 'DaemonSet': {
			const desired = status.desiredNumberScheduled ?? 0;
			const unavailable = shareOf(spec.updateStrategy?.rollingUpdate?.maxUnavailable ?? 1, desired, true);
			return (
				status.observedGeneration === object.metadata.generation &&
				(status.updatedNumberScheduled ?? 0) === desired &&
				(status.numberReady ?? 0) >= desired - unavailable
			);
		}

		case 'StatefulSet':
			return (status.readyReplicas ?? 0) >= (spec.replicas ?? 1) && (status.updatedReplicas ?? 0) >= (spec.replicas ?? 1);
		case 'ReplicaSet':
		case 'ReplicationController':
			return (status.readyReplicas ?? 0) >= (spec.replicas ?? 1);
		case 'PersistentVolumeClaim':
			return status.phase === 'Bound';
		case 'Service':
			if (spec.type === 'ExternalName') return true;
			if (spec.clusterIP === '') return false;
			return spec.type !== 'LoadBalancer' || (spec.externalIPs ?? []).length > 0 || (status.loadBalancer?.ingress ?? []).length > 0;
		case 'CustomResourceDefinition':
			return (status.conditions ?? []).some((each: any) => each.type === 'Established' && each.status === 'True');
		default:
			return true;
	}
}
