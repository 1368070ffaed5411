import {portName, readPort} from '../../../net/iptables/text.js';
import {maySetKernel} from '../../../node/host/capable.js';
import type {Machine} from '../../../node/host/machine.js';
import type {Command, Run} from '../../../shell/command.js';
import {IpFailure} from '../ip/failure.js';
import {runInNamespace} from '../ip/netns.js';
import {refuse, type ToolIo} from '../tool.js';
import {type Column, layOut} from './columns.js';
import {type Filter, FilterError, readFilter, syntaxError} from './filter.js';
import {inetRows} from './inet.js';
import {netlinkRows} from './netlink.js';
import {type Options, readOptions} from './options.js';
import {type Shown, usersOf} from './row.js';
import {summary} from './summary.js';
import {unixRows} from './unix.js';
import {usage} from './usage.js';

const command: Command<Machine> = {
	name: 'ss',
	summary: 'show sockets',
	path: '/usr/sbin/ss',
	*run(io: ToolIo): Run {
		if (io.argv.slice(1).some(arg => arg === '-h' || arg === '--help')) {
			io.out(usage);
			return 0;
		}
		try {
			const options = readOptions(io.argv.slice(1));
			if (options.namespace === undefined) return show(io, options);
			return yield* runInNamespace(io, options.namespace, ['ss', ...withoutNamespace(io.argv.slice(1))]);
		} catch (error) {
			if (error instanceof IpFailure) {
				io.err(`${error.message}\n`);
				return 1;
			}
			if (!(error instanceof FilterError)) throw error;
			io.err(`${error.message}\n`);
			if (error.exitCode === 255 && error.message.startsWith('ss: ') && !error.message.includes('wrong state')) io.err(usage);
			return error.exitCode;
		}
	},
};
export default command;

const withoutNamespace = (args: readonly string[]): string[] =>
	args.flatMap((arg, i) => {
		if (arg.startsWith('--net=') || args[i - 1] === '--net' || /^-\w*N$/.test(args[i - 1] ?? '')) return [];
		if (arg === '--net') return [];
		return /^-[^-]*N/.test(arg) ? [arg.replace(/N.*$/, '')].filter(rest => rest !== '-') : [arg];
	});

function show(io: ToolIo, options: Options): number {
	if (options.version) io.out('ss utility, iproute2-6.11.0\n');
	if (options.version) return 0;
	if (options.unknown !== undefined) {
		const {unknown} = options;
		throw new FilterError(unknown.startsWith('--') ? `ss: unrecognized option '${unknown}'` : `ss: invalid option -- '${unknown}'`);
	}
	if (options.lacking !== undefined) return refuse(io, `ss ${options.lacking}`);
	const filter = readFilter(options.rest, portNumber);
	if (!filter) throw syntaxError();
	if (options.summary) io.out(summary(io));
	// A summary alone, unless a list was asked for as well.
	if (options.summary && options.kinds.size === 0) return 0;
	const rows = chosen(io, options, filter);
	if (options.details && rows.some(row => row.details === undefined)) return refuse(io, 'ss -e of sockets that are not TCP or UDP');
	if (options.kill && !maySetKernel(io.machine)) {
		io.err('RTNETLINK answers: Operation not permitted\n');
		return 0;
	}
	io.out(table(io, options, rows));
	if (options.kill) for (const row of rows) row.kill?.();
	return 0;
}

const portNumber = (name: string): number | undefined => {
	try {
		return readPort(name);
	} catch {
		return undefined;
	}
};

/** In the order in which ss asks the kernel for its tables. */
function chosen(io: ToolIo, options: Options, filter: Filter): Shown[] {
	const {kinds, states, family} = options;
	const wanted = {
		listening: options.listening || options.all || states !== undefined,
		connected: !options.listening || options.all || states !== undefined,
	};
	const all = kinds.size === 0 && family === undefined;
	const has = (...names: string[]) => all || names.some(name => kinds.has(name));
	const inet = kinds.size === 0 || kinds.has('tcp') || kinds.has('udp');
	const rows = [
		...(has('netlink') && wanted.listening ? netlinkRows(io) : []),
		...(has('unix', ...Object.values(unixKinds)) ? unixRows(io, wanted).filter(row => has('unix', unixKinds[row.netid]!)) : []),
		...(inet ? inetRows(io, wanted).filter(row => kinds.size === 0 || kinds.has(row.netid)) : []),
	];
	return rows
		.filter(row => states === undefined || states.includes(row.state))
		.filter(row => options.all || options.listening || states !== undefined || row.state !== 'TIME-WAIT')
		.filter(row => family === undefined || !row.family.startsWith('inet') || row.family === family)
		.filter(row => !options.kill || row.kill !== undefined)
		.filter(filter);
}

const unixKinds: Readonly<Record<string, string>> = {u_str: 'unix_stream', u_dgr: 'unix_dgram', u_seq: 'unix_seqpacket'};

function table(io: ToolIo, options: Options, rows: readonly Shown[]): string {
	const {states, kinds} = options;
	const withNetid = kinds.size !== 1 || kinds.has('unix');
	const withState = states === undefined || states.length !== 1;
	const columns: Column[] = [
		...(withNetid ? [{title: 'Netid', align: 'left', delimiter: ''} as const] : []),
		...(withState ? [{title: 'State', align: 'left', delimiter: ' '} as const] : []),
		{title: 'Recv-Q', align: 'left', delimiter: ' '},
		{title: 'Send-Q', align: 'left', delimiter: ' '},
		{title: 'Local Address:', align: 'right', delimiter: ' '},
		{title: 'Port', align: 'left', delimiter: ''},
		{title: 'Peer Address:', align: 'right', delimiter: ' '},
		{title: 'Port', align: 'left', delimiter: ''},
		{title: 'Process', align: 'left', delimiter: ''},
	];
	const cells = rows.map(row => [
		...(withNetid ? [row.netid] : []),
		...(withState ? [row.state] : []),
		'0',
		String(row.queue),
		...ends(row, options.numeric),
		extras(row, options),
	]);
	return layOut(columns, cells, options.header, io.stdoutIsTerminal ? io.columns : undefined);
}

function ends({family, local, peer}: Shown, numeric: boolean): string[] {
	if (family === 'unix') return [`${local.address} `, local.port, `${peer.address} `, peer.port];
	if (family === 'netlink') return [`${local.address}:`, local.port, peer.address, peer.port];
	const port = (text: string) => (numeric || text === '*' ? text : portName(text));
	return [`${local.shown ?? local.address}:`, port(local.port), `${peer.shown ?? peer.address}:`, port(peer.port)];
}

function extras(row: Shown, options: Options): string {
	const line =
		(options.processes ? usersOf(row) : '') + (options.timers ? (row.timer ?? '') : '') + (options.details ? (row.details ?? '') : '');
	if (!options.memory || !row.family.startsWith('inet')) return line;
	return `${line}${options.oneLine ? '' : '\n\t'}${row.memory ? ` ${row.memory}` : ''}`;
}
