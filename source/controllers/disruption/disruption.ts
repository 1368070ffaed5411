import {groupResource} from '../../api/kind.js';
import {controllerOf, keyOf, type KubeObject, splitKey} from '../../api/object.js';
import {equal} from '../../api/values/plain.js';
import type {Controller, ControllerContext} from '../controller.js';
import {intOrPercent} from '../int-or-percent.js';
import {isActive, isReady} from '../pods/state.js';
import {selects} from '../selector.js';
import {withCondition} from '../status.js';

const resource = 'poddisruptionbudgets.policy';

/** Counts how many pods of a budget may go now; the eviction subresource reads it. Models pkg/controller/disruption. */
const disruption: Controller = {
	name: 'disruption-controller',
	component: 'controllermanager',
	watches: [
		{resource, keys: ({object}) => [keyOf(object)]},
		{
			resource: 'pods',
			keys: ({object, old}, {client}) =>
				client
					.list<KubeObject>(resource, {namespace: object.metadata.namespace!})
					.filter(budget => [object, old].some(pod => pod && selects(budget['spec'].selector, pod.metadata.labels)))
					.map(keyOf),
		},
	],
	reconcile(key, context) {
		const {namespace, name} = splitKey(key);
		const budget = context.client.find<KubeObject>(resource, namespace, name);
		if (!budget) return undefined;
		const pods = context.client
			.list<KubeObject>('pods', {namespace: namespace!})
			.filter(pod => selects(budget['spec'].selector, pod.metadata.labels));
		if (pods.length === 0) context.event(budget, 'Normal', 'NoPods', 'No matching pods found');
		writeStatus(context, budget, pods);
		return undefined;
	},
};
export default disruption;

function writeStatus(context: ControllerContext, budget: KubeObject, pods: readonly KubeObject[]): void {
	const {expected, desired} = expectation(context, budget, pods);
	const disrupted = budget['status']?.disruptedPods ?? {};
	const healthy = pods.filter(pod => isActive(pod) && isReady(pod) && !Object.hasOwn(disrupted, pod.metadata.name)).length;
	const allowed = expected > 0 ? Math.max(0, healthy - desired) : 0;
	const condition = {
		type: 'DisruptionAllowed',
		status: allowed > 0 ? 'True' : 'False',
		reason: allowed > 0 ? 'SufficientPods' : 'InsufficientPods',
		message: '',
	} as const;
	const observed = {observedGeneration: budget.metadata.generation ?? 1};
	const still = Object.fromEntries(
		Object.entries(disrupted).filter(([name]) => pods.some(pod => pod.metadata.name === name && isActive(pod))),
	);
	const status = {
		conditions: withCondition(budget['status']?.conditions, condition, context.sim.clock.now(), observed),
		currentHealthy: healthy,
		desiredHealthy: desired,
		...(Object.keys(still).length > 0 && {disruptedPods: still}),
		disruptionsAllowed: allowed,
		expectedPods: expected,
		...observed,
	};
	if (!equal(status, budget['status'])) context.client.updateStatus({...budget, status});
}

/** A plain `minAvailable` counts pods; percentages and `maxUnavailable` count what their controllers want. */
function expectation(context: ControllerContext, budget: KubeObject, pods: readonly KubeObject[]): {expected: number; desired: number} {
	const {minAvailable, maxUnavailable} = budget['spec'];
	if (maxUnavailable !== undefined) {
		const expected = wantedByControllers(context, pods);
		return {expected, desired: Math.max(0, expected - intOrPercent(maxUnavailable, expected, 'up'))};
	}

	if (typeof minAvailable === 'number') return {expected: pods.length, desired: minAvailable};
	const expected = wantedByControllers(context, pods);
	return {expected, desired: intOrPercent(minAvailable ?? 1, expected, 'up')};
}

function wantedByControllers({client, api}: ControllerContext, pods: readonly KubeObject[]): number {
	const owners = new Map<string, number>();
	let loose = 0;
	for (const pod of pods) {
		const reference = controllerOf(pod);
		const kind = reference && api.kindOf(reference.apiVersion, reference.kind);
		const owner = reference && kind && client.find<KubeObject>(groupResource(kind), pod.metadata.namespace, reference.name);
		if (owner) owners.set(owner.metadata.uid!, owner['spec']?.replicas ?? owner['status']?.desiredNumberScheduled ?? 0);
		else loose++;
	}

	return [...owners.values()].reduce((sum, replicas) => sum + replicas, loose);
}
