import {parseIpv4} from '../../../net/address.js';
import type {Machine} from '../../../node/host/machine.js';
import type {Command, Io, Run} from '../../../shell/command.js';
import {connectErrors} from '../curl/transfer.js';
import {busyboxBanner, isBusybox} from '../flavour.js';
import {toBytes, toText} from '../http/message.js';
import {refuse} from '../refuse.js';
import {resolve, resolveErrors} from '../resolve/resolve.js';
import {listen} from './nc-listen.js';
import {ncat} from './ncat.js';
import {portNumber, serviceName} from './ports.js';
import {talk} from './talk.js';
import {openbsd} from './voice.js';

const kernelConnectTimeoutMs = 130_000;
const busyboxUsage = `\nUsage: nc [-iN] [-wN] [-l] [-p PORT] [-f FILE|IPADDR PORT] [-e PROG]\n\nOpen a pipe to IP:PORT or FILE\n\n\t-l\tListen mode, for inbound connects\n\t\t(use -ll with -e for persistent server)\n\t-p PORT\tLocal port\n\t-w SEC\tConnect timeout\n\t-i SEC\tDelay interval for lines sent\n\t-f FILE\tUse file (ala /dev/ttyS0) instead of network\n\t-e PROG\tRun PROG after connect\n`;

/** OpenBSD netcat, BusyBox's where the machine has that, and nmap's on RHEL. */
const nc: Command<Machine> = {
	name: 'nc',
	aliases: ['ncat', 'netcat'],
	summary: 'open a TCP connection or send datagrams',
	*run(io) {
		if (io.machine.kind === 'host' && io.machine.packages) return yield* ncat(io);
		const busybox = isBusybox(io.machine, 'nc');
		const flags = new Set<string>();
		const values = new Map<string, string>();
		const names: string[] = [];
		const words = io.argv.slice(1);
		for (let i = 0; i < words.length; i++) {
			const word = words[i]!;
			if (!word.startsWith('-') || word === '-') {
				names.push(word);
				continue;
			}

			for (let at = 1; at < word.length; at++) {
				const letter = word[at]!;
				if (busybox && !'lpwifenuvN'.includes(letter)) {
					io.err(`nc: invalid option -- '${letter}'\n${busyboxBanner}\n${busyboxUsage}`);
					return 1;
				}

				if ('pwisqXx'.includes(letter)) {
					values.set(letter, word.slice(at + 1) || (words[++i] ?? ''));
					break;
				}

				if (!'zvun4Ndlk'.includes(letter)) return refuse(io, `nc -${letter}`);
				flags.add(letter);
			}
		}

		if (flags.has('l')) return yield* listen(io, names, flags, values, openbsd);
		if (names.length === 0) return refuse(io, 'nc without a host');
		const wrong = busybox ? undefined : complaint(io, names, values);
		if (wrong) {
			io.err(`nc: ${wrong}\n`);
			return 1;
		}
		if (names.length < 2) return refuse(io, 'nc without a port');
		return yield* open(io, names[0]!, names.slice(1), flags, values);
	},
};

export default nc;

/** What OpenBSD's netcat finds wrong before it asks anybody. */
function complaint({machine}: Io<Machine>, names: readonly string[], values: ReadonlyMap<string, string>): string | undefined {
	for (const [letter, what] of [
		['w', 'timeout'],
		['i', 'interval'],
	] as const) {
		const value = values.get(letter);
		if (value === undefined) continue;
		if (!/^-?\d+$/.test(value)) return `${what} invalid: ${value}`;
		if (Number(value) < 0 || Number(value) > 2_147_483) return `${what} too ${Number(value) < 0 ? 'small' : 'large'}: ${value}`;
	}
	const proxy = values.get('X');
	if (proxy !== undefined && !['connect', '4', '5'].includes(proxy)) return 'unsupported proxy protocol';
	const source = values.get('s');
	if (source !== undefined && parseIpv4(source) !== undefined && !machine.stack.hasAddress(source))
		return 'bind failed: Cannot assign requested address';
	return names.length < 2 ? 'missing port number' : undefined;
}

function* open(
	io: Io<Machine>,
	host: string,
	portTexts: readonly string[],
	flags: ReadonlySet<string>,
	values: ReadonlyMap<string, string>,
): Run {
	const portText = portTexts[0]!;
	// -n: a name is not looked up.
	const found =
		flags.has('n') && parseIpv4(host) === undefined ? ({addresses: [], error: 'unknown'} as const) : yield* resolve(io.machine, host);
	if ('error' in found) {
		io.err(`nc: getaddrinfo for host "${host}" port ${portText}: ${resolveErrors[found.error]}\n`);
		return 1;
	}

	const address = found.addresses[0]!;
	const waitMs = values.has('w') ? 1000 * Number(values.get('w')) : undefined;
	let status = 1;
	for (const port of portTexts.flatMap(portRange)) {
		if (port === undefined) {
			io.err(`nc: port number invalid: ${portText}\n`);
			return 1;
		}

		if (port > 65_535 || port < 1) {
			io.err(`nc: port number ${port < 1 ? 'too small' : 'too large'}: ${port}\n`);
			return 1;
		}

		const ok: boolean = flags.has('u')
			? yield* datagrams(io, host, address, port, flags)
			: yield* stream(io, host, address, port, flags, waitMs);
		if (ok) status = 0;
	}

	return status;
}

function portRange(text: string): Array<number | undefined> {
	const range = /^(\d+)-(\d+)$/.exec(text);
	if (!range) return [portNumber(text)];
	const [low, high] = [Number(range[1]), Number(range[2])].sort((a, b) => a - b) as [number, number];
	if (high > 65_535) return [high];
	return Array.from({length: Math.max(0, high - low + 1)}, (_, i) => low + i);
}

const shownService = (port: number, protocol: 'tcp' | 'udp', flags: ReadonlySet<string>) =>
	flags.has('n') ? '*' : (serviceName(port, protocol) ?? '*');

function* stream(
	io: Io<Machine>,
	host: string,
	address: string,
	port: number,
	flags: ReadonlySet<string>,
	waitMs: number | undefined,
): Generator<any, boolean, any> {
	const connection = io.machine.stack.connect(address, port);
	const {outcome} = connection;
	if (outcome.kind !== 'connected') {
		if (outcome.kind === 'timeout') yield {sleepMs: waitMs ?? kernelConnectTimeoutMs};
		else if (outcome.kind === 'unreachable' && outcome.code === 'host') yield {sleepMs: Math.min(3060, waitMs ?? 3060)};
		const cut = outcome.kind === 'timeout' && waitMs !== undefined;
		const text = cut ? 'timed out: Operation now in progress' : `failed: ${connectErrors(outcome)}`;
		if (flags.has('v') || !flags.has('z')) if (flags.has('v')) io.err(`nc: connect to ${host} port ${port} (tcp) ${text}\n`);
		return false;
	}

	const shown = parseIpv4(host) === undefined ? `${host} (${address})` : host;
	if (flags.has('v')) io.err(`Connection to ${shown} ${port} port [tcp/${shownService(port, 'tcp', flags)}] succeeded!\n`);
	if (flags.has('z')) {
		connection.close();
		return true;
	}

	yield* talk(io, bytes => connection.exchange(bytes));
	connection.close();
	return true;
}

function* datagrams(
	io: Io<Machine>,
	host: string,
	address: string,
	port: number,
	flags: ReadonlySet<string>,
): Generator<any, boolean, any> {
	const reply = io.machine.stack.exchange(address, port, flags.has('z') ? 'X' : toBytes(io.stdin));
	const closed = reply.outcome.kind === 'refused' || (reply.outcome.kind === 'unreachable' && reply.outcome.code === 'port');
	if (closed) return false;
	if (reply.outcome.kind === 'timeout') yield {sleepMs: 1000};
	if (flags.has('v')) io.err(`Connection to ${host} ${port} port [udp/${shownService(port, 'udp', flags)}] succeeded!\n`);
	if (!flags.has('z') && reply.payload) io.out(toText(reply.payload));
	return true;
}
