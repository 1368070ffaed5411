import {lookup} from '../lookup.js';

/** What conntrack's getopt knows: `1` takes a value, `?` one that is glued to it. */
export interface Option {
	readonly long: string;
	readonly short?: string;
	readonly takes?: '1' | '?';
	/** Commands that allow it; absent: those that choose entries. */
	readonly of?: string;
	/** Only after `-p` with one of these. */
	readonly protocols?: string;
	/** Other spellings. */
	readonly also?: readonly string[];
}

const ports = 'tcp udp sctp dccp';

export const options: readonly Option[] = [
	{long: 'protonum', short: 'p', takes: '1', also: ['proto']},
	{long: 'src', short: 's', takes: '1', also: ['orig-src']},
	{long: 'dst', short: 'd', takes: '1', also: ['orig-dst']},
	{long: 'reply-src', short: 'r', takes: '1'},
	{long: 'reply-dst', short: 'q', takes: '1'},
	{long: 'sport', takes: '1', protocols: ports, also: ['orig-port-src']},
	{long: 'dport', takes: '1', protocols: ports, also: ['orig-port-dst']},
	{long: 'reply-port-src', takes: '1', protocols: ports},
	{long: 'reply-port-dst', takes: '1', protocols: ports},
	{long: 'state', takes: '1', protocols: 'tcp sctp dccp'},
	{long: 'icmp-type', takes: '1', protocols: 'icmp icmpv6'},
	{long: 'icmp-code', takes: '1', protocols: 'icmp icmpv6'},
	{long: 'icmp-id', takes: '1', protocols: 'icmp icmpv6'},
	{long: 'mark', short: 'm', takes: '1'},
	{long: 'status', short: 'u', takes: '1'},
	{long: 'src-nat', short: 'n', takes: '?'},
	{long: 'dst-nat', short: 'g', takes: '?'},
	{long: 'any-nat', short: 'j', takes: '?'},
	{long: 'zone', short: 'w', takes: '1'},
	{long: 'label', short: 'l', takes: '1'},
	{long: 'secmark', short: 'c', takes: '1'},
	{long: 'family', short: 'f', takes: '1', of: 'LDGIUEFCS'},
	{long: 'output', short: 'o', takes: '1', of: 'LDGIUES'},
	{long: 'zero', short: 'z', of: 'L'},
	{long: 'timeout', short: 't', takes: '1', of: 'IU'},
	{long: 'event-mask', short: 'e', takes: '1', of: 'E'},
	{long: 'buffer-size', short: 'b', takes: '1', of: 'E'},
];

export const verbs: readonly (readonly [short: string, long: string])[] = [
	['L', 'dump'],
	['D', 'delete'],
	['F', 'flush'],
	['C', 'count'],
	['G', 'get'],
	['S', 'stats'],
	['I', 'create'],
	['U', 'update'],
	['E', 'event'],
	['A', 'add'],
];

/** A wrong command line: exit status 2. */
export class UsageError extends Error {}

/** Protocols that libc or the tool names; of others it tracks none. */
const protocols: Readonly<Record<string, string>> = {
	1: 'icmp',
	6: 'tcp',
	17: 'udp',
	33: 'dccp',
	47: 'gre',
	58: 'icmpv6',
	132: 'sctp',
	136: 'udplite',
};

export function protocolOf(value: string): string {
	const name = lookup(protocols, value) ?? value.toLowerCase();
	if (Object.values(protocols).includes(name)) return name;
	if (/^\d+$/.test(value) && Number(value) < 256) return value;
	throw new UsageError(`\`${value}' unsupported protocol`);
}

export interface Given {
	readonly option: Option;
	readonly value: string;
}

export interface Line {
	readonly verb: string;
	readonly table: string;
	readonly given: readonly Given[];
	readonly help?: boolean;
	readonly version?: boolean;
}

const tables = ['conntrack', 'expect', 'dying', 'unconfirmed'];

/** The command line as getopt_long reads it. */
export function readLine(args: readonly string[]): Line {
	const found: string[] = [];
	const given: Given[] = [];
	let table = 'conntrack';
	let protocol = '';
	const rest = [...args];
	const take = (option: Option, shown: string, glued: string | undefined) => {
		if (option.protocols && !option.protocols.split(' ').includes(protocol)) throw new UsageError(`unknown option \`${shown}'`);
		const value = option.takes === '1' ? (glued ?? rest.shift()) : glued;
		if (option.takes === '1' && value === undefined) throw new UsageError(`option \`${shown}' requires an argument`);
		if (option.long === 'protonum') protocol = protocolOf(value!);
		given.push({option, value: value ?? ''});
	};
	const order = (verb: string) => {
		if (found.length > 0) throw new UsageError('Invalid commands combination');
		found.push(verb);
		if (rest[0] === undefined || rest[0].startsWith('-')) return;
		table = rest.shift()!;
		if (!tables.includes(table)) throw new UsageError(`unknown type \`${table}'`);
	};
	while (rest.length > 0) {
		const word = rest.shift()!;
		if (word === '--help' || word === '-h') return {verb: '', table, given, help: true};
		if (word === '--version' || word === '-V') return {verb: '', table, given, version: true};
		if (word.startsWith('--') && word.length > 2) readLong(word, order, take);
		else if (word.startsWith('-') && word.length > 1) readShort(word.slice(1), order, take);
	}
	if (found.length === 0 && given.length === 0) return {verb: '', table, given, help: true};
	const verb = found[0] ?? '';
	const wrong = given.find(({option}) => !(option.of ?? 'LDGIUEA').includes(verb || ' '));
	if (wrong) throw new UsageError(`Illegal option \`--${wrong.option.long}' with this command`);
	return {verb, table, given};
}

type Take = (option: Option, shown: string, glued: string | undefined) => void;

function readLong(word: string, order: (verb: string) => void, take: Take): void {
	const [, name = '', value] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
	const verb = verbs.find(([, long]) => long === name);
	if (verb) {
		order(verb[0]);
		return;
	}
	const names = (each: Option) => [each.long, ...(each.also ?? [])];
	const option =
		options.find(each => names(each).includes(name)) ??
		options.find(each => name !== '' && names(each).some(long => long.startsWith(name)));
	if (!option) throw new UsageError(`unknown option \`${word}'`);
	take(option, `--${name}`, value);
}

function readShort(letters: string, order: (verb: string) => void, take: Take): void {
	for (let at = 0; at < letters.length; at++) {
		const letter = letters[at]!;
		const glued = letters.slice(at + 1);
		const option = options.find(each => each.short === letter);
		if (verbs.some(([short]) => short === letter)) order(letter);
		else if (!option) throw new UsageError(`unknown option \`-${letter}'`);
		else {
			take(option, `-${letter}`, option.takes && glued !== '' ? glued : undefined);
			if (option.takes) return;
		}
	}
}
