import {keyOf, type KubeObject} from '../../api/object.js';
import type {ControllerContext} from '../controller.js';
import {growthLimit, shrinkLimit} from './rate.js';

export type Condition = readonly [type: string, status: 'True' | 'False', reason: string, message: string];

interface Recommendation {
	readonly atMs: number;
	readonly replicas: number;
}

const downWindowSeconds = 300;

const able: Condition = ['AbleToScale', 'True', 'ReadyForNewScale', 'recommended size matches current size'];
const heldDown: Condition = [
	'AbleToScale',
	'True',
	'ScaleDownStabilized',
	'recent recommendations were higher than current one, applying the highest recent recommendation',
];
const heldUp: Condition = [
	'AbleToScale',
	'True',
	'ScaleUpStabilized',
	'recent recommendations were lower than current one, applying the lowest recent recommendation',
];

/** A size that does not flap, does not jump, and lies within the bounds. Models normalizeDesiredReplicas and -WithBehaviors. */
export function stabilise(
	context: ControllerContext,
	autoscaler: KubeObject,
	current: number,
	proposed: number,
): {wanted: number; conditions: readonly Condition[]} {
	const {wanted, condition} = calm(context, autoscaler, current, proposed);
	const {size, limited} = bounded(context, autoscaler, current, wanted);
	return {wanted: size, conditions: [condition, limited]};
}

/** Follows the lowest recommendation of the upward window, and the highest of the downward one. */
function calm({sim}: ControllerContext, autoscaler: KubeObject, current: number, proposed: number): {wanted: number; condition: Condition} {
	const {behavior} = autoscaler['spec'];
	const table = sim.state.table<readonly Recommendation[]>('controllers/autoscaling');
	const key = keyOf(autoscaler);
	const now = sim.clock.now();
	const upMs = (behavior?.scaleUp?.stabilizationWindowSeconds ?? 0) * 1000;
	const downMs = (behavior?.scaleDown?.stabilizationWindowSeconds ?? downWindowSeconds) * 1000;
	const recent = (table.get(key) ?? []).filter(({atMs}) => atMs > now - Math.max(upMs, downMs));
	table.set(key, [...recent, {atMs: now, replicas: proposed}]);
	const within = (windowMs: number) => recent.filter(({atMs}) => atMs > now - windowMs).map(({replicas}) => replicas);
	const lowest = Math.min(proposed, ...within(upMs));
	const highest = Math.max(proposed, ...within(downMs));
	// First as far up as the lowest, then no further down than the highest.
	const wanted = Math.min(Math.max(current, lowest), highest);
	if (wanted === proposed) return {wanted, condition: able};
	return {wanted, condition: proposed >= current ? heldUp : heldDown};
}

const limit = (reason: string, message: string): Condition => ['ScalingLimited', 'True', reason, message];
const free: Condition = ['ScalingLimited', 'False', 'DesiredWithinRange', 'the desired count is within the acceptable range'];
const tooFast = (way: 'in' | 'de') =>
	limit(way === 'in' ? 'ScaleUpLimit' : 'ScaleDownLimit', `the desired replica count is ${way}creasing faster than the maximum scale rate`);
const tooFew = limit('TooFewReplicas', 'the desired replica count is less than the minimum replica count');
const tooMany = limit('TooManyReplicas', 'the desired replica count is more than the maximum replica count');

function bounded(context: ControllerContext, autoscaler: KubeObject, current: number, wanted: number): {size: number; limited: Condition} {
	const {minReplicas = 1, maxReplicas} = autoscaler['spec'];
	if (wanted > current) {
		const fast = growthLimit(context, autoscaler, current);
		const most = Math.min(fast, maxReplicas);
		if (wanted > most) return {size: most, limited: fast < maxReplicas ? tooFast('in') : tooMany};
	} else if (wanted < current) {
		const fast = shrinkLimit(context, autoscaler, current);
		const least = Math.max(fast, minReplicas);
		if (wanted < least) return {size: least, limited: fast > minReplicas ? tooFast('de') : tooFew};
	}

	if (wanted < minReplicas) return {size: minReplicas, limited: tooFew};
	return wanted > maxReplicas ? {size: maxReplicas, limited: tooMany} : {size: wanted, limited: free};
}
