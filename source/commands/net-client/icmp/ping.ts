import type {Ping} from '../../../net/netstack.js';
import type {Machine} from '../../../node/machine.js';
import type {Command, Effect, Io, Run} from '../../../shell/command.js';
import {isBusybox} from '../flavour.js';
import {nameOf, resolve, resolveErrors} from '../resolve/resolve.js';
import {type PingOptions, readOptions} from './ping-options.js';
import {busyboxPing} from './busybox-ping.js';

const ping: Command<Machine> = {
	name: 'ping',
	summary: 'send ICMP echo requests',
	run: io => (isBusybox(io.machine, 'ping') ? busyboxPing(io) : iputils(io)),
};

export default ping;

function* iputils(io: Io<Machine>): Run {
	const read = readOptions(io);
	if (typeof read === 'number') return read;
	const {options, target} = read;
	if (target === undefined) {
		io.err('ping: usage error: Destination address required\n');
		return 1;
	}

	const found = yield* resolve(io.machine, target);
	if ('error' in found) {
		io.err(`ping: ${target}: ${resolveErrors[found.error]}\n`);
		return 2;
	}

	const address = found.addresses[0]!;
	const name = found.canonical;
	if (!io.machine.stack.routes.lookup(address)) {
		io.err('ping: connect: Network is unreachable\n');
		return 2;
	}

	io.out(`PING ${name} (${address}) ${options.size}(${options.size + 28}) bytes of data.\n`);
	const from = options.numeric || name === address ? undefined : ((yield* nameOf(io.machine, address)) ?? name);
	return yield* series(io, options, {name, address, from});
}

/** Texts of ICMP errors (iputils ping_common.c). */
const errorTexts: Readonly<Record<string, string>> = {
	host: 'Destination Host Unreachable',
	net: 'Destination Net Unreachable',
	port: 'Destination Port Unreachable',
	protocol: 'Destination Protocol Unreachable',
	prohibited: 'Packet filtered',
	'frag-needed': 'Frag needed and DF set',
	'no-route': 'Destination Net Unreachable',
};

/** A neighbour that does not answer ARP is given up after three seconds; until then requests wait in line. */
const arpGiveUpMs = 3060;

function* series(io: Io<Machine>, options: PingOptions, target: {name: string; address: string; from: string | undefined}): Run {
	const {clock} = io.machine.sim;
	const startedMs = clock.now();
	const times: number[] = [];
	let sent = 0;
	let errors = 0;
	let waiting: string[] = [];
	let lastMs = startedMs;
	let local = false;
	try {
		while (sent < options.count) {
			sent++;
			lastMs = clock.now();
			const reply = io.machine.stack.ping(target.address, {
				sequence: sent,
				size: options.size,
				...(options.ttl && {ttl: options.ttl}),
				...(options.source && {source: options.source}),
			});
			const text = lineOf(reply, sent, target, options);
			if (reply.outcome.kind === 'connected') times.push(reply.timeUs / 1000);
			else if (text !== undefined) errors++;
			local ||= isArpFailure(io.machine, reply);
			if (text !== undefined && !options.quiet) {
				if (isArpFailure(io.machine, reply)) {
					waiting.push(text);
					if (clock.now() - startedMs >= arpGiveUpMs - options.intervalMs) waiting = flush(io, waiting);
				} else io.out(`${text}\n`);
			}

			const over = options.deadlineMs !== undefined && clock.now() - startedMs + options.intervalMs > options.deadlineMs;
			if (sent >= options.count || over) break;
			yield {sleepMs: options.intervalMs};
		}

		yield* lastWait(io, options, {sent, received: times.length, errors, local, startedMs});
	} finally {
		flush(io, waiting);
		summary(io, target.name, {sent, errors, times, spentMs: Math.max(lastMs, local ? clock.now() : lastMs) - startedMs, local});
	}

	return times.length === 0 ||
		(options.count !== Number.POSITIVE_INFINITY && options.deadlineMs !== undefined && times.length < options.count)
		? 1
		: 0;
}

function flush(io: Io<Machine>, lines: readonly string[]): string[] {
	for (const line of lines) io.out(`${line}\n`);
	return [];
}

const isArpFailure = (machine: Machine, {outcome}: Ping) =>
	outcome.kind === 'unreachable' && outcome.code === 'host' && machine.stack.hasAddress(outcome.from);

/** After the last request it waits for answers that are still missing. */
function* lastWait(
	io: Io<Machine>,
	options: PingOptions,
	{sent, received, errors, local, startedMs}: {sent: number; received: number; errors: number; local: boolean; startedMs: number},
): Generator<Effect, void, unknown> {
	if (received + errors >= sent) {
		if (local) yield {sleepMs: Math.max(0, startedMs + arpGiveUpMs - io.machine.sim.clock.now())};
		return;
	}

	const left = options.deadlineMs === undefined ? options.waitMs : startedMs + options.deadlineMs - io.machine.sim.clock.now();
	if (received > 0 && options.deadlineMs === undefined) yield {sleepMs: Math.min(1000, left)};
	else yield {sleepMs: Math.max(0, left)};
}

function lineOf(
	reply: Ping,
	sequence: number,
	target: {address: string; from: string | undefined},
	options: PingOptions,
): string | undefined {
	const {outcome} = reply;
	if (outcome.kind === 'connected') {
		const from = target.from ? `${target.from} (${target.address})` : (reply.from ?? target.address);
		return `${options.size + 8} bytes from ${from}: icmp_seq=${sequence} ttl=${reply.ttl} time=${milliseconds(reply.timeUs / 1000)} ms`;
	}

	if (outcome.kind === 'unreachable') return `From ${outcome.from} icmp_seq=${sequence} ${errorTexts[outcome.code]}`;
	return outcome.kind === 'ttl-exceeded' ? `From ${outcome.from} icmp_seq=${sequence} Time to live exceeded` : undefined;
}

/** Three decimals below 1, two below 10, one below 100, none above. */
export function milliseconds(value: number): string {
	if (value >= 100) return value.toFixed(0);
	if (value >= 10) return value.toFixed(1);
	return value >= 1 ? value.toFixed(2) : value.toFixed(3);
}

function summary(
	io: Io<Machine>,
	name: string,
	{sent, errors, times, spentMs, local}: {sent: number; errors: number; times: readonly number[]; spentMs: number; local: boolean},
): void {
	const lost = sent === 0 ? 0 : Math.floor(((sent - times.length) * 100) / sent);
	const errorText = errors > 0 ? `+${errors} errors, ` : '';
	io.out(
		`\n--- ${name} ping statistics ---\n${sent} packets transmitted, ${times.length} received, ${errorText}${lost}% packet loss, time ${spentMs}ms\n`,
	);
	if (times.length === 0) {
		io.out(local && sent > 1 ? `pipe ${Math.min(sent, 3)}\n` : '\n');
		return;
	}

	const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
	const squares = times.reduce((sum, time) => sum + time * time, 0) / times.length;
	const deviation = Math.sqrt(Math.max(0, squares - mean * mean));
	const numbers = [Math.min(...times), mean, Math.max(...times), deviation].map(value => value.toFixed(3));
	io.out(`rtt min/avg/max/mdev = ${numbers.join('/')} ms\n`);
}
