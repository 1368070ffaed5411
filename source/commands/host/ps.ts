import type {Machine} from '../../node/machine.js';
import {numberSeen, processesSeen} from '../../node/pid-namespace.js';
import type {Process} from '../../os/process.js';
import type {Command, Io} from '../../shell/command.js';
import type {RunningProcess} from '../../shell/running.js';
import {isBusybox} from '../net-client/flavour.js';
import {busyboxPs} from './busybox-ps.js';
import {strftime} from './strftime.js';

/** What a process looks like, in every column that ps knows. Numbers follow from its kind: the simulation has no real memory. */
export interface ProcessRow {
	readonly process: Process;
	readonly pid: number;
	readonly ppid: number;
	readonly kernel: boolean;
	readonly command: string;
	readonly vszKib: number;
	readonly rssKib: number;
	readonly cpuSeconds: number;
	readonly state: string;
	readonly tty: string;
}

/** Processes that this machine sees, under the numbers of its PID namespace. */
export function visibleProcesses(machine: Machine): ProcessRow[] {
	const seen = processesSeen(machine);
	const numbers = new Map(seen.map(process => [process.pid, numberSeen(machine, process)]));
	return seen.map(process => ({
		process,
		pid: numbers.get(process.pid)!,
		ppid: numbers.get(process.ppid) ?? 0,
		kernel: process.argv[0]?.startsWith('[') ?? false,
		command: process.argv.join(' '),
		...weight(process),
		tty: process.tty ?? '?',
	}));
}

const heavy: ReadonlyArray<readonly [RegExp, number, number]> = [
	[/kube-apiserver/, 1_523_412, 338_120],
	[/etcd/, 11_742_912, 84_216],
	[/kubelet/, 2_117_340, 96_440],
	[/containerd-shim/, 1_237_764, 13_980],
	[/containerd|dockerd/, 1_905_248, 62_504],
	[/kube-controller-manager/, 1_311_808, 112_660],
	[/kube-scheduler/, 1_288_408, 68_352],
	[/kube-proxy/, 1_295_064, 57_140],
	[/coredns/, 1_283_216, 59_020],
	[/calico|felix|bird/, 1_948_700, 70_120],
	[/systemd$/, 171_528, 16_308],
	[/pause/, 1028, 512],
];

function weight({argv, pid}: Process) {
	const name = argv[0] ?? '';
	if (name.startsWith('[')) return {vszKib: 0, rssKib: 0, cpuSeconds: 0, state: name.includes('kworker') ? 'I<' : 'S'};
	const [, vszKib, rssKib] = heavy.find(([pattern]) => pattern.test(name.split(' ')[0]!)) ?? [
		undefined,
		12_000 + (pid % 97) * 240,
		4000 + (pid % 53) * 96,
	];
	return {
		vszKib,
		rssKib,
		cpuSeconds: rssKib > 50_000 ? Math.floor(rssKib / 30_000) : 0,
		state: pid === 1 || rssKib > 50_000 ? 'Ssl' : 'Ss',
	};
}

/** What the session's shells run here is there, too: the shells, all members of a pipe, `ps` itself. */
export function processesOf(io: Io<Machine>): ProcessRow[] {
	const {machine} = io;
	const machines = visibleProcesses(machine);
	const taken = new Set(machines.map(row => row.pid));
	const {running, pidOf} = io.processes ? ofSession(machine, io.processes()) : alone(io, machines);
	const rows = running.map((each): ProcessRow => {
		const process = {...each, user: machine.user || 'root', program: '', container: machine.container};
		const state = each.pid === io.pid ? 'R' : 'S';
		return {
			process,
			pid: pidOf(each.pid),
			ppid: pidOf(each.ppid),
			kernel: false,
			command: each.argv.join(' '),
			vszKib: each.login ? 10_476 : 6_412,
			rssKib: each.login ? 4_864 : 2_304,
			cpuSeconds: 0,
			state: `${state}${each.login ? 's' : ''}${each.terminal && !each.login ? '+' : ''}`,
			tty: each.terminal ? 'pts/0' : '?',
		};
	});
	return [...machines, ...rows.filter(row => !taken.has(row.pid))].sort((a, b) => a.pid - b.pid);
}

/** Pids that sshd and containers give: in a container they begin after those that its runtime has used. */
const firstSessionPid = 2211;
const firstInnerPid = 7;

function ofSession(machine: Machine, processes: readonly RunningProcess[]) {
	if (machine.kind === 'container') {
		const pidOf = (pid: number) => (pid === 0 ? 0 : pid - firstSessionPid + firstInnerPid);
		return {running: processes, pidOf};
	}

	const listener = machine.processes.list().find(({program}) => program === 'sshd')?.pid ?? 1;
	const running = processes.flatMap(each => {
		if (each.ppid !== 0) return [each];
		const above = (pid: number, ppid: number, title: string): RunningProcess => ({
			pid,
			ppid,
			argv: [title],
			startedMs: each.startedMs,
			terminal: false,
		});
		return [
			above(each.pid - 5, listener, 'sshd: root [priv]'),
			above(each.pid - 1, each.pid - 5, `sshd: root@${each.terminal ? 'pts/0' : 'notty'}`),
			{...each, ppid: each.pid - 1},
		];
	});
	return {running, pidOf: (pid: number) => pid};
}

/** What a container runs by itself has no shell of a session above it. */
function alone({machine, argv}: Io<Machine>, rows: readonly ProcessRow[]) {
	const pid = (rows.at(-1)?.pid ?? 0) + 6;
	const self: RunningProcess = {pid, ppid: 0, argv, startedMs: machine.sim.clock.now(), terminal: false};
	return {running: [self], pidOf: (each: number) => each};
}

type Column = readonly [title: string, width: number, align: 'left' | 'right', value: (row: ProcessRow) => string];

function columnsOf(io: Io<Machine>): Readonly<Record<string, Column>> {
	const now = io.machine.sim.clock.now();
	const started = (row: ProcessRow) => strftime(now - row.process.startedMs < 86_400_000 ? '%H:%M' : '%b%d', row.process.startedMs);
	const total = 3_997_184;
	return {
		user: ['USER', 8, 'left', row => (row.process.user.length > 8 ? `${row.process.user.slice(0, 7)}+` : row.process.user)],
		uid: ['UID', 8, 'left', row => row.process.user],
		pid: ['PID', 7, 'right', row => String(row.pid)],
		ppid: ['PPID', 7, 'right', row => String(row.ppid)],
		cpu: ['%CPU', 4, 'right', row => (row.cpuSeconds > 0 ? `${Math.min(9, row.cpuSeconds / 3).toFixed(1)}` : '0.0')],
		mem: ['%MEM', 4, 'right', row => ((row.rssKib / total) * 100).toFixed(1)],
		vsz: ['VSZ', 6, 'right', row => String(row.vszKib)],
		rss: ['RSS', 5, 'right', row => String(row.rssKib)],
		tty: ['TTY', 8, 'left', row => row.tty],
		stat: ['STAT', 4, 'left', row => row.state],
		state: ['S', 1, 'left', row => row.state[0]!],
		start: ['START', 7, 'left', started],
		stime: ['STIME', 5, 'left', started],
		c: ['C', 2, 'right', row => String(Math.min(9, row.cpuSeconds))],
		time: ['TIME', 6, 'right', row => `${Math.floor(row.cpuSeconds / 60)}:${String(row.cpuSeconds % 60).padStart(2, '0')}`],
		longtime: [
			'TIME',
			8,
			'right',
			row => `00:${String(Math.floor(row.cpuSeconds / 60)).padStart(2, '0')}:${String(row.cpuSeconds % 60).padStart(2, '0')}`,
		],
		etime: ['ELAPSED', 11, 'right', row => elapsed(now - row.process.startedMs)],
		comm: ['COMMAND', 15, 'left', row => programName(row).slice(0, 15)],
		cmd: ['CMD', 0, 'left', row => row.command],
		command: ['COMMAND', 0, 'left', row => row.command],
	};
}

/** What the kernel calls it: no path, no brackets of a kernel thread, nothing of the title that a program gives itself. */
export function programName({process, kernel}: ProcessRow): string {
	const title = process.argv[0] ?? '';
	if (kernel) return title.slice(1, -1);
	const [name = ''] = (title.split(' ')[0] ?? '').split('/').slice(-1);
	return name.replace(/^-|:$/g, '');
}

function elapsed(ms: number): string {
	const seconds = Math.floor(ms / 1000);
	const two = (value: number) => String(value).padStart(2, '0');
	const hours = Math.floor(seconds / 3600);
	return `${hours > 0 ? `${two(hours)}:` : ''}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

const names: Readonly<Record<string, string>> = {
	args: 'command',
	'%cpu': 'cpu',
	pcpu: 'cpu',
	'%mem': 'mem',
	pmem: 'mem',
	s: 'state',
	ucmd: 'comm',
	euser: 'user',
	ruser: 'user',
	tt: 'tty',
	tname: 'tty',
	vsize: 'vsz',
	rssize: 'rss',
	start_time: 'stime',
	bsdtime: 'time',
	cputime: 'longtime',
};

/** Which columns and which processes the options ask for; BSD options have no dash. */
function plan(words: readonly string[]): {
	columns: string[];
	everyone: boolean;
	pids?: readonly string[];
	filter?: (row: ProcessRow) => boolean;
	sort?: string;
	noTitle: boolean;
	problem?: string;
} {
	let columns = ['pid', 'tty', 'longtime', 'comm'];
	let everyone = false;
	let noTitle = false;
	let sort: string | undefined;
	let pids: string[] | undefined;
	let filter: ((row: ProcessRow) => boolean) | undefined;
	let chosen: string[] | undefined;
	for (let at = 0; at < words.length; at++) {
		const word = words[at]!;
		if (word.startsWith('--')) {
			if (word === '--no-headers' || word === '--no-heading') noTitle = true;
			else if (word.startsWith('--sort=')) sort = word.slice(7);
			else if (word === '--sort') sort = words[++at];
			else if (word !== '--forest') return {columns, everyone, noTitle, problem: word};
			continue;
		}

		const dashed = word.startsWith('-');
		const letters = dashed ? word.slice(1) : word;
		if (/^\d+(,\d+)*$/.test(letters)) {
			pids = letters.split(',');
			continue;
		}

		for (let index = 0; index < letters.length; index++) {
			const letter = letters[index]!;
			const value = () => {
				const text = letters.slice(index + 1) || (words[++at] ?? '');
				index = letters.length;
				return text;
			};
			if (letter === 'e' || letter === 'A') everyone ||= dashed;
			else if (letter === 'a' || letter === 'x') {
				everyone = true;
				if (!dashed) columns = columns.includes('user') ? columns : ['pid', 'tty', 'stat', 'time', 'command'];
			} else if (letter === 'u' && !dashed)
				columns = ['user', 'pid', 'cpu', 'mem', 'vsz', 'rss', 'tty', 'stat', 'start', 'time', 'command'];
			else if (letter === 'u' || letter === 'U') {
				const user = value();
				everyone = true;
				filter = row => row.process.user === user;
			} else if (letter === 'f' && dashed) columns = ['uid', 'pid', 'ppid', 'c', 'stime', 'tty', 'longtime', 'cmd'];
			else if (letter === 'F' || letter === 'l') columns = ['uid', 'pid', 'ppid', 'c', 'vsz', 'rss', 'stime', 'tty', 'longtime', 'cmd'];
			else if (letter === 'o') chosen = [...(chosen ?? []), ...value().split(/[,\s]+/)];
			else if (letter === 'p' || letter === 'q') pids = value().split(',');
			else if (letter === 'C') {
				const name = value();
				everyone = true;
				filter = row => (row.process.argv[0] ?? '').split('/').at(-1)!.startsWith(name);
			} else if (!'fwjLHTd'.includes(letter)) return {columns, everyone, noTitle, problem: word};
		}
	}

	if (chosen) columns = chosen.map(name => names[name.replace(/=.*/, '')] ?? name.replace(/=.*/, ''));
	noTitle ||= chosen?.every(name => name.endsWith('=')) ?? false;
	return {columns, everyone, pids, filter, sort, noTitle};
}

export default {
	name: 'ps',
	summary: 'list processes',
	*run(io) {
		if (isBusybox(io.machine, 'ps')) return busyboxPs(io, processesOf(io));
		const {columns, everyone, pids, filter, sort, noTitle, problem} = plan(io.argv.slice(1));
		const known = columnsOf(io);
		const wrong = columns.find(name => !Object.hasOwn(known, name));
		if (problem !== undefined || wrong !== undefined) {
			io.err(
				`error: ${problem === undefined ? `unknown user-defined format specifier "${wrong}"` : 'unsupported option (BSD syntax)'}\n\nUsage:\n ps [options]\n\n Try 'ps --help <simple|list|output|threads|misc|all>'\n  or 'ps --help <s|l|o|t|m|a>'\n for additional help text.\n\nFor more details see ps(1).\n`,
			);
			return 1;
		}

		const all = processesOf(io);
		const own = all.find(row => row.process.pid === io.pid)?.tty ?? '?';
		let rows = all.filter(row => (pids ? pids.includes(String(row.pid)) : everyone || row.tty === own));
		if (filter) rows = rows.filter(filter);
		if (sort) {
			const [sign, key] = /^([-+]?)(.*)$/.exec(sort.split(',')[0]!)!.slice(1) as [string, string];
			const column = known[names[key] ?? key];
			if (column) rows = rows.toSorted((a, b) => (Number(column[3](a)) - Number(column[3](b)) || 0) * (sign === '-' ? -1 : 1));
		}

		const shown = columns.map(name => known[name]!);
		const widths = shown.map(([title, width, , value]) => Math.max(width, title.length, ...rows.map(row => value(row).length)));
		const line = (cells: readonly string[]) =>
			`${cells.map((cell, index) => (shown[index]![2] === 'right' ? cell.padStart(widths[index]!) : index === cells.length - 1 ? cell : cell.padEnd(widths[index]!))).join(' ')}`;
		const cut = (text: string) =>
			`${io.stdoutIsTerminal && !io.argv.some(word => word.includes('w')) ? text.slice(0, io.columns) : text}\n`;
		if (!noTitle) io.out(cut(line(shown.map(([title]) => title))));
		for (const row of rows) io.out(cut(line(shown.map(([, , , value]) => value(row)))));
		return pids && rows.length === 0 ? 1 : 0;
	},
} satisfies Command<Machine>;
