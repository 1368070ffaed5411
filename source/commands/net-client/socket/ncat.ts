import {parseIpv4} from '../../../net/address.js';
import type {Machine} from '../../../node/host/machine.js';
import type {Io, Run} from '../../../shell/command.js';
import {connectErrors} from '../curl/transfer.js';
import {toBytes, toText} from '../http/message.js';
import {refuse} from '../refuse.js';
import {resolve, resolveErrors} from '../resolve/resolve.js';
import {listen} from './nc-listen.js';
import {portNumber} from './ports.js';
import {talk} from './talk.js';
import {nmap} from './voice.js';

const banner = 'Ncat: Version 7.92 ( https://nmap.org/ncat )\n';
const help = "Ncat: Try `--help' or man(1) ncat for more information, usage options and help. QUITTING.\n";
const usualPort = 31_337;
const connectTimeoutMs = 10_000;

/** Letters that it has here, those that take a value, and those that only the real one has. */
const [flagLetters, valueLetters, lackingLetters] = ['zvun4lkC', 'pwis', '6UtgGmdoxceh'];
const [flagNames, lackingNames] = [
	{'send-only': 'S', 'recv-only': 'R', 'keep-open': 'k', listen: 'l', udp: 'u', verbose: 'v', nodns: 'n', crlf: 'C'},
	/^(?:ssl.*|proxy.*|exec|sh-exec|lua-exec|max-conns|delay|output|hex-dump|append-output|allow.*|deny.*|broker|chat|help|no-shutdown|idle-timeout|wait|source.*|sctp|vsock|unixsock|telnet|nsock-engine)$/,
] as const;

interface Wanted {
	readonly flags: ReadonlySet<string>;
	readonly values: ReadonlyMap<string, string>;
	readonly names: readonly string[];
}

/** Ncat of nmap: RHEL's nc. */
export function* ncat(io: Io<Machine>): Run {
	const read = readWords(io.argv.slice(1));
	if ('lacking' in read) return refuse(io, `nc ${read.lacking}`);
	if ('problem' in read) {
		io.err(`${io.argv[0]}: ${read.problem}\n${help}`);
		return 2;
	}

	const {flags, values, names} = read;
	if (flags.has('V')) {
		io.err(banner);
		return 0;
	}

	if (flags.has('v')) io.err(banner);
	const quit = (text: string): number => {
		io.err(`Ncat: ${text}. QUITTING.\n`);
		return 2;
	};
	const waits = values.get('w');
	if (waits !== undefined && !(Number.parseFloat(waits) > 0))
		return quit(`Invalid -w timeout "${waits}" (must be greater than 0 and less than 2147483s)`);
	if (flags.has('l')) return yield* listen(io, names.length === 0 && !values.has('p') ? [String(usualPort)] : names, flags, values, nmap);
	const [host, portText = String(usualPort), ...more] = names;
	if (host === undefined) return quit('You must specify a host to connect to');
	if (more.length > 0) return quit(`Got more than one port specification: ${names.slice(1).join(' ')}`);
	const port = /^\d+$/.test(portText) ? portNumber(portText) : undefined;
	if (port === undefined || port > 65_535) return quit(`Invalid port number "${portText}"`);
	return yield* connect(io, host, port, read);
}

function readWords(words: readonly string[]): Wanted | {readonly problem: string} | {readonly lacking: string} {
	const flags = new Set<string>();
	const values = new Map<string, string>();
	const names: string[] = [];
	for (let i = 0; i < words.length; i++) {
		const word = words[i]!;
		const name = word.slice(2).split('=')[0]!;
		if (!word.startsWith('-') || word === '-') names.push(word);
		else if (word.startsWith('--')) {
			if (name === 'version') flags.add('V');
			else if (Object.hasOwn(flagNames, name)) flags.add(flagNames[name as keyof typeof flagNames]);
			else return lackingNames.test(name) ? {lacking: `--${name}`} : {problem: `unrecognized option '${word}'`};
		} else {
			for (let at = 1; at < word.length; at++) {
				const letter = word[at]!;
				if (valueLetters.includes(letter)) {
					const value = word.slice(at + 1) || words[++i];
					if (value === undefined) return {problem: `option requires an argument -- '${letter}'`};
					values.set(letter, value);
					break;
				}

				if (lackingLetters.includes(letter)) return {lacking: `-${letter}`};
				if (!flagLetters.includes(letter)) return {problem: `invalid option -- '${letter}'`};
				flags.add(letter);
			}
		}
	}

	return {flags, values, names};
}

function* connect(io: Io<Machine>, host: string, port: number, {flags, values}: Wanted): Run {
	const {stack, sim} = io.machine;
	const startedMs = sim.clock.now();
	const said = (text: string) => {
		if (flags.has('v')) io.err(`Ncat: ${text}\n`);
	};
	const found =
		flags.has('n') && parseIpv4(host) === undefined ? ({addresses: [], error: 'unknown'} as const) : yield* resolve(io.machine, host);
	if ('error' in found) {
		const [text, status] = nmap.unknown(host, port, resolveErrors[found.error]);
		io.err(text);
		return status;
	}

	const address = found.addresses[0]!;
	const counts = {sent: 0, received: 0};
	const ended = (): number => {
		const seconds = ((sim.clock.now() - startedMs) / 1000 + 0.01).toFixed(2);
		said(`${counts.sent} bytes sent, ${counts.received} bytes received in ${seconds} seconds.`);
		return 0;
	};
	const count = <T extends {readonly bytes: string}>(bytes: string, answer: T): T => {
		counts.sent += bytes.length;
		counts.received += answer.bytes.length;
		return answer;
	};
	const limitMs = values.has('w') ? 1000 * Number.parseFloat(values.get('w')!) : connectTimeoutMs;
	if (flags.has('u')) return yield* datagram(io, address, port, flags, count, ended);
	const connection = stack.connect(address, port);
	const {outcome} = connection;
	if (outcome.kind !== 'connected') {
		const slow =
			outcome.kind === 'timeout' ? limitMs : outcome.kind === 'unreachable' && outcome.code === 'host' ? Math.min(3060, limitMs) : 0;
		if (slow > 0) yield {sleepMs: slow};
		io.err(slow === limitMs ? 'Ncat: TIMEOUT.\n' : `Ncat: ${connectErrors(outcome)}.\n`);
		return 1;
	}

	said(`Connected to ${address}:${port}.`);
	const typed = flags.has('R') ? {...io, stdin: '', stdinIsTerminal: false} : io;
	const silent = flags.has('S') ? {...typed, out() {}} : typed;
	const line = (bytes: string) => (flags.has('C') ? bytes.replaceAll(/\r?\n/g, '\r\n') : bytes);
	if (!flags.has('z')) yield* talk(silent, bytes => count(line(bytes), connection.exchange(line(bytes))));
	connection.close();
	return ended();
}

function* datagram(
	io: Io<Machine>,
	address: string,
	port: number,
	flags: ReadonlySet<string>,
	count: <T extends {readonly bytes: string}>(bytes: string, answer: T) => T,
	ended: () => number,
): Run {
	const bytes = flags.has('z') ? '\0' : toBytes(io.stdin);
	if (flags.has('v')) io.err(`Ncat: Connected to ${address}:${port}.\n`);
	const reply = io.machine.stack.exchange(address, port, bytes);
	if (reply.outcome.kind === 'refused' || (reply.outcome.kind === 'unreachable' && reply.outcome.code === 'port')) {
		io.err('Ncat: Connection refused.\n');
		return 1;
	}

	if (reply.outcome.kind === 'timeout') yield {sleepMs: flags.has('z') ? 2000 : 1000};
	if (flags.has('z') && flags.has('v')) io.err('Ncat: UDP packet sent successfully\n');
	count(bytes, {bytes: reply.payload ?? ''});
	if (!flags.has('z') && reply.payload) io.out(toText(reply.payload));
	return ended();
}
