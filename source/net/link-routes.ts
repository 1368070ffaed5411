import type {Table} from '../sim/state.js';
import {formatIpv4, maskOf, parseIpv4} from './address.js';
import type {Link, LinkTable} from './link.js';
import {keyOf, type Route} from './route-row.js';

/** The addresses of a device that is down are no longer local, except on a dummy that was never up (kube-ipvs0). */
const counts = (link: Link) => link.up || link.type === 'dummy';

export function localTable(links: LinkTable) {
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
export function followLink(rows: Table<Route>, before: Link | undefined, after: Link | undefined): void {
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
