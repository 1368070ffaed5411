import type {KubeObject} from '../../api/object.js';
import {isFinished} from '../pods/state.js';
import {selects} from '../selector.js';
import {type Cycle, type Filter, once} from './cycle.js';
import type {NodeInfo} from './node-info.js';

export interface AffinityTerm {
	readonly labelSelector?: any;
	readonly topologyKey: string;
	readonly namespaces?: readonly string[];
	readonly namespaceSelector?: any;
	readonly matchLabelKeys?: readonly string[];
}

const required = 'requiredDuringSchedulingIgnoredDuringExecution';
const termsOf = (pod: KubeObject, which: 'podAffinity' | 'podAntiAffinity'): readonly AffinityTerm[] =>
	pod['spec'].affinity?.[which]?.[required] ?? [];

/** Whether `term` of `owner` is about `other`. */
export function concerns({client}: Pick<Cycle, 'client'>, owner: KubeObject, term: AffinityTerm, other: KubeObject): boolean {
	const {namespace} = other.metadata;
	const named = term.namespaces?.length
		? term.namespaces.includes(namespace!)
		: !term.namespaceSelector && namespace === owner.metadata.namespace;
	const inNamespace =
		named || (term.namespaceSelector && selects(term.namespaceSelector, client.find('namespaces', undefined, namespace!)?.metadata.labels));
	if (!inNamespace || !selects(term.labelSelector, other.metadata.labels)) return false;
	return (term.matchLabelKeys ?? []).every(key => owner.metadata.labels?.[key] === other.metadata.labels?.[key]);
}

/** How many pods that `term` is about stand in each domain of its topology key. */
export function domains(cycle: Cycle, term: AffinityTerm): Map<string, number> {
	const counts = new Map<string, number>();
	for (const info of cycle.nodes) {
		const domain = info.node.metadata.labels?.[term.topologyKey];
		if (domain === undefined) continue;
		for (const other of cycle.client.indexed<KubeObject>('pods', 'node', info.name)) {
			if (isFinished(other) || cycle.without.has(other) || !concerns(cycle, cycle.pod, term, other)) continue;
			counts.set(domain, (counts.get(domain) ?? 0) + 1);
		}
	}

	return counts;
}

/** Required pod affinity and anti-affinity, of the pod and of those that stand. Models plugins/interpodaffinity/filtering.go. */
export const podAffinityFilter: Filter = {
	name: 'InterPodAffinity',
	concerns: ({pod, infos}) =>
		Boolean(pod['spec'].affinity?.podAffinity || pod['spec'].affinity?.podAntiAffinity) || infos.repellent().length > 0,
	refuse(cycle, info) {
		const wanted = once(cycle, 'affinity', () => termsOf(cycle.pod, 'podAffinity').map(term => ({term, counts: domains(cycle, term)})));
		if (!satisfied(cycle, info, wanted)) return {reasons: ["node(s) didn't match pod affinity rules"], hopeless: true};
		const avoided = once(cycle, 'anti-affinity', () =>
			termsOf(cycle.pod, 'podAntiAffinity').map(term => ({term, counts: domains(cycle, term)})),
		);
		const labels = info.node.metadata.labels ?? {};
		if (avoided.some(({term, counts}) => counts.has(labels[term.topologyKey] ?? '\u0000'))) {
			return {reasons: ["node(s) didn't match pod anti-affinity rules"]};
		}

		return repelled(cycle, labels) ? {reasons: ["node(s) didn't satisfy existing pods anti-affinity rules"]} : undefined;
	},
};

function satisfied(cycle: Cycle, {node}: NodeInfo, wanted: ReadonlyArray<{term: AffinityTerm; counts: Map<string, number>}>): boolean {
	const labels = node.metadata.labels ?? {};
	if (wanted.some(({term}) => labels[term.topologyKey] === undefined)) return false;
	if (wanted.every(({term, counts}) => counts.has(labels[term.topologyKey]!))) return true;
	// The first of a group that only wants its own kind may go anywhere.
	return wanted.every(({term, counts}) => counts.size === 0 && concerns(cycle, cycle.pod, term, cycle.pod));
}

function repelled(cycle: Cycle, labels: Readonly<Record<string, string>>): boolean {
	const pairs = once(cycle, 'repelled', () => {
		const found: Array<[string, string]> = [];
		for (const other of cycle.infos.repellent()) {
			if (cycle.without.has(other)) continue;
			const there = cycle.infos.get(other['spec'].nodeName)?.node.metadata.labels ?? {};
			for (const term of termsOf(other, 'podAntiAffinity')) {
				const domain = there[term.topologyKey];
				if (domain !== undefined && concerns(cycle, other, term, cycle.pod)) found.push([term.topologyKey, domain]);
			}
		}

		return found;
	});
	return pairs.some(([key, value]) => labels[key] === value);
}
