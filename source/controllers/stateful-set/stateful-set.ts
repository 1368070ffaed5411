import {keyOf, type KubeObject, splitKey} from '../../api/object.js';
import {equal} from '../../api/values/plain.js';
import type {Again, Controller, ControllerContext} from '../controller.js';
import {
	currentRevision,
	dropOldRevisions,
	plainHashLabel,
	revisionHashLabel,
	revisionResource,
	revisionsByController,
	revisionsOf,
} from '../history/revisions.js';
import {claim, ownerKeys} from '../pods/claim.js';
import {podsByController} from '../pods/indexes.js';
import {isAvailable, isReady} from '../pods/state.js';
import {selects} from '../selector.js';
import {withoutZeros} from '../status.js';
import {advance} from './order.js';
import {ordinalOf} from './stateful-pod.js';

const resource = 'statefulsets.apps';

/** Pods with names and volumes of their own, one after the other. Models pkg/controller/statefulset. */
const statefulSet: Controller = {
	name: 'statefulset-controller',
	indexes: [podsByController, revisionsByController],
	watches: [
		{resource, keys: ({object}) => [keyOf(object)]},
		{
			resource: 'pods',
			keys: ({object, old}) => [...new Set([...ownerKeys(object, 'StatefulSet'), ...(old ? ownerKeys(old, 'StatefulSet') : [])])],
		},
		{resource: revisionResource, keys: ({type, object}) => (type === 'ADDED' ? [] : ownerKeys(object, 'StatefulSet'))},
	],
	reconcile(key, context) {
		const {namespace, name} = splitKey(key);
		const set = context.client.find<KubeObject>(resource, namespace, name);
		if (!set || set.metadata.deletionTimestamp) return undefined;
		const revisions = revisionsOf(context, set);
		const update = currentRevision(context, set, revisions, plainHashLabel);
		const current = revisions.find(revision => revision.metadata.name === set['status']?.currentRevision) ?? update;
		let failure: unknown;
		try {
			advance({context, set, current, update, pods: podsOf(context, set)});
		} catch (error) {
			failure = error;
		}

		const pods = podsOf(context, set);
		const again = writeStatus(context, set, current, update, pods);
		const inUse = [current.metadata.name, update.metadata.name, ...pods.map(pod => pod.metadata.labels?.[revisionHashLabel] ?? '')];
		dropOldRevisions(context, set, revisionsOf(context, set), new Set(inUse));
		if (failure) throw failure;
		return again;
	},
};
export default statefulSet;

const podsOf = ({client}: ControllerContext, set: KubeObject): KubeObject[] =>
	claim(client, 'pods', set, pod => selects(set['spec'].selector, pod.metadata.labels) && ordinalOf(set, pod) !== undefined);

function writeStatus(
	{client, sim}: ControllerContext,
	set: KubeObject,
	current: KubeObject,
	update: KubeObject,
	pods: readonly KubeObject[],
): Again | undefined {
	const minReadySeconds = set['spec'].minReadySeconds ?? 0;
	const alive = pods.filter(pod => !pod.metadata.deletionTimestamp);
	const running = pods.filter(pod => pod['status']?.phase === 'Running' && isReady(pod));
	const available = running.filter(pod => isAvailable(pod, minReadySeconds, sim.clock.now())).length;
	const ofRevision = ({metadata}: KubeObject) => alive.filter(pod => pod.metadata.labels?.[revisionHashLabel] === metadata.name).length;
	const updated = ofRevision(update);
	const rolling = set['spec'].updateStrategy?.type === 'RollingUpdate';
	const size = set['spec'].replicas ?? 1;
	const complete = rolling && [updated, running.length, pods.length].every(count => count === size);
	const status = {
		replicas: pods.length,
		availableReplicas: available,
		...withoutZeros({
			readyReplicas: running.length,
			currentReplicas: complete ? updated : ofRevision(current),
			updatedReplicas: updated,
			observedGeneration: set.metadata.generation,
		}),
		collisionCount: set['status']?.collisionCount ?? 0,
		currentRevision: (complete ? update : current).metadata.name,
		updateRevision: update.metadata.name,
	};
	if (!equal(status, set['status'])) {
		const fresh = client.find<KubeObject>(resource, set.metadata.namespace, set.metadata.name);
		if (fresh) client.updateStatus({...fresh, status});
	}

	return available < running.length ? {againAfterMs: minReadySeconds * 1000} : undefined;
}
