import {fromLabelSelector, matchesLabels} from '../../api/selector/label-selector.js';
import type {Reader} from '../../api/client.js';
import type {KubeObject} from '../../api/object.js';
import {formatPrefix, overlaps, type Prefix} from './address.js';
import {MetalLbError} from './family.js';
import {type Pool, poolOf, refuseDuplicates} from './pool.js';

/** The objects that make a configuration, each list in the order of the API. */
export interface Resources {
	readonly pools: readonly KubeObject[];
	readonly l2Advertisements: readonly KubeObject[];
	readonly bgpAdvertisements: readonly KubeObject[];
	readonly namespaces: readonly KubeObject[];
	readonly nodes: readonly KubeObject[];
}

/** Which nodes may speak for a pool's addresses, and through which devices. */
export interface L2Advertisement {
	readonly nodes: ReadonlySet<string>;
	/** Empty: all. */
	readonly interfaces: readonly string[];
}

export interface Configuration {
	readonly pools: readonly Pool[];
	/** By pool name. */
	readonly l2Advertisements: ReadonlyMap<string, readonly L2Advertisement[]>;
}

export const resourceNames = {
	pools: 'ipaddresspools.metallb.io',
	l2Advertisements: 'l2advertisements.metallb.io',
	bgpAdvertisements: 'bgpadvertisements.metallb.io',
	namespaces: 'namespaces',
	nodes: 'nodes',
} as const;

/** MetalLB only looks into its own namespace. */
export function readResources(reader: Reader, namespace: string): Resources {
	const own = (resource: string) => reader.list(resource, {namespace});
	return {
		pools: own(resourceNames.pools),
		l2Advertisements: own(resourceNames.l2Advertisements),
		bgpAdvertisements: own(resourceNames.bgpAdvertisements),
		namespaces: reader.list(resourceNames.namespaces),
		nodes: reader.list(resourceNames.nodes),
	};
}

/** Throws a `MetalLbError` when the objects do not fit together. Models config.For in internal/config/config.go. */
export function configurationOf(resources: Resources): Configuration {
	const pools = poolsOf(resources.pools, resources.namespaces);
	const l2Advertisements = new Map<string, L2Advertisement[]>();
	for (const {spec = {}} of resources.l2Advertisements as readonly any[]) {
		refuseDuplicateSelectors(spec);
		const advertisement = {nodes: nodesOf(spec.nodeSelectors ?? [], resources.nodes), interfaces: spec.interfaces ?? []};
		for (const name of advertised(spec, resources.pools))
			l2Advertisements.set(name, [...(l2Advertisements.get(name) ?? []), advertisement]);
	}

	for (const {spec = {}} of resources.bgpAdvertisements as readonly any[]) {
		refuseDuplicateSelectors(spec);
		checkAggregation(spec, pools, advertised(spec, resources.pools));
	}

	return {pools, l2Advertisements};
}

export function poolsOf(objects: readonly KubeObject[], namespaces: readonly KubeObject[]): Pool[] {
	const defined: Prefix[] = [];
	return objects.map(object => {
		const {name} = object.metadata;
		const pool = reworded(`parsing address pool ${name}: `, () => poolOf(object, namespaces));
		for (const prefix of pool.prefixes) {
			const other = defined.find(each => overlaps(prefix, each));
			if (other)
				throw new MetalLbError(
					`CIDR "${formatPrefix(prefix)}" in pool ${JSON.stringify(name)} overlaps with already defined CIDR "${formatPrefix(other)}"`,
				);
			defined.push(prefix);
		}

		return pool;
	});
}

function reworded<T>(prefix: string, work: () => T): T {
	try {
		return work();
	} catch (error) {
		if (error instanceof MetalLbError) throw new MetalLbError(prefix + error.message);
		throw error;
	}
}

function refuseDuplicateSelectors(spec: any): void {
	for (const field of ['ipAddressPools', 'communities', 'peers'] as const) {
		const values: readonly string[] = spec[field] ?? [];
		const twice = values.find((value, i) => values.indexOf(value) < i);
		if (twice !== undefined) {
			const what = field === 'communities' ? 'community' : field;
			throw new MetalLbError(`duplicate definition of ${what} ${JSON.stringify(twice)}`);
		}
	}

	for (const field of ['ipAddressPoolSelectors', 'nodeSelectors']) refuseDuplicates(spec[field] ?? [], field);
}

function nodesOf(selectors: readonly any[], nodes: readonly KubeObject[]): ReadonlySet<string> {
	const parsed = selectors.map(selector => fromLabelSelector(selector) ?? []);
	const chosen = nodes.filter(({metadata}) => parsed.length === 0 || parsed.some(selector => matchesLabels(selector, metadata.labels)));
	return new Set(chosen.map(({metadata}) => metadata.name));
}

/** Names of the pools that an advertisement is about: all, unless it names or selects some. */
function advertised({ipAddressPools = [], ipAddressPoolSelectors = []}: any, pools: readonly KubeObject[]): string[] {
	const parsed = ipAddressPoolSelectors.map((selector: any) => fromLabelSelector(selector) ?? []);
	const all = ipAddressPools.length + parsed.length === 0;
	return pools
		.filter(({metadata}) => all || ipAddressPools.includes(metadata.name) || parsed.some((one: any) => matchesLabels(one, metadata.labels)))
		.map(({metadata}) => metadata.name);
}

function checkAggregation(
	{aggregationLength = 32, aggregationLengthV6 = 128}: any,
	pools: readonly Pool[],
	names: readonly string[],
): void {
	if (aggregationLength > 32) throw new MetalLbError(`invalid aggregation length ${aggregationLength} for IPv4`);
	if (aggregationLengthV6 > 128) throw new MetalLbError(`invalid aggregation length ${aggregationLengthV6} for IPv6`);
	for (const {prefixes} of pools.filter(pool => names.includes(pool.name))) {
		const tight = prefixes.find(({family, length}) => length > (family === 'ipv4' ? aggregationLength : aggregationLengthV6));
		if (tight)
			throw new MetalLbError(
				`invalid aggregation length ${aggregationLength}: prefix ${tight.length} in this pool is more specific than the aggregation length for addresses ${formatPrefix(tight)}`,
			);
	}
}
