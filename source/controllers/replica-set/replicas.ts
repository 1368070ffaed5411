import {controllerOf, type KubeObject, splitKey} from '../../api/object.js';
import {equal} from '../../api/values/plain.js';
import {rfc3339} from '../../api/values/time.js';
import type {Again, Controller, ControllerContext} from '../controller.js';
import {claim, ownerKeys} from '../pods/claim.js';
import {createPod, deletePod, podFromTemplate, slowStart} from '../pods/create.js';
import {inDeletionOrder} from '../pods/deletion-order.js';
import {podsByController} from '../pods/indexes.js';
import {type Grant, takePace} from '../pods/pace.js';
import {isActive, isAvailable, isReady} from '../pods/state.js';
import {isSubset, selects} from '../selector.js';
import {withoutZeros, type Condition} from '../status.js';

export interface ReplicasOptions {
	readonly name: string;
	readonly component?: string;
	readonly resource: string;
	readonly kind: string;
	/** RC selectors are plain label sets. */
	matches(owner: KubeObject, labels: Record<string, string> | undefined): boolean;
}

export const matchesSelector: ReplicasOptions['matches'] = (owner, labels) => selects(owner['spec'].selector, labels);
export const matchesLabelSet: ReplicasOptions['matches'] = (owner, labels) => isSubset(owner['spec'].selector ?? {}, labels);

/** At most so many pods are created or deleted in one go. */
const burstReplicas = 500;

/** Keeps the number of pods that `spec.replicas` asks for: ReplicaSet and ReplicationController. Models pkg/controller/replicaset. */
export function replicasController({name, component, resource, kind, matches}: ReplicasOptions): Controller {
	return {
		name,
		...(component && {component}),
		indexes: [podsByController],
		watches: [
			{resource, keys: ({object}) => [`${object.metadata.namespace}/${object.metadata.name}`]},
			{
				resource: 'pods',
				keys({object, old}, {client}) {
					const owned = [...ownerKeys(object, kind), ...(old ? ownerKeys(old, kind) : [])];
					if (owned.length > 0 || controllerOf(object) || (old && !controllerOf(old) && equal(old.metadata.labels, object.metadata.labels)))
						return owned;
					return client
						.list<KubeObject>(resource, {namespace: object.metadata.namespace})
						.filter(owner => matches(owner, object.metadata.labels))
						.map(owner => `${owner.metadata.namespace}/${owner.metadata.name}`);
				},
			},
		],
		reconcile(key, context) {
			const {namespace, name: ownerName} = splitKey(key);
			const owner = context.client.find<KubeObject>(resource, namespace, ownerName);
			if (!owner) return undefined;
			const active = claim(context.client, 'pods', owner, pod => matches(owner, pod.metadata.labels)).filter(isActive);
			const missing = owner.metadata.deletionTimestamp ? 0 : (owner['spec'].replicas ?? 1) - active.length;
			const granted: Grant = missing > 0 ? takePace(context.sim, name, Math.min(missing, burstReplicas)) : {count: missing};
			const failure = adjust(context, owner, active, granted.count);
			// What was just created or deleted is counted when its event comes.
			const again = updateStatus(context, owner, active, failure);
			if (failure) throw failure.error;
			return sooner(again, granted);
		},
	};
}

interface Failure {
	readonly reason: 'FailedCreate' | 'FailedDelete';
	readonly error: unknown;
}

/** What the client still holds back is no unrest. */
function sooner(again: Again | undefined, {againAfterMs: rest}: Grant): Again | undefined {
	if (rest === undefined || (again && again.againAfterMs <= rest)) return again;
	return {againAfterMs: rest, idle: true};
}

function adjust(context: ControllerContext, owner: KubeObject, active: readonly KubeObject[], missing: number): Failure | undefined {
	if (missing > 0) {
		const {error} = slowStart(missing, () => createPod(context, owner, podFromTemplate(owner)));
		return error === undefined ? undefined : {reason: 'FailedCreate', error};
	}

	if (missing === 0) return undefined;
	const surplus = inDeletionOrder(active, neighbours(context, owner, active), context.sim.clock.now()).slice(
		0,
		Math.min(-missing, burstReplicas),
	);
	try {
		for (const pod of surplus) deletePod(context, owner, pod);
	} catch (error) {
		return {reason: 'FailedDelete', error};
	}

	return undefined;
}

/** Pods a node, counting those of all ReplicaSets of the same Deployment. */
function neighbours({client}: ControllerContext, owner: KubeObject, active: readonly KubeObject[]): Map<string, number> {
	const parent = owner.metadata.ownerReferences?.find(reference => reference.controller);
	const siblings = parent ? client.indexed<KubeObject>('replicasets.apps', 'controller', parent.uid) : [];
	const related = parent
		? siblings.flatMap(sibling => client.indexed<KubeObject>('pods', 'controller', sibling.metadata.uid!).filter(isActive))
		: active;
	const counts = new Map<string, number>();
	for (const pod of related) counts.set(pod['spec'].nodeName, (counts.get(pod['spec'].nodeName) ?? 0) + 1);
	return counts;
}

function updateStatus(
	{client, sim}: ControllerContext,
	owner: KubeObject,
	active: readonly KubeObject[],
	failure: Failure | undefined,
): {againAfterMs: number} | undefined {
	const now = sim.clock.now();
	const minReadySeconds = owner['spec'].minReadySeconds ?? 0;
	const labels = owner['spec'].template?.metadata?.labels ?? {};
	let [labeled, ready, available] = [0, 0, 0];
	for (const pod of active) {
		if (isSubset(labels, pod.metadata.labels)) labeled++;
		if (!isReady(pod)) continue;
		ready++;
		if (isAvailable(pod, minReadySeconds, now)) available++;
	}
	const conditions = failureCondition(owner, failure, now);
	const status = {
		replicas: active.length,
		...withoutZeros({
			fullyLabeledReplicas: labeled,
			readyReplicas: ready,
			availableReplicas: available,
			observedGeneration: owner.metadata.generation ?? 0,
		}),
		...(conditions.length > 0 && {conditions}),
	};
	if (!equal(status, owner['status'])) client.updateStatus({...owner, status});
	return minReadySeconds > 0 && available < ready ? {againAfterMs: 1000 * minReadySeconds} : undefined;
}

function failureCondition(owner: KubeObject, failure: Failure | undefined, now: number): Condition[] {
	const others = ((owner['status']?.conditions ?? []) as Condition[]).filter(condition => condition.type !== 'ReplicaFailure');
	if (!failure) return others;
	const standing = (owner['status']?.conditions as Condition[] | undefined)?.find(condition => condition.type === 'ReplicaFailure');
	if (standing?.reason === failure.reason) return [...others, standing];
	const message = (failure.error as Error).message;
	return [...others, {type: 'ReplicaFailure', status: 'True', lastTransitionTime: rfc3339(now), reason: failure.reason, message}];
}
