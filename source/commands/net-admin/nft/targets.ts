import {lookup} from '../lookup.js';
import type {Extension} from './rule.js';

type Translate = (value: (name: string) => string | undefined) => string | undefined;

const verdicts: Readonly<Record<string, string>> = {ACCEPT: 'accept', DROP: 'drop', RETURN: 'return'};
const everything = '0xffffffff';
const hex = (number: number) => `0x${(number >>> 0).toString(16)}`;
const flagsOf = (value: (name: string) => string | undefined) =>
	['random', 'random-fully', 'persistent']
		.filter(name => value(name) !== undefined)
		.map(name => name.replace('random-fully', 'fully-random'))
		.join(',');
const withFlags = (text: string, value: (name: string) => string | undefined) => [text, flagsOf(value)].filter(Boolean).join(' ');

/** `--set-xmark VALUE/MASK`: what is left of the mark, and what is turned over in it. */
function setMark(text: string, set: string, word: 'mark' | 'ct mark'): string {
	const [value = '', mask = everything] = text.split('/');
	const [bits, within] = [Number(value) >>> 0, Number(mask) >>> 0];
	if (within === 0xffff_ffff) return `${set} ${hex(bits)}`;
	if (bits === 0) return `${set} ${word} and ${hex(~within)}`;
	if (bits === within) return `${set} ${word} or ${hex(bits)}`;
	if (within === 0) return `${set} ${word} xor ${hex(bits)}`;
	return word === 'mark' ? `${set} mark and ${hex(~within)} xor ${hex(bits)}` : `${set} ${word} xor ${hex(bits)} and ${hex(~within)}`;
}

const rejections: Readonly<Record<string, string>> = {
	'icmp-port-unreachable': '',
	'icmp-net-unreachable': ' with icmp type net-unreachable',
	'icmp-host-unreachable': ' with icmp type host-unreachable',
	'icmp-proto-unreachable': ' with icmp type prot-unreachable',
	'icmp-net-prohibited': ' with icmp type net-prohibited',
	'icmp-host-prohibited': ' with icmp type host-prohibited',
	'icmp-admin-prohibited': ' with icmp type admin-prohibited',
	'tcp-reset': ' with tcp reset',
	'icmp6-port-unreachable': '',
	'icmp6-no-route': ' with icmpv6 type no-route',
	'icmp6-adm-prohibited': ' with icmpv6 type admin-prohibited',
	'icmp6-addr-unreachable': ' with icmpv6 type addr-unreachable',
};
const levels = ['emerg', 'alert', 'crit', 'err', '', 'notice', 'info', 'debug'];

const targets: Readonly<Record<string, Translate>> = {
	MASQUERADE: value => withFlags(`masquerade${value('to-ports') ? ` to :${value('to-ports')}` : ''}`, value),
	REDIRECT: value => withFlags(`redirect${value('to-ports') ? ` to :${value('to-ports')}` : ''}`, value),
	DNAT: value => withFlags(`dnat to ${value('to-destination')}`, value),
	SNAT: value => withFlags(`snat to ${value('to-source')}`, value),
	MARK: value => setMark(value('set-xmark') ?? '', 'meta mark set', 'mark'),
	CONNMARK(value) {
		const set = value('set-xmark');
		if (set !== undefined) return setMark(set, 'ct mark set', 'ct mark');
		const [near, far] = [value('nfmask') ?? everything, value('ctmask') ?? everything];
		if (near !== far) return undefined;
		const mask = near === everything ? '' : ` and ${near}`;
		return value('save-mark') === undefined ? `meta mark set ct mark${mask}` : `ct mark set mark${mask}`;
	},
	REJECT: value => `reject${lookup(rejections, value('reject-with') ?? 'icmp-port-unreachable') ?? ''}`,
	LOG(value) {
		const prefix = value('log-prefix');
		const level = levels[Number(value('log-level') ?? 4)];
		const tcp = ['sequence', 'options'].filter(name => value(`log-tcp-${name}`) !== undefined);
		return [
			'log',
			prefix !== undefined && `prefix "${prefix}"`,
			level && `level ${level}`,
			tcp.length > 0 && `flags tcp ${tcp.join(',')}`,
			value('log-ip-options') !== undefined && 'flags ip options',
			value('log-uid') !== undefined && 'flags skuid',
		]
			.filter(Boolean)
			.join(' ');
	},
	NFLOG: value =>
		`log${value('nflog-prefix') === undefined ? '' : ` prefix "${value('nflog-prefix')}"`} group ${value('nflog-group') ?? '0'}`,
	TCPMSS: value => `tcp option maxseg size set ${value('set-mss') ?? 'rt mtu'}`,
	NOTRACK: () => 'notrack',
	CT: value => (value('notrack') === undefined ? undefined : 'notrack'),
	TTL: () => undefined,
};

export function translateTarget({name, options, jump}: Extension & {readonly jump: 'jump' | 'goto'}): string {
	if (jump === 'goto') return `goto ${name}`;
	const value = (wanted: string) => {
		const found = options.find(option => option.name === wanted);
		return found && (found.values[0] ?? '');
	};
	const known = lookup(targets, name);
	return known ? (known(value) ?? `xt target "${name}"`) : (lookup(verdicts, name) ?? `jump ${name}`);
}

/** Verdicts and jumps are nf_tables' own. */
export const isForeign = ({name, jump}: {readonly name: string; readonly jump: 'jump' | 'goto'}): boolean =>
	jump === 'jump' && Object.hasOwn(targets, name);
