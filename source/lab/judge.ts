import {type CheckRun, type CommandLine, type Finding, reasonOf, together} from '../checks/check.js';
import {runEntry} from '../checks/entry.js';
import {isUntold} from '../checks/told.js';
import type {World} from '../node/world.js';
import type {ExecResult} from '../shell/command.js';
import type {Lab, Objective, OpenedHints} from './lab.js';

export interface Marks {
	readonly score: number;
	readonly max: number;
	readonly passed: boolean;
	readonly objectives: readonly ObjectiveMark[];
}

export interface ObjectiveMark {
	readonly id: string;
	readonly title: string;
	readonly points: number;
	readonly max: number;
	readonly passed: boolean;
	/** Why it is missed: what was found, what was expected, where to look. Empty when it is met. */
	readonly reason: string;
	/** It holds, but earns nothing yet because no other objective is met. */
	readonly waiting: boolean;
	/** Points that opened hints cost, if any. */
	readonly hintCost?: number;
	readonly checks: readonly CheckMark[];
}

export interface CheckMark extends Finding {
	readonly check: string;
}

/** What was asked with new pods and holds, by objective and check: whoever marks over and over need not ask it again. */
export type Lasting = Map<string, Finding>;

/** Marks the world as it is. The world is put back after each objective, so that no check sees another's packets. */
export function* judge(
	lab: Lab,
	world: World,
	opened: OpenedHints = {},
	explain = false,
	lasting?: Lasting,
): Generator<CommandLine, Marks, ExecResult> {
	const held: Array<{objective: Objective; checks: CheckMark[]}> = [];
	for (const objective of lab.objectives)
		held.push({objective, checks: yield* look(objective, world, {explain, ...(lasting && {lasting})})});
	const earned = held.some(({objective, checks}) => !objective.keep && checks.every(check => check.passed));
	return sum(held.map(({objective, checks}) => mark(objective, checks, earned, opened[objective.id] ?? 0)));
}

/**
 * Whether everything is met; whoever asks no more than that need not wait for the rest once something is missed. Each objective finds
 * the same world, so the order decides nothing: those that send many requests come last.
 */
export function* isMet(lab: Lab, world: World): Generator<CommandLine, boolean, ExecResult> {
	for (const objective of [...lab.objectives].sort((a, b) => requestsOf(a.checks) - requestsOf(b.checks))) {
		const checks = yield* look(objective, world, {untilMissed: true});
		if (!checks.every(check => check.passed)) return false;
	}
	return lab.objectives.length === 0 || lab.objectives.some(objective => !objective.keep);
}

function requestsOf(value: unknown): number {
	if (typeof value !== 'object' || value === null) return 0;
	return Object.entries(value).reduce((sum, [field, each]) => sum + (field === 'requests' ? Number(each) : requestsOf(each)), 0);
}

/** What a learner has read of the objective, whatever the language. */
export const titlesOf = (title: Objective['title']) => Object.values(title).join(' ');

interface Manner {
	readonly explain?: boolean;
	/** What comes after a check that is missed is not asked. */
	readonly untilMissed?: boolean;
	readonly lasting?: Lasting;
}

function* look(
	objective: Objective,
	world: World,
	{explain = false, untilMissed = false, lasting}: Manner,
): Generator<CommandLine, CheckMark[], ExecResult> {
	const {state} = world.sim;
	const [before, {version}] = [state.snapshot(), state];
	const checks: CheckMark[] = [];
	for (const entry of objective.checks) {
		// It takes its time, and says nothing that is not said.
		if ('afresh' in entry && checks.some(({passed}) => !passed)) continue;
		const name = `${objective.id} ${checks.length}`;
		const finding: Finding = lasting?.get(name) ?? (yield* runEntry(entry, {world, explain, title: titlesOf(objective.title)}) as CheckRun);
		if ('afresh' in entry && finding.passed) lasting?.set(name, finding);
		checks.push({check: Object.keys(entry)[0]!, ...finding});
		if (untilMissed && !finding.passed) break;
	}
	if (state.version !== version) state.restore(before);
	return checks;
}

function mark(objective: Objective, checks: readonly CheckMark[], earned: boolean, opened: number): ObjectiveMark {
	const holds = checks.every(check => check.passed);
	const waiting = holds && objective.keep && !earned;
	const passed = holds && !waiting;
	const reason = waiting
		? 'it holds, but counts only once another objective is met'
		: holds
			? ''
			: reasonOf(together(tellable(checks.filter(check => !check.passed))));
	const hintCost = objective.hints.slice(0, Math.max(0, opened)).reduce((total, {cost}) => total + cost, 0);
	return {
		id: objective.id,
		title: objective.title.en,
		points: passed ? Math.max(0, objective.points - hintCost) : 0,
		max: objective.points,
		passed,
		reason,
		waiting,
		...(hintCost > 0 && {hintCost}),
		checks,
	};
}

/** What the same words ask for is told together, unless the words mean another thing each time. */
const tellable = ([first, ...more]: readonly CheckMark[]): CheckMark[] => [first!, ...more.filter(({expected}) => !isUntold(expected))];

const sum = (objectives: readonly ObjectiveMark[]): Marks => ({
	score: objectives.reduce((total, each) => total + each.points, 0),
	max: objectives.reduce((total, each) => total + each.max, 0),
	passed: objectives.every(each => each.passed),
	objectives,
});
