import {groupResource} from '../../api/kind.js';
import {keyOf, type KubeObject, splitKey} from '../../api/object.js';
import {equal} from '../../api/values/plain.js';
import {rfc3339} from '../../api/values/time.js';
import type {Again, Controller, ControllerContext} from '../controller.js';
import {isActive} from '../pods/state.js';
import {selects} from '../selector.js';
import {withCondition} from '../status.js';
import {evaluate, type Proposal} from './metrics.js';
import {noteChange} from './rate.js';
import {stabilise} from './stabilise.js';

const resource = 'horizontalpodautoscalers.autoscaling';
const syncMs = 15_000;

/** Sets the size of a workload by what its pods use. Models pkg/controller/podautoscaler. */
const horizontalPodAutoscaler: Controller = {
	name: 'horizontal-pod-autoscaler',
	watches: [
		{
			// Rate limited: the first look comes one period after the object (NewDefaultHPARateLimiter).
			resource,
			delayMs: syncMs,
			keys: ({type, object, old}) => (type === 'DELETED' || (old && equal(old['spec'], object['spec'])) ? [] : [keyOf(object)]),
		},
	],
	reconcile(key, context): Again | undefined {
		const {namespace, name} = splitKey(key);
		const autoscaler = context.client.find<KubeObject>(resource, namespace, name);
		if (!autoscaler) return undefined;
		sync(context, autoscaler);
		return {againAfterMs: syncMs};
	},
};
export default horizontalPodAutoscaler;

interface Verdict {
	readonly desired: number;
	readonly current: number;
	/** Why the size changes. */
	readonly reason?: string;
	readonly conditions: Array<readonly [type: string, status: 'True' | 'False', reason: string, message: string]>;
	readonly currentMetrics?: unknown;
}

function sync(context: ControllerContext, autoscaler: KubeObject): void {
	const {client, sim, api, event} = context;
	const {apiVersion, kind: kindName, name} = autoscaler['spec'].scaleTargetRef;
	const {namespace} = autoscaler.metadata;
	const kind = api.kindOf(apiVersion, kindName);
	const target = kind && client.find<KubeObject>(groupResource(kind), namespace, name);
	if (!kind || !target) {
		const text = `the HPA controller was unable to get the target's current scale: ${kind ? `${groupResource(kind)} ${JSON.stringify(name)} not found` : 'no matches for kind'}`;
		event(autoscaler, 'Warning', 'FailedGetScale', text.replace(/^.*scale: /, ''));
		write(context, autoscaler, {desired: 0, current: 0, conditions: [['AbleToScale', 'False', 'FailedGetScale', text]]});
		return;
	}

	const verdict = decide(context, autoscaler, target);
	if (verdict.desired !== verdict.current && verdict.desired > 0) {
		client.patch(groupResource(kind), namespace, name, 'merge', {spec: {replicas: verdict.desired}});
		noteChange(context, autoscaler, verdict.desired - verdict.current);
		event(autoscaler, 'Normal', 'SuccessfulRescale', `New size: ${verdict.desired}; reason: ${verdict.reason}`);
	}

	write(context, autoscaler, verdict, verdict.desired !== verdict.current ? rfc3339(sim.clock.now()) : undefined);
}

function decide(context: ControllerContext, autoscaler: KubeObject, target: KubeObject): Verdict {
	const {minReplicas = 1, maxReplicas} = autoscaler['spec'];
	const current = target['spec'].replicas ?? 1;
	const able = ['AbleToScale', 'True', 'SucceededGetScale', "the HPA controller was able to get the target's current scale"] as const;
	if (current === 0 && minReplicas !== 0) {
		return {
			desired: 0,
			current,
			conditions: [
				able,
				['ScalingActive', 'False', 'ScalingDisabled', 'scaling is disabled since the replica count of the target is zero'],
			],
		};
	}

	if (current > maxReplicas) return outside(maxReplicas, current, 'Current number of replicas above Spec.MaxReplicas');
	if (current < minReplicas) return outside(minReplicas, current, 'Current number of replicas below Spec.MinReplicas');
	const pods = context.client
		.list<KubeObject>('pods', {namespace: autoscaler.metadata.namespace!})
		.filter(pod => selects(target['spec'].selector, pod.metadata.labels) && isActive(pod));
	const proposal = evaluate(context, autoscaler, pods, current);
	if (proposal.error) return failed(context, autoscaler, current, able, proposal);
	const {wanted, conditions} = stabilise(context, autoscaler, current, proposal.replicas);
	const [calm, limited] = conditions;
	const rescaled = [
		'AbleToScale',
		'True',
		'SucceededRescale',
		`the HPA controller was able to update the target scale to ${wanted}`,
	] as const;
	return {
		desired: wanted,
		current,
		reason: proposal.replicas > current ? `${proposal.metric} above target` : 'All metrics below target',
		conditions: [
			wanted === current ? calm! : rescaled,
			['ScalingActive', 'True', 'ValidMetricFound', `the HPA was able to successfully calculate a replica count from ${proposal.metric}`],
			limited!,
		],
		currentMetrics: proposal.currentMetrics,
	};
}

const outside = (desired: number, current: number, reason: string): Verdict => ({
	desired,
	current,
	reason,
	conditions: [['AbleToScale', 'True', 'SucceededRescale', `the HPA controller was able to update the target scale to ${desired}`]],
});

function failed(
	{event}: ControllerContext,
	autoscaler: KubeObject,
	current: number,
	able: Verdict['conditions'][number],
	{error, reason}: Proposal,
): Verdict {
	event(autoscaler, 'Warning', reason!, error!.short);
	event(autoscaler, 'Warning', 'FailedComputeMetricsReplicas', error!.long);
	const text = `the HPA was unable to compute the replica count: ${error!.short}`;
	return {desired: current, current, conditions: [able, ['ScalingActive', 'False', reason!, text]]};
}

function write({client, sim}: ControllerContext, autoscaler: KubeObject, verdict: Verdict, lastScaleTime?: string): void {
	let conditions = autoscaler['status']?.conditions;
	for (const [type, status, reason, message] of verdict.conditions) {
		conditions = withCondition(conditions, {type, status, reason, message}, sim.clock.now());
	}

	const scaled = lastScaleTime ?? autoscaler['status']?.lastScaleTime;
	const status = {
		conditions,
		currentMetrics: verdict.currentMetrics ?? null,
		...(verdict.current > 0 && {currentReplicas: verdict.current}),
		desiredReplicas:
			verdict.desired === verdict.current && !verdict.currentMetrics ? (autoscaler['status']?.desiredReplicas ?? 0) : verdict.desired,
		...(scaled && {lastScaleTime: scaled}),
	};
	if (!equal(status, autoscaler['status'])) client.updateStatus({...autoscaler, status});
}
