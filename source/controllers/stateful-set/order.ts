import type {KubeObject} from '../../api/object.js';
import type {ControllerContext} from '../controller.js';
import {revisionHashLabel} from '../history/revisions.js';
import {isAvailable, isFinished, isReady} from '../pods/state.js';
import {createStatefulPod, deleteStatefulPod, firstOrdinal, ordinalOf, releaseClaims, statefulPod} from './stateful-pod.js';

export interface Move {
	readonly context: ControllerContext;
	readonly set: KubeObject;
	readonly current: KubeObject;
	readonly update: KubeObject;
	readonly pods: readonly KubeObject[];
}

/**
 * The next thing to do, or with `Parallel` all of them: fill gaps from the lowest ordinal, remove what is too many from the highest, then
 * replace outdated pods from the highest. Models pkg/controller/statefulset/stateful_set_control.go.
 */
export function advance(move: Move): void {
	const {set, pods} = move;
	const first = firstOrdinal(set);
	const size = set['spec'].replicas ?? 1;
	const ordered = set['spec'].podManagementPolicy !== 'Parallel';
	const byOrdinal = new Map(pods.map(pod => [ordinalOf(set, pod)!, pod]));
	for (let ordinal = first; ordinal < first + size; ordinal++) {
		if (!fill(move, ordinal, byOrdinal.get(ordinal)) && ordered) return;
	}

	const condemned = pods.filter(pod => !within(set, pod)).sort((a, b) => ordinalOf(set, b)! - ordinalOf(set, a)!);
	const unhealthy = pods.filter(pod => !isHealthy(move, pod)).sort((a, b) => ordinalOf(set, a)! - ordinalOf(set, b)!)[0];
	for (const pod of condemned) {
		if (pod.metadata.deletionTimestamp) {
			if (ordered) return;
			continue;
		}

		if (ordered && !isReady(pod) && pod !== unhealthy) return;
		releaseClaims(move.context, set, pod);
		deleteStatefulPod(move.context, set, pod);
		if (ordered) return;
	}

	if (set['spec'].updateStrategy?.type !== 'OnDelete') replaceOutdated(move, byOrdinal);
}

const within = (set: KubeObject, pod: KubeObject): boolean => {
	const ordinal = ordinalOf(set, pod)!;
	return ordinal >= firstOrdinal(set) && ordinal < firstOrdinal(set) + (set['spec'].replicas ?? 1);
};

/** True when the pod stands and is well, so that the next one may be looked at. */
function fill(move: Move, ordinal: number, pod: KubeObject | undefined): boolean {
	const {context, set} = move;
	if (!pod) {
		createStatefulPod(context, set, statefulPod(set, ordinal, revisionFor(move, ordinal)));
		return false;
	}

	if (isFinished(pod) && !pod.metadata.deletionTimestamp) {
		const {namespace, name} = set.metadata;
		const failed = pod['status'].phase === 'Failed';
		const text = `StatefulSet ${namespace}/${name} is recreating ${failed ? 'failed' : 'terminated'} Pod ${pod.metadata.name}`;
		context.event(set, failed ? 'Warning' : 'Normal', failed ? 'RecreatingFailedPod' : 'RecreatingTerminatedPod', text);
		deleteStatefulPod(context, set, pod);
		return false;
	}

	return isHealthy(move, pod);
}

const isHealthy = ({context, set}: Pick<Move, 'context' | 'set'>, pod: KubeObject): boolean =>
	pod['status']?.phase === 'Running' &&
	!pod.metadata.deletionTimestamp &&
	isAvailable(pod, set['spec'].minReadySeconds ?? 0, context.sim.clock.now());

/** Below the partition a pod that comes back gets the old template. */
function revisionFor({set, current, update}: Move, ordinal: number): KubeObject {
	const {updateStrategy} = set['spec'];
	if (updateStrategy?.type !== 'RollingUpdate') return set['status']?.currentReplicas ? current : update;
	return ordinal < firstOrdinal(set) + (updateStrategy.rollingUpdate?.partition ?? 0) ? current : update;
}

function replaceOutdated(move: Move, byOrdinal: ReadonlyMap<number, KubeObject>): void {
	const {context, set, update} = move;
	const rolling = set['spec'].updateStrategy?.rollingUpdate;
	if (rolling?.maxUnavailable !== undefined) context.sim.notes.notSimulated('StatefulSet spec.updateStrategy.rollingUpdate.maxUnavailable');
	const first = firstOrdinal(set);
	for (let ordinal = first + (set['spec'].replicas ?? 1) - 1; ordinal >= first + (rolling?.partition ?? 0); ordinal--) {
		const pod = byOrdinal.get(ordinal);
		if (!pod) return;
		if (pod.metadata.labels?.[revisionHashLabel] !== update.metadata.name && !pod.metadata.deletionTimestamp) {
			deleteStatefulPod(context, set, pod);
			return;
		}

		if (!isHealthy(move, pod)) return;
	}
}
