import type {Table} from '../sim/state.js';
import {formatPrefix, inPrefix, maskOf, parseIpv4, parsePrefix} from './address.js';
import type {Link, LinkTable} from './link.js';
import type {PolicyRule, PolicyRules, Routed} from './policy-rule.js';
import {derived, type Space} from './space.js';
import {followLink, localTable} from './link-routes.js';
import {keyOf, type Route} from './route-row.js';

export type {Route} from './route-row.js';

/** Routing tables of one namespace: rules choose the table; in it the longest prefix wins, then the lower metric. */
export interface Routes {
	/** A number is a table other than those of the kernel. */
	list(table?: 'main' | 'local' | number): readonly Route[];
	/** Numbers of the tables that somebody made, ascending. */
	tables(): readonly number[];
	/** Throws an Error whose message is the RTNETLINK answer. */
	add(route: Route): void;
	remove(destination: string, where?: Partial<Route>): void;
	replace(route: Route): void;
	/** The route a packet to `destination` takes, undefined when there is none; `inLink` is `lo` for what is made here. */
	lookup(destination: string, packet?: Routed, inLink?: string): Route | undefined;
}

export interface RouteTable extends Routes {
	readonly rows: () => Table<Route>;
	/** Rules that choose the table. */
	readonly policy: () => Table<unknown>;
	/** The device that holds a local address, undefined when the address is not one of ours. */
	localDevice(address: string): string | undefined;
	isBroadcast(address: string): boolean;
	/** Connected routes follow the links. */
	follow(before: Link | undefined, after: Link | undefined): void;
}

const prefixOf = (destination: string) => parsePrefix(destination === 'default' ? '0.0.0.0/0' : destination);

const mainTable = 254;
const localNumber = 255;

export function createRoutes(space: Space, links: LinkTable, policy: PolicyRules): RouteTable {
	const rows = space.table<Route>('routes');
	const local = derived(links.rows, () => localTable(links));
	const tables = derived(rows, () => byTable(rows().values()));
	// BIRD looks every two seconds.
	const listed = derived(rows, () => new Map<number | undefined, readonly Route[]>());
	const inTable = (number: number | undefined) => {
		const known = listed();
		let list = known.get(number);
		if (!list) known.set(number, (list = sorted([...rows().values()].filter(row => row.table === number))));
		return list;
	};
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

	const ours = (destination: string): Route | undefined => {
		const dev = routes.localDevice(destination);
		return dev === undefined
			? undefined
			: {destination, type: 'local', dev, scope: 'host', source: destination.startsWith('127.') ? '127.0.0.1' : destination};
	};

	const standing = (table: number | undefined, destination: string) =>
		find(table === mainTable ? tables().main : tables().made.get(table!), destination);

	const routes: RouteTable = {
		rows,
		policy: policy.rows,
		localDevice(address) {
			const device = local().byAddress.get(address) ?? (address.startsWith('127.') && links.get('lo')?.up ? 'lo' : undefined);
			if (device !== undefined || !tables().made.has(localNumber)) return device;
			const route = find(tables().made.get(localNumber), address);
			return route?.type === 'local' ? route.dev : undefined;
		},
		isBroadcast: address => local().broadcasts.has(address),
		follow: (before, after) => followLink(rows(), before, after),
		list(table = 'main') {
			const own = inTable(table === 'main' ? undefined : table === 'local' ? localNumber : table);
			return table === 'local' ? [...own, ...local().list()] : own;
		},
		tables: () => [...tables().made.keys()].filter(number => number !== localNumber).sort((a, b) => a - b),
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
				row.table === where.table &&
				Object.entries(where).every(([field, value]) => value === undefined || row[field as keyof Route] === value);
			const found = [...rows().entries()].find(([, row]) => fits(row));
			if (!found) throw new Error('RTNETLINK answers: No such process');
			rows().delete(found[0]);
		},
		lookup(destination, packet, inLink = 'lo') {
			const rules = policy.chosen(destination, packet, inLink);
			if (rules) return byRules(rules, rule => (rule.table === localNumber ? ours(destination) : standing(rule.table, destination)));
			return ours(destination) ?? find(tables().main, destination);
		},
	};
	return routes;
}

interface LengthTable {
	readonly length: number;
	readonly mask: number;
	readonly at: Map<number, Route>;
}

/** The first table with a route; where a rule itself decides, a route that says so. */
function byRules(rules: Iterable<PolicyRule>, find: (rule: PolicyRule) => Route | undefined): Route | undefined {
	for (const rule of rules) {
		if (rule.action) return {destination: '0.0.0.0/0', type: rule.action, rule: rule.priority};
		const route = find(rule);
		if (!route || route.type === 'throw') continue;
		if (rule.suppressLength === undefined || prefixOf(route.destination)!.length > rule.suppressLength) return route;
	}
	return undefined;
}

function find(tables: readonly LengthTable[] | undefined, destination: string): Route | undefined {
	const address = tables && parseIpv4(destination);
	if (address === undefined || !tables) return undefined;
	for (const {mask, at} of tables) {
		const route = at.get((address & mask) >>> 0);
		if (route) return route;
	}
	return undefined;
}

/** The main table, which nearly every packet asks, and by number those that somebody made. */
function byTable(rows: Iterable<Route>): {main: LengthTable[]; made: Map<number, LengthTable[]>} {
	const main: Route[] = [];
	const made = new Map<number, Route[]>();
	for (const route of rows) {
		if (route.table === undefined) main.push(route);
		else if (made.has(route.table)) made.get(route.table)!.push(route);
		else made.set(route.table, [route]);
	}
	return {main: byLength(main), made: new Map([...made].map(([number, routes]) => [number, byLength(routes)]))};
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
