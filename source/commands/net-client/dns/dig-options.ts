import {reverseName} from '../resolve/resolve.js';
import {type Flags, readFlag} from './dig-flags.js';
import {DigProblem, invalidOption, numberOf, UnsimulatedDig} from './dig-problem.js';
import type {DigOutput, DigQuery} from './dig-query.js';

/** Types that questions are answered for; others are known to dig. */
const types =
	'A AAAA ANY AXFR CAA CNAME HINFO HTTPS IXFR LOC MX NAPTR NS PTR RP SOA SRV SSHFP SVCB TXT DNAME DS DNSKEY RRSIG NSEC NSEC3 TLSA'.split(
		' ',
	);
const classes = ['IN', 'CH', 'HS', 'ANY'];

export function typeOf(word: string): string | undefined {
	const upper = word.toUpperCase();
	return types.includes(upper) || /^(TYPE|IXFR=)\d+$/.test(upper) ? upper.replace(/^IXFR=.*/, 'IXFR') : undefined;
}

export interface DigLine {
	readonly queries: readonly DigQuery[];
	readonly output: Readonly<DigOutput>;
	/** Warnings, in the order in which the words stand. */
	readonly warnings: readonly string[];
	readonly version?: boolean;
}

interface Reading {
	queries: Array<{-readonly [K in keyof DigQuery]: DigQuery[K]}>;
	/** What stands before the first name holds for all. */
	common: {type?: string; class?: string; server?: string; port: number; flags: Flags; micro: boolean; servers: number};
	output: DigOutput;
	warnings: string[];
}

/** The command line as dig reads it, word by word. */
export function readDigLine(words: readonly string[]): DigLine {
	const reading: Reading = {
		queries: [],
		common: {port: 53, flags: new Map(), micro: false, servers: 0},
		output: {short: false, cmd: true, yaml: false},
		warnings: [],
	};
	const rest = [...words];
	while (rest.length > 0) {
		const word = rest.shift()!;
		if (word.startsWith('@')) setServer(reading, word.slice(1));
		else if (word.startsWith('+')) readFlag((last(reading)?.flags ?? reading.common.flags) as Flags, reading.output, word);
		else if (word === '-v') return {...reading, queries: [], warnings: [], version: true};
		else if (word.startsWith('-') && word !== '-') dash(reading, word, rest);
		else bare(reading, word);
	}
	if (reading.queries.length === 0) add(reading, '.', reading.common.type ?? (reading.common.class ? 'A' : 'NS'));
	return reading;
}

const last = ({queries}: Reading) => queries.at(-1);

function add({queries, common}: Reading, name: string, type: string): void {
	const {server, port, flags, micro, servers} = common;
	queries.push({name, type, class: common.class ?? 'IN', server, port, flags: new Map(flags), micro, serversBefore: servers});
}

function setServer(reading: Reading, server: string): void {
	const query = last(reading);
	if (query) query.server = server;
	else Object.assign(reading.common, {server, servers: reading.common.servers + 1});
}

function setType(reading: Reading, type: string): void {
	const query = last(reading);
	if (!query) reading.common.type = type;
	else {
		if (typed.has(query)) reading.warnings.push(';; Warning, extra type option');
		typed.add(query);
		query.type = type;
	}
}

/** Questions whose type somebody wrote. */
const typed = new WeakSet<object>();

function bare(reading: Reading, word: string): void {
	const type = typeOf(word);
	const upper = word.toUpperCase();
	if (upper === 'IXFR') reading.warnings.push(';; Warning, ixfr requires a serial number');
	else if (type) setType(reading, type);
	else if (classes.includes(upper)) setClass(reading, upper);
	else add(reading, word, reading.common.type ?? 'A');
}

function setClass(reading: Reading, value: string): void {
	const query = last(reading);
	if (query) query.class = value;
	else reading.common.class = value;
}

const valued = 'bcfkpqtxyQ';
const single: Readonly<Record<string, (reading: Reading) => void>> = {
	4: () => undefined,
	r: () => undefined,
	u(reading) {
		reading.common.micro = true;
		for (const query of reading.queries) query.micro = true;
	},
};

function dash(reading: Reading, word: string, rest: string[]): void {
	const letter = word[1]!;
	if (single[letter]) {
		for (const each of word.slice(1)) {
			if (!single[each]) throw invalidOption(`-${each}`);
			single[each](reading);
		}
		return;
	}
	if (letter === '6' || letter === 'h' || letter === 'i' || letter === 'm' || letter === 'd') throw new UnsimulatedDig(`dig -${letter}`);
	if (letter === 'Q' || !valued.includes(letter)) throw invalidOption(word);
	const value = word.slice(2) || rest.shift();
	if (value === undefined) throw invalidOption(word);
	withValue[letter as keyof typeof withValue](reading, value);
}

const withValue = {
	b(_: Reading, value: string) {
		if (!/^(\d+(\.\d+){3}|[\da-f:]*:[\da-f:.]*)(#\d+)?$/i.test(value)) throw new DigProblem(1, {err: `dig: invalid address ${value}\n`});
		throw new UnsimulatedDig('dig -b');
	},
	c(reading: Reading, value: string) {
		if (classes.includes(value.toUpperCase())) setClass(reading, value.toUpperCase());
		else reading.warnings.push(`;; Warning, ignoring invalid class ${value}`);
	},
	f(): never {
		throw new UnsimulatedDig('dig -f');
	},
	k(): never {
		throw new UnsimulatedDig('dig -k');
	},
	p(reading: Reading, value: string) {
		const port = numberOf(value, 'port number', 65_535, 1);
		const query = last(reading);
		if (query) query.port = port;
		else reading.common.port = port;
	},
	q: (reading: Reading, value: string) => add(reading, value, reading.common.type ?? 'A'),
	t(reading: Reading, value: string) {
		const type = typeOf(value);
		if (type) setType(reading, type);
		else reading.warnings.push(`;; Warning, ignoring invalid type ${value}`);
	},
	x(reading: Reading, value: string) {
		add(reading, reverseName(value).replace(/\.$/, ''), 'PTR');
		typed.add(last(reading)!);
	},
	y(): never {
		throw new UnsimulatedDig('dig -y');
	},
};
