import type {Machine} from '../../../node/host/machine.js';
import type {Io} from '../../../shell/command.js';
import {type Arguments, notSimulated} from '../../host/arguments.js';

/** A table of etcdctl's: frames of plus, minus and bar, every cell in the middle. */
function framed(titles: readonly string[], rows: readonly (readonly string[])[]): string {
	const widths = titles.map((title, column) => Math.max(title.length, ...rows.map(row => row[column]!.length)));
	const rule = `+${widths.map(width => '-'.repeat(width + 2)).join('+')}+\n`;
	const centred = (text: string, width: number) => {
		const left = Math.floor((width - text.length) / 2);
		return ' '.repeat(left) + text + ' '.repeat(width - text.length - left);
	};
	const line = (cells: readonly string[]) => `|${cells.map((cell, column) => ` ${centred(cell, widths[column]!)} `).join('|')}|\n`;
	return (
		rule +
		line(titles) +
		rule +
		rows.map(row => `|${row.map((cell, column) => ` ${cell.padStart(widths[column]!)} `).join('|')}|\n`).join('') +
		rule
	);
}

/** Rows as `-w` asks for them. */
export function table(io: Io<Machine>, args: Arguments, titles: readonly string[], rows: readonly (readonly string[])[]): number {
	const format = args.value('w') ?? 'simple';
	if (format !== 'simple' && format !== 'table') return notSimulated(io, `etcdctl -w ${format}`);
	io.out(format === 'table' ? framed(titles, rows) : rows.map(row => `${row.join(', ')}\n`).join(''));
	return 0;
}
