import {lookup} from '../lookup.js';
import {nativeMatch, translateMatch} from './matches.js';
import {type Option, readRule, type RuleWords} from './rule.js';
import {isForeign, translateTarget} from './targets.js';

export interface Wording {
	readonly family: 'ip' | 'ip6';
	/** Without counters, as `-s` asks. */
	readonly stateless: boolean;
	/** `-n`: protocols by number. */
	readonly numeric: boolean;
}

export interface Translated {
	readonly text: string;
	/** Part of it iptables keeps in a form of its own. */
	readonly foreign: boolean;
}

export interface Counted {
	readonly text: string;
	readonly packets: number;
	readonly bytes: number;
}

/** A rule of iptables as nft prints it. What iptables keeps in its own form is asked of iptables' extensions how it would be said. */
export function translate({text, packets, bytes}: Counted, wording: Wording): Translated {
	const rule = readRule(text);
	const [before, after] = heads(rule, wording);
	const parts = rule.matches.map(match => {
		const native = nativeMatch(match);
		return {text: native ?? translateMatch(match, protocolOf(rule)), native: native !== undefined, ports: /^(?:tcp|udp)$/.test(match.name)};
	});
	// A port says the protocol by itself, unless something of iptables' own stands before it.
	const port = parts.findIndex(part => part.native && part.ports);
	const said = port >= 0 && parts.slice(0, port).every(part => part.native);
	const counter = wording.stateless ? 'counter' : `counter packets ${packets} bytes ${bytes}`;
	const words = [
		...before,
		...(said ? [] : protocol(rule, wording)),
		...after,
		...parts.map(part => part.text),
		counter,
		...(rule.target ? [translateTarget(rule.target)] : []),
	];
	return {text: words.join(' '), foreign: parts.some(part => !part.native) || (rule.target !== undefined && isForeign(rule.target))};
}

export const head = (rule: RuleWords, name: string): Option | undefined => rule.heads.find(option => option.name === name);
export const protocolOf = (rule: RuleWords) => head(rule, 'p')?.values[0] ?? '';
const numbers: Readonly<Record<string, number>> = {
	icmp: 1,
	tcp: 6,
	udp: 17,
	'ipv6-icmp': 58,
	sctp: 132,
	gre: 47,
	esp: 50,
	ah: 51,
	ipencap: 4,
};

function protocol(rule: RuleWords, {numeric}: Wording): string[] {
	const option = head(rule, 'p');
	const [name = ''] = option?.values ?? [];
	return option ? [`meta l4proto ${option.negated ? '!= ' : ''}${numeric ? (lookup(numbers, name) ?? name) : name}`] : [];
}

export function heads(rule: RuleWords, {family}: Pick<Wording, 'family'>): [before: string[], after: string[]] {
	const say = (name: string, word: string, value: (option: Option) => string) => {
		const option = head(rule, name);
		return option ? [`${word} ${value(option)}`] : [];
	};
	const device = ({negated, values: [name = '']}: Option) => `${negated ? '!= ' : ''}"${name.replace(/\+$/, '*')}"`;
	return [
		[...say('i', 'iifname', device), ...say('o', 'oifname', device)],
		[
			...say('s', `${family} saddr`, address),
			...say('d', `${family} daddr`, address),
			...(head(rule, 'f') ? [`ip frag-off & 8191 ${head(rule, 'f')!.negated ? '==' : '!='} 0`] : []),
		],
	];
}

function address({negated, values: [text = '']}: Option): string {
	const [base = '', mask = ''] = text.split('/');
	if (mask.includes('.')) return `& ${mask} ${negated ? '!=' : '=='} ${base}`;
	return `${negated ? '!= ' : ''}${text.replace(/\/(?:32|128)$/, '')}`;
}
