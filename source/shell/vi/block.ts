import {clamp, goTo, type Position, type Register, remember, type Vi, type BlockInsert} from './state.js';
import {recased} from './recase.js';
import {keep} from './registers.js';

/** A rectangle of text. `toEnd` after `$`: each line to where it ends. */
export interface Block {
	readonly first: number;
	readonly last: number;
	readonly left: number;
	/** Behind the last column. */
	readonly right: number;
	readonly toEnd: boolean;
}

export function blockOf(vi: Vi): Block {
	const anchor = vi.anchor ?? vi;
	return {
		first: Math.min(anchor.row, vi.row),
		last: Math.max(anchor.row, vi.row),
		left: Math.min(anchor.column, vi.column),
		right: Math.max(anchor.column, vi.column) + 1,
		toEnd: vi.wanted === Number.MAX_SAFE_INTEGER,
	};
}

export const endIn = (text: string, {right, toEnd}: Block): number => (toEnd ? text.length : Math.min(text.length, right));

/** What a key does to the chosen block; undefined: nothing of its own. */
export function operateOnBlock(vi: Vi, key: string, argument: string | undefined): Vi | undefined {
	const block = blockOf(vi);
	const base: Vi = {...vi, mode: 'normal', anchor: undefined};
	const start: Position = {row: block.first, column: block.left};
	switch (key) {
		case 'y':
			return goTo(keep(base, textOf(vi, block), '"', true), start);
		case 'd':
		case 'x':
		case 'X':
		case '<Del>':
			return goTo(removed(base, block), start);
		case 'c':
		case 's':
			return insertFrom(removed(base, block), block, block.left, 'before');
		case 'I':
			return insertFrom(remember(base), block, block.left, 'before');
		case 'A':
			return append(remember(base), block);
		case 'r':
			return goTo(
				mapped(remember(base), block, text => (argument ?? '').repeat([...text].length)),
				start,
			);
		case '~':
		case 'u':
		case 'U':
			return goTo(
				mapped(remember(base), block, text => recased(text, key)),
				start,
			);
		default:
			return undefined;
	}
}

/** The insert has ended: the other rows get the same. Nothing when it went over the end of its line. */
export function repeatInBlock(vi: Vi): Vi {
	const {blockInsert: insert, ...rest} = vi;
	if (!insert) return vi;
	const text = vi.lines[vi.row]!;
	const typed = text.slice(insert.column, text.length - insert.behind);
	const lines = vi.lines.map((line, row) => {
		if (row <= vi.row || row > insert.last) return line;
		if (insert.where === 'ends') return line + typed;
		if (insert.where === 'before' && line.length < insert.column) return line;
		const padded = line.padEnd(insert.column);
		return padded.slice(0, insert.column) + typed + padded.slice(insert.column);
	});
	return clamp({...rest, lines, column: Math.max(0, Math.min(insert.column, text.length - 1))});
}

/** `p` of a block: a rectangle beside the cursor; lines are made longer, and more of them, where they end too soon. */
export function putBlock(vi: Vi, {text}: Register, before: boolean, count: number): Vi {
	const pieces = text.split('\n');
	const width = Math.max(...pieces.map(piece => piece.length));
	const column = before || vi.lines[vi.row] === '' ? vi.column : vi.column + 1;
	const lines = [...vi.lines];
	for (const [index, piece] of pieces.entries()) {
		const old = (lines[vi.row + index] ?? '').padEnd(column);
		const behind = old.slice(column);
		const put = piece.padEnd(width).repeat(Math.min(count, 1000));
		lines[vi.row + index] = old.slice(0, column) + (behind === '' ? put.trimEnd() : put) + behind;
	}
	return goTo({...vi, lines}, {row: vi.row, column});
}

const textOf = ({lines}: Vi, block: Block): Register => ({
	text: lines
		.slice(block.first, block.last + 1)
		.map(text => text.slice(block.left, endIn(text, block)))
		.join('\n'),
	lines: false,
	block: true,
});

const mapped = (vi: Vi, block: Block, change: (text: string) => string): Vi => ({
	...vi,
	lines: vi.lines.map((text, row) => {
		if (row < block.first || row > block.last || text.length <= block.left) return text;
		const end = endIn(text, block);
		return text.slice(0, block.left) + change(text.slice(block.left, end)) + text.slice(end);
	}),
});

const removed = (vi: Vi, block: Block): Vi => mapped(keep(remember(vi), textOf(vi, block), '"', false), block, () => '');

function append(vi: Vi, block: Block): Vi {
	if (block.toEnd) return insertFrom(vi, block, vi.lines[block.first]!.length, 'ends');
	const lines = vi.lines.map((text, row) => (row === block.first ? text.padEnd(block.right) : text));
	return insertFrom({...vi, lines}, block, block.right, 'behind');
}

function insertFrom(vi: Vi, {first, last}: Block, column: number, where: BlockInsert['where']): Vi {
	const behind = Math.max(0, vi.lines[first]!.length - column);
	return goTo({...vi, mode: 'insert', insertCount: 1, blockInsert: {last, column, behind, where}}, {row: first, column});
}
