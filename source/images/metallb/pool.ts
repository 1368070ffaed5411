import {fromLabelSelector, type LabelSelector, matchesLabels} from '../../api/selector/label-selector.js';
import type {KubeObject} from '../../api/object.js';
import {contains, formatIp, isBuggy, parseCidr, parseIp, type Prefix, sizeOf, summarize} from './address.js';
import {MetalLbError} from './family.js';

/** An IPAddressPool as MetalLB understands it. Models addressPoolFromCR in internal/config/config.go. */
export interface Pool {
	readonly name: string;
	readonly autoAssign: boolean;
	readonly avoidBuggyIPs: boolean;
	readonly prefixes: readonly Prefix[];
	/** Absent: for every service that no other pool is meant for. */
	readonly allocateTo?: AllocateTo;
}

interface AllocateTo {
	/** Lower is tried earlier; 0 is last. */
	readonly priority: number;
	readonly namespaces: ReadonlySet<string>;
	readonly selectors: readonly LabelSelector[];
}

export function poolOf({metadata, spec = {}}: any, namespaces: readonly KubeObject[]): Pool {
	const {name} = metadata;
	if (!spec.addresses?.length) throw new MetalLbError('pool has no prefixes defined');
	const prefixes = spec.addresses.flatMap((text: string) => {
		const found = prefixesOf(text);
		if (typeof found === 'string') throw new MetalLbError(`invalid CIDR ${JSON.stringify(text)} in pool ${JSON.stringify(name)}: ${found}`);
		return found;
	});
	return {
		name,
		autoAssign: spec.autoAssign ?? true,
		avoidBuggyIPs: spec.avoidBuggyIPs ?? false,
		prefixes,
		...(spec.serviceAllocation && {allocateTo: allocateToOf(spec.serviceAllocation, namespaces)}),
	};
}

/** `10.0.0.0/24` or `10.0.0.1-10.0.0.9`; a text says what is wrong. */
function prefixesOf(text: string): readonly Prefix[] | string {
	if (!text.includes('-')) {
		const prefix = parseCidr(text);
		return prefix ? [prefix] : `invalid CIDR ${JSON.stringify(text)}`;
	}

	const ends = text.split('-').map(end => end.trim());
	const wrong = (why: string) => `invalid IP range ${JSON.stringify(text)}: ${why}`;
	if (ends.length !== 2) return wrong('invalid IP range');
	const [first, last] = ends.map(parseIp);
	if (!first) return wrong(`invalid start IP ${JSON.stringify(ends[0])}`);
	if (!last) return wrong(`invalid end IP ${JSON.stringify(ends[1])}`);
	if (first.family !== last.family) return wrong(`mixed IP families`);
	if (first.value > last.value)
		return wrong(`start IP ${JSON.stringify(formatIp(first))} is after the end IP ${JSON.stringify(formatIp(last))}`);
	return summarize(first, last);
}

function allocateToOf(given: any, namespaces: readonly KubeObject[]): AllocateTo {
	const {priority = 0, namespaceSelectors = [], serviceSelectors = []} = given;
	const named = new Set<string>(given.namespaces ?? []);
	if (named.size < (given.namespaces ?? []).length) throw new MetalLbError('duplicate definition in namespaces field');
	refuseDuplicates(namespaceSelectors, 'namespaceSelectors');
	refuseDuplicates(serviceSelectors, 'serviceSelectors');
	for (const selector of namespaceSelectors) {
		const wanted = fromLabelSelector(selector) ?? [];
		for (const {metadata} of namespaces) if (matchesLabels(wanted, metadata.labels)) named.add(metadata.name);
	}

	const unbound = named.size + namespaceSelectors.length + serviceSelectors.length === 0;
	const selectors = unbound ? [[]] : serviceSelectors.map((selector: any) => fromLabelSelector(selector) ?? []);
	return {priority, namespaces: named, selectors};
}

/** Models validateLabelSelectorDuplicate: the same selector twice, or a value twice within one. */
export function refuseDuplicates(selectors: readonly any[], field: string): void {
	const texts = selectors.map(selector => JSON.stringify(fromLabelSelector(selector)));
	const repeated = selectors.some((selector: any) =>
		(selector.matchExpressions ?? []).some(({values = []}: any) => new Set(values).size < values.length),
	);
	if (repeated || new Set(texts).size < texts.length) throw new MetalLbError(`duplicate definition of ${field}`);
}

export const accepts = ({allocateTo}: Pool, {metadata}: KubeObject): boolean => {
	if (!allocateTo) return true;
	const {namespaces, selectors} = allocateTo;
	if (namespaces.size > 0 && !namespaces.has(metadata.namespace ?? '')) return false;
	return selectors.length === 0 || selectors.some(selector => matchesLabels(selector, metadata.labels));
};

/** Which of several pools holds all these addresses. */
export const poolWith = (pools: readonly Pool[], addresses: readonly string[]): Pool | undefined =>
	pools.find(pool =>
		addresses.every(address => {
			const ip = parseIp(address);
			return ip && !(pool.avoidBuggyIPs && isBuggy(ip)) && pool.prefixes.some(prefix => contains(prefix, ip));
		}),
	);

const plenty = 2n ** 63n - 1n;

/** How many addresses a pool offers. A range that never runs out counts as the largest number there is. */
export function capacityOf({prefixes, avoidBuggyIPs}: Pool): {total: bigint; ipv4: bigint; ipv6: bigint} {
	const count = {total: 0n, ipv4: 0n, ipv6: 0n};
	for (const prefix of prefixes) {
		const size = sizeOf(prefix);
		if (size >= 2n ** 62n) {
			count.total = plenty;
			count.ipv6 = plenty;
			continue;
		}

		const buggy = avoidBuggyIPs ? buggyIn(prefix) : 0n;
		count[prefix.family] += size - buggy;
		if (count.total !== plenty) count.total += size - buggy;
	}

	return count;
}

function buggyIn(prefix: Prefix): bigint {
	if (prefix.family !== 'ipv4') return 0n;
	if (prefix.length <= 24) return 2n << BigInt(24 - prefix.length);
	const last = {...prefix, value: prefix.value + sizeOf(prefix) - 1n};
	return BigInt(Number(isBuggy(prefix)) + Number(isBuggy(last)));
}
