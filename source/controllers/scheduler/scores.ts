import type {KubeObject} from '../../api/object.js';
import {type Cycle, once} from './cycle.js';
import type {NodeInfo} from './node-info.js';
import {matchesTerm, type Taint, tolerates, type Toleration} from './node-selection.js';
import {type AffinityTerm, domains} from './pod-affinity.js';
import {nonZero} from './requests.js';
import {countsOf, relatives, softConstraints} from './spread.js';

/** One opinion on the nodes that remain: 0 to 100 each, times its weight. */
interface Score {
	readonly name: string;
	readonly weight: number;
	concerns?(cycle: Cycle): boolean;
	rate(cycle: Cycle, nodes: readonly NodeInfo[]): readonly number[];
}

const largest = (values: readonly number[]): number => values.reduce((a, b) => (b > a ? b : a), Number.NEGATIVE_INFINITY);

/** Spreads values over 0 to 100; `lessIsBetter` turns them round. Nodes that are all alike get 100. */
function scaled(values: readonly number[], lessIsBetter: boolean): number[] {
	const most = largest(values);
	if (most === 0) return values.map(() => (lessIsBetter ? 100 : 0));
	return values.map(value => Math.floor((100 * (lessIsBetter ? most - value : value)) / most));
}

const free = (capacity: number, used: number): number =>
	capacity > 0 && used <= capacity ? Math.floor(((capacity - used) * 100) / capacity) : 0;

const leastAllocated: Score = {
	name: 'NodeResourcesFit',
	weight: 1,
	rate({requests}, nodes) {
		const weight = nonZero(requests);
		return nodes.map(({allocatable, weighed}) =>
			Math.floor(
				(free(allocatable['cpu'] ?? 0, weighed.cpu + weight.cpu) + free(allocatable['memory'] ?? 0, weighed.memory + weight.memory)) / 2,
			),
		);
	},
};

const balancedAllocation: Score = {
	name: 'NodeResourcesBalancedAllocation',
	weight: 1,
	// Pods that ask for nothing say nothing about balance.
	concerns: ({requests}) => Boolean(requests['cpu'] || requests['memory']),
	rate: ({requests}, nodes) =>
		nodes.map(({allocatable, requested}) => {
			const fraction = (name: string) => Math.min(1, ((requested[name] ?? 0) + (requests[name] ?? 0)) / (allocatable[name] || 1));
			return Math.floor((1 - Math.abs(fraction('cpu') - fraction('memory')) / 2) * 100);
		}),
};

const taintToleration: Score = {
	name: 'TaintToleration',
	weight: 3,
	// Where nothing is to be avoided all nodes are rated alike.
	concerns: ({nodes}) =>
		nodes.some(({node}) => (node['spec']?.taints as Taint[] | undefined)?.some(({effect}) => effect === 'PreferNoSchedule')),
	rate({pod}, nodes) {
		const tolerations = (pod['spec'].tolerations ?? []) as Toleration[];
		const disliked = ({node}: NodeInfo) =>
			(node['spec']?.taints as Taint[] | undefined)?.filter(
				taint => taint.effect === 'PreferNoSchedule' && !tolerations.some(toleration => tolerates(toleration, taint)),
			).length ?? 0;
		return scaled(nodes.map(disliked), true);
	},
};

const nodeAffinity: Score = {
	name: 'NodeAffinity',
	weight: 2,
	concerns: ({pod}) => Boolean(preferredNodes(pod)),
	rate: ({pod}, nodes) =>
		scaled(
			nodes.map(({node}) =>
				preferredNodes(pod)!.reduce((sum, {weight, preference}) => sum + (matchesTerm(preference, node) ? weight : 0), 0),
			),
			false,
		),
};

const preferredNodes = (pod: KubeObject): ReadonlyArray<{weight: number; preference: any}> | undefined =>
	pod['spec'].affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution;

const topologySpread: Score = {
	name: 'PodTopologySpread',
	weight: 2,
	rate(cycle, nodes) {
		const soft = softConstraints(cycle.pod);
		const own = cycle.pod['spec'].topologySpreadConstraints?.length > 0;
		if (own && soft.length === 0) return nodes.map(() => 0);
		const counted = soft.map(constraint => ({constraint, counts: countsOf(cycle, constraint)}));
		const near = own ? undefined : relatives(cycle);
		return scaled(
			nodes.map(info =>
				near
					? near(info)
					: counted.reduce(
							(sum, {constraint, counts}) => sum + (counts.get(info.node.metadata.labels?.[constraint.topologyKey] ?? '') ?? 0),
							0,
						),
			),
			true,
		);
	},
};

const podAffinity: Score = {
	name: 'InterPodAffinity',
	weight: 2,
	concerns: ({pod}) => preferredPods(pod).length > 0,
	rate(cycle, nodes) {
		const terms = once(cycle, 'preferred', () =>
			preferredPods(cycle.pod).map(({sign, weight, podAffinityTerm}) => ({
				key: podAffinityTerm.topologyKey,
				weight: sign * weight,
				counts: domains(cycle, podAffinityTerm),
			})),
		);
		const sums = nodes.map(({node}) =>
			terms.reduce((sum, {key, weight, counts}) => sum + weight * (counts.get(node.metadata.labels?.[key] ?? '\u0000') ?? 0), 0),
		);
		const [least, most] = [Math.min(...sums), Math.max(...sums)];
		return sums.map(sum => (most === least ? 0 : Math.floor((100 * (sum - least)) / (most - least))));
	},
};

function preferredPods(pod: KubeObject): Array<{sign: 1 | -1; weight: number; podAffinityTerm: AffinityTerm}> {
	const {podAffinity: near, podAntiAffinity: far} = pod['spec'].affinity ?? {};
	const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';
	return [
		...(near?.[preferred] ?? []).map((term: object) => ({sign: 1, ...term})),
		...(far?.[preferred] ?? []).map((term: object) => ({sign: -1, ...term})),
	];
}

/** The default profile's, with its weights. ImageLocality is left out: every node pulls from the same registry. */
const scores: readonly Score[] = [taintToleration, nodeAffinity, topologySpread, podAffinity, leastAllocated, balancedAllocation];

/** The best nodes, all with the same sum. */
export function best(cycle: Cycle, nodes: readonly NodeInfo[]): NodeInfo[] {
	const totals = nodes.map(() => 0);
	for (const score of scores) {
		if (score.concerns && !score.concerns(cycle)) continue;
		const rates = score.rate(cycle, nodes);
		for (let i = 0; i < rates.length; i++) totals[i] = totals[i]! + rates[i]! * score.weight;
	}

	const most = largest(totals);
	return nodes.filter((_, i) => totals[i] === most);
}
