import {isMulticast, parseIpv4} from '../../../net/address.js';
import type {Namespace} from '../../../net/namespace.js';
import type {Routed} from '../../../net/policy-rule.js';
import {type Route, sourceFor} from '../../../net/route.js';
import {lookup} from '../lookup.js';
import {IpFailure, NotSimulated} from './failure.js';
import {jsonText} from './json.js';
import type {IpOptions} from './print.js';
import {routeText} from './route-text.js';

/** What `ip route get` asks for, beside the destination. */
interface Question {
	from?: string;
	oif?: string;
	iif?: string;
	mark?: number;
	uid?: number;
	protocol?: Routed['protocol'];
	sport?: number;
	dport?: number;
	fibmatch?: boolean;
}

/** Refusals of the kernel: those of a rule, of a route, and of a packet that came in. */
const refusals: Readonly<Record<string, string>> = {
	unreachable: 'No route to host',
	prohibit: 'Permission denied',
	blackhole: 'Invalid argument',
};
const refused = (why: string) => new IpFailure(2, `RTNETLINK answers: ${why}`);

export function get(stack: Namespace, words: readonly string[], options: IpOptions): string {
	const {to, ...asked} = question(stack, words);
	const route = asked.iif === undefined ? leaving(stack, to, asked) : arriving(stack, to, asked, asked.iif);
	const kind = stack.kernel.routes.isBroadcast(to) ? 'broadcast' : isMulticast(to) ? 'multicast' : route.type === 'local' ? 'local' : '';
	const table = tableName(stack, route, kind, options);
	if (asked.fibmatch && route.type !== 'local') return `${routeText(stack, route, table)}\n`;
	// The kernel answers for its own addresses through the loopback device.
	const inward = kind === 'local' || (kind === 'broadcast' && asked.iif !== undefined);
	const answer = {
		type: kind || undefined,
		dst: to,
		from: asked.from,
		gateway: route.via && kind !== 'multicast' && kind !== 'local' ? route.via : undefined,
		dev: inward ? 'lo' : route.dev,
		table,
		prefsrc: asked.from === undefined ? (kind === 'local' ? to : sourceFor(route, stack.kernel.links)) : undefined,
		mark: asked.mark,
		uid: asked.iif === undefined ? (asked.uid ?? 0) : undefined,
		cache: cacheWords(kind, route, asked),
		iif: asked.iif,
	};
	return options.json ? jsonText([inJson(answer)], options) : inText(answer);
}

/** A packet made here. */
function leaving(stack: Namespace, to: string, {from, oif, ...asked}: Question): Route {
	if (from !== undefined && !stack.hasAddress(from)) throw refused('Network is unreachable');
	const route = stack.kernel.routes.lookup(to, packetOf({from, ...asked}));
	if (!route) throw refused('Network is unreachable');
	refuse(route);
	// A device by order is taken whatever the table says; without a route over it the neighbour is taken to be next door.
	return oif === undefined || oif === route.dev || route.type === 'local' ? route : {destination: `${to}/32`, dev: oif};
}

/** A packet that came in by `iif`, from `from`. */
function arriving(stack: Namespace, to: string, asked: Question, iif: string): Route {
	const {routes, sysctls} = stack.kernel;
	if (asked.from === undefined || stack.hasAddress(asked.from)) throw refused('Invalid argument');
	const route = routes.lookup(to, packetOf(asked), iif);
	if (route) refuse(route);
	if (!route || (route.type !== 'local' && !routes.isBroadcast(to) && sysctls.number('net.ipv4.ip_forward') === 0))
		throw refused('No route to host');
	const filter = sysctls.conf(iif, 'rp_filter');
	const back = filter === 0 ? undefined : routes.lookup(asked.from, {...packetOf(asked), source: to, mark: 0});
	if (filter !== 0 && (!back || (filter === 1 && back.dev !== iif))) throw refused('Invalid cross-device link');
	return route;
}

const packetOf = ({from, mark, protocol, sport, dport}: Question): Routed => ({
	protocol: protocol ?? 'icmp',
	source: from ?? '',
	mark: mark ?? 0,
	sourcePort: sport ?? 0,
	destinationPort: dport ?? 0,
});

function refuse(route: Route): void {
	const refusal = lookup(refusals, route.type ?? '');
	if (refusal) throw refused(route.rule !== undefined && route.type === 'unreachable' ? 'Network is unreachable' : refusal);
}

/** Main is not named, and local only where rules keep it apart from main. */
function tableName({policy}: Namespace, route: Route, kind: string, {tables}: IpOptions): string | undefined {
	if (route.table !== undefined) return tables.name(route.table);
	return (kind === 'local' || kind === 'broadcast') && policy.rows().size > 0 ? tables.name(255) : undefined;
}

function cacheWords(kind: string, route: Route, {iif}: Question): string[] {
	if (kind === 'local') return ['local'];
	if (kind === 'broadcast') return ['local', 'brd'];
	if (kind === 'multicast') return ['local', 'mc'];
	return iif !== undefined && route.dev === iif ? ['redirect'] : [];
}

interface Answer {
	readonly type: string | undefined;
	readonly dst: string;
	readonly from: string | undefined;
	readonly gateway: string | undefined;
	readonly dev: string | undefined;
	readonly table: string | undefined;
	readonly prefsrc: string | undefined;
	readonly mark: number | undefined;
	readonly uid: number | undefined;
	readonly cache: readonly string[];
	readonly iif: string | undefined;
}

const inJson = ({type, dst, from, gateway, dev, table, prefsrc, mark, uid, cache, iif}: Answer) => ({
	...(type && {type}),
	dst,
	...(from && {from}),
	...(gateway && {gateway}),
	dev,
	...(table && {table}),
	...(prefsrc && {prefsrc}),
	flags: [],
	...(mark && {mark}),
	...(uid !== undefined && {uid}),
	cache,
	...(iif && {iif}),
});

function inText({type, dst, from, gateway, dev, table, prefsrc, mark, uid, cache, iif}: Answer): string {
	const parts = [
		type,
		dst,
		from && `from ${from}`,
		gateway && `via ${gateway}`,
		`dev ${dev}`,
		table && `table ${table}`,
		prefsrc && `src ${prefsrc}`,
		// iproute2 writes numbers below ten the same in both bases.
		mark && `mark ${mark < 10 ? mark : `0x${mark.toString(16)}`}`,
		uid !== undefined && `uid ${uid}`,
	];
	const known = [cache.length > 0 && `<${cache.join(',')}>`, iif && `iif ${iif}`].filter(Boolean);
	return `${parts.filter(Boolean).join(' ')} \n    cache ${known.map(each => `${each} `).join('')}\n`;
}

const flagWords = ['fibmatch', 'notify', 'to', 'connected'];
const known = ['from', 'oif', 'dev', 'iif', 'uid', 'mark', 'ipproto', 'sport', 'dport'];

function question(stack: Namespace, words: readonly string[]): Question & {to: string} {
	const found: Question & {to?: string} = {...(words.includes('fibmatch') && {fibmatch: true})};
	const rest = words.filter(word => !flagWords.includes(word));
	if (words.includes('connected')) throw new NotSimulated('ip route get ... connected');
	while (rest.length > 0) {
		const word = rest.shift()!;
		if (['tos', 'dsfield', 'vrf', 'as'].includes(word)) throw new NotSimulated(`ip route get ... ${word}`);
		if (!known.includes(word)) {
			if (parseIpv4(word.split('/')[0]!) === undefined)
				throw new IpFailure(1, `Error: ${found.to === undefined ? 'any valid' : 'inet'} prefix is expected rather than "${word}".`);
			found.to = word.split('/')[0]!;
			continue;
		}
		const value = rest.shift();
		if (value === undefined) throw new IpFailure(255, 'Command line is not complete. Try option "help"');
		take(stack, found, word, value);
	}
	if (found.to === undefined) throw new IpFailure(1, 'need at least a destination address');
	return {...found, to: found.to};
}

function take(stack: Namespace, found: Question, word: string, value: string): void {
	const wrong = (what: string) => new IpFailure(255, `Error: argument "${value}" is wrong: ${what}`);
	if (word === 'from') {
		if (parseIpv4(value) === undefined) throw new IpFailure(1, `Error: any valid prefix is expected rather than "${value}".`);
		found.from = value;
	} else if (word === 'oif' || word === 'dev' || word === 'iif') {
		if (!stack.links.get(value)) throw new IpFailure(1, `Cannot find device "${value}"`);
		found[word === 'iif' ? 'iif' : 'oif'] = value;
	} else if (word === 'ipproto') {
		const protocol = (['tcp', 'udp', 'icmp', 'sctp'] as const).find(each => each === value);
		if (!protocol) throw wrong('Invalid "ipproto" value\n');
		found.protocol = protocol;
	} else {
		if (!/^(0x[\da-f]+|\d+)$/i.test(value)) throw wrong(word === 'mark' ? 'invalid mark value' : `invalid ${word}\n`);
		found[word as 'uid' | 'mark' | 'sport' | 'dport'] = Number(value);
	}
}
