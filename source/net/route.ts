import type {Table} from '../sim/state.js';
import {formatIpv4, formatPrefix, inPrefix, maskOf, parseIpv4, parsePrefix} from './address.js';
import type {Link, LinkTable} from './link.js';
import {derived, type Space} from './space.js';

/** Routing tables of one namespace: longest prefix wins, then the lower metric. */
export interface Routes {
	list(table?: 'main' | 'local'): readonly Route[];
	/** Throws an Error whose message is the RTNETLINK answer. */
	add(route: Route): void;
	remove(destination: string, where?: Partial<Route>): void;
	replace(route: Route): void;
	/** The route a packet to `destination` takes; undefined when there is none. */
	lookup(destination: string): Route | undefined;
}

export interface Route {
	/** CIDR; `0.0.0.0/0` is the default route. */
	readonly destination: string;
	readonly type?: 'unicast' | 'local' | 'broadcast' | 'unreachable' | 'blackhole' | 'prohibit';
	readonly via?: string;
	readonly dev?: string;
	readonly protocol?: 'kernel' | 'boot' | 'static' | 'bird' | 'dhcp';
	readonly scope?: 'link' | 'global' | 'host';
	readonly source?: string;
	readonly metric?: number;
	readonly onlink?: boolean;
}

export interface RouteTable extends Routes {
	readonly rows: () => Table<Route>;
	/** The device that holds a local address, undefined when the address is not one of ours. */
	localDevice(address: string): string | undefined;
	isBroadcast(address: string): boolean;
	/** Connected routes follow the links. */
	follow(before: Link | undefined, after: Link | undefined): void;
}

const prefixOf = (destination: string) => parsePrefix(destination === 'default' ? '0.0.0.0/0' : destination);

/** One row a destination and metric, as the kernel has it. */
const keyOf = (route: Route) => `${route.destination} ${route.metric ?? 0}`;

export function createRoutes(space: Space, links: LinkTable): RouteTable {
	const rows = space.table<Route>('routes');
	const local = derived(links.rows, () => localTable(links));
	const main = derived(rows, () => byLength(rows().values()));
	const normal = (route: Route): Route => {
		const prefix = prefixOf(route.destination);
		if (!prefix) throw new Error('RTNETLINK answers: Invalid argument');
		return {...route, destination: formatPrefix(prefix)};
	};

	const check = (route: Route) => {
		if (route.dev !== undefined && !links.get(route.dev)) throw new Error(`Cannot find device "${route.dev}"`);
		if (route.dev !== undefined && !links.get(route.dev)!.up) throw new Error('Error: Device for nexthop is not up.');
		if (route.via !== undefined && !route.onlink) {
			const hop = routes.lookup(route.via);
			if (!hop || hop.via !== undefined || (route.dev !== undefined && hop.dev !== route.dev))
				throw new Error('Error: Nexthop has invalid gateway.');
			return {...route, dev: route.dev ?? hop.dev};
		}
		return route;
	};

	const routes: RouteTable = {
		rows,
		localDevice: address => local().byAddress.get(address) ?? (address.startsWith('127.') && links.get('lo')?.up ? 'lo' : undefined),
		isBroadcast: address => local().broadcasts.has(address),
		follow: (before, after) => followLink(rows(), before, after),
		list: table => (table === 'local' ? local().list() : sorted([...rows().values()])),
		add(route) {
			const row = check(normal(route));
			if (rows().has(keyOf(row))) throw new Error('RTNETLINK answers: File exists');
			rows().set(keyOf(row), row);
		},
		replace(route) {
			const row = check(normal(route));
			rows().set(keyOf(row), row);
		},
		remove(destination, where = {}) {
			const prefix = prefixOf(destination);
			const wanted = prefix && formatPrefix(prefix);
			const fits = (row: Route) =>
				row.destination === wanted &&
				Object.entries(where).every(([field, value]) => value === undefined || row[field as keyof Route] === value);
			const found = [...rows().entries()].find(([, row]) => fits(row));
			if (!found) throw new Error('RTNETLINK answers: No such process');
			rows().delete(found[0]);
		},
		lookup(destination) {
			const dev = routes.localDevice(destination);
			if (dev !== undefined)
				return {destination, type: 'local', dev, scope: 'host', source: destination.startsWith('127.') ? '127.0.0.1' : destination};
			const address = parseIpv4(destination);
			if (address === undefined) return undefined;
			for (const {mask, at} of main()) {
				const route = at.get((address & mask) >>> 0);
				if (route) return route;
			}
			return undefined;
		},
	};
	return routes;
}

interface LengthTable {
	readonly length: number;
	readonly mask: number;
	readonly at: Map<number, Route>;
}

/** One map a prefix length, longest first; in each the route with the lowest metric. */
function byLength(rows: Iterable<Route>): LengthTable[] {
	const tables = new Map<number, LengthTable>();
	for (const route of rows) {
		const prefix = prefixOf(route.destination)!;
		let table = tables.get(prefix.length);
		if (!table) tables.set(prefix.length, (table = {length: prefix.length, mask: maskOf(prefix.length), at: new Map()}));
		const standing = table.at.get(prefix.base);
		if (!standing || (route.metric ?? 0) < (standing.metric ?? 0)) table.at.set(prefix.base, route);
	}
	return [...tables.values()].sort((a, b) => b.length - a.length);
}

/** Ascending by address, then the wider prefix first, as `ip route` walks the kernel's trie. */
function sorted(routes: Route[]): Route[] {
	const keyed = routes.map(route => ({route, prefix: prefixOf(route.destination)!}));
	keyed.sort((a, b) => a.prefix.base - b.prefix.base || a.prefix.length - b.prefix.length || (a.route.metric ?? 0) - (b.route.metric ?? 0));
	return keyed.map(({route}) => route);
}

/** The addresses of a device that is down are no longer local, except on a dummy that was never up (kube-ipvs0). */
const counts = (link: Link) => link.up || link.type === 'dummy';

function localTable(links: LinkTable) {
	const byAddress = new Map<string, string>();
	const broadcasts = new Set<string>();
	for (const link of links.list()) {
		if (!counts(link)) continue;
		for (const {address, prefix} of link.addresses) {
			if (!byAddress.has(address)) byAddress.set(address, link.name);
			const last = broadcastOf(link, address, prefix);
			if (last !== undefined) broadcasts.add(last);
		}
	}
	let listed: Route[] | undefined;
	return {byAddress, broadcasts, list: () => (listed ??= localRoutes(links))};
}

function broadcastOf(link: Link, address: string, prefix: number): string | undefined {
	const value = parseIpv4(address);
	return value === undefined || prefix >= 31 || !link.up ? undefined : formatIpv4((value | ~maskOf(prefix)) >>> 0);
}

/** `ip route show table local`: only looked at by people, so only made when asked for. */
function localRoutes(links: LinkTable): Route[] {
	const routes: Array<{at: number; length: number; route: Route}> = [];
	const put = (at: number, length: number, route: Route) => routes.push({at, length, route});
	for (const link of links.list().filter(counts)) {
		for (const {address, prefix} of link.addresses) {
			const value = parseIpv4(address);
			if (value === undefined) continue;
			const kernel = {dev: link.name, protocol: 'kernel', source: address} as const;
			put(value, 32, {...kernel, destination: address, type: 'local', scope: 'host'});
			const base = (value & maskOf(prefix)) >>> 0;
			if (link.type === 'loopback')
				put(base, prefix, {...kernel, destination: `${formatIpv4(base)}/${prefix}`, type: 'local', scope: 'host'});
			const last = broadcastOf(link, address, prefix);
			if (last !== undefined) put(parseIpv4(last)!, 32, {...kernel, destination: last, type: 'broadcast', scope: 'link'});
		}
	}
	routes.sort((a, b) => a.at - b.at || a.length - b.length);
	return routes.map(({route}) => route);
}

/** The kernel adds a route for the network of each address while the link is up, and drops all routes of a link that goes away. */
function followLink(rows: Table<Route>, before: Link | undefined, after: Link | undefined): void {
	if (!before?.up && !after?.up) return;
	const wanted = new Map((after?.up ? connected(after) : []).map(route => [keyOf(route), route]));
	const name = (after ?? before)!.name;
	const gone = !after?.up && before?.up;
	const stale = before?.up ? connected(before).map(keyOf) : [];
	for (const key of stale) if (!wanted.has(key) && rows.get(key)?.dev === name) rows.delete(key);
	if (gone) for (const [key, row] of [...rows.entries()]) if (row.dev === name) rows.delete(key);
	for (const [key, route] of wanted) if (!stale.includes(key) && !rows.has(key)) rows.set(key, route);
}

function connected(link: Link): Route[] {
	if (link.type === 'loopback') return [];
	const routes: Route[] = [];
	for (const {address, prefix} of link.addresses) {
		const value = parseIpv4(address);
		if (value === undefined || prefix === 32) continue;
		const destination = `${formatIpv4((value & maskOf(prefix)) >>> 0)}/${prefix}`;
		routes.push({destination, dev: link.name, protocol: 'kernel', scope: 'link', source: address});
	}
	return routes;
}

/** The address a packet gets that leaves by this route and has none yet: the route's own choice, else the first of the device. */
export function sourceFor(route: Route, links: LinkTable): string | undefined {
	if (route.source) return route.source;
	const next = parseIpv4(route.via ?? route.destination.split('/')[0]!);
	const own =
		(route.dev === undefined ? undefined : links.get(route.dev))?.addresses.filter(each => parseIpv4(each.address) !== undefined) ?? [];
	const near = own.find(each => next !== undefined && inPrefix(next, parsePrefix(`${each.address}/${each.prefix}`)!));
	if (near ?? own[0]) return (near ?? own[0])!.address;
	for (const link of links.list()) {
		const found =
			link.up && link.type !== 'loopback'
				? link.addresses.find(each => each.scope === 'global' && parseIpv4(each.address) !== undefined)
				: undefined;
		if (found) return found.address;
	}
	return undefined;
}
