import type {KubeObject} from '../../api/object.js';
import {isFinished} from '../pods/state.js';
import {selects} from '../selector.js';
import type {Cycle, Filter, Refusal} from './cycle.js';
import {refusalOf} from './filters.js';
import {addPod, emptyInfo, type NodeInfo} from './node-info.js';

export interface Candidate {
	readonly node: string;
	readonly victims: readonly KubeObject[];
	/** Victims whose disruption budget does not allow it. */
	readonly violations: number;
}

export interface Preemption {
	readonly candidate?: Candidate;
	/** Why it helps on no node; the second half of the scheduler's message. */
	readonly message: string;
}

const priorityOf = (pod: KubeObject): number => pod['spec'].priority ?? 0;

/** Looks for the node where the fewest and least important pods have to go. Models framework/preemption and plugins/defaultpreemption. */
export function preempt(cycle: Cycle, refusals: ReadonlyMap<NodeInfo, Refusal>, applying: readonly Filter[], total: number): Preemption {
	if (cycle.pod['spec'].preemptionPolicy === 'Never') return {message: 'not eligible due to preemptionPolicy=Never.'};
	const reasons: string[] = [];
	const candidates: Candidate[] = [];
	for (const [info, refusal] of refusals) {
		if (refusal.hopeless) {
			reasons.push('Preemption is not helpful for scheduling');
			continue;
		}

		const found = tryNode(cycle, info, applying);
		if (typeof found === 'string') reasons.push(found);
		else candidates.push(found);
	}

	if (candidates.length > 0) return {candidate: cheapest(candidates), message: ''};
	return {message: `0/${total} nodes are available: ${histogram(reasons)}.`};
}

/** `1 Insufficient cpu, 2 node(s) were unschedulable`: counted, in the order of the text. */
export function histogram(reasons: readonly string[]): string {
	const counts = new Map<string, number>();
	for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
	return [...counts]
		.map(([reason, count]) => `${count} ${reason}`)
		.sort()
		.join(', ');
}

function tryNode(cycle: Cycle, info: NodeInfo, applying: readonly Filter[]): Candidate | string {
	const pods = cycle.client.indexed<KubeObject>('pods', 'node', info.name).filter(pod => !isFinished(pod));
	const lower = pods.filter(pod => priorityOf(pod) < priorityOf(cycle.pod));
	if (lower.length === 0) return 'No preemption victims found for incoming pod';
	const gone = new Set(lower);
	const fitsWithout = (): Refusal | undefined => {
		const trial = emptyInfo(info.node);
		for (const pod of pods) if (!gone.has(pod)) addPod(trial, pod, 1);
		return refusalOf({...cycle, memo: new Map(), without: gone}, trial, applying);
	};
	const refusal = fitsWithout();
	if (refusal) return refusal.reasons[0]!;
	// Put back as many as possible: those a budget protects first, then by importance.
	const budget = budgetCheck(cycle, lower);
	const important = [...lower].sort(
		(a, b) => Number(budget.has(b)) - Number(budget.has(a)) || priorityOf(b) - priorityOf(a) || (startOf(a) < startOf(b) ? -1 : 1),
	);
	for (const pod of important) {
		gone.delete(pod);
		if (fitsWithout()) gone.add(pod);
	}

	const victims = important.filter(pod => gone.has(pod));
	return {node: info.name, victims, violations: victims.filter(pod => budget.has(pod)).length};
}

const startOf = (pod: KubeObject): string => pod['status']?.startTime ?? pod.metadata.creationTimestamp ?? '';

/** Pods whose removal would break a disruption budget. */
function budgetCheck({client}: Cycle, pods: readonly KubeObject[]): Set<KubeObject> {
	const allowed = new Map<KubeObject, number>();
	const violating = new Set<KubeObject>();
	for (const pod of pods) {
		for (const budget of client.list<KubeObject>('poddisruptionbudgets.policy', {namespace: pod.metadata.namespace!})) {
			if (!selects(budget['spec'].selector, pod.metadata.labels)) continue;
			const left = (allowed.get(budget) ?? budget['status']?.disruptionsAllowed ?? 0) - 1;
			allowed.set(budget, left);
			if (left < 0) violating.add(pod);
		}
	}

	return violating;
}

function cheapest(candidates: readonly Candidate[]): Candidate {
	const cost = ({victims, violations}: Candidate): readonly number[] => [
		violations,
		Math.max(...victims.map(priorityOf)),
		victims.reduce((sum, pod) => sum + priorityOf(pod), 0),
		victims.length,
	];
	return [...candidates].sort((a, b) => {
		const [left, right] = [cost(a), cost(b)];
		for (const [i, value] of left.entries()) if (value !== right[i]) return value - right[i]!;
		return 0;
	})[0]!;
}
