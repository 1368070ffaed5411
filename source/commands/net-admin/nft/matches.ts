import {lookup} from '../lookup.js';
import type {Extension, Option} from './rule.js';

/** What nft writes for a match that iptables keeps in its own form (xt); undefined: the name of the extension alone. */
type Translate = (match: Extension) => string | undefined;

const differs = (option: Option) => (option.negated ? '!= ' : '');
const first = (option: Option | undefined) => option?.values[0] ?? '';
const named = (match: Extension, name: string) => match.options.find(option => option.name === name);
const each = (match: Extension, words: Readonly<Record<string, (option: Option) => string>>): string =>
	match.options.map(option => lookup(words, option.name)?.(option) ?? '').join(' ');
const range = (text: string) => text.replace(':', '-');
const plainAddress = (text: string) => text.replace(/\/(?:32|128)$/, '');

/** Matches whose words are one after the other, in the order in which nft has them. */
const inOrder =
	(words: ReadonlyArray<readonly [name: string, word: string, value?: (text: string) => string]>): Translate =>
	match =>
		words
			.flatMap(([name, word, value = plainAddress]) => {
				const option = named(match, name);
				return option ? [`${word} ${differs(option)}${value(first(option))}`.trimEnd()] : [];
			})
			.join(' ');

const connections = inOrder([
	['ctdir', 'ct direction', text => text.toLowerCase()],
	['ctproto', 'ct original protocol'],
	['ctstatus', 'ct status', text => text.toLowerCase().replaceAll('_', '-').replace('none', '')],
	['ctexpire', 'ct expiration', range],
	['ctorigsrc', 'ct original saddr'],
	['ctorigdst', 'ct original daddr'],
	['ctreplsrc', 'ct reply saddr'],
	['ctrepldst', 'ct reply daddr'],
	['ctorigsrcport', 'ct original proto-src', range],
	['ctorigdstport', 'ct original proto-dst', range],
	['ctreplsrcport', 'ct reply proto-src', range],
	['ctrepldstport', 'ct reply proto-dst', range],
]);

function state(option: Option): string {
	const states = first(option).toLowerCase();
	const nat = ['snat', 'dnat'].find(name => states.split(',').includes(name));
	return nat ? `ct status ${nat}` : `ct state ${option.negated ? '! ' : ''}${states}`;
}

const icmpTypes: Readonly<Record<string, string>> = {
	0: 'echo-reply',
	3: 'destination-unreachable',
	4: 'source-quench',
	5: 'redirect',
	8: 'echo-request',
	9: 'router-advertisement',
	10: 'router-solicitation',
	11: 'time-exceeded',
	12: 'parameter-problem',
	13: 'timestamp-request',
	14: 'timestamp-reply',
	17: 'address-mask-request',
	18: 'address-mask-reply',
};

function ports(match: Extension): string | undefined {
	const [option] = match.options;
	// The option names its sides; of which protocol, the rule has said before.
	const side = {dports: 'dport', 'destination-ports': 'dport', sports: 'sport', 'source-ports': 'sport'}[option?.name ?? ''];
	const list = first(option).split(',').map(range);
	if (!option) return undefined;
	if (!side) return `%p sport . %p dport { ${list.map(port => `0-65535 . ${port}, ${port} . 0-65535`).join(', ')} }`;
	return `%p ${side} ${differs(option)}${list.length > 1 ? `{ ${list.join(', ')} }` : list[0]}`;
}

/** `%p` is the protocol of the rule. */
const matches: Readonly<Record<string, Translate>> = {
	comment: () => '',
	// With an option of the header, which nf_tables is not handed.
	tcp: match => each(match, {sport: portOf('tcp sport'), dport: portOf('tcp dport'), 'tcp-option': headerOption, 'tcp-flags': tcpFlags}),
	udp: match => (match.options.length === 0 ? '' : undefined),
	addrtype(match) {
		const option = named(match, 'src-type') ?? named(match, 'dst-type');
		const list = first(option).toLowerCase().split(',').join(', ');
		const device = named(match, 'limit-iface-in') ? ' . iif' : named(match, 'limit-iface-out') ? ' . oif' : '';
		const side = option?.name === 'src-type' ? 'saddr' : 'daddr';
		return option && `fib ${side}${device} type ${differs(option)}${list.includes(',') ? `{ ${list} }` : list}`;
	},
	state: match => state(match.options[0]!),
	conntrack(match) {
		const option = named(match, 'ctstate');
		return [connections({...match, options: match.options.filter(({name}) => name === 'ctdir' || name === 'ctproto')})]
			.concat(
				option ? state(option) : '',
				connections({...match, options: match.options.filter(({name}) => !/^ct(?:dir|proto)$/.test(name))}),
			)
			.filter(Boolean)
			.join(' ');
	},
	connmark(match) {
		const option = match.options[0]!;
		const [mark, mask] = first(option).split('/');
		return mask === undefined ? `ct mark ${differs(option)}${mark}` : `ct mark and ${mask} ${option.negated ? '!=' : '=='} ${mark}`;
	},
	icmp(match) {
		const option = match.options[0];
		const type = first(option);
		if (type === 'any' || type === '255') return 'ip protocol icmp';
		return option && !type.includes('/') ? `icmp type ${differs(option)}${lookup(icmpTypes, type) ?? type}` : undefined;
	},
	iprange: inOrder([
		['src-range', 'ip saddr'],
		['dst-range', 'ip daddr'],
	]),
	length: inOrder([['length', 'meta length', range]]),
	mac: inOrder([['mac-source', 'ether saddr', text => text.toLowerCase()]]),
	multiport: ports,
	owner: match =>
		match.options.length === 1 ? each(match, {'uid-owner': owner('skuid'), 'gid-owner': owner('skgid')}) || undefined : undefined,
	pkttype: inOrder([['pkt-type', 'pkttype']]),
	sctp: inOrder([
		['sport', 'sctp sport', range],
		['dport', 'sctp dport', range],
	]),
	rpfilter(match) {
		if (named(match, 'accept-local')) return undefined;
		const mark = named(match, 'validmark') ? ' . mark' : '';
		return `fib saddr${mark}${named(match, 'loose') ? '' : ' . iif'} oif ${named(match, 'invert') ? '' : '!= '}0`;
	},
	statistic(match) {
		const chance = named(match, 'probability');
		if (chance) return `meta random & 2147483647 ${chance.negated ? '>=' : '<'} ${Math.round(Number(first(chance)) * 2 ** 31)}`;
		const every = named(match, 'every');
		return every && `numgen inc mod ${first(every)} ${differs(every)}${first(named(match, 'packet')) || '0'}`;
	},
	ttl(match) {
		const option = match.options[0]!;
		return `ip ttl ${{'ttl-lt': 'lt ', 'ttl-gt': 'gt '}[option.name] ?? differs(option)}${first(option)}`;
	},
};

function portOf(word: string): (option: Option) => string {
	return option => `${word} ${differs(option)}${range(first(option))}`;
}

function headerOption(option: Option): string {
	return `tcp option ${first(option)} ${option.negated ? 'missing' : 'exists'}`;
}

function owner(word: string): (option: Option) => string {
	return option => `${word} ${differs(option)}${first(option)}`;
}

export const translateMatch = (match: Extension, protocol: string): string =>
	lookup(matches, match.name)?.(match)?.replaceAll('%p', protocol) ?? `xt match "${match.name}"`;

/** The few matches that iptables hands to nf_tables in its own terms; undefined where it does not. */
export function nativeMatch(match: Extension): string | undefined {
	if (match.name === 'mark') return mark(match.options[0]!);
	if (match.name === 'limit') return limit(match);
	if (match.name !== 'tcp' && match.name !== 'udp') return undefined;
	if (match.options.length === 0 || match.options.some(({name}) => !/^(?:[sd]port|tcp-flags)$/.test(name))) return undefined;
	const flags = named(match, 'tcp-flags');
	const port = (name: string) => {
		const option = named(match, name);
		return option ? [`${match.name} ${name} ${portWord(option)}`] : [];
	};
	return [...(flags ? [tcpFlags(flags)] : []), ...port('sport'), ...port('dport')].join(' ');
}

function portWord(option: Option): string {
	const [low = '', high] = first(option).split(':');
	if (high === undefined) return `${differs(option)}${low}`;
	return low === '0' ? `${option.negated ? '>' : '<='} ${high}` : `${differs(option)}${low}-${high}`;
}

const flagOrder = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG'];

function tcpFlags({values: [mask = '', wanted = ''], negated}: Option): string {
	const list = (text: string) => flagOrder.filter(flag => text === 'ALL' || text.split(',').includes(flag)).map(flag => flag.toLowerCase());
	const [asked, set] = [list(mask), list(wanted)];
	if (set.length === 0) return `tcp flags ${negated ? '' : '! '}${asked.join(',')}`;
	if (asked.length === 1) return `tcp flags & ${asked[0]} ${negated ? '!=' : '=='} ${set[0]}`;
	return `tcp flags ${negated ? '!= ' : ''}${set.join(',')} / ${asked.join(',')}`;
}

const eight = (text: string) => `0x${Number(text).toString(16).padStart(8, '0')}`;

function mark(option: Option): string {
	const [value = '', mask] = first(option).split('/');
	return mask === undefined
		? `meta mark ${differs(option)}${eight(value)}`
		: `meta mark & ${eight(mask)} ${option.negated ? '!=' : '=='} ${eight(value)}`;
}

const units: Readonly<Record<string, string>> = {sec: 'second', min: 'minute', hour: 'hour', day: 'day'};

function limit(match: Extension): string {
	const [count, unit = ''] = first(named(match, 'limit')).split('/');
	const burst = first(named(match, 'limit-burst')) || '5';
	return `limit rate ${count}/${lookup(units, unit) ?? unit}${burst === '5' ? '' : ` burst ${burst} packets`}`;
}
