import type {Machine} from '../../../node/host/machine.js';
import {type MountRow, mountRows} from '../../../node/host/mount-rows.js';
import type {Command} from '../../../shell/command.js';
import {isBusybox} from '../../net-client/flavour.js';
import {type Arguments, notSimulated, parseArguments, refuse} from '../arguments.js';
import {humanSize} from '../files/ls.js';

export const df: Command<Machine> = {
	name: 'df',
	summary: 'show file systems and their space',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {
			flags: 'hTHkmaPil',
			values: 't',
			long: {'human-readable': '=h', 'print-type': '=T', all: '=a', type: '=t', inodes: '=i'},
		});
		if (args.problem) return refuse(io, args.problem);
		if (args.has('i')) return notSimulated(io, 'df -i');
		const busybox = isBusybox(io.machine, 'df');
		const all = mountRows(io.machine);
		let status = 0;
		let rows: MountRow[] = [];
		for (const word of args.operands) {
			const path = io.path(word);
			if (io.machine.files.exists(path)) rows.push(holder(all, io.machine.files.realpath(path)));
			else {
				io.err(busybox ? `df: ${word}: can't find mount point\n` : `df: ${word}: No such file or directory\n`);
				status = 1;
			}
		}

		if (args.operands.length === 0) rows = all.filter(row => args.has('a') || row.sizeKib > 0);
		// GNU's shows each device once, where its path is shortest.
		if (args.operands.length === 0 && !busybox && !args.has('a')) rows = rows.filter(row => shortest(rows, row));
		const type = args.value('t');
		if (type !== undefined) rows = rows.filter(row => row.type === type);
		if (rows.length > 0) io.out((busybox ? busyboxTable : gnuTable)(args, rows));
		return status;
	},
};

const holder = (rows: readonly MountRow[], path: string): MountRow =>
	rows
		.filter(row => row.path === '/' || path === row.path || path.startsWith(`${row.path}/`))
		.reduce((best, row) => (row.path.length >= best.path.length ? row : best));

const shortest = (rows: readonly MountRow[], row: MountRow): boolean =>
	rows.find(
		each => each.device === row.device && !rows.some(other => other.device === row.device && other.path.length < each.path.length),
	) === row;

function cellsOf({source, type, path, sizeKib, usedKib}: MountRow, typed: boolean, size: (kib: number) => string): string[] {
	const percent = sizeKib === 0 ? '-' : `${Math.ceil((usedKib / sizeKib) * 100)}%`;
	return [source, ...(typed ? [type] : []), size(sizeKib), size(usedKib), size(sizeKib - usedKib), percent, path];
}

function gnuTable(args: Arguments, rows: readonly MountRow[]): string {
	const human = args.has('h') || args.has('H');
	const size = (kib: number) => (human ? (kib === 0 ? '0' : humanSize(kib * 1024)) : String(args.has('m') ? Math.ceil(kib / 1024) : kib));
	const typed = args.has('T');
	const unit = human ? 'Size' : args.has('m') ? '1M-blocks' : args.has('P') ? '1024-blocks' : '1K-blocks';
	const title = [
		'Filesystem',
		...(typed ? ['Type'] : []),
		unit,
		'Used',
		human ? 'Avail' : 'Available',
		args.has('P') ? 'Capacity' : 'Use%',
		'Mounted on',
	];
	const all = [title, ...rows.map(row => cellsOf(row, typed, size))];
	const left = typed ? 2 : 1;
	const widths = title.map((name, column) =>
		Math.max(column === 0 ? 14 : /^(Size|Used|Avail)/.test(name) ? 5 : 0, ...all.map(row => row[column]!.length)),
	);
	const cell = (text: string, column: number, last: number) =>
		column === last ? text : column < left ? text.padEnd(widths[column]!) : text.padStart(widths[column]!);
	return all.map(row => `${row.map((text, column) => cell(text, column, row.length - 1)).join(' ')}\n`).join('');
}

/** Models BusyBox coreutils/df.c: columns of fixed width, a long name on a line of its own. */
function busyboxTable(args: Arguments, rows: readonly MountRow[]): string {
	const human = args.has('h');
	const size = (kib: number) => (human ? decimal(kib * 1024) : String(args.has('m') ? Math.round(kib / 1024) : kib));
	const typed = args.has('T');
	const line = ([source = '', ...rest]: string[]) => {
		const type = typed ? rest.shift()!.padEnd(11) : '';
		const [total = '', used = '', free = '', percent = '', path = ''] = rest;
		const head = source.length > 20 ? `${source}\n${' '.repeat(20)}` : source.padEnd(20);
		return `${head} ${type}${total.padStart(9)} ${used.padStart(9)} ${free.padStart(9)} ${percent.padStart(4)} ${path}\n`;
	};
	const titles = human
		? ['     Size', 'Used', 'Available', 'Use%']
		: [args.has('m') ? '1M-blocks' : '1K-blocks', 'Used', 'Available', 'Use%'];
	return [['Filesystem', ...(typed ? ['Type'] : []), ...titles, 'Mounted on'], ...rows.map(row => cellsOf(row, typed, size))]
		.map(line)
		.join('');
}

/** One decimal and a letter, as `make_human_readable_str` has it. */
function decimal(bytes: number): string {
	let value = bytes;
	let unit = 0;
	for (; value >= 1024 && unit < 5; unit++) value /= 1024;
	return unit === 0 ? String(bytes) : `${value.toFixed(1)}${' KMGTP'[unit]}`;
}
