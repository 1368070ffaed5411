import type {Machine} from '../../../node/host/machine.js';
import type {Command, Run} from '../../../shell/command.js';
import {findInHosts, nameInHosts} from '../../net-client/resolve/hosts-file.js';
import {serviceName} from '../../net-client/socket/ports.js';
import {refuse, stackOf, type ToolIo} from '../tool.js';
import {decoded} from './decoded.js';
import {FilterProblem, type PacketFilter, readPacketFilter, UnsimulatedFilter} from './filter.js';
import {type Frame, framesOf} from './frame.js';
import {type Options, readOptions} from './options.js';
import {newSegments} from './packet-bytes.js';
import {fileHeader, readSaved, record, snapshotLength} from './pcap.js';
import {createPrinter, type Names} from './print.js';

/** How long it sleeps between two looks at what came by. */
const lookEveryMs = 200;
/** Packets that wait to be printed; more are counted as dropped. */
const waitingMax = 10_000;

const command: Command<Machine> = {
	name: 'tcpdump',
	summary: 'print the packets that pass a network device',
	path: '/usr/sbin/tcpdump',
	*run(io: ToolIo): Run {
		const options = readOptions(io.argv.slice(1));
		if (options.problem !== undefined) {
			// What getopt does not know brings the usage, a wrong value does not.
			io.err(`${options.problem}${options.problem.includes(' -- ') ? version + usage : ''}`);
			return 1;
		}
		if (options.version) io.err(version);
		if (options.version) return 0;
		if (options.lacking !== undefined) return refuse(io, `tcpdump ${options.lacking}`);
		try {
			if (options.devices) return listDevices(io);
			return options.read === undefined ? yield* live(io, options) : saved(io, options, options.read);
		} catch (error) {
			if (error instanceof UnsimulatedFilter) return refuse(io, `tcpdump ... ${error.message}`);
			if (!(error instanceof FilterProblem)) throw error;
			io.err(`tcpdump: ${error.message}\n`);
			return 1;
		}
	},
};
export default command;

const version = 'tcpdump version 4.99.0\nlibpcap version 1.10.0 (with TPACKET_V3)\n';
const usage = `Usage: tcpdump [-AbdDefhHIJKlLnNOpqStuUvxX#] [ -B size ] [ -c count ] [--count]
		[ -C file_size ] [ -E algo:secret ] [ -F file ] [ -G seconds ]
		[ -i interface ] [ --immediate-mode ] [ -j tstamptype ]
		[ -M secret ] [ --number ] [ --print ] [ -Q in|out|inout ]
		[ -r file ] [ -s snaplen ] [ -T type ] [ --version ]
		[ -V file ] [ -w file ] [ -W filecount ] [ -y datalinktype ]
		[ --time-stamp-precision precision ] [ --micro ] [ --nano ]
		[ -z postrotate-command ] [ -Z user ] [ expression ]
`;

function listDevices(io: ToolIo): number {
	const links = stackOf(io).links.list();
	const states = (up: boolean, carrier: boolean) =>
		[up && 'Up', up && 'Running', up && (carrier ? 'Connected' : 'Disconnected')].filter(Boolean);
	const rows = links.filter(({type}) => type !== 'loopback').map(({name, up, carrier}) => ({name, states: states(up, carrier)}));
	const all = [
		...rows.filter(row => row.states.length > 0),
		{name: 'any (Pseudo-device that captures on all interfaces)', states: ['Up', 'Running']},
		{name: 'lo', states: ['Up', 'Running', 'Loopback']},
		...rows.filter(row => row.states.length === 0),
	];
	for (const [at, {name, states}] of all.entries()) io.out(`${at + 1}.${name}${states.length > 0 ? ` [${states.join(', ')}]` : ''}\n`);
	return 0;
}

function namesOf({files}: Machine, {numeric}: Options): Names {
	return {
		host: address => (numeric ? address : (nameInHosts(files, address) ?? address)),
		port: (port, protocol) => (numeric ? String(port) : (serviceName(port, protocol) ?? String(port))),
	};
}

const filterOf = ({machine}: ToolIo, {words}: Options): PacketFilter =>
	readPacketFilter(words, name => findInHosts(machine.files, name)?.address);

function* live(io: ToolIo, options: Options): Run {
	const {links} = stackOf(io);
	const device = options.device || (links.list().find(link => link.type !== 'loopback' && link.up)?.name ?? 'lo');
	if (device !== 'any' && !links.get(device)) {
		io.err(`tcpdump: ${device}: No such device exists\n(No such device exists)\n`);
		return 1;
	}
	const any = device === 'any';
	if (any) io.err('tcpdump: data link type LINUX_SLL2\n');
	const filter = filterOf(io, options);
	if (io.machine.kind === 'host') io.err('dropped privs to tcpdump\n');
	const tells = options.write !== undefined || options.verbose > 0;
	if (!tells) io.err('tcpdump: verbose output suppressed, use -v[v]... for full protocol decode\n');
	const linkType = any ? 'LINUX_SLL2 (Linux cooked v2)' : 'EN10MB (Ethernet)';
	io.err(`${tells ? 'tcpdump: ' : ''}listening on ${device}, link-type ${linkType}, snapshot length ${snapshotLength} bytes\n`);
	return yield* watch(io, device, options, filter);
}

/** Where frames go: printed, or written to a file. */
function sink(io: ToolIo, options: Options, any: boolean): (frame: Frame) => void {
	const {write} = options;
	if (write === undefined) {
		const printer = createPrinter(options, namesOf(io.machine, options), any);
		return frame => io.out(printer.line(frame));
	}
	const path = io.path(write);
	io.machine.files.write(path, fileHeader(any));
	return frame => io.machine.files.write(path, record(frame, any), {append: true});
}

function* watch(io: ToolIo, device: string, options: Options, filter: PacketFilter): Run {
	const stack = stackOf(io);
	const take = sink(io, options, device === 'any');
	const segments = newSegments();
	const waiting: Frame[] = [];
	let captured = 0;
	let dropped = 0;
	const wanted = (frame: Frame) =>
		(device === 'any' || frame.device === device) &&
		(options.direction === 'inout' || options.direction === frame.direction) &&
		filter(decoded(frame.bytes));
	const stop = stack.kernel.wire.watch(hop => {
		for (const frame of framesOf(stack, hop, io.machine.sim.clock.now(), segments)) {
			if (!wanted(frame) || captured + waiting.length >= options.count) continue;
			if (waiting.length >= waitingMax) dropped++;
			else waiting.push(frame);
		}
	});
	try {
		while (captured < options.count) {
			yield {sleepMs: lookEveryMs};
			for (const frame of waiting.splice(0)) {
				take(frame);
				captured++;
			}
		}
	} finally {
		stop();
		io.err(
			`${captured} packet${captured === 1 ? '' : 's'} captured\n${captured + dropped} packet${captured + dropped === 1 ? '' : 's'} received by filter\n${dropped} packets dropped by kernel\n`,
		);
	}
	return 0;
}

/** `-r`: a file that was written before, or `-w`'s own. */
function saved(io: ToolIo, options: Options, name: string): number {
	const path = io.path(name);
	const {files} = io.machine;
	if (!files.exists(path)) {
		io.err(`tcpdump: ${name}: No such file or directory\n`);
		return 1;
	}
	const {links} = stackOf(io);
	const file = readSaved(files.readBytes(path), index => links.list().find(link => link.index === index)?.name ?? `if${index}`);
	if (!file) {
		io.err('tcpdump: unknown file format\n');
		return 1;
	}
	const linkType = file.any ? 'LINUX_SLL2 (Linux cooked v2)' : 'EN10MB (Ethernet)';
	io.err(`reading from file ${name}, link-type ${linkType}, snapshot length ${snapshotLength}\n`);
	if (io.machine.kind === 'host') io.err('dropped privs to tcpdump\n');
	const filter = filterOf(io, options);
	const take = sink(io, options, file.any);
	for (const frame of file.frames.filter(each => filter(decoded(each.bytes))).slice(0, options.count)) take(frame);
	return 0;
}
