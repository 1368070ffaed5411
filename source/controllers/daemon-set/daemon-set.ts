import {keyOf, type KubeObject, splitKey} from '../../api/object.js';
import {equal} from '../../api/values/plain.js';
import type {Again, Controller, ControllerContext} from '../controller.js';
import {
	currentRevision,
	dropOldRevisions,
	hashOfRevision,
	revisionHashLabel,
	revisionResource,
	revisionsByController,
	revisionsOf,
} from '../history/revisions.js';
import {claim, ownerKeys} from '../pods/claim.js';
import {createPod, deletePod, slowStart} from '../pods/create.js';
import {podsByController} from '../pods/indexes.js';
import {isFinished} from '../pods/state.js';
import {selects} from '../selector.js';
import {daemonPod, nodeOfDaemonPod, wants} from './daemon-pod.js';
import {outdatedToDelete} from './rolling-update.js';
import {daemonStatus} from './status.js';

const resource = 'daemonsets.apps';

/** One pod on every node that wants one. Models pkg/controller/daemon. */
const daemonSet: Controller = {
	name: 'daemon-set-controller',
	component: 'daemonset-controller',
	indexes: [podsByController, revisionsByController],
	watches: [
		{resource, keys: ({object}) => [keyOf(object)]},
		{
			resource: 'pods',
			keys: ({object, old}) => [...new Set([...ownerKeys(object, 'DaemonSet'), ...(old ? ownerKeys(old, 'DaemonSet') : [])])],
		},
		{resource: revisionResource, keys: ({type, object}) => (type === 'ADDED' ? [] : ownerKeys(object, 'DaemonSet'))},
		{
			resource: 'nodes',
			keys({object, old}, {api}) {
				const relevant = (node: KubeObject) => [node.metadata.labels, node['spec']];
				if (old && equal(relevant(old), relevant(object))) return [];
				return api.reader.list(resource).map(keyOf);
			},
		},
	],
	reconcile(key, context) {
		const {namespace, name} = splitKey(key);
		const set = context.client.find<KubeObject>(resource, namespace, name);
		if (!set) return undefined;
		const revisions = revisionsOf(context, set);
		if (set.metadata.deletionTimestamp) return undefined;
		const revision = currentRevision(context, set, revisions);
		const hash = hashOfRevision(revision);
		const error = manage(context, set, hash);
		if (!error) for (const pod of outdatedToDelete(context, set, hash, podsByNode(context, set))) deletePod(context, set, pod);
		const pods = podsByNode(context, set);
		const hashes = new Set([...pods.values()].flat().map(pod => pod.metadata.labels?.[revisionHashLabel] ?? ''));
		dropOldRevisions(context, set, revisions, hashes.add(hash));
		const again = writeStatus(context, set, hash, pods);
		if (error) throw error;
		return again;
	},
};
export default daemonSet;

/** The set's pods by the node they are on or meant for. */
function podsByNode({client}: ControllerContext, set: KubeObject): Map<string, KubeObject[]> {
	const pods = claim(client, 'pods', set, pod => selects(set['spec'].selector, pod.metadata.labels));
	const nodes = new Map<string, KubeObject[]>();
	for (const pod of pods) {
		const node = nodeOfDaemonPod(pod);
		if (node) nodes.set(node, [...(nodes.get(node) ?? []), pod]);
	}

	return nodes;
}

/** Creates what is missing and deletes what does not belong. Returns the first error of creating. */
function manage(context: ControllerContext, set: KubeObject, hash: string): unknown {
	const pods = podsByNode(context, set);
	const missing: KubeObject[] = [];
	for (const node of context.client.list<KubeObject>('nodes')) {
		const here = pods.get(node.metadata.name) ?? [];
		const {run, stay} = wants(set, node);
		for (const pod of here.filter(candidate => !candidate.metadata.deletionTimestamp)) {
			if (!stay) deletePod(context, set, pod);
			else if (isFinished(pod)) removeFailed(context, set, pod, node);
		}

		if (run && here.length === 0) missing.push(node);
		if (stay) dropDuplicates(context, set, here);
	}

	const queue = missing[Symbol.iterator]();
	return slowStart(missing.length, () => createPod(context, set, daemonPod(set, queue.next().value!.metadata.name, hash))).error;
}

function removeFailed(context: ControllerContext, set: KubeObject, pod: KubeObject, node: KubeObject): void {
	const {namespace, name} = pod.metadata;
	if (pod['status'].phase === 'Failed') {
		const text = `Found failed daemon pod ${namespace}/${name} on node ${node.metadata.name}, will try to kill it`;
		context.event(set, 'Warning', 'FailedDaemonPod', text);
	}

	deletePod(context, set, pod);
}

/** Of several pods of one template on one node the oldest stays; a surge may have one of each template. */
function dropDuplicates(context: ControllerContext, set: KubeObject, here: readonly KubeObject[]): void {
	const alive = here.filter(pod => !pod.metadata.deletionTimestamp && !isFinished(pod));
	const seen = new Set<string>();
	for (const pod of [...alive].sort((a, b) => (a.metadata.creationTimestamp! < b.metadata.creationTimestamp! ? -1 : 1))) {
		const hash = pod.metadata.labels?.[revisionHashLabel] ?? '';
		if (seen.has(hash)) deletePod(context, set, pod);
		seen.add(hash);
	}
}

function writeStatus(
	context: ControllerContext,
	set: KubeObject,
	hash: string,
	pods: ReadonlyMap<string, KubeObject[]>,
): Again | undefined {
	const {status, againAfterMs} = daemonStatus(context, set, hash, pods);
	if (!equal(status, set['status'])) context.client.updateStatus({...set, status});
	return againAfterMs === undefined ? undefined : {againAfterMs};
}
