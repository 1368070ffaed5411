import {keyOf, type KubeObject, splitKey} from '../../api/object.js';
import {equal} from '../../api/values/plain.js';
import type {Again, Controller, ControllerContext} from '../controller.js';
import {podsByNode} from '../pods/indexes.js';
import {isFinished} from '../pods/state.js';
import {type Taint, tolerates, type Toleration} from '../scheduler/node-selection.js';
import {withCondition} from '../status.js';

const taintsOf = (node: KubeObject | undefined): Taint[] =>
	((node?.['spec']?.taints ?? []) as Taint[]).filter(({effect}) => effect === 'NoExecute');

/** Removes pods from nodes with NoExecute taints, at once or when their toleration runs out. Models pkg/controller/tainteviction. */
const taintEviction: Controller = {
	name: 'taint-eviction-controller',
	indexes: [podsByNode],
	watches: [
		{
			resource: 'nodes',
			keys({type, object, old}, {client}) {
				if (type === 'DELETED' || equal(taintsOf(old), taintsOf(object))) return [];
				return client.indexed<KubeObject>('pods', 'node', object.metadata.name).map(keyOf);
			},
		},
		{
			resource: 'pods',
			keys({object, old}, {client}) {
				const {nodeName, tolerations} = object['spec'];
				if (!nodeName || (old?.['spec'].nodeName === nodeName && equal(old['spec'].tolerations, tolerations))) return [];
				return taintsOf(client.find('nodes', undefined, nodeName)).length > 0 ? [keyOf(object)] : [];
			},
		},
	],
	reconcile(key, context): Again | undefined {
		const {namespace, name} = splitKey(key);
		const {client, sim, event} = context;
		const pod = client.find<KubeObject>('pods', namespace, name);
		const taints = pod ? taintsOf(client.find('nodes', undefined, pod['spec'].nodeName ?? '')) : [];
		const since = sim.state.table<number>('controllers/taint-eviction');
		if (!pod || taints.length === 0 || isFinished(pod) || pod.metadata.deletionTimestamp) {
			if (pod && taints.length === 0 && since.has(key)) event(pod, 'Normal', 'TaintManagerEviction', `Cancelling deletion of Pod ${key}`);
			since.delete(key);
			return undefined;
		}

		const seconds = toleratedSeconds(pod, taints);
		if (seconds === Number.POSITIVE_INFINITY) return undefined;
		if (!since.has(key)) since.set(key, sim.clock.now());
		const left = since.get(key)! + seconds * 1000 - sim.clock.now();
		if (left > 0) return {againAfterMs: left, idle: true};
		evict(context, pod, key);
		since.delete(key);
		return undefined;
	},
};
export default taintEviction;

/** The shortest of the tolerations that apply; 0 when a taint is not tolerated at all. */
function toleratedSeconds(pod: KubeObject, taints: readonly Taint[]): number {
	const tolerations = (pod['spec'].tolerations ?? []) as Toleration[];
	let least = Number.POSITIVE_INFINITY;
	for (const taint of taints) {
		const applying = tolerations.filter(toleration => tolerates(toleration, taint));
		if (applying.length === 0) return 0;
		for (const {tolerationSeconds} of applying) {
			if (tolerationSeconds !== undefined) least = Math.min(least, Math.max(0, tolerationSeconds));
		}
	}

	return least;
}

function evict({client, sim, event}: ControllerContext, pod: KubeObject, key: string): void {
	event(pod, 'Normal', 'TaintManagerEviction', `Marking for deletion Pod ${key}`);
	const condition = {
		type: 'DisruptionTarget',
		status: 'True',
		reason: 'DeletionByTaintManager',
		message: 'Taint manager: deleting due to NoExecute taint',
	} as const;
	const conditions = withCondition(pod['status']?.conditions, condition, sim.clock.now(), {lastProbeTime: null});
	client.updateStatus({...pod, status: {...pod['status'], conditions}});
	client.delete('pods', pod.metadata.namespace, pod.metadata.name);
}
