import {controllerOf, type KubeObject} from '../../api/object.js';
import {podsWithLabels, servicesSelecting} from '../pods/indexes.js';
import {selects} from '../selector.js';
import {type Cycle, type Filter, once} from './cycle.js';
import type {NodeInfo} from './node-info.js';
import {untolerated, wantsNode} from './node-selection.js';

export interface Constraint {
	readonly maxSkew: number;
	readonly topologyKey: string;
	readonly whenUnsatisfiable: 'DoNotSchedule' | 'ScheduleAnyway';
	readonly labelSelector?: any;
	readonly minDomains?: number;
	readonly nodeAffinityPolicy?: 'Honor' | 'Ignore';
	readonly nodeTaintsPolicy?: 'Honor' | 'Ignore';
	readonly matchLabelKeys?: readonly string[];
}

const constraintsOf = (pod: KubeObject, when: Constraint['whenUnsatisfiable']): Constraint[] =>
	((pod['spec'].topologySpreadConstraints ?? []) as Constraint[]).filter(constraint => constraint.whenUnsatisfiable === when);

/** Topology spread constraints that must hold. Models plugins/podtopologyspread/filtering.go. */
export const spreadFilter: Filter = {
	name: 'PodTopologySpread',
	concerns: ({pod}) => Boolean(pod['spec'].topologySpreadConstraints),
	refuse(cycle, info) {
		const labels = info.node.metadata.labels ?? {};
		const hard = once(cycle, 'spread', () =>
			constraintsOf(cycle.pod, 'DoNotSchedule').map(constraint => ({constraint, counts: countsOf(cycle, constraint)})),
		);
		if (hard.some(({constraint}) => labels[constraint.topologyKey] === undefined)) {
			return {reasons: ["node(s) didn't match pod topology spread constraints (missing required label)"], hopeless: true};
		}

		for (const {constraint, counts} of hard) {
			const least = counts.size < (constraint.minDomains ?? 1) ? 0 : Math.min(...counts.values());
			const self = selects(constraint.labelSelector, cycle.pod.metadata.labels) ? 1 : 0;
			const skew = (counts.get(labels[constraint.topologyKey]!) ?? 0) + self - least;
			if (skew > constraint.maxSkew) return {reasons: ["node(s) didn't match pod topology spread constraints"]};
		}

		return undefined;
	},
};

/** Matching pods in each domain that the pod could go to. */
export function countsOf(cycle: Cycle, constraint: Constraint): Map<string, number> {
	const counts = new Map<string, number>();
	for (const info of cycle.nodes) {
		const domain = info.node.metadata.labels?.[constraint.topologyKey];
		if (domain === undefined || !isEligible(cycle, info, constraint)) continue;
		counts.set(domain, (counts.get(domain) ?? 0) + matching(cycle, info, constraint));
	}

	return counts;
}

const isEligible = ({pod}: Cycle, {node}: NodeInfo, {nodeAffinityPolicy = 'Honor', nodeTaintsPolicy = 'Ignore'}: Constraint): boolean =>
	(nodeAffinityPolicy === 'Ignore' || wantsNode(pod, node)) &&
	(nodeTaintsPolicy === 'Ignore' || !untolerated(pod, node, ['NoSchedule', 'NoExecute']));

function matching(cycle: Cycle, info: NodeInfo, {labelSelector, matchLabelKeys = []}: Constraint): number {
	const {namespace, labels} = cycle.pod.metadata;
	return cycle.client
		.indexed<KubeObject>('pods', 'node', info.name)
		.filter(
			({metadata}) =>
				metadata.namespace === namespace &&
				!metadata.deletionTimestamp &&
				selects(labelSelector, metadata.labels) &&
				matchLabelKeys.every(key => metadata.labels?.[key] === labels?.[key]),
		)
		.filter(pod => !cycle.without.has(pod)).length;
}

/**
 * How many relatives of the pod each node has: those with its controller, or, without one, those that its services select. Stands for the
 * scheduler's built-in constraint to spread them over nodes.
 */
export function relatives(cycle: Cycle): (info: NodeInfo) => number {
	return once(cycle, 'relatives', (): ((info: NodeInfo) => number) => {
		const owner = controllerOf(cycle.pod)?.uid;
		if (owner) return info => info.relatives.get(owner) ?? 0;
		const {namespace, labels} = cycle.pod.metadata;
		const [service] = servicesSelecting(cycle.client, namespace, labels);
		const counts = new Map<string, number>();
		for (const pod of service ? podsWithLabels(cycle.client, namespace!, service['spec'].selector) : []) {
			const name = pod['spec'].nodeName;
			if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
		}

		return ({name}) => counts.get(name) ?? 0;
	});
}

export const softConstraints = (pod: KubeObject): Constraint[] => constraintsOf(pod, 'ScheduleAnyway');
