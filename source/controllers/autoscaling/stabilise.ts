import {keyOf, type KubeObject} from '../../api/object.js';
import type {ControllerContext} from '../controller.js';

type Condition = readonly [type: string, status: 'True' | 'False', reason: string, message: string];

interface Recommendation {
	readonly atMs: number;
	readonly replicas: number;
}

const downWindowMs = 300_000;

/**
 * Shrinking follows the largest recommendation of the last five minutes; growing may double, or add four pods, in one step. Models
 * podautoscaler stabilizeRecommendationWithBehaviors with the default behaviour.
 */
export function stabilise(
	{sim}: ControllerContext,
	autoscaler: KubeObject,
	current: number,
	proposed: number,
): {wanted: number; condition: Condition} {
	const {behavior} = autoscaler['spec'];
	const table = sim.state.table<readonly Recommendation[]>('controllers/autoscaling');
	const now = sim.clock.now();
	const windowMs =
		behavior?.scaleDown?.stabilizationWindowSeconds === undefined ? downWindowMs : behavior.scaleDown.stabilizationWindowSeconds * 1000;
	const recent = (table.get(keyOf(autoscaler)) ?? []).filter(({atMs}) => atMs > now - windowMs);
	table.set(keyOf(autoscaler), [...recent, {atMs: now, replicas: proposed}]);
	if (behavior?.scaleUp?.policies || behavior?.scaleDown?.policies) noteDefaults(sim, behavior);
	const ready: Condition = ['AbleToScale', 'True', 'ReadyForNewScale', 'recommended size matches current size'];
	if (proposed >= current) return {wanted: Math.min(proposed, Math.max(current * 2, current + 4)), condition: ready};
	const highest = Math.min(current, Math.max(proposed, ...recent.map(({replicas}) => replicas)));
	const held: Condition = [
		'AbleToScale',
		'True',
		'ScaleDownStabilized',
		'recent recommendations were higher than current one, applying the highest recent recommendation',
	];
	return {wanted: highest, condition: highest > proposed ? held : ready};
}

/** The API server fills the default policies in; others are not followed. */
function noteDefaults(sim: ControllerContext['sim'], behavior: any): void {
	const {policies: up = []} = behavior.scaleUp ?? {};
	const {policies: down = []} = behavior.scaleDown ?? {};
	const plain = (policy: any) =>
		policy.periodSeconds === 15 && ((policy.type === 'Percent' && policy.value === 100) || (policy.type === 'Pods' && policy.value === 4));
	if (![...up, ...down].every(plain)) sim.notes.notSimulated('HorizontalPodAutoscaler spec.behavior policies');
}
