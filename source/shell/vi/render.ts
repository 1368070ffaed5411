import {blockOf, endIn} from './block.js';
import {selection} from './normal.js';
import {isVisual, type Vi} from './state.js';

export interface ViScreen {
	/** `rows` texts; the last is the status line. */
	readonly lines: readonly string[];
	/** Column and row on the screen. */
	readonly cursor: {readonly x: number; readonly y: number};
	/** Selected stretches, a pair of columns a screen row. */
	readonly selected: ReadonlyMap<number, readonly [from: number, to: number]>;
}

/** What a terminal of this size shows. Long lines are wrapped, as vim does. */
export function renderVi(vi: Vi, columns: number, rows: number): ViScreen {
	const height = Math.max(1, rows - 1);
	const gutter = vi.options.number ? Math.max(4, String(vi.lines.length).length + 1) : 0;
	const width = Math.max(1, columns - gutter);
	const range = isVisual(vi.mode) ? selection(vi) : undefined;
	const block = vi.mode === 'visualBlock' ? blockOf(vi) : undefined;
	const lines: string[] = [];
	const selected = new Map<number, readonly [number, number]>();
	let cursor = {x: gutter, y: 0};
	for (let row = topRow(vi, width, height); row < vi.lines.length && lines.length < height; row++) {
		const cells = expandTabs(vi.lines[row]!, vi.options.tabstop, vi.options.list);
		const chunks = wrap(cells.text, width);
		if (row === vi.row) {
			const at = cells.columnOf(vi.column);
			const line = Math.min(Math.floor(at / width), chunks.length - 1);
			cursor = {x: gutter + Math.min(at - line * width, width - 1), y: lines.length + line};
		}

		if (range && row >= range.start.row && row <= range.end.row && !(range.lines && vi.lines[row] === '')) {
			const from = block ? cells.columnOf(block.left) : range.lines || row > range.start.row ? 0 : cells.columnOf(range.start.column);
			const to = block
				? cells.columnOf(endIn(vi.lines[row]!, block))
				: range.lines || row < range.end.row
					? cells.text.length
					: cells.columnOf(range.end.column);
			selected.set(lines.length, [gutter + from, gutter + Math.min(to, width)]);
		}

		for (const [index, chunk] of chunks.entries()) {
			const number = gutter === 0 ? '' : index === 0 ? `${String(row + 1).padStart(gutter - 1)} ` : ' '.repeat(gutter);
			lines.push(number + chunk);
		}
	}

	lines.length = Math.min(lines.length, height);
	while (lines.length < height) lines.push('~');
	const status = statusLine(vi, columns);
	if (vi.mode === 'command' || vi.mode === 'search') cursor = {x: Math.min(columns - 1, 1 + vi.prompt.length), y: height};
	return {lines: [...lines, status], cursor: {x: cursor.x, y: Math.min(cursor.y, rows - 1)}, selected};
}

/** The first line shown, such that the cursor's line fits with all that is wrapped above it. */
function topRow(vi: Vi, width: number, height: number): number {
	let top = Math.min(vi.top, vi.row);
	const tall = (row: number) => Math.max(1, Math.ceil(expandTabs(vi.lines[row]!, vi.options.tabstop, false).text.length / width));
	let used = 0;
	for (let row = vi.row; row >= top; row--) {
		used += tall(row);
		if (used > height && row < vi.row) {
			top = row + 1;
			break;
		}
	}

	return top;
}

function wrap(text: string, width: number): string[] {
	const chunks: string[] = [];
	for (let at = 0; at === 0 || at < text.length; at += width) chunks.push(text.slice(at, at + width));
	return chunks;
}

function expandTabs(text: string, tabstop: number, list: boolean): {text: string; columnOf(index: number): number} {
	const starts: number[] = [];
	let shown = '';
	for (const character of text.split('')) {
		starts.push(shown.length);
		shown +=
			character === '\t'
				? list
					? '^I'
					: ' '.repeat(tabstop - (shown.length % tabstop))
				: character < ' '
					? `^${String.fromCharCode(character.charCodeAt(0) + 64)}`
					: character;
	}

	return {text: list ? `${shown}$` : shown, columnOf: index => starts[index] ?? shown.length};
}

const modeNames: Readonly<Record<string, string>> = {
	insert: '-- INSERT --',
	replace: '-- REPLACE --',
	visual: '-- VISUAL --',
	visualLine: '-- VISUAL LINE --',
	visualBlock: '-- VISUAL BLOCK --',
};

function statusLine(vi: Vi, columns: number): string {
	if (vi.mode === 'command') return `:${vi.prompt}`;
	if (vi.mode === 'search') return `${vi.search?.forward === false ? '?' : '/'}${vi.prompt}`;
	const name = modeNames[vi.mode];
	const left = name ? (vi.options.paste && vi.mode === 'insert' ? '-- INSERT (paste) --' : name) : vi.message;
	const place = `${vi.row + 1},${vi.lines[vi.row] === '' ? '0-1' : vi.column + 1}`;
	const part =
		vi.lines.length <= vi.rows
			? 'All'
			: vi.top === 0
				? 'Top'
				: vi.top + vi.rows >= vi.lines.length
					? 'Bot'
					: `${Math.floor((vi.top / Math.max(1, vi.lines.length - vi.rows)) * 100)}%`;
	const right = `${vi.pending.join('').padEnd(11)}${place.padEnd(14)}${part}`;
	const room = columns - right.length;
	return left.length + 1 > room ? left.slice(0, columns) : left.padEnd(room) + right;
}
