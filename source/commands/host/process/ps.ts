import type {Machine} from '../../../node/host/machine.js';
import type {Command, Io} from '../../../shell/command.js';
import {isBusybox} from '../../net-client/flavour.js';
import {busyboxPs} from './busybox-ps.js';
import {type ProcessRow, processesOf, programName} from './process-rows.js';
import {strftime} from '../../../sim/strftime.js';

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
		lstart: ['STARTED', 24, 'right', row => strftime('%a %b %e %H:%M:%S %Y', row.process.startedMs)],
		pgid: ['PGID', 7, 'right', row => String(row.pid)],
		sid: ['SID', 7, 'right', row => String(row.pid)],
		ni: ['NI', 3, 'right', row => (row.state.includes('<') ? '-20' : '0')],
		pri: ['PRI', 3, 'right', row => (row.state.includes('<') ? '39' : '19')],
		etimes: ['ELAPSED', 7, 'right', row => String(Math.floor((now - row.process.startedMs) / 1000))],
		etime: ['ELAPSED', 11, 'right', row => elapsed(now - row.process.startedMs)],
		comm: ['COMMAND', 15, 'left', row => programName(row).slice(0, 15)],
		cmd: ['CMD', 0, 'left', row => row.command],
		command: ['COMMAND', 0, 'left', row => row.command],
	};
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
	nice: 'ni',
	pgrp: 'pgid',
	sess: 'sid',
	fname: 'comm',
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

const columnOf = (name: string): string => (Object.hasOwn(names, name) ? names[name]! : name);

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

	if (chosen) columns = chosen.map(name => columnOf(name.replace(/=.*/, '')));
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
			const column = known[columnOf(key)];
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
