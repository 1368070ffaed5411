import type {FileArguments} from './file-arguments.js';
import {clamp, linesOf, remember, type ShellCommand, type Vi} from './state.js';

/** `%` is the file, `#` the one before, `!` the command before; a backslash takes that from them. */
function expanded(vi: Vi, text: string): string | undefined {
	let missing = false;
	const line = text.replaceAll(/\\([%#!])|[%#!]/g, (found, plain: string | undefined) => {
		const value = plain ?? {'%': vi.name, '#': vi.alternate, '!': vi.lastShellCommand}[found];
		missing ||= value === undefined;
		return value ?? '';
	});
	return missing ? undefined : line;
}

/** `:!cmd`, `:r !cmd`, `:2,5!cmd`, `:w !cmd`: the editor waits for it. */
export function runShellCommand(
	vi: Vi,
	text: string,
	into: ShellCommand['into'],
	{first, last, given, above}: FileArguments,
	writes = false,
): Vi {
	const line = expanded(vi, text.trim());
	if (line === undefined)
		return {...vi, message: text.includes('#') ? "E194: No alternate file name to substitute for '#'" : 'E34: No previous command'};
	const rows: readonly [number, number] = into === 'lines' || given ? [first, last] : [0, vi.lines.length - 1];
	const below = above ? -1 : given ? last : vi.row;
	return {
		...vi,
		lastShellCommand: line,
		running: {
			line,
			typed: `:${vi.commandHistory.at(-1) ?? `!${text}`}`,
			shows: into === 'screen',
			into,
			...((into === 'lines' || writes) && {
				stdin: vi.lines
					.slice(rows[0], rows[1] + 1)
					.map(each => `${each}\n`)
					.join(''),
			}),
			first: into === 'below' ? below : rows[0],
			last: rows[1],
		},
	};
}

/** It has ended. What had been written was on disk before it began. */
export function afterShellCommand(vi: Vi, output: string): Vi {
	const {running, saved, ...rest} = vi;
	const base: Vi = {...rest, onDisk: saved ?? vi.onDisk, written: {}};
	if (!running || running.into === 'screen') return base;
	const came = output === '' ? [] : linesOf(output);
	const {lines} = vi;
	if (running.into === 'below') {
		if (came.length === 0) return base;
		const at = running.first + 1;
		return {
			...remember(base),
			lines: [...lines.slice(0, at), ...came, ...lines.slice(at)],
			row: at + came.length - 1,
			column: 0,
			wanted: 0,
		};
	}
	const {first, last} = running;
	const left = [...lines.slice(0, first), ...came, ...lines.slice(last + 1)];
	const count = last - first + 1;
	return clamp({
		...remember(base),
		lines: left.length === 0 ? [''] : left,
		row: first,
		column: 0,
		wanted: 0,
		message: count > 2 ? `${count} lines filtered` : '',
	});
}

/** `!!`, `!G`, `!` on what is selected: the lines are named, the command is typed. */
export function askShellCommand(vi: Vi, first: number, last: number): Vi {
	const prompt = first === last ? '.!' : last === vi.lines.length - 1 ? '.,$!' : `.,.+${last - first}!`;
	return {...vi, row: first, mode: 'command', prompt};
}
