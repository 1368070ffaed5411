import {inPrefix, parseIpv4, parsePrefix} from '../../net/address.js';
import type {ConntrackEntry, ConntrackRow, Tuple} from '../../net/conntrack.js';
import {dnatDone, snatDone} from '../../net/nat-bits.js';
import type {Command} from '../../shell/command.js';
import {refuse, stackOf, tool} from './tool.js';

const version = 'conntrack v1.4.7 (conntrack-tools)';
const numbers: Readonly<Record<ConntrackEntry['protocol'], number>> = {icmp: 1, tcp: 6, udp: 17, sctp: 132};

const command: Command = tool({
	name: 'conntrack',
	summary: 'list and delete the connections that netfilter tracks',
	path: '/usr/sbin/conntrack',
	run(io) {
		const read = readArgs(io.argv.slice(1));
		if ('error' in read) {
			io.err(`${version}: ${read.error}\nTry \`conntrack -h' or 'conntrack --help' for more information.\n`);
			return 2;
		}
		if ('lacking' in read) return refuse(io, `conntrack ${read.lacking}`);
		const {verb, tests, extended} = read;
		const {conntrack} = stackOf(io);
		const fits = (entry: ConntrackEntry) => tests.every(test => test(entry));
		const show = (entry: ConntrackEntry) => io.out(`${extended ? 'ipv4     2 ' : ''}${line(entry, io.machine.sim.clock.now())}\n`);
		const report = (count: number, what: string) => io.err(`${version}: ${count} flow entries have been ${what}.\n`);
		if (verb === 'C') io.out(`${conntrack.entries().length}\n`);
		else if (verb === 'F') {
			conntrack.flush();
			io.err(`${version}: connection tracking table has been emptied.\n`);
		} else {
			const found = conntrack.entries().filter(fits);
			found.forEach(show);
			if (verb === 'D') conntrack.delete(fits);
			report(found.length, verb === 'D' ? 'deleted' : 'shown');
			if (verb === 'D' && found.length === 0) return 1;
		}
		return 0;
	},
});
export default command;

type Test = (entry: ConntrackEntry) => boolean;
type Read = {verb: string; tests: Test[]; extended: boolean} | {error: string} | {lacking: string};

const verbs: Readonly<Record<string, string>> = {
	'-L': 'L',
	'--dump': 'L',
	'-D': 'D',
	'--delete': 'D',
	'-F': 'F',
	'--flush': 'F',
	'-C': 'C',
	'--count': 'C',
};

const address =
	(side: 'original' | 'reply', end: 'source' | 'destination') =>
	(value: string): Test => {
		const prefix = parsePrefix(value);
		return entry => prefix !== undefined && inPrefix(parseIpv4(entry[side][end]) ?? 0, prefix);
	};
const port =
	(side: 'original' | 'reply', end: 'sourcePort' | 'destinationPort') =>
	(value: string): Test =>
	entry =>
		entry[side][end] === Number(value);
const translated = (bits: number) => (): Test => entry => ((entry as ConntrackRow).nat & bits) !== 0;

/** Filters that take a value. */
const filters: Readonly<Record<string, (value: string) => Test>> = {
	'-p': value => entry => entry.protocol === value.toLowerCase() || String(numbers[entry.protocol]) === value,
	'-s': address('original', 'source'),
	'-d': address('original', 'destination'),
	'-r': address('reply', 'source'),
	'-q': address('reply', 'destination'),
	'--sport': port('original', 'sourcePort'),
	'--dport': port('original', 'destinationPort'),
	'--reply-port-src': port('reply', 'sourcePort'),
	'--reply-port-dst': port('reply', 'destinationPort'),
	'--state': value => entry => entry.state === value.toUpperCase(),
	'-m': value => entry => entry.mark === Number(value),
	'-f': value => () => value === 'ipv4',
	'-u': value => entry =>
		value
			.split(',')
			.every(status =>
				status === 'ASSURED' ? entry.assured : status === 'UNREPLIED' ? entry.unreplied : status === 'SEEN_REPLY' && !entry.unreplied,
			),
};
const longNames: Readonly<Record<string, string>> = {
	'--proto': '-p',
	'--protonum': '-p',
	'--src': '-s',
	'--orig-src': '-s',
	'--dst': '-d',
	'--orig-dst': '-d',
	'--reply-src': '-r',
	'--reply-dst': '-q',
	'--orig-port-src': '--sport',
	'--orig-port-dst': '--dport',
	'--mark': '-m',
	'--family': '-f',
	'--status': '-u',
	'--src-nat': '-n',
	'--dst-nat': '-g',
	'--any-nat': '-j',
};
const natFlags: Readonly<Record<string, () => Test>> = {
	'-n': translated(snatDone),
	'-g': translated(dnatDone),
	'-j': translated(snatDone | dnatDone),
};

function readArgs(args: readonly string[]): Read {
	let verb: string | undefined;
	const tests: Test[] = [];
	let extended = false;
	for (let i = 0; i < args.length; i++) {
		const given = args[i]!;
		const arg = longNames[given] ?? given;
		const filter = filters[arg];
		if (verbs[arg]) {
			verb = verbs[arg];
			if (args[i + 1] === 'conntrack') i++;
			else if (args[i + 1] === 'expect') return {lacking: `${arg} expect`};
		} else if (filter) {
			const value = args[++i];
			if (value === undefined) return {error: `option \`${given}' requires an argument`};
			tests.push(filter(value));
		} else if (natFlags[arg]) tests.push(natFlags[arg]!());
		else if (arg === '-o' || arg === '--output') {
			const value = args[++i];
			if (value !== 'extended') return {lacking: `-o ${value ?? ''}`};
			extended = true;
		} else if (
			['-E', '--event', '-I', '-U', '-G', '-S', '-R', '-A', '--create', '--update', '--get', '--stats', '-h', '--help'].includes(arg)
		)
			return {lacking: arg};
		else return {error: `Bad argument \`${given}'`};
	}
	return verb === undefined ? {error: 'You need to supply an operation'} : {verb, tests, extended};
}

const tuple = (
	protocol: ConntrackEntry['protocol'],
	{source, destination, sourcePort, destinationPort}: Tuple,
	isReply: boolean,
): string =>
	protocol === 'icmp'
		? `src=${source} dst=${destination} type=${isReply ? 0 : 8} code=0 id=${sourcePort}`
		: `src=${source} dst=${destination} sport=${sourcePort} dport=${destinationPort}`;

function line({protocol, state, expiresMs, original, reply, unreplied, assured, mark}: ConntrackEntry, nowMs: number): string {
	const seconds = Math.max(0, Math.floor((expiresMs - nowMs) / 1000));
	return [
		`${protocol.padEnd(8)} ${numbers[protocol]} ${seconds}`,
		...(state === '' ? [] : [state]),
		tuple(protocol, original, false),
		...(unreplied ? ['[UNREPLIED]'] : []),
		tuple(protocol, reply, true),
		...(assured ? ['[ASSURED]'] : []),
		`mark=${mark} use=1`,
	].join(' ');
}
