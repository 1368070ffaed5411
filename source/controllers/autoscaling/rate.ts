import {keyOf, type KubeObject} from '../../api/object.js';
import type {ControllerContext} from '../controller.js';

interface Policy {
	readonly type: 'Pods' | 'Percent';
	readonly value: number;
	readonly periodSeconds: number;
}

interface Rules {
	readonly selectPolicy?: 'Max' | 'Min' | 'Disabled';
	readonly policies?: readonly Policy[];
}

/** How far a size was changed, kept for as long as a policy may look back. */
interface Change {
	readonly atMs: number;
	readonly by: number;
}

const longestPeriodMs = 1_800_000;
const changes = ({sim}: ControllerContext) => sim.state.table<readonly Change[]>('controllers/autoscaling/changes');

export function noteChange(context: ControllerContext, autoscaler: KubeObject, by: number): void {
	const now = context.sim.clock.now();
	const table = changes(context);
	const key = keyOf(autoscaler);
	table.set(key, [...(table.get(key) ?? []).filter(({atMs}) => atMs > now - longestPeriodMs), {atMs: now, by}]);
}

/** Pods that came (1) or went (-1) within the period. */
function changed(context: ControllerContext, autoscaler: KubeObject, periodSeconds: number, way: 1 | -1): number {
	const since = context.sim.clock.now() - periodSeconds * 1000;
	return (changes(context).get(keyOf(autoscaler)) ?? [])
		.filter(({atMs, by}) => atMs > since && by * way > 0)
		.reduce((sum, {by}) => sum + by * way, 0);
}

/** Without rules of its own an autoscaler may double, and always reach four. Models calculateScaleUpLimit and -WithScalingRules. */
export function growthLimit(context: ControllerContext, autoscaler: KubeObject, current: number): number {
	const {behavior} = autoscaler['spec'];
	if (!behavior) return Math.max(2 * current, 4);
	const rules: Rules = behavior.scaleUp ?? {
		policies: [
			{type: 'Pods', value: 4, periodSeconds: 15},
			{type: 'Percent', value: 100, periodSeconds: 15},
		],
	};
	if (rules.selectPolicy === 'Disabled') return current;
	const limits = (rules.policies ?? []).map(({type, value, periodSeconds}) => {
		const start = current - changed(context, autoscaler, periodSeconds, 1);
		return type === 'Pods' ? start + value : Math.ceil((start * (100 + value)) / 100);
	});
	return Math.max(current, rules.selectPolicy === 'Min' ? Math.min(...limits) : Math.max(...limits));
}

/** Without rules of its own it may shrink as far as it likes. */
export function shrinkLimit(context: ControllerContext, autoscaler: KubeObject, current: number): number {
	const {behavior} = autoscaler['spec'];
	if (!behavior) return 0;
	const rules: Rules = behavior.scaleDown ?? {policies: [{type: 'Percent', value: 100, periodSeconds: 15}]};
	if (rules.selectPolicy === 'Disabled') return current;
	const limits = (rules.policies ?? []).map(({type, value, periodSeconds}) => {
		const start = current + changed(context, autoscaler, periodSeconds, -1);
		return type === 'Pods' ? start - value : Math.floor((start * (100 - value)) / 100);
	});
	return Math.min(current, rules.selectPolicy === 'Min' ? Math.max(...limits) : Math.min(...limits));
}
