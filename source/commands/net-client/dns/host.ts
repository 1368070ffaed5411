import {parseIpv4} from '../../../net/address.js';
import type {DnsMessage} from '../../../net/dns-message.js';
import type {Machine} from '../../../node/host/machine.js';
import type {Command, Effect, Io, Run} from '../../../shell/command.js';
import {refuse} from '../refuse.js';
import {askServer, type DnsReply} from '../resolve/dns-client.js';
import {candidates, readResolvConf} from '../resolve/resolv-conf.js';
import {isAddress, resolve, reverseName} from '../resolve/resolve.js';
import {digVersion} from './dig.js';
import {typeOf} from './dig-options.js';
import {whyNotLegal} from './legal-name.js';
import {headerText, sectionsText, type Shown} from './message-text.js';

type Answer = Extract<DnsReply, {kind: 'answer'}>;

const phrases: Readonly<Record<string, string>> = {
	A: 'has address',
	AAAA: 'has IPv6 address',
	CNAME: 'is an alias for',
	MX: 'mail is handled by',
	PTR: 'domain name pointer',
	SRV: 'has SRV record',
	TXT: 'descriptive text',
	NS: 'name server',
	SOA: 'has SOA record',
};

const usage = `Usage: host [-aCdilrTvVw] [-c class] [-N ndots] [-t type] [-W time]
            [-R number] [-m flag] [-p port] hostname [server]
       -a is equivalent to -v -t ANY
       -A is like -a but omits RRSIG, NSEC, NSEC3
       -c specifies query class for non-IN data
       -C compares SOA records on authoritative nameservers
       -d is equivalent to -v
       -l lists all hosts in a domain, using AXFR
       -m set memory debugging flag (trace|record|usage)
       -N changes the number of dots allowed before root lookup is done
       -p specifies the port on the server to query
       -r disables recursive processing
       -R specifies number of retries for UDP packets
       -s a SERVFAIL response should stop query
       -t specifies the query type
       -T enables TCP/IP mode
       -U enables UDP mode
       -v enables verbose output
       -V print version number and exit
       -w specifies to wait forever for a reply
       -W specifies how long to wait for a reply
       -4 use IPv4 query transport only
       -6 use IPv6 query transport only
`;

interface Wanted {
	types: readonly string[];
	names: string[];
	port: number;
	timeoutMs: number;
	tries: number;
	overTcp: boolean;
	recursion: boolean;
	verbose: boolean;
	/** `-l`: the whole zone. */
	zone: boolean;
	/** Says what it asks for. */
	tried?: boolean;
	class?: string;
	ndots?: number;
	version?: boolean;
	lacking?: string;
	problem?: {readonly text: string; readonly exitCode: number};
}

const host: Command<Machine> = {
	name: 'host',
	summary: 'look a name up in DNS, in plain words',
	*run(io) {
		const wanted = readWords(io.argv.slice(1));
		if (wanted.problem) {
			io.err(wanted.problem.text);
			return wanted.problem.exitCode;
		}
		if (wanted.lacking !== undefined) return refuse(io, `host ${wanted.lacking}`);
		if (wanted.version) io.err(`host ${digVersion}\n`);
		if (wanted.version) return 0;
		const [, given] = wanted.names;
		const address = given === undefined ? readResolvConf(io.machine.files).servers[0]! : yield* addressOf(io, given);
		if (address === undefined) {
			io.err(`host: couldn't get address for '${given}': not found\n`);
			return 1;
		}
		return yield* lookUp(io, wanted, address);
	},
};

export default host;

function* addressOf(io: Io<Machine>, name: string): Generator<Effect, string | undefined, unknown> {
	return parseIpv4(name) === undefined ? (yield* resolve(io.machine, name)).addresses[0] : name;
}

const withValue = 'ctWRpNm';

function readWords(words: readonly string[]): Wanted {
	const wanted: Wanted = {
		types: ['A', 'AAAA', 'MX'],
		names: [],
		port: 53,
		timeoutMs: 5000,
		tries: 2,
		overTcp: false,
		recursion: true,
		verbose: false,
		zone: false,
	};
	const rest = [...words];
	const fails = (text: string, exitCode = 1) => void (wanted.problem ??= {text, exitCode});
	while (rest.length > 0 && !wanted.problem) {
		const word = rest.shift()!;
		if (!/^-./.test(word)) {
			wanted.names.push(word);
			continue;
		}
		for (let at = 1; at < word.length && !wanted.problem; at++) {
			const letter = word[at]!;
			if (!withValue.includes(letter)) {
				takeSwitch(wanted, letter, fails);
				continue;
			}
			const value = word.slice(at + 1) || rest.shift();
			if (value === undefined) fails(`host: option requires an argument -- ${letter}\n${usage}`);
			else takeValue(wanted, letter, value, fails);
			break;
		}
	}
	if (wanted.names.length === 0 && !wanted.version) fails(usage);
	return wanted;
}

function takeSwitch(wanted: Wanted, letter: string, fails: (text: string) => void): void {
	if (letter === 'T') wanted.overTcp = true;
	else if (letter === 'r') wanted.recursion = false;
	else if (letter === 'V') wanted.version = true;
	else if (letter === 'w') wanted.timeoutMs = 600_000;
	else if (letter === 'v' || letter === 'd') wanted.verbose = true;
	else if (letter === 'a' || letter === 'A') Object.assign(wanted, {verbose: true, types: ['ANY'], overTcp: true});
	else if (letter === 'l') Object.assign(wanted, {zone: true, types: ['AXFR'], overTcp: true});
	else if ('Ci6'.includes(letter)) wanted.lacking ??= `-${letter}`;
	else if (!'Us4'.includes(letter)) fails(`host: illegal option -- ${letter}\n${usage}`);
}

function takeValue(wanted: Wanted, letter: string, value: string, fails: (text: string, exitCode?: number) => void): void {
	const number = Number.parseInt(value, 10) || 0;
	if (letter === 't') {
		const type = typeOf(value);
		if (type) Object.assign(wanted, {types: [type], ...(type === 'AXFR' && {zone: true, overTcp: true, tried: true})});
		else fails(`host: invalid type: ${value}\n\n`, 2);
	} else if (letter === 'c') {
		if (!['IN', 'CH', 'HS', 'ANY'].includes(value.toUpperCase())) fails(`host: invalid class: ${value}\n\n`, 2);
		else if (value.toUpperCase() !== 'IN') wanted.class = value.toUpperCase();
	} else if (letter === 'p') wanted.port = number;
	else if (letter === 'N') wanted.ndots = number;
	else if (letter === 'W') wanted.timeoutMs = 1000 * Math.max(1, number);
	else if (letter === 'R') wanted.tries = Math.max(0, number) + 1;
	else wanted.lacking ??= `-${letter}`;
}

function* lookUp(io: Io<Machine>, wanted: Wanted, server: string): Run {
	const [name = '', given] = wanted.names;
	const why = whyNotLegal(name);
	if (why) {
		io.err(`host: '${name}' is not a legal name (${why})\n`);
		return 1;
	}
	const reverse = isAddress(name);
	const {search, ndots} = readResolvConf(io.machine.files);
	const asked = reverse ? [reverseName(name)] : candidates(name, {search, ndots: wanted.ndots ?? ndots});
	let head = given === undefined ? '' : `Using domain server:\nName: ${given}\nAddress: ${server}#${wanted.port}\nAliases: \n\n`;
	for (const [at, candidate] of asked.entries()) {
		// What an alias stands for is what the other questions are about.
		let target = candidate;
		for (const type of reverse ? ['PTR'] : wanted.types) {
			const shown = parseIpv4(name) === undefined ? candidate.replace(/\.$/, '') : candidate;
			if (wanted.verbose || wanted.tried) io.out(`Trying "${target.replace(/\.$/, '')}"\n`);
			const reply = yield* askPatiently(io, wanted, target, type, server);
			if (!reply) return 1;
			const {message} = reply;
			if (message.rcode !== 'NOERROR' && at < asked.length - 1) break;
			io.out(head);
			head = '';
			if (message.rcode !== 'NOERROR' || (wanted.zone && message.answers[0]?.type !== 'SOA')) {
				io.out(refused(wanted, shown, reply, server, reverse));
				return 1;
			}
			if (wanted.verbose) io.out(`${headerText(message)}\n${sectionsText(message, everything)}${received(reply, server, wanted.port)}`);
			else say(io, message, shown, type, wanted.types.length === 1 || reverse);
			target = aliased(message, target);
			if (type === (reverse ? 'PTR' : wanted.types.at(-1))) return 0;
		}
	}
	return 1;
}

const everything: Shown = {
	sections: new Set(['question', 'answer', 'authority', 'additional']),
	comments: true,
	style: {ttl: true, class: true},
};

const received = ({bytes, tookMs}: Answer, server: string, port: number) =>
	`Received ${bytes} bytes from ${server}#${port} in ${tookMs} ms\n`;

/** What came instead of an answer; how long that of a name was is told twice. */
function refused({verbose, zone, port}: Wanted, name: string, reply: Answer, server: string, reverse: boolean): string {
	const {rcode} = reply.message;
	const text = rcode === 'NOERROR' ? '' : `Host ${name} not found: ${rcodeText(rcode)}\n`;
	return text + (verbose ? received(reply, server, port).repeat(reverse ? 1 : 2) : '') + (zone ? '; Transfer failed.\n' : '');
}

/** The last name of the chain of aliases that begins with this one. */
const aliased = ({answers}: DnsMessage, name: string): string =>
	answers.reduce((at, {type, name: owner, data}) => (type === 'CNAME' && owner === at ? data : at), name);

/** In words; of the three usual questions none is missed. */
function say(io: Io<Machine>, {answers}: DnsMessage, asked: string, type: string, only: boolean): void {
	for (const {name: owner, type: kind, data} of answers)
		io.out(`${owner.replace(/\.$/, '')} ${phrases[kind] ?? `has ${kind} record`} ${data}\n`);
	if (answers.length === 0 && only) io.out(`${asked} has no ${type} record\n`);
}

function* askPatiently(
	io: Io<Machine>,
	{port, timeoutMs, tries, overTcp, recursion, class: kind}: Wanted,
	name: string,
	type: string,
	server: string,
): Generator<Effect, Answer | undefined, unknown> {
	const question = {name, type, port, overTcp, recursion, ...(kind && {class: kind})};
	for (let attempt = 0; attempt < tries; attempt++) {
		const reply: DnsReply = yield* askServer(io.machine, server, question, timeoutMs);
		if (reply.kind === 'answer') return reply;
		const shown = name.replace(/(.)\.$/, '$1');
		if (reply.kind === 'unreachable')
			io.out(`;; UDP setup with ${server}#${port}(${server}) for ${shown} failed: network unreachable.\n;; no servers could be reached\n`);
		else io.out(`;; communications error to ${server}#${port}: ${reply.kind === 'refused' ? 'connection refused' : 'timed out'}\n`);
		if (reply.kind !== 'unreachable' && attempt === tries - 1) io.out(';; no servers could be reached\n');
	}
	return undefined;
}

const rcodeText = (rcode: string) => `${['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'].indexOf(rcode)}(${rcode})`;
