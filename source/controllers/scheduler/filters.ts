import type {Cycle, Filter, Refusal} from './cycle.js';
import {hostPorts, type NodeInfo} from './node-info.js';
import {untolerated, wantsNode} from './node-selection.js';
import {podAffinityFilter} from './pod-affinity.js';
import {spreadFilter} from './spread.js';
import {volumeFilter} from './volumes.js';

const unschedulableTaint = {key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule'} as const;

const nodeUnschedulable: Filter = {
	name: 'NodeUnschedulable',
	refuse({pod}, {node}) {
		if (!node['spec']?.unschedulable) return undefined;
		const tolerated = !untolerated(pod, {...node, spec: {taints: [unschedulableTaint]}}, ['NoSchedule']);
		return tolerated ? undefined : {reasons: ['node(s) were unschedulable'], hopeless: true};
	},
};

const nodeName: Filter = {
	name: 'NodeName',
	concerns: ({pod}) => Boolean(pod['spec'].nodeName),
	refuse: ({pod}, {name}) =>
		pod['spec'].nodeName === name ? undefined : {reasons: ["node(s) didn't match the requested node name"], hopeless: true},
};

const taintToleration: Filter = {
	name: 'TaintToleration',
	refuse({pod}, {node}) {
		if (!node['spec']?.taints) return undefined;
		const taint = untolerated(pod, node, ['NoSchedule', 'NoExecute']);
		return taint && {reasons: [`node(s) had untolerated taint {${taint.key}: ${taint.value ?? ''}}`], hopeless: true};
	},
};

const nodeAffinity: Filter = {
	name: 'NodeAffinity',
	concerns: ({pod}) => Boolean(pod['spec'].nodeSelector || pod['spec'].affinity?.nodeAffinity),
	refuse: ({pod}, {node}) =>
		wantsNode(pod, node) ? undefined : {reasons: ["node(s) didn't match Pod's node affinity/selector"], hopeless: true},
};

const nodePorts: Filter = {
	name: 'NodePorts',
	concerns: ({pod}) => hostPorts(pod).length > 0,
	refuse: ({pod}, {ports}) =>
		hostPorts(pod).some(port => isTaken(port, ports))
			? {reasons: ["node(s) didn't have free ports for the requested pod ports"]}
			: undefined,
};

/** 0.0.0.0 stands for every address. */
function isTaken(port: string, ports: ReadonlyMap<string, number>): boolean {
	const [protocol, number, address] = port.split('/');
	if (address !== '0.0.0.0') return ports.has(port) || ports.has(`${protocol}/${number}/0.0.0.0`);
	return [...ports.keys()].some(taken => taken.startsWith(`${protocol}/${number}/`));
}

const resourcesFit: Filter = {
	name: 'NodeResourcesFit',
	refuse: ({requests}, info) => lacking(requests, info),
};

function lacking(requests: Cycle['requests'], {allocatable, requested, podCount}: NodeInfo): Refusal | undefined {
	let reasons: string[] | undefined;
	if (podCount + 1 > (allocatable['pods'] ?? 110)) reasons = ['Too many pods'];
	for (const name in requests) {
		const wanted = requests[name]!;
		if (wanted > 0 && wanted > (allocatable[name] ?? 0) - (requested[name] ?? 0)) (reasons ??= []).push(`Insufficient ${name}`);
	}

	return reasons && {reasons};
}

/** In the order of the default profile; the first that refuses a node gives the reason. */
export const filters: readonly Filter[] = [
	nodeUnschedulable,
	nodeName,
	taintToleration,
	nodeAffinity,
	nodePorts,
	resourcesFit,
	volumeFilter,
	spreadFilter,
	podAffinityFilter,
];

/** The filters this pod needs at all. */
export const filtersFor = (cycle: Cycle): readonly Filter[] => filters.filter(filter => !filter.concerns || filter.concerns(cycle));

export function refusalOf(cycle: Cycle, info: NodeInfo, applying: readonly Filter[]): Refusal | undefined {
	for (const filter of applying) {
		const refusal = filter.refuse(cycle, info);
		if (refusal) return refusal;
	}

	return undefined;
}
