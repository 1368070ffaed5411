import type {KubeObject} from '../../api/object.js';
import {isSubset, selects} from '../selector.js';

/** NodeSelectorTerm: all its expressions; a term with none matches nothing. */
export interface Term {
	readonly matchExpressions?: ReadonlyArray<{key: string; operator: string; values?: string[]}>;
	readonly matchFields?: ReadonlyArray<{key: string; operator: string; values?: string[]}>;
}

export function matchesTerm(term: Term, node: KubeObject): boolean {
	if (!term.matchExpressions?.length && !term.matchFields?.length) return false;
	return (
		selects({matchExpressions: term.matchExpressions ?? []}, node.metadata.labels) &&
		selects({matchExpressions: term.matchFields ?? []}, {'metadata.name': node.metadata.name})
	);
}

/** `nodeSelector` and required node affinity together. */
export function wantsNode(pod: KubeObject, node: KubeObject): boolean {
	const {nodeSelector, affinity} = pod['spec'];
	if (nodeSelector && !isSubset(nodeSelector, node.metadata.labels)) return false;
	const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms as Term[] | undefined;
	return !terms || terms.some(term => matchesTerm(term, node));
}

export interface Taint {
	readonly key: string;
	readonly value?: string;
	readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
	readonly timeAdded?: string;
}

export interface Toleration {
	readonly key?: string;
	readonly operator?: 'Exists' | 'Equal';
	readonly value?: string;
	readonly effect?: string;
	readonly tolerationSeconds?: number;
}

export const tolerates = ({key, operator = 'Equal', value = '', effect}: Toleration, taint: Taint): boolean =>
	(!effect || effect === taint.effect) &&
	(key ? key === taint.key : operator === 'Exists') &&
	(operator === 'Exists' || value === (taint.value ?? ''));

/** The first taint with one of these effects that nothing tolerates. */
export function untolerated(pod: KubeObject, node: KubeObject, effects: readonly string[]): Taint | undefined {
	const tolerations = (pod['spec'].tolerations ?? []) as Toleration[];
	return ((node['spec']?.taints ?? []) as Taint[]).find(
		taint => effects.includes(taint.effect) && !tolerations.some(toleration => tolerates(toleration, taint)),
	);
}
