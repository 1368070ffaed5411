import {keyOf, type KubeObject, splitKey} from '../../api/object.js';
import {isNotFound} from '../../api/status.js';
import type {Controller, ControllerContext} from '../controller.js';
import {podsByController, podsByLabel, podsByNode, servicesBySelector} from '../pods/indexes.js';
import {conditionOf} from '../pods/state.js';
import {withCondition} from '../status.js';
import {bind} from './bind.js';
import type {Cycle, Refusal} from './cycle.js';
import {filtersFor, refusalOf} from './filters.js';
import {createNodeInfos, type NodeInfo, type NodeInfos} from './node-info.js';
import {histogram, preempt, type Preemption} from './preemption.js';
import {requestsOf} from './requests.js';
import {best} from './scores.js';
import {claimsOf} from './volumes.js';
import {leftoverMs, park, retry, waiting} from './waiting.js';

export const schedulerName = 'default-scheduler';
const caches = new WeakMap<object, NodeInfos>();

/** Chooses nodes for pods. Models pkg/scheduler with its default profile. */
const scheduler: Controller = {
	name: schedulerName,
	eventStyle: 'series',
	indexes: [podsByNode, podsByController, podsByLabel, servicesBySelector],
	watches: [{resource: 'pods', keys: ({type, object}) => (type !== 'DELETED' && isOurs(object) ? [keyOf(object)] : [])}, ...waiting],
	start: ({api}) => void caches.set(api, createNodeInfos(api)),
	reconcile(key, context) {
		const {namespace, name} = splitKey(key);
		const pod = context.client.find<KubeObject>('pods', namespace, name);
		if (!pod || !isOurs(pod)) {
			park(context, key, undefined);
			return undefined;
		}

		if (pod['spec'].schedulingGates?.length) return undefined;
		return retry(context, key, pod) ?? schedule(context, key, pod);
	},
};
export default scheduler;

const isOurs = (pod: KubeObject): boolean =>
	!pod['spec'].nodeName && !pod.metadata.deletionTimestamp && (pod['spec'].schedulerName ?? schedulerName) === schedulerName;

function schedule(context: ControllerContext, key: string, pod: KubeObject): {againAfterMs: number} | undefined {
	const {client, api} = context;
	const infos = caches.get(api)!;
	const nodes = infos.list();
	const cycle: Cycle = {pod, requests: requestsOf(pod), nodes, infos, client, memo: new Map(), without: new Set()};
	const problem = nodes.length === 0 ? 'no nodes available to schedule pods' : claimsOf(client, pod).problem;
	if (problem) {
		const none = `0/${nodes.length} nodes are available: `;
		const unhelpful = `${nodes.length} Preemption is not helpful for scheduling.`;
		if (nodes.length === 0) return fail(context, key, pod, problem, {hopeless: false});
		return fail(context, key, pod, `${none}${problem}. preemption: ${none}${unhelpful}`, {hopeless: true});
	}

	const applying = filtersFor(cycle);
	const refusals = new Map<NodeInfo, Refusal>();
	const feasible = nodes.filter(info => {
		const refusal = refusalOf(cycle, info, applying);
		if (refusal) refusals.set(info, refusal);
		return !refusal;
	});
	if (feasible.length > 0) {
		const chosen = feasible.length === 1 ? feasible[0]! : choose(context, best(cycle, feasible));
		const again = bind(context, pod, chosen);
		if (again === undefined) park(context, key, undefined);
		return again;
	}

	const preemption = preempt(cycle, refusals, applying, nodes.length);
	const reasons = histogram([...refusals.values()].flatMap(({reasons: texts}) => texts));
	const text = `0/${nodes.length} nodes are available: ${reasons}.`;
	if (preemption.candidate) evict(context, pod, preemption.candidate);
	const hopeless = [...refusals.values()].every(refusal => refusal.hopeless);
	return fail(context, key, pod, preemption.message ? `${text} preemption: ${preemption.message}` : text, {hopeless, preemption});
}

/** Nodes that are equally good are drawn by lot. */
const choose = ({sim}: ControllerContext, nodes: readonly NodeInfo[]): NodeInfo =>
	nodes.length === 1 ? nodes[0]! : sim.random.fork('scheduler').pick(nodes);

function fail(
	context: ControllerContext,
	key: string,
	pod: KubeObject,
	message: string,
	{hopeless, preemption}: {readonly hopeless: boolean; readonly preemption?: Preemption},
): {againAfterMs: number} {
	const {client, sim, event} = context;
	park(context, key, pod, hopeless);
	event(pod, 'Warning', 'FailedScheduling', message, {action: 'Scheduling'});
	const standing = conditionOf(pod, 'PodScheduled');
	const nominated = preemption?.candidate?.node;
	const same = standing?.status === 'False' && standing.reason === 'Unschedulable' && standing.message === message;
	if (!same || (nominated && pod['status'].nominatedNodeName !== nominated)) {
		const failed = {type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message} as const;
		const conditions = withCondition(pod['status']?.conditions, failed, sim.clock.now(), {lastProbeTime: null});
		const status = {...pod['status'], conditions, ...(nominated && {nominatedNodeName: nominated})};
		client.updateStatus({...pod, status});
	}

	return {againAfterMs: leftoverMs};
}

function evict({client, event, sim}: ControllerContext, pod: KubeObject, {node, victims}: NonNullable<Preemption['candidate']>): void {
	for (const victim of victims) {
		if (victim.metadata.deletionTimestamp) continue;
		const {namespace, name} = victim.metadata;
		const condition = {
			type: 'DisruptionTarget',
			status: 'True',
			reason: 'PreemptionByScheduler',
			message: `${schedulerName}: preempting to accommodate a higher priority pod`,
		} as const;
		try {
			const conditions = withCondition(victim['status']?.conditions, condition, sim.clock.now(), {lastProbeTime: null});
			client.updateStatus({...victim, status: {...victim['status'], conditions}});
			client.delete('pods', namespace, name);
		} catch (error) {
			if (!isNotFound(error)) throw error;
		}

		event(victim, 'Normal', 'Preempted', `Preempted by pod ${pod.metadata.uid} on node ${node}`, {action: 'Preempting'});
	}
}
