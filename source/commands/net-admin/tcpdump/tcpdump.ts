import type {Packet} from '../../../net/packet.js';
import type {Hop} from '../../../net/trace.js';
import type {Command, Run} from '../../../shell/command.js';
import {refuse, stackOf, type ToolIo} from '../tool.js';
import {readPacketFilter} from './filter.js';

interface Options {
	device: string;
	count: number;
	quiet: boolean;
	stamps: boolean;
	words: string[];
	lacking?: string;
}

/** How long it sleeps between two looks at what came by. */
const lookEveryMs = 200;
/** Packets that wait to be printed; more are counted as dropped. */
const waitingMax = 10_000;

const command: Command = {
	name: 'tcpdump',
	summary: 'print the packets that pass a network device',
	path: '/usr/sbin/tcpdump',
	*run(io: ToolIo): Run {
		const options = readArgs(io.argv.slice(1));
		const stack = stackOf(io);
		if (options.lacking !== undefined) return refuse(io, `tcpdump ${options.lacking}`);
		const filter = readPacketFilter(options.words);
		if (!filter) {
			io.err("tcpdump: can't parse filter expression: syntax error\n");
			return 1;
		}
		const device = options.device || (stack.links.list().find(link => link.type !== 'loopback' && link.up)?.name ?? 'lo');
		if (device !== 'any' && !stack.links.get(device)) {
			io.err(`tcpdump: ${device}: No such device exists\n(No such device exists)\n`);
			return 1;
		}
		const linkType = device === 'any' ? 'LINUX_SLL2 (Linux cooked v2)' : 'EN10MB (Ethernet)';
		io.err(
			`tcpdump: verbose output suppressed, use -v[v]... for full protocol decode\nlistening on ${device}, link-type ${linkType}, snapshot length 262144 bytes\n`,
		);
		return yield* watch(io, device, options, filter);
	},
};
export default command;

function* watch(io: ToolIo, device: string, options: Options, filter: (packet: Packet) => boolean): Run {
	const stack = stackOf(io);
	const waiting: string[] = [];
	let captured = 0;
	let dropped = 0;
	const stop = stack.kernel.wire.watch(hop => {
		if (!isOn(hop, stack.name, device) || !filter(hop.before) || captured + waiting.length >= options.count) return;
		if (waiting.length >= waitingMax) dropped++;
		else waiting.push(line(hop, io.machine.sim.clock.now(), device === 'any', options.stamps));
	});
	try {
		while (captured < options.count) {
			yield {sleepMs: lookEveryMs};
			for (const text of waiting.splice(0)) {
				io.out(text);
				captured++;
			}
		}
	} finally {
		stop();
		io.err(
			`${captured} packet${captured === 1 ? '' : 's'} captured\n${captured + dropped} packets received by filter\n${dropped} packets dropped by kernel\n`,
		);
	}
	return 0;
}

const isOn = (hop: Hop, where: string, device: string) =>
	hop.hook === 'LINK' &&
	hop.where === where &&
	(device === 'any' ? true : hop.link === device) &&
	(hop.link !== 'lo' || hop.direction === 'in');

function line(hop: Hop, nowMs: number, any: boolean, stamps: boolean): string {
	const second = Math.floor(nowMs / 1000) % 86_400;
	const clock = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60].map(part => String(part).padStart(2, '0')).join(':');
	const stamp = stamps ? `${clock}.${String((nowMs % 1000) * 1000).padStart(6, '0')} ` : '';
	const link = any ? `${(hop.link ?? '').padEnd(5)} ${hop.direction === 'in' ? 'In ' : 'Out'} ` : '';
	return `${stamp}${link}IP ${describe(hop.before)}\n`;
}

function describe(packet: Packet): string {
	const {protocol, source, destination, sourcePort, destinationPort, payload = '', icmp} = packet;
	if (protocol === 'icmp') {
		const about = icmp?.about;
		const text: Readonly<Record<string, string>> = {
			'echo-request': `ICMP echo request, id ${icmp?.id}, seq ${icmp?.sequence}`,
			'echo-reply': `ICMP echo reply, id ${icmp?.id}, seq ${icmp?.sequence}`,
			unreachable:
				icmp?.code === 'port'
					? `ICMP ${about?.destination} ${about?.protocol} port ${about?.destinationPort} unreachable`
					: `ICMP host ${about?.destination} unreachable`,
			'time-exceeded': 'ICMP time exceeded in-transit',
		};
		return `${source} > ${destination}: ${text[icmp?.type ?? '']}, length ${packet.length - 20}`;
	}
	const ends = `${source}.${sourcePort} > ${destination}.${destinationPort}`;
	return protocol === 'tcp'
		? `${ends}: Flags [${flagLetters(packet)}], length ${payload.length}`
		: `${ends}: UDP, length ${payload.length}`;
}

function flagLetters({flags = {}, payload}: Packet): string {
	const letters = `${flags.syn ? 'S' : ''}${flags.fin ? 'F' : ''}${flags.rst ? 'R' : ''}${payload ? 'P' : ''}${flags.ack ? '.' : ''}`;
	return letters || 'none';
}

const withValue: Readonly<Record<string, (options: Options, value: string) => void>> = {
	i: (options, value) => void (options.device = value),
	c: (options, value) => void (options.count = Number(value)),
	s: () => undefined,
};

function readArgs(args: readonly string[]): Options {
	const options: Options = {device: '', count: Number.POSITIVE_INFINITY, quiet: false, stamps: true, words: []};
	for (let i = 0; i < args.length; i++) {
		const arg = args[i]!;
		if (!/^-\w/.test(arg)) {
			options.words.push(arg);
			continue;
		}
		for (let at = 1; at < arg.length; at++) {
			const letter = arg[at]!;
			const take = withValue[letter];
			if (take) {
				take(options, arg.slice(at + 1) || (args[++i] ?? ''));
				break;
			}
			if (letter === 't') options.stamps = false;
			else if (letter === 'q') options.quiet = true;
			else if (!'nlpUK'.includes(letter)) options.lacking = `-${letter}`;
		}
	}
	return options;
}
