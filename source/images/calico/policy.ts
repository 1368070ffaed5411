import {fromLabelSelector, matchesLabels} from '../../api/selector/label-selector.js';
import type {KubeObject} from '../../api/object.js';
import {shortHash} from './hash.js';
import type {Model, Workload} from './model.js';

type Direction = 'ingress' | 'egress';

/** A NetworkPolicy with what it selects. */
export interface Policy {
	readonly key: string;
	readonly namespace: string;
	readonly spec: any;
	readonly directions: readonly Direction[];
}

export function policyOf(object: KubeObject): Policy {
	const spec = object['spec'] ?? {};
	const types: string[] = spec.policyTypes ?? ['Ingress', ...(spec.egress ? ['Egress'] : [])];
	const directions = types.map(type => type.toLowerCase() as Direction);
	return {key: `${object.metadata.namespace}/${object.metadata.name}`, namespace: object.metadata.namespace!, spec, directions};
}

const matches = (selector: any, labels: Readonly<Record<string, string>>): boolean =>
	matchesLabels(fromLabelSelector(selector ?? {}) ?? [], labels);

export const selects = (policy: Policy, {namespace, labels}: Workload): boolean =>
	namespace === policy.namespace && matches(policy.spec.podSelector, labels);

export const chainOf = (policy: Policy, direction: Direction): string =>
	`cali-p${direction === 'ingress' ? 'i' : 'o'}-_${shortHash(`${direction} ${policy.key}`)}`;

const accept = '-j MARK --set-xmark 0x10000/0x10000';
const accepted = '-m mark --mark 0x10000/0x10000 -j RETURN';

/** Writes the chains of a policy, and the sets its rules look into, into `model`. */
export function addPolicy(model: Model, policy: Policy, workloads: readonly Workload[]): void {
	for (const direction of policy.directions) {
		const rules: string[] = [];
		for (const rule of policy.spec[direction] ?? []) {
			const peers = rule[direction === 'ingress' ? 'from' : 'to'];
			const peerMatches = peers?.length > 0 ? peers.map((peer: any) => peerMatch(model, policy, peer, direction, workloads)) : [''];
			const portMatches =
				rule.ports?.length > 0 ? rule.ports.map((port: any) => portMatch(model, policy, port, direction, workloads)) : [''];
			for (const peer of peerMatches) {
				for (const port of portMatches) {
					rules.push([port, peer, accept].filter(Boolean).join(' '), accepted);
				}
			}
		}

		model.chains.set(chainOf(policy, direction), rules);
	}
}

/** Addresses at the other end: the pods that selectors choose, or a block without its exceptions. */
function peerMatch(model: Model, policy: Policy, peer: any, direction: Direction, workloads: readonly Workload[]): string {
	const side = direction === 'ingress' ? 'src' : 'dst';
	if (peer.ipBlock) {
		const cidr = `${direction === 'ingress' ? '-s' : '-d'} ${peer.ipBlock.cidr}`;
		const except: string[] = peer.ipBlock.except ?? [];
		if (except.length === 0) return cidr;
		return `${cidr} -m set ! --match-set ${addSet(model, 'e', 'hash:net', `except ${except.join(',')}`, except)} ${side}`;
	}

	const chosen = workloads.filter(
		workload =>
			(peer.namespaceSelector ? matches(peer.namespaceSelector, workload.namespaceLabels) : workload.namespace === policy.namespace) &&
			matches(peer.podSelector, workload.labels),
	);
	const about = JSON.stringify([peer.namespaceSelector ? '' : policy.namespace, peer.namespaceSelector ?? null, peer.podSelector ?? null]);
	return `-m set --match-set ${addSet(
		model,
		's',
		'hash:net',
		about,
		chosen.map(({ip}) => ip),
	)} ${side}`;
}

function portMatch(
	model: Model,
	policy: Policy,
	{protocol = 'TCP', port, endPort}: any,
	direction: Direction,
	workloads: readonly Workload[],
): string {
	const name = String(protocol).toLowerCase();
	if (port === undefined) return `-p ${name}`;
	if (typeof port === 'number') return `-p ${name} -m multiport --dports ${endPort ? `${port}:${endPort}` : port}`;
	// A name means whatever number each pod gives it.
	const targets = direction === 'ingress' ? workloads.filter(workload => selects(policy, workload)) : workloads;
	const members = targets.flatMap(({ip, namedPorts}) =>
		namedPorts.has(`${name}/${port}`) ? [`${ip},${name}:${namedPorts.get(`${name}/${port}`)}`] : [],
	);
	const about = `port ${name} ${port} ${direction === 'ingress' ? policy.key : 'all'}`;
	return `-p ${name} -m set --match-set ${addSet(model, 'n', 'hash:ip,port', about, members)} dst,dst`;
}

function addSet(model: Model, kind: string, type: string, about: string, members: readonly string[]): string {
	const name = `cali40${kind}:${shortHash(about, 21)}`;
	model.sets.set(name, {type, members: new Set(members)});
	return name;
}
