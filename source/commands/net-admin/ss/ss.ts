import {lookup} from '../lookup.js';
import {portName, readPort} from '../../../net/iptables/text.js';
import type {Listener, TcpConnection} from '../../../net/socket.js';
import type {Command} from '../../../shell/command.js';
import {refuse, stackOf, tool, type ToolIo} from '../tool.js';
import {type Column, layOut} from './columns.js';
import {type Filter, FilterError, readFilter, type Shown, statesOf, syntaxError} from './filter.js';
import {usage} from './usage.js';

interface Options {
	tcp: boolean;
	udp: boolean;
	listening: boolean;
	all: boolean;
	processes: boolean;
	numeric: boolean;
	timers: boolean;
	/** Whether a kind of socket was named. */
	tables: boolean;
	version: boolean;
	header: boolean;
	summary: boolean;
	family?: 4 | 6;
	states?: readonly string[];
	rest: string[];
	unknown?: string;
	lacking?: string;
}

const command: Command = tool({
	name: 'ss',
	summary: 'show sockets',
	path: '/usr/sbin/ss',
	run(io) {
		if (io.argv.slice(1).some(arg => arg === '-h' || arg === '--help')) {
			io.out(usage);
			return 0;
		}
		try {
			return show(io);
		} catch (error) {
			if (!(error instanceof FilterError)) throw error;
			io.err(`${error.message}\n`);
			if (error.exitCode === 255 && error.message.startsWith('ss: ') && !error.message.includes('wrong state')) io.err(usage);
			return error.exitCode;
		}
	},
});
export default command;

function show(io: ToolIo): number {
	const options = readArgs(io.argv.slice(1));
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
	if (!options.summary || options.tables) io.out(table(io, options, filter));
	return 0;
}

const portNumber = (name: string): number | undefined => {
	try {
		return readPort(name);
	} catch {
		return undefined;
	}
};

const letters: Readonly<Record<string, (options: Options) => void>> = {
	t: options => void (options.tcp = true),
	u: options => void (options.udp = true),
	l: options => void (options.listening = true),
	a: options => void (options.all = true),
	p: options => void (options.processes = true),
	n: options => void (options.numeric = true),
	H: options => void (options.header = false),
	s: options => void (options.summary = true),
	4: options => void (options.family = 4),
	6: options => void (options.family = 6),
	r: options => void (options.numeric = false),
	o: options => void (options.timers = true),
	V: options => void (options.version = true),
	v: options => void (options.version = true),
};
const longNames: Readonly<Record<string, string>> = {
	tcp: 't',
	udp: 'u',
	listening: 'l',
	all: 'a',
	processes: 'p',
	numeric: 'n',
	'no-header': 'H',
	summary: 's',
	ipv4: '4',
	ipv6: '6',
	resolve: 'r',
	options: 'o',
	version: 'V',
};

function readArgs(args: readonly string[]): Options {
	const options: Options = {
		tcp: false,
		udp: false,
		listening: false,
		all: false,
		processes: false,
		numeric: false,
		timers: false,
		tables: false,
		version: false,
		header: true,
		summary: false,
		rest: [],
	};
	for (let i = 0; i < args.length; i++) {
		const arg = args[i]!;
		if (arg === 'state') {
			options.states = [...(options.states ?? []), ...stateList(args[++i])];
		} else if (arg === 'exclude') {
			const left = stateList(args[++i]);
			options.states = (options.states ?? stateList('all')).filter(state => !left.includes(state));
		} else if (arg.startsWith('--')) {
			const letter = lookup(longNames, arg.slice(2));
			if (letter) letters[letter]!(options);
			else options.unknown = arg;
		} else if (/^-\w+$/.test(arg)) {
			for (const letter of arg.slice(1)) {
				if (letters[letter]) letters[letter](options);
				else if ('eimOKxwfAbDEFNdzZSMkT0'.includes(letter)) options.lacking = `-${letter}`;
				else options.unknown = letter;
			}
		} else options.rest.push(arg);
	}
	options.tables = options.tcp || options.udp;
	if (!options.tables) {
		options.tcp = true;
		options.udp = true;
	}
	return options;
}

function stateList(name: string | undefined): readonly string[] {
	if (name === undefined) throw new FilterError('Command line is not complete. Try option "help"');
	const states = statesOf(name);
	if (!states) throw new FilterError(`ss: wrong state name: ${name}`);
	return states;
}

/** Length of the accept queue that servers ask for. */
const backlogs: Readonly<Record<string, number>> = {nginx: 511, httpd: 511, sshd: 128, mysqld: 151, redis: 511, 'redis-server': 511};

const isAny = (address: string) => address === '*' || address === '::';

function listenerRow(listener: Listener): Shown {
	const {protocol, port, process} = listener;
	const address = isAny(listener.address) ? '*' : listener.address;
	return {
		protocol,
		state: protocol === 'tcp' ? 'LISTEN' : 'UNCONN',
		local: {address, port: String(port)},
		peer: {address: isAny(listener.address) ? '*' : '0.0.0.0', port: '*'},
		queue: protocol === 'tcp' ? (backlogs[process.name] ?? 4096) : 0,
		process: ` users:(("${process.name}",pid=${process.pid},fd=3))`,
	};
}

const timerText = (leftMs: number) => {
	const seconds = Math.max(0, Math.floor(leftMs / 1000));
	return ` timer:(timewait,${seconds >= 60 ? `${Math.floor(seconds / 60)}min${seconds % 60 ? `${seconds % 60}sec` : ''}` : `${seconds}sec`},0)`;
};

const connectionRow =
	(nowMs: number) =>
	({state, local, peer, expiresMs}: TcpConnection): Shown => ({
		protocol: 'tcp',
		state,
		local: {address: local.address, port: String(local.port)},
		peer: {address: peer.address, port: String(peer.port)},
		queue: 0,
		process: '',
		...(state === 'TIME-WAIT' && expiresMs !== undefined && {timer: timerText(expiresMs - nowMs)}),
	});

function table(io: ToolIo, options: Options, filter: Filter): string {
	const {sockets} = stackOf(io);
	const listening = options.listening || options.all || options.states !== undefined;
	const connected = !options.listening || options.all;
	// The kernel's lists begin with what was opened last.
	const rows = [
		...(listening ? [...sockets.listeners()].reverse().map(listenerRow) : []),
		...(connected ? [...sockets.connections()].reverse().map(connectionRow(io.machine.sim.clock.now())) : []),
	]
		.filter(row => (row.protocol === 'tcp' ? options.tcp : options.udp))
		.filter(row => options.states === undefined || options.states.includes(row.state))
		.filter(row => options.all || options.listening || options.states !== undefined || row.state !== 'TIME-WAIT')
		.filter(row => options.family === undefined || (options.family === 4) === (row.local.address !== '*'))
		.filter(filter);
	// UDP stands before TCP.
	rows.sort((a, b) => (a.protocol === b.protocol ? 0 : a.protocol === 'udp' ? -1 : 1));
	const withNetid = options.tcp && options.udp;
	const withState = options.states === undefined || options.states.length !== 1;
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
	const shownPort = (port: string) => (options.numeric || port === '*' ? port : portName(port));
	const cells = rows.map(row => [
		...(withNetid ? [row.protocol] : []),
		...(withState ? [row.state] : []),
		'0',
		String(row.queue),
		`${row.local.address}:`,
		shownPort(row.local.port),
		`${row.peer.address}:`,
		shownPort(row.peer.port),
		(options.processes ? row.process : '') + (options.timers ? (row.timer ?? '') : ''),
	]);
	return layOut(columns, cells, options.header, io.stdoutIsTerminal ? io.columns : undefined);
}

function summary(io: ToolIo): string {
	const {sockets} = stackOf(io);
	const connections = sockets.connections();
	const count = (state: string) => connections.filter(connection => connection.state === state).length;
	const listening = (protocol: string) => sockets.listeners().filter(listener => listener.protocol === protocol);
	const [tcp, udp] = [listening('tcp'), listening('udp')];
	const waiting = count('TIME-WAIT');
	const open = tcp.length + connections.length - waiting;
	const v6 = (list: readonly Listener[]) => list.filter(listener => isAny(listener.address)).length;
	const line = (name: string, v4: number, six: number) =>
		`${name}\t  ${String(v4 + six).padEnd(9)} ${String(v4).padEnd(9)} ${String(six).padEnd(9)}\n`;
	return (
		`Total: ${open + udp.length}\nTCP:   ${open + waiting} (estab ${count('ESTAB')}, closed ${waiting}, orphaned 0, timewait ${waiting})\n\n` +
		`Transport Total     IP        IPv6\n${line('RAW', 0, 0)}${line('UDP', udp.length - v6(udp), v6(udp))}${line('TCP', open - v6(tcp), v6(tcp))}` +
		`${line('INET', open + udp.length - v6(tcp) - v6(udp), v6(tcp) + v6(udp))}${line('FRAG', 0, 0)}\n`
	);
}
