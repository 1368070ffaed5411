import type {Machine} from '../../../node/host/machine.js';
import type {Io} from '../../../shell/command.js';
import {refuse} from '../arguments.js';
import type {ProcessRow} from './process-rows.js';

type Column = readonly [title: string, width: number, value: (row: ProcessRow) => string];

const clock = ({cpuSeconds}: ProcessRow): string => `${Math.floor(cpuSeconds / 60)}:${String(cpuSeconds % 60).padStart(2, '0')}`;
const program = ({process}: ProcessRow): string => (process.argv[0] ?? '').split('/').at(-1)!.slice(0, 15);

/** Models BusyBox procps/ps.c: columns have fixed widths, numbers lean to the right in theirs. */
const columns: Readonly<Record<string, Column>> = {
	user: ['USER', 8, row => row.process.user.slice(0, 8)],
	group: ['GROUP', 8, row => row.process.user.slice(0, 8)],
	comm: ['COMMAND', 16, program],
	args: ['COMMAND', 256, row => row.command],
	pid: ['PID', 5, row => String(row.pid)],
	ppid: ['PPID', 5, row => String(row.ppid)],
	pgid: ['PGID', 5, row => String(row.pid)],
	tty: ['TT', 6, row => (row.tty === '?' ? '?' : row.tty)],
	vsz: ['VSZ', 4, row => size(row.vszKib)],
	rss: ['RSS', 4, row => size(row.rssKib)],
	stat: ['STAT', 4, row => row.state[0]!],
	time: ['TIME', 5, clock],
	nice: ['NI', 5, () => '0'],
	etime: ['ELAPSED', 7, clock],
};
const leansRight = new Set(['pid', 'ppid', 'pgid', 'time', 'nice', 'etime', 'vsz', 'rss']);
const usual = ['pid', 'user', 'time', 'args'];

const size = (kib: number): string => (kib < 10_000 ? String(kib) : `${Math.floor(kib / 1024)}m`);

/** It knows `-o` only; other options are taken and mean nothing, and everything is shown. */
export function busyboxPs(io: Io<Machine>, rows: readonly ProcessRow[]): number {
	let chosen: string[] = [];
	const words = io.argv.slice(1);
	for (let at = 0; at < words.length; at++) {
		const word = words[at]!;
		if (word.startsWith('-o')) chosen = [...chosen, ...(word.slice(2) || (words[++at] ?? '')).split(',')];
		else if (word.startsWith('--')) return refuse(io, `unrecognized option '${word}'`);
	}

	const wrong = chosen.find(name => !Object.hasOwn(columns, name));
	if (wrong !== undefined) {
		io.err(`ps: bad -o argument '${wrong}', supported arguments: ${Object.keys(columns).join(',')}\n`);
		return 1;
	}

	const names = chosen.length > 0 ? chosen : usual;
	const line = (cells: readonly string[], titles: boolean) =>
		names
			.map((name, index) => {
				const width = columns[name]![1];
				if (index === names.length - 1) return cells[index]!;
				return leansRight.has(name) && !titles ? cells[index]!.padStart(width) : cells[index]!.padEnd(width);
			})
			.join(' ');
	for (const text of [
		line(
			names.map(name => columns[name]![0]),
			true,
		),
		...rows.map(row =>
			line(
				names.map(name => columns[name]![2](row)),
				false,
			),
		),
	])
		io.out(`${io.stdoutIsTerminal ? text.slice(0, io.columns) : text}\n`);
	return 0;
}
