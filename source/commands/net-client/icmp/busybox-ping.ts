import type {Machine} from '../../../node/host/machine.js';
import type {Io, Run} from '../../../shell/command.js';
import {refuse} from '../refuse.js';
import {resolve} from '../resolve/resolve.js';
import {lostPercent, mean, noTrips, type RoundTrips, withTrip} from './round-trips.js';

/** BusyBox ping: counts from 0 and says nothing about hosts that cannot be reached. */
export function* busyboxPing(io: Io<Machine>): Run {
	const words = io.argv.slice(1);
	const values = new Map<string, number>();
	let target: string | undefined;
	for (let i = 0; i < words.length; i++) {
		const match = /^-([cswWiqt4IA])(.*)$/.exec(words[i]!);
		if (!match) {
			if (words[i]!.startsWith('-')) return refuse(io, `busybox ping ${words[i]}`);
			target = words[i];
		} else if ('q4A'.includes(match[1]!)) values.set(match[1]!, 1);
		else values.set(match[1]!, Number(match[2] || words[++i]));
	}

	if (target === undefined) return refuse(io, 'busybox ping without a host');
	const begun = io.resume as Begun | undefined;
	if (begun) return yield* series(io, target, values, begun);
	const found = yield* resolve(io.machine, target);
	if ('error' in found) {
		io.err(`ping: bad address '${target}'\n`);
		return 1;
	}

	const address = found.addresses[0]!;
	io.out(`PING ${target} (${address}): ${values.get('s') ?? 56} data bytes\n`);
	if (!io.machine.stack.routes.lookup(address)) {
		io.err('ping: sendto: Network is unreachable\n');
		return 1;
	}

	return yield* series(io, target, values, {address, sent: 0, trips: noTrips});
}

interface Begun {
	readonly address: string;
	readonly sent: number;
	readonly trips: RoundTrips;
	/** All is sent, and the last answers were waited for. */
	readonly over?: boolean;
}

function* series(io: Io<Machine>, target: string, values: ReadonlyMap<string, number>, begun: Begun): Run {
	const {address} = begun;
	const size = values.get('s') ?? 56;
	const count = values.get('c') ?? Number.POSITIVE_INFINITY;
	let {sent, trips} = begun;
	try {
		while (sent < count && !begun.over) {
			const reply = io.machine.stack.ping(address, {sequence: sent, size});
			if (reply.outcome.kind === 'connected') {
				trips = withTrip(trips, reply.timeUs / 1000);
				if (!values.has('q'))
					io.out(
						`${size + 8} bytes from ${reply.from ?? address}: seq=${sent} ttl=${reply.ttl} time=${(reply.timeUs / 1000).toFixed(3)} ms\n`,
					);
			}

			sent++;
			const deadline = values.get('w');
			if (sent >= count || (deadline !== undefined && sent >= deadline)) break;
			yield {sleepMs: 1000 * (values.get('i') ?? 1), resume: {address, sent, trips}};
		}

		if (trips.count < sent && !begun.over) yield {sleepMs: 1000 * (values.get('W') ?? 10), resume: {address, sent, trips, over: true}};
	} finally {
		summary(io, target, sent, trips);
	}

	return trips.count > 0 ? 0 : 1;
}

function summary(io: Io<Machine>, target: string, sent: number, trips: RoundTrips): void {
	const lost = lostPercent(sent, trips.count);
	io.out(`\n--- ${target} ping statistics ---\n${sent} packets transmitted, ${trips.count} packets received, ${lost}% packet loss\n`);
	if (trips.count === 0) return;
	io.out(`round-trip min/avg/max = ${[trips.min, mean(trips), trips.max].map(value => value.toFixed(3)).join('/')} ms\n`);
}
