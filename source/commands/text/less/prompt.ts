import {sizeOf} from './lines.js';
import {isAtEnd, type Pager, placesOf} from './pager.js';
import {plainAgain, standoutOn} from './row.js';

/** What stands in the last row of the screen. */
export function promptRow(pager: Pager): string {
	const {typing, message, pending, filter} = pager;
	if (typing) return typing.sign + typing.text;
	if (message !== undefined) return standout(`${message}  (press RETURN)`);
	const begun = begunPrompt(pending);
	if (begun !== undefined) return begun;
	if (pager.isHelp)
		return standout(
			isAtEnd(pager) ? 'HELP -- END -- Press g to see it again, or q when done' : 'HELP -- Press RETURN for more, or q when done',
		);
	const text = normalPrompt(pager);
	return (filter ? '& ' : '') + (text === '' ? ':' : standout(text));
}

const standout = (text: string) => standoutOn + text + plainAgain;

const asked: Readonly<Record<string, string>> = {
	m: 'set mark: ',
	M: 'set mark: ',
	"'": 'goto mark: ',
	ESC: ' ESC',
	':': ' :',
	'-': '-',
	_: '_',
	Z: 'Z',
	'ctrl-x': '^X',
};

function begunPrompt(pending: string): string | undefined {
	if (pending === '') return undefined;
	return /^\d/.test(pending) ? `:${pending}` : asked[pending];
}

/** Short, medium (`-m`) or long (`-M`). Source: prompt.c. */
function normalPrompt(pager: Pager): string {
	const {options, isNew} = pager;
	const file = fileText(pager);
	const end = isAtEnd(pager) ? `(END)${file.next}` : undefined;
	if (options.on.has('M')) {
		const {lines, percent} = placeText(pager);
		return join(file.name, isNew ? file.among : '', lines, end ?? percent);
	}
	return join(...(isNew ? [file.name, file.among] : []), end ?? (options.on.has('m') ? mediumPlace(pager) : ''));
}

function mediumPlace(pager: Pager): string {
	const {percent, bytes} = placeText(pager);
	return percent || bytes;
}

/** What `=` tells. */
export function positionText(pager: Pager): string {
	const place = placeText(pager);
	const file = fileText(pager);
	return join(file.name, file.among, place.lines, place.bytes, isAtEnd(pager) ? `(END)${file.next}` : place.percent);
}

const join = (...parts: readonly string[]) => parts.filter(Boolean).join(' ');

/** What comes from a pipe has no name. */
function fileText({names, file}: Pager): {name: string; among: string; next: string} {
	const name = names[file]!;
	const following = names[file + 1];
	return {
		name: name === '-' ? '' : name,
		among: names.length > 1 ? `(file ${file + 1} of ${names.length})` : '',
		next: following === undefined ? '' : ` - Next: ${following}`,
	};
}

function placeText(pager: Pager): {lines: string; bytes: string; percent: string} {
	const places = placesOf(pager);
	const {lines, open, bytes} = pager.text;
	const [first, last] = [places[0], places.at(-1)];
	if (!first || !last) return {lines: '', bytes: '', percent: ''};
	// Of the lines above it is known what they take; a line that is folded here is counted by its rows.
	const below = places.length < pager.rows - 1 ? undefined : last;
	const seen = below ? sizeOf(lines.slice(0, last.line).join('\n')) + Math.min(1, last.line) + partOf(pager, last) : bytes;
	return {
		lines: `lines ${first.line + 1}-${last.line + 1}${open ? '' : `/${lines.length}`}`,
		bytes: `byte ${seen}${open ? '' : `/${bytes}`}`,
		percent: open || bytes === 0 ? '' : `${Math.round((seen * 100) / bytes)}%`,
	};
}

function partOf({text, options, columns}: Pager, {line, row}: {line: number; row: number}): number {
	const width = columns - (options.on.has('N') ? 8 : 0);
	const content = `${text.lines[line]!}\n`;
	return options.on.has('S') || (row + 1) * width >= content.length - 1 ? sizeOf(content) : (row + 1) * width;
}
