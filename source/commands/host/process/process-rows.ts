import type {Machine} from '../../../node/host/machine.js';
import {numberSeen, pidsOfEntry, processesSeen} from '../../../node/container/pid-namespace.js';
import type {Process} from '../../../os/process.js';
import type {Io, RunningProcess} from '../../../shell/command.js';

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
	const running = io.processes ? ofSession(machine, io.processes()) : alone(io, machines);
	const rows = running.map((each): ProcessRow => {
		const process = {...each, user: machine.user || 'root', program: '', container: machine.container};
		const state = each.pid === io.pid ? 'R' : 'S';
		return {
			process,
			pid: each.pid,
			ppid: each.ppid,
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

function ofSession(machine: Machine, processes: readonly RunningProcess[]): readonly RunningProcess[] {
	if (machine.kind === 'container') return processes;
	const listener = machine.processes.list().find(({program}) => program === 'sshd')?.pid ?? 1;
	return processes.flatMap(each => {
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
}

/** What a container runs by itself has no shell of a session above it. */
function alone({machine, argv}: Io<Machine>, rows: readonly ProcessRow[]): readonly RunningProcess[] {
	const pid = Math.max(0, ...rows.map(each => each.pid)) + pidsOfEntry;
	const isFirst = rows.some(({process}) => process.argv.join('\0') === argv.join('\0'));
	if (isFirst) return [];
	return [{pid, ppid: 0, argv, startedMs: machine.sim.clock.now(), terminal: false}];
}

/** What the kernel calls it: no path, no brackets of a kernel thread, nothing of the title that a program gives itself. */
export function programName({process, kernel}: ProcessRow): string {
	const title = process.argv[0] ?? '';
	if (kernel) return title.slice(1, -1);
	const [name = ''] = (title.split(' ')[0] ?? '').split('/').slice(-1);
	return name.replace(/^-|:$/g, '');
}
