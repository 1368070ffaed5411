import {reverseName} from '../resolve/resolve.js';
import type {DigQuery} from './dig-query.js';

/** Ends dig: what it prints, on which stream, and its status. */
export class DigProblem extends Error {
	readonly out: string;
	readonly err: string;
	readonly exitCode: number;

	constructor(exitCode: number, {out = '', err = ''}: {out?: string; err?: string}) {
		super(err);
		this.out = out;
		this.err = err;
		this.exitCode = exitCode;
	}
}

/** What the real dig has and this one lacks. */
export class UnsimulatedDig extends Error {}

const usage = `Usage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}
            {global-d-opt} host [@local-server] {local-d-opt}
            [ host [@local-server] {local-d-opt} [...]]

Use "dig -h" (or "dig -h | more") for complete list of options
`;
const invalid = (option: string) => new DigProblem(1, {err: `Invalid option: ${option}\n${usage}`});

/** Types that questions are answered for; others are known to dig. */
const types = 'A AAAA ANY CAA CNAME HINFO HTTPS MX NAPTR NS PTR SOA SRV SVCB TXT DS DNSKEY RRSIG NSEC TLSA'.split(' ');
const classes = ['IN', 'CH', 'HS', 'ANY'];

export function typeOf(word: string): string | undefined {
	const upper = word.toUpperCase();
	return types.includes(upper) || /^TYPE\d+$/.test(upper) ? upper : undefined;
}

/** Flags by their full names: a beginning that fits only one is enough. */
const plusFlags =
	'short all answer question authority additional stats comments cmd time tries retry timeout tcp vc search defname recurse rdflag edns cookie ttlid ttlunits class dnssec do ignore identify'.split(
		' ',
	);
const unsimulatedFlags =
	'trace nssearch qr rrcomments crypto ednsopt ednsflags ednsnegotiation subnet bufsize ndots domain besteffort onesoa nsid expire keepopen keepalive fail aaflag aaonly adflag cdflag badcookie mapped multiline padding showsearch sigchase topdown trusted-key unknownformat zflag header-only opcode idnin idnout yaml split raflag tcflag coflag dns64prefix https http-plain tls'.split(
		' ',
	);
const canonical: Readonly<Record<string, string>> = {timeout: 'time', vc: 'tcp', defname: 'search', rdflag: 'recurse', do: 'dnssec'};
const sections = ['answer', 'question', 'authority', 'additional', 'stats', 'comments', 'cmd'];

type Flags = Map<string, string | boolean>;

export interface DigLine {
	readonly queries: readonly DigQuery[];
	/** Warnings, in the order in which the words stand. */
	readonly warnings: readonly string[];
	readonly version?: boolean;
}

interface Reading {
	queries: Array<{-readonly [K in keyof DigQuery]: DigQuery[K]}>;
	/** What stands before the first name holds for all. */
	common: {type?: string; class?: string; server?: string; port: number; flags: Flags; micro: boolean; servers: number};
	warnings: string[];
}

/** The command line as dig reads it, word by word. */
export function readDigLine(words: readonly string[]): DigLine {
	const reading: Reading = {queries: [], common: {port: 53, flags: new Map(), micro: false, servers: 0}, warnings: []};
	const rest = [...words];
	while (rest.length > 0) {
		const word = rest.shift()!;
		if (word.startsWith('@')) setServer(reading, word.slice(1));
		else if (word.startsWith('+')) plus(reading, word);
		else if (word === '-v') return {queries: [], warnings: [], version: true};
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
	if (type) setType(reading, type);
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
			if (!single[each]) throw invalid(`-${each}`);
			single[each](reading);
		}
		return;
	}
	if (letter === '6' || letter === 'h' || letter === 'i' || letter === 'm' || letter === 'd') throw new UnsimulatedDig(`dig -${letter}`);
	if (letter === 'Q' || !valued.includes(letter)) throw invalid(word);
	const value = word.slice(2) || rest.shift();
	if (value === undefined) throw invalid(word);
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

function numberOf(value: string, what: string, most: number, status: number): number {
	const why = /^\d+$/.test(value) ? (Number(value) > most ? 'out of range' : undefined) : 'not a valid number';
	if (why) throw new DigProblem(status, {out: `invalid ${what} '${value}': ${why}\n`, err: `dig: Couldn't parse ${what}\n`});
	return Number(value);
}

const counts: Readonly<Record<string, string>> = {time: 'timeout', tries: 'tries', retry: 'retries'};

function plus(reading: Reading, word: string): void {
	const flags = (last(reading)?.flags ?? reading.common.flags) as Flags;
	const [given = '', value] = word.slice(1).split('=', 2);
	const isOff = given.startsWith('no') && matches(given.slice(2)).length > 0;
	const found = matches(isOff ? given.slice(2) : given);
	const [name] = found;
	if (name === undefined || found.length > 1) throw invalid(word);
	if (unsimulatedFlags.includes(name)) throw new UnsimulatedDig(`dig ${word}`);
	const flag = canonical[name] ?? name;
	if (counts[flag] && !isOff) {
		if (value === undefined) throw invalid(word);
		flags.set(flag, String(numberOf(value, counts[flag], 65_535, 10)));
	} else if (flag === 'all') for (const section of sections) flags.set(section, !isOff);
	else flags.set(flag, !isOff);
}

/** An exact name is itself; a beginning is what begins so, names of one thing counted once. */
function matches(text: string): string[] {
	const all = [...plusFlags, ...unsimulatedFlags];
	if (all.includes(text)) return [text];
	if (text === '') return [];
	const found = all.filter(name => name.startsWith(text)).map(name => canonical[name] ?? name);
	return [...new Set(found)];
}
