import type {Machine} from '../../../node/machine.js';
import type {Io, Run} from '../../../shell/command.js';
import {refuse} from '../refuse.js';
import {resolve} from '../resolve/resolve.js';

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
	const found = yield* resolve(io.machine, target);
	if ('error' in found) {
		io.err(`ping: bad address '${target}'\n`);
		return 1;
	}

	const address = found.addresses[0]!;
	const size = values.get('s') ?? 56;
	const count = values.get('c') ?? Number.POSITIVE_INFINITY;
	io.out(`PING ${target} (${address}): ${size} data bytes\n`);
	if (!io.machine.stack.routes.lookup(address)) {
		io.err('ping: sendto: Network is unreachable\n');
		return 1;
	}

	const times: number[] = [];
	let sent = 0;
	try {
		while (sent < count) {
			const reply = io.machine.stack.ping(address, {sequence: sent, size});
			if (reply.outcome.kind === 'connected') {
				times.push(reply.timeUs / 1000);
				if (!values.has('q'))
					io.out(
						`${size + 8} bytes from ${reply.from ?? address}: seq=${sent} ttl=${reply.ttl} time=${(reply.timeUs / 1000).toFixed(3)} ms\n`,
					);
			}

			sent++;
			const deadline = values.get('w');
			if (sent >= count || (deadline !== undefined && sent >= deadline)) break;
			yield {sleepMs: 1000 * (values.get('i') ?? 1)};
		}

		if (times.length < sent) yield {sleepMs: 1000 * (values.get('W') ?? 10)};
	} finally {
		summary(io, target, sent, times);
	}

	return times.length > 0 ? 0 : 1;
}

function summary(io: Io<Machine>, target: string, sent: number, times: readonly number[]): void {
	const lost = sent === 0 ? 0 : Math.floor(((sent - times.length) * 100) / sent);
	io.out(`\n--- ${target} ping statistics ---\n${sent} packets transmitted, ${times.length} packets received, ${lost}% packet loss\n`);
	if (times.length === 0) return;
	const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
	io.out(`round-trip min/avg/max = ${[Math.min(...times), mean, Math.max(...times)].map(value => value.toFixed(3)).join('/')} ms\n`);
}
