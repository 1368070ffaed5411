import type {Namespace} from '../../../net/namespace.js';
import type {Outcome} from '../../../net/outcome.js';
import type {Machine} from '../../../node/host/machine.js';
import type {Command, Io, Run} from '../../../shell/command.js';
import {isBusybox} from '../flavour.js';
import {refuse} from '../refuse.js';
import {nameOf, resolve, resolveErrors} from '../resolve/resolve.js';
import {readTraceOptions, type TraceOptions} from './traceroute-options.js';

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
		const busybox = isBusybox(io.machine, 'traceroute');
		const options = readTraceOptions(io.argv.slice(1));
		if (options.lacking !== undefined) return refuse(io, `traceroute ${options.lacking}`);
		if (options.version) io.err(version);
		if (options.version) return 0;
		if (options.problem && busybox) return refuse(io, 'the usage of BusyBox traceroute');
		if (options.problem) {
			io.err(options.problem.text);
			return options.problem.exitCode;
		}

		const [target] = options.operands as [{word: string}];
		const found = yield* resolve(io.machine, target.word);
		if ('error' in found) {
			const argc = io.argv.length - 1;
			io.err(
				busybox
					? `traceroute: bad address '${target.word}'\n`
					: `${target.word}: ${resolveErrors[found.error]}\nCannot handle "host" cmdline arg \`${target.word}' on position 1 (argc ${argc})\n`,
			);
			return busybox ? 1 : 2;
		}

		return yield* trace(io, target.word, found.addresses[0]!, options);
	},
};

export default traceroute;

const version = 'Modern traceroute for Linux, version 2.1.2\nCopyright (c) 2016  Dmitry Butskoy,   License: GPL v2 or any later\n';

/** What the kernel refuses before a probe leaves. */
function refusal({machine}: Io<Machine>, address: string, {device, source}: TraceOptions): string | undefined {
	const stack = machine.stack as Namespace;
	if (device !== undefined && !stack.links.get(device)) return 'setsockopt SO_BINDTODEVICE: No such device';
	if (source !== undefined && !stack.hasAddress(source)) return 'bind: Cannot assign requested address';
	return stack.kernel.routes.lookup(address) ? undefined : 'connect: Network is unreachable';
}

function* trace(io: Io<Machine>, name: string, address: string, options: TraceOptions): Run {
	const {hops, probes, waitMs, numeric} = options;
	const length = options.packetLength ?? (isBusybox(io.machine, 'traceroute') ? 46 : 60);
	io.out(`traceroute to ${name} (${address}), ${hops} hops max, ${length} byte packets`);
	const why = refusal(io, address, options);
	if (why !== undefined) {
		io.err(`\n${why}\n`);
		return 1;
	}
	io.out('\n');
	const random = io.machine.sim.random.fork(`traceroute/${io.machine.name}`);
	let sent = 0;
	for (let ttl = options.first; ttl <= hops; ttl++) {
		let line = `${String(ttl).padStart(2)} `;
		let last = '';
		let arrived = false;
		let silent = 0;
		for (let probe = 0; probe < probes; probe++) {
			const {from, end, mark} = probeOnce(io.machine, address, ttl, sent++, options);
			if (from === undefined) {
				line += ' *';
				silent++;
				continue;
			}

			if (from !== last) {
				const own = numeric ? undefined : yield* nameOf(io.machine, from);
				line += numeric ? ` ${from}` : ` ${own ?? from} (${from})`;
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

/** A datagram to a port nobody uses, an echo request or a SYN: who sends it back? */
function probeOnce({stack}: Machine, address: string, ttl: number, sent: number, {method, port, source}: TraceOptions): Probe {
	const outcome = outcomeOf(stack, address, method, {ttl, source}, port ?? ports[method], method === 'default' ? sent : 0);
	if (outcome.kind === 'ttl-exceeded') return {from: outcome.from, end: false, mark: ''};
	if (outcome.kind === 'refused' || outcome.kind === 'connected') return {from: address, end: true, mark: ''};
	if (outcome.kind === 'unreachable')
		return {from: outcome.from, end: true, mark: outcome.code === 'port' ? '' : (marks[outcome.code] ?? '')};
	return {end: false, mark: ''};
}

/** Where the probes of each method go. */
const ports = {default: 33_434, icmp: 0, tcp: 80, udp: 53} as const;
const payload = '\0'.repeat(32);

function outcomeOf(
	stack: Machine['stack'],
	address: string,
	method: TraceOptions['method'],
	options: {ttl: number; source?: string},
	port: number,
	further: number,
): Outcome {
	if (method === 'icmp') return stack.ping(address, options).outcome;
	if (method !== 'tcp') return stack.exchange(address, port + further, payload, options).outcome;
	const connection = stack.connect(address, port, options);
	if (connection.outcome.kind === 'connected') connection.close();
	return connection.outcome;
}
