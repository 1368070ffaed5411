import type {KubeObject} from '../../api/object.js';
import {formatIp, isBuggy, type Ip, parseIp, type Prefix, quoted, sizeOf} from './address.js';
import {type Family, familyOfAll, MetalLbError} from './family.js';
import {accepts, type Pool, poolWith} from './pool.js';

/** What one service holds. Plain data: it lives in the controller's memory. */
export interface Allocation {
	readonly pool: string;
	readonly ips: readonly string[];
	/** `tcp/80` */
	readonly ports: readonly string[];
	readonly sharingKey: string;
	/** The selector when only local endpoints serve: such services share an address only with their like. */
	readonly backendKey: string;
}

/** A service that asks, under its key `namespace/name`. */
export interface Asker {
	readonly key: string;
	readonly service: KubeObject;
	readonly ports: readonly string[];
	readonly sharingKey: string;
	readonly backendKey: string;
}

/** Who has which address. Refusals are `MetalLbError`s. Models internal/allocator. */
export interface Allocator {
	allocation(key: string): Allocation | undefined;
	assign(asker: Asker, ips: readonly string[]): void;
	unassign(key: string): void;
	/** From the pools that are meant for the service, else from any. */
	allocate(asker: Asker, family: Family): readonly string[];
	allocateFromPool(asker: Asker, family: Family, pool: string): readonly string[];
	/** The address of the other family, for a service that prefers both and has one. */
	allocateOtherFamily(asker: Asker, existing: string, pool: string): string;
	/** What is allocated now, to be remembered. */
	readonly all: Readonly<Record<string, Allocation>>;
}

interface Free {
	readonly ipv4?: string;
	readonly ipv6?: string;
}

const policyOf = ({service}: Asker): string => service['spec']?.ipFamilyPolicy ?? 'SingleStack';

export function createAllocator(pools: readonly Pool[], before: Readonly<Record<string, Allocation>>): Allocator {
	const all: Record<string, Allocation> = {};
	const users = new Map<string, Set<string>>();
	const put = (key: string, allocation: Allocation) => {
		unassign(key);
		all[key] = allocation;
		for (const ip of allocation.ips) users.set(ip, (users.get(ip) ?? new Set()).add(key));
	};
	const unassign = (key: string) => {
		for (const ip of all[key]?.ips ?? []) {
			users.get(ip)?.delete(key);
			if (users.get(ip)?.size === 0) users.delete(ip);
		}

		delete all[key];
	};
	for (const [key, allocation] of Object.entries(before)) {
		const pool = poolWith(pools, allocation.ips);
		if (pool) put(key, {...allocation, pool: pool.name});
	}

	const refusal = (asker: Asker, ip: string) => refusalOf(asker, ip, users.get(ip), all);
	const freeIn = (pool: Pool, asker: Asker): Free => {
		const free: {ipv4?: string; ipv6?: string} = {};
		for (const prefix of pool.prefixes)
			free[prefix.family] ??= firstFree(prefix, pool.avoidBuggyIPs, ip => refusal(asker, ip) === undefined);
		return free;
	};
	const assign = (asker: Asker, ips: readonly string[]) => {
		const pool = poolWith(pools, ips);
		if (!pool) throw new MetalLbError(`${quoted(ips)} is not allowed in config`);
		if (!accepts(pool, asker.service)) throw new MetalLbError(`pool ${pool.name} not compatible for ip assignment`);
		for (const ip of ips) {
			const why = refusal(asker, ip);
			if (why) throw new MetalLbError(why);
		}

		const {key, ports, sharingKey, backendKey} = asker;
		put(key, {pool: pool.name, ips, ports, sharingKey, backendKey});
	};
	const named = (name: string): Pool => {
		const pool = pools.find(each => each.name === name);
		if (!pool) throw new MetalLbError(`unknown pool ${JSON.stringify(name)}`);
		return pool;
	};

	return {
		all,
		allocation: key => all[key],
		assign,
		unassign,
		allocate(asker, family) {
			const held = all[asker.key]?.ips;
			const ips = held ?? choose(candidates(pools, asker), family, asker, freeIn);
			assign(asker, ips);
			return ips;
		},
		allocateFromPool(asker, family, name) {
			const held = all[asker.key]?.ips;
			if (held && policyOf(asker) !== 'PreferDualStack' && familyOfAll(held) !== family)
				throw new MetalLbError(`IP for wrong family assigned alloc ${familyOfAll(held)} service family ${family}`);
			const ips = held ?? select(freeIn(named(name), asker), family, name, policyOf(asker));
			assign(asker, ips);
			return ips;
		},
		allocateOtherFamily(asker, existing, name) {
			const other = familyOfAll([existing]) === 'ipv4' ? 'ipv6' : 'ipv4';
			const [ip] = select(freeIn(named(name), asker), other, name, 'SingleStack');
			assign(asker, [existing, ip!]);
			return ip!;
		},
	};
}

/** Why a service may not have an address that others have. Its own claims never stand in its way. */
function refusalOf(
	{key, ports, sharingKey, backendKey}: Asker,
	ip: string,
	users: Set<string> | undefined,
	all: Readonly<Record<string, Allocation>>,
) {
	const others = [...(users ?? [])].filter(user => user !== key);
	for (const user of others) {
		const {sharingKey: theirs, backendKey: backend} = all[user]!;
		if (!theirs || !sharingKey || theirs !== sharingKey || backend !== backendKey)
			return `can't change sharing key for ${JSON.stringify(key)}, address also in use by ${others.join(',')}`;
	}

	const taken = ports.find(port => others.some(user => all[user]!.ports.includes(port)));
	return taken && `port ${taken} is already in use on ${JSON.stringify(ip)}`;
}

function firstFree(prefix: Prefix, avoidBuggy: boolean, isFree: (ip: string) => boolean): string | undefined {
	const end = prefix.value + sizeOf(prefix);
	for (let value = prefix.value; value < end; value++) {
		const ip: Ip = {family: prefix.family, value};
		const text = formatIp(ip);
		if (!(avoidBuggy && isBuggy(ip)) && isFree(text)) return text;
	}

	return undefined;
}

/** First the pools that name the service's namespace or labels, by priority; then those that name nobody. */
function candidates(pools: readonly Pool[], {service}: Asker): ReadonlyArray<readonly Pool[]> {
	const auto = pools.filter(pool => pool.autoAssign);
	const rank = ({allocateTo}: Pool) => allocateTo!.priority || Number.POSITIVE_INFINITY;
	const pinned = auto.filter(pool => pool.allocateTo && isPinned(pool) && accepts(pool, service));
	return [[...pinned].sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b))), auto.filter(pool => !pool.allocateTo)];
}

/** A namespace selector that matches no namespace leaves a pool that is meant for nobody. */
const isPinned = ({allocateTo}: Pool): boolean => allocateTo!.namespaces.size + allocateTo!.selectors.length > 0;

function choose(
	groups: ReadonlyArray<readonly Pool[]>,
	family: Family,
	asker: Asker,
	freeIn: (pool: Pool, asker: Asker) => Free,
): readonly string[] {
	for (const pools of groups) {
		const best = bestOf(
			pools.map(pool => freeIn(pool, asker)),
			family,
			asker,
		);
		if (best) return select(best, family, '', policyOf(asker));
	}

	throw new MetalLbError('no available IPs');
}

/** A pool with both families comes before one with the preferred family, that before one with the other. */
function bestOf(found: readonly Free[], family: Family, asker: Asker): Free | undefined {
	if (family !== 'dual') return found.find(free => free[family]);
	const both = found.find(free => free.ipv4 && free.ipv6);
	if (both || policyOf(asker) !== 'PreferDualStack') return both;
	const [first, second] = asker.service['spec']?.ipFamilies?.[0] === 'IPv6' ? (['ipv6', 'ipv4'] as const) : (['ipv4', 'ipv6'] as const);
	return found.find(free => free[first]) ?? found.find(free => free[second]);
}

/** A pool without an address of a single family gives a nil one, which no configuration allows: the message says so. */
function select({ipv4, ipv6}: Free, family: Family, pool: string, policy: string): readonly string[] {
	if (family !== 'dual') return [(family === 'ipv4' ? ipv4 : ipv6) ?? '<nil>'];
	const found = [ipv4, ipv6].filter(ip => ip !== undefined);
	if (found.length === 2 || (found.length === 1 && policy === 'PreferDualStack')) return found;
	throw new MetalLbError(`no available IPs in pool ${pool}`);
}

export const canonical = (text: string): string | undefined => {
	const ip = parseIp(text);
	return ip && formatIp(ip);
};
