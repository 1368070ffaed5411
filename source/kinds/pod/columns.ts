import type {Column} from '../../api/kind.js';
import {humanDuration} from '../age.js';
import {ageColumn, column, nameColumn, wide} from '../cells.js';
import {type PodSummary, summarize} from './status.js';

/** One row asks three times in a row about the same pod. */
let last: {pod: unknown; summary: PodSummary} | undefined;
function summaryOf(pod: any): PodSummary {
	if (last?.pod !== pod) last = {pod, summary: summarize(pod)};
	return last!.summary;
}

export const podColumns: readonly Column[] = [
	nameColumn,
	column('Ready', pod => `${summaryOf(pod).ready}/${summaryOf(pod).total}`),
	column('Status', pod => summaryOf(pod).status),
	column('Restarts', (pod, {nowMs}) => {
		const {restarts, lastRestartMs} = summaryOf(pod);
		return restarts > 0 && lastRestartMs !== undefined ? `${restarts} (${humanDuration(nowMs - lastRestartMs)} ago)` : String(restarts);
	}),
	ageColumn,
	wide('IP', pod => pod.status?.podIPs?.[0]?.ip || pod.status?.podIP || '<none>'),
	wide('Node', pod => pod.spec?.nodeName || '<none>'),
	wide('Nominated Node', pod => pod.status?.nominatedNodeName || '<none>'),
	wide('Readiness Gates', pod => {
		const gates: any[] = pod.spec?.readinessGates ?? [];
		const isTrue = (gate: any) => pod.status?.conditions?.some((c: any) => c.type === gate.conditionType && c.status === 'True');
		return gates.length === 0 ? '<none>' : `${gates.filter(isTrue).length}/${gates.length}`;
	}),
];

export function podRowConditions(pod: any): unknown[] | undefined {
	if (pod.status?.phase === 'Succeeded')
		return [{type: 'Completed', status: 'True', reason: 'Succeeded', message: 'The pod has completed successfully.'}];
	if (pod.status?.phase === 'Failed') return [{type: 'Completed', status: 'True', reason: 'Failed', message: 'The pod failed.'}];
	return undefined;
}
