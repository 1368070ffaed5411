import {parseIpv4} from '../../../net/address.js';
import type {PolicyRule, PortRange} from '../../../net/policy-rule.js';
import {lookup} from '../lookup.js';
import {IpFailure, NotSimulated} from './failure.js';
import type {TableNames} from './tables.js';

type Given = {-readonly [K in keyof PolicyRule]?: PolicyRule[K]};

/** Words that other commands write otherwise; those after the first of a row are its short forms. */
const names: ReadonlyArray<readonly [keyof typeof readers | 'not', ...string[]]> = [
	['not'],
	['from'],
	['to'],
	['preference', 'order', 'priority'],
	['fwmark'],
	['table', 'lookup'],
	['iif', 'dev'],
	['ipproto'],
	['sport'],
	['dport'],
	['suppress_prefixlength', 'sup_pl'],
	['type'],
];
const unsimulated = ['tos', 'dsfield', 'oif', 'uidrange', 'realms', 'goto', 'nop', 'nat', 'map-to', 'protocol', 'l3mdev', 'tun_id'];
const unsimulatedSuppress = ['suppress_ifgroup', 'sup_group'];

const readers = {
	from: (value: string, given: Given) => take(given, 'source', prefixOf(value)),
	to: (value: string, given: Given) => take(given, 'destination', prefixOf(value)),
	preference: (value: string, given: Given) => take(given, 'priority', numberOf(value, 'preference value is invalid')),
	fwmark(value: string, given: Given) {
		const [mark = '', mask] = value.split('/');
		given.mark = numberOf(mark, 'fwmark value is invalid', value);
		if (mask !== undefined) take(given, 'mask', fullMask(numberOf(mask, 'fwmask value is invalid', value)));
		// No mark without a mask asks for nothing.
		if (given.mark === 0 && given.mask === undefined) delete given.mark;
	},
	table(value: string, given: Given, tables: TableNames, verb: string) {
		given.table = tables.number(value);
		if (given.table === undefined) throw wrong(value, verb === 'show' ? 'table id value is invalid\n' : 'invalid table ID\n');
	},
	iif: (value: string, given: Given) => take(given, 'inLink', value),
	ipproto(value: string, given: Given) {
		const known = lookup({tcp: 'tcp', 6: 'tcp', udp: 'udp', 17: 'udp', icmp: 'icmp', 1: 'icmp', sctp: 'sctp', 132: 'sctp'} as const, value);
		if (!known && /^\d+$|^(gre|esp|ah|igmp|ipv6-icmp|udplite|dccp)$/.test(value)) throw new NotSimulated(`ip rule ... ipproto ${value}`);
		if (!known) throw wrong(value, 'Invalid "ipproto" value\n');
		given.protocol = known;
	},
	sport: (value: string, given: Given) => take(given, 'sourcePorts', portsOf(value, 'sport')),
	dport: (value: string, given: Given) => take(given, 'destinationPorts', portsOf(value, 'dport')),
	suppress_prefixlength: (value: string, given: Given) =>
		take(given, 'suppressLength', numberOf(value, 'suppress_prefixlength value is invalid')),
	type(value: string, given: Given) {
		const action = actionOf(value);
		if (!action && value !== 'unicast' && value !== 'table') throw wrong(value, 'Failed to parse rule type');
		if (action) given.action = action;
	},
};

/** The words after `add`, `del` or `show`. */
export function ruleWords(words: readonly string[], tables: TableNames, verb: 'add' | 'del' | 'show'): Given {
	const given: Given = {};
	for (let at = 0; at < words.length; at++) {
		const word = words[at]!;
		const name = names.find(([name, ...others]) =>
			word === 'prio' || word === 'pref' ? name === 'preference' : [name, ...others].includes(word),
		);
		if (name?.[0] === 'not') {
			given.not = true;
			continue;
		}
		if (name) {
			const value = words[++at];
			if (value === undefined) throw new IpFailure(255, 'Command line is not complete. Try option "help"');
			readers[name[0]](value, given, tables, verb);
			continue;
		}
		if (unsimulated.includes(word) || unsimulatedSuppress.includes(word)) throw new NotSimulated(`ip rule ... ${word}`);
		if (verb === 'show') throw new IpFailure(1, `Error: inet prefix is expected rather than "${word}".`);
		const action = actionOf(word);
		if (!action) throw wrong(word, 'Failed to parse rule type');
		given.action = action;
	}
	return given;
}

const actions = ['unreachable', 'blackhole', 'prohibit'] as const;
const actionOf = (word: string) => actions.find(each => each === word);

const wrong = (value: string, why: string) => new IpFailure(255, `Error: argument "${value}" is wrong: ${why}`);

function take<K extends keyof Given>(given: Given, field: K, value: Given[K]): void {
	if (value === undefined) delete given[field];
	else given[field] = value;
}

const fullMask = (mask: number) => (mask === 0xff_ff_ff_ff ? undefined : mask);

function numberOf(text: string, why: string, whole = text): number {
	const value = /^(0x[\da-f]+|\d+)$/i.test(text) ? Number(text) : Number.NaN;
	if (!(value <= 0xff_ff_ff_ff)) throw wrong(whole, `${why}\n`);
	return value;
}

/** As it is written, for the list shows bits that the mask takes away; undefined: all addresses. */
function prefixOf(text: string): string | undefined {
	if (['all', 'any', 'default'].includes(text)) return undefined;
	const [address = '', length = '32', ...more] = text.split('/');
	const bytes = address.split('.');
	const full = text.includes('/') ? [...bytes, '0', '0', '0'].slice(0, Math.max(4, bytes.length)).join('.') : address;
	if (more.length > 0 || parseIpv4(full) === undefined || !/^\d+$/.test(length) || Number(length) > 32)
		throw new IpFailure(1, `Error: any valid prefix is expected rather than "${text}".`);
	return Number(length) === 0 ? undefined : `${full}/${Number(length)}`;
}

function portsOf(text: string, name: string): PortRange {
	const [, low, high] = /^(\d+)(?:-(\d+))?/.exec(text) ?? [];
	if (low === undefined) throw wrong(text, `invalid ${name}\n`);
	const range = [Number(low), Number(high ?? low)] as const;
	if (range[0] === 0 || range[1] > 65_535 || range[0] > range[1]) throw new IpFailure(2, `Error: Invalid ${name} range.`);
	return range;
}
