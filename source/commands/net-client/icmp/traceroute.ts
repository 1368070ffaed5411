import type {Machine} from '../../../node/host/machine.js';
import type {Command, Io, Run} from '../../../shell/command.js';
import {isBusybox} from '../flavour.js';
import {refuse} from '../refuse.js';
import {nameOf, resolve, resolveErrors} from '../resolve/resolve.js';

const firstPort = 33_434;
const marks: Readonly<Record<string, string>> = {
	host: ' !H',
	net: ' !N',
	'no-route': ' !N',
	prohibited: ' !X',
	protocol: ' !P',
	'frag-needed': ' !F',
};

const traceroute: Command<Machine> = {
	name: 'traceroute',
	aliases: ['tracepath'],
	summary: 'show the routers on the way',
	*run(io) {
		if (io.argv[0] === 'tracepath') return refuse(io, 'tracepath');
		const words = io.argv.slice(1);
		const values = new Map<string, string>();
		const targets: Array<{word: string; at: number}> = [];
		for (let i = 0; i < words.length; i++) {
			const match = /^-([nImqwNfT4])(.*)$/.exec(words[i]!);
			if (!match) {
				if (words[i]!.startsWith('-')) return refuse(io, `traceroute ${words[i]}`);
				targets.push({word: words[i]!, at: i + 1});
			} else if ('n4'.includes(match[1]!)) values.set(match[1]!, '');
			else if (match[1] === 'I') values.set('I', '');
			else if (match[1] === 'T') return refuse(io, 'traceroute -T');
			else values.set(match[1]!, match[2] || (words[++i] ?? ''));
		}

		const target = targets[0];
		if (!target) return refuse(io, 'traceroute without a host');
		const found = yield* resolve(io.machine, target.word);
		if ('error' in found) {
			const argc = io.argv.length - 1;
			io.err(
				isBusybox(io.machine, 'traceroute')
					? `traceroute: bad address '${target.word}'\n`
					: `${target.word}: ${resolveErrors[found.error]}\nCannot handle "host" cmdline arg \`${target.word}' on position ${target.at} (argc ${argc})\n`,
			);
			return isBusybox(io.machine, 'traceroute') ? 1 : 2;
		}

		return yield* trace(io, target.word, found.addresses[0]!, values);
	},
};

export default traceroute;

function* trace(io: Io<Machine>, name: string, address: string, values: ReadonlyMap<string, string>): Run {
	const hopsMax = Number(values.get('m') ?? 30);
	const probes = Number(values.get('q') ?? 3);
	const waitMs = 1000 * Number(values.get('w') ?? 5);
	io.out(`traceroute to ${name} (${address}), ${hopsMax} hops max, ${isBusybox(io.machine, 'traceroute') ? 46 : 60} byte packets\n`);
	const random = io.machine.sim.random.fork(`traceroute/${io.machine.name}`);
	let port = firstPort;
	for (let ttl = Number(values.get('f') ?? 1); ttl <= hopsMax; ttl++) {
		let line = `${String(ttl).padStart(2)} `;
		let last = '';
		let arrived = false;
		let silent = 0;
		for (let probe = 0; probe < probes; probe++) {
			const {from, end, mark} = probeOnce(io.machine, address, ttl, port++, values.has('I'));
			if (from === undefined) {
				line += ' *';
				silent++;
				continue;
			}

			if (from !== last) {
				const own = values.has('n') ? undefined : yield* nameOf(io.machine, from);
				line += values.has('n') ? ` ${from}` : ` ${own ?? from} (${from})`;
				last = from;
			}

			line += `  ${((15 + 12 * ttl + random.int(40)) / 1000).toFixed(3)} ms${mark}`;
			arrived ||= end;
		}

		if (silent > 0) yield {sleepMs: waitMs};
		io.out(`${line}\n`);
		if (arrived) break;
	}

	return 0;
}

interface Probe {
	readonly from?: string;
	readonly end: boolean;
	readonly mark: string;
}

/** A UDP datagram to a port nobody uses, or an echo request: who sends it back? */
function probeOnce(machine: Machine, address: string, ttl: number, port: number, echo: boolean): Probe {
	const {outcome} = echo ? machine.stack.ping(address, {ttl}) : machine.stack.exchange(address, port, '\u0000'.repeat(32), {ttl});
	if (outcome.kind === 'ttl-exceeded') return {from: outcome.from, end: false, mark: ''};
	if (outcome.kind === 'refused' || outcome.kind === 'connected') return {from: address, end: true, mark: ''};
	if (outcome.kind === 'unreachable')
		return {from: outcome.from, end: true, mark: outcome.code === 'port' ? '' : (marks[outcome.code] ?? '')};
	return {end: false, mark: ''};
}
