import type {Ping} from '../../../net/netstack.js';
import type {Machine} from '../../../node/host/machine.js';
import type {Command, Io, Run} from '../../../shell/command.js';
import {isBusybox} from '../flavour.js';
import {refuseIpv6} from '../refuse.js';
import {nameOf, resolve, resolveErrors} from '../resolve/resolve.js';
import {deviation, lostPercent, mean, noTrips, type RoundTrips, withTrip} from './round-trips.js';
import {type PingOptions, readOptions} from './ping-options.js';
import {busyboxPing} from './busybox-ping.js';

const ping: Command<Machine> = {
	name: 'ping',
	aliases: ['ping6'],
	summary: 'send ICMP echo requests',
	*run(io) {
		const name = io.argv[0]!.replace(/^.*\//, '');
		if (name === 'ping6' || io.argv.some(word => word === '-6' || /^[\da-f]*:[\da-f:]*$/i.test(word)))
			return refuseIpv6(io, io.argv.join(' '));
		return yield* isBusybox(io.machine, 'ping') ? busyboxPing(io) : iputils(io);
	},
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

	const begun = io.resume as Begun | undefined;
	if (begun) return yield* series(io, options, begun);
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

	const refusal = sourceFault(io, options) ?? broadcastFault(io, options, address);
	if (refusal !== undefined) {
		io.err(`ping: ${refusal}\n`);
		return 2;
	}

	io.out(`PING ${name} (${address}) ${options.size}(${options.size + 28}) bytes of data.\n`);
	const from = options.numeric || name === address ? undefined : ((yield* nameOf(io.machine, address)) ?? name);
	const startedMs = io.machine.sim.clock.now();
	const fresh = {sent: 0, errors: 0, trips: noTrips, waiting: [], startedMs, lastMs: startedMs, local: false};
	return yield* series(io, options, {target: {name, address, from}, ...fresh});
}

/** The device or address of `-I` is not there. */
function sourceFault({machine, argv}: Io<Machine>, {source}: PingOptions): string | undefined {
	const {stack} = machine;
	if (source !== undefined) return stack.hasAddress(source) ? undefined : 'bind: Cannot assign requested address';
	const at = argv.indexOf('-I');
	const device = at < 0 ? undefined : argv[at + 1];
	return device === undefined || stack.links.get(device) ? undefined : `SO_BINDTODEVICE ${device}: No such device`;
}

function broadcastFault({machine}: Io<Machine>, {broadcast}: PingOptions, address: string): string | undefined {
	const toAll =
		address === '255.255.255.255' || machine.stack.links.list().some(link => link.addresses.some(each => each.broadcast === address));
	return toAll && !broadcast ? 'Do you want to ping broadcast? Then -b. If not, check your local firewall rules' : undefined;
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

interface Begun {
	readonly target: {readonly name: string; readonly address: string; readonly from: string | undefined};
	readonly sent: number;
	readonly errors: number;
	readonly trips: RoundTrips;
	/** Words about a neighbour that is still being looked for. */
	readonly waiting: readonly string[];
	readonly startedMs: number;
	readonly lastMs: number;
	/** This machine itself found that the target is not there. */
	readonly local: boolean;
	/** All is sent, and the last answers were waited for. */
	readonly over?: boolean;
}

function* series(io: Io<Machine>, options: PingOptions, begun: Begun): Run {
	const {clock} = io.machine.sim;
	const {target, startedMs} = begun;
	let at = begun;
	try {
		while (at.sent < options.count && !at.over) {
			at = probe(io, options, at);
			const late = options.deadlineMs !== undefined && clock.now() - startedMs + options.intervalMs > options.deadlineMs;
			if (at.sent >= options.count || late) break;
			yield {sleepMs: options.intervalMs, resume: at};
		}

		const ms = at.over ? undefined : lastWait(options, at, clock.now());
		if (ms !== undefined) yield {sleepMs: ms, resume: {...at, over: true}};
	} finally {
		flush(io, at.waiting);
		summary(io, target.name, at, Math.max(at.lastMs, at.local ? clock.now() : at.lastMs) - startedMs);
	}

	const {count} = at.trips;
	return count === 0 || (options.count !== Number.POSITIVE_INFINITY && options.deadlineMs !== undefined && count < options.count) ? 1 : 0;
}

function probe(io: Io<Machine>, options: PingOptions, begun: Begun): Begun {
	const nowMs = io.machine.sim.clock.now();
	const sent = begun.sent + 1;
	const mtu = io.machine.stack.links.get(io.machine.stack.routes.lookup(begun.target.address)?.dev ?? '')?.mtu;
	if (options.whole && mtu !== undefined && options.size + 28 > mtu) {
		io.err(`ping: local error: message too long, mtu=${mtu}\n`);
		return {...begun, sent, errors: begun.errors + 1, lastMs: nowMs};
	}
	const reply = io.machine.stack.ping(begun.target.address, {
		sequence: sent,
		size: options.size,
		...(options.ttl && {ttl: options.ttl}),
		...(options.source && {source: options.source}),
	});
	const text = lineOf(reply, sent, begun.target, options);
	const failed = isArpFailure(io.machine, reply);
	const at = {...begun, sent, lastMs: nowMs, local: begun.local || failed};
	if (text !== undefined && !options.quiet && !failed) io.out(`${text}\n`);
	if (reply.outcome.kind === 'connected') return {...at, trips: withTrip(begun.trips, reply.timeUs / 1000)};
	if (text === undefined) return at;
	const errors = begun.errors + 1;
	if (options.quiet || !failed) return {...at, errors};
	const waiting = [...begun.waiting, text];
	return {...at, errors, waiting: nowMs - begun.startedMs >= arpGiveUpMs - options.intervalMs ? flush(io, waiting) : waiting};
}

function flush(io: Io<Machine>, lines: readonly string[]): string[] {
	for (const line of lines) io.out(`${line}\n`);
	return [];
}

const isArpFailure = (machine: Machine, {outcome}: Ping) =>
	outcome.kind === 'unreachable' && outcome.code === 'host' && machine.stack.hasAddress(outcome.from);

/** How long it waits for answers that are still missing after the last request. */
function lastWait(options: PingOptions, {sent, trips, errors, local, startedMs}: Begun, nowMs: number): number | undefined {
	if (trips.count + errors >= sent) return local ? Math.max(0, startedMs + arpGiveUpMs - nowMs) : undefined;
	const left = options.deadlineMs === undefined ? options.waitMs : startedMs + options.deadlineMs - nowMs;
	return trips.count > 0 && options.deadlineMs === undefined ? Math.min(1000, left) : Math.max(0, left);
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

function summary(io: Io<Machine>, name: string, {sent, errors, trips, local}: Begun, spentMs: number): void {
	const errorText = errors > 0 ? `+${errors} errors, ` : '';
	io.out(
		`\n--- ${name} ping statistics ---\n${sent} packets transmitted, ${trips.count} received, ${errorText}${lostPercent(sent, trips.count)}% packet loss, time ${spentMs}ms\n`,
	);
	if (trips.count === 0) {
		io.out(local && sent > 1 ? `pipe ${Math.min(sent, 3)}\n` : '\n');
		return;
	}

	const numbers = [trips.min, mean(trips), trips.max, deviation(trips)].map(value => value.toFixed(3));
	io.out(`rtt min/avg/max/mdev = ${numbers.join('/')} ms\n`);
}
