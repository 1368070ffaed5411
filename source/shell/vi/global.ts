import {BoundedRegExp} from '../../regex/bounded.js';
import {toExpression} from './search.js';
import type {Vi} from './state.js';

export interface Global {
	readonly first: number;
	readonly last: number;
	/** `:v`, or `:g!`: lines that do not match. */
	readonly inverted: boolean;
	/** `/pattern/command` */
	readonly body: string;
}

/** `:g/pattern/command`: runs a command on every line that matched before any of them ran. One `u` takes all of it back. */
export function runGlobal(vi: Vi, {first, last, inverted, body}: Global, run: (vi: Vi, command: string) => Vi): Vi {
	const separator = body[0] ?? '';
	const end = body.indexOf(separator, 1);
	const pattern = (end < 0 ? body.slice(1) : body.slice(1, end)) || vi.search?.pattern || '';
	const command = end < 0 ? '' : body.slice(end + 1).trim();
	const expression = toExpression(pattern, vi.options.ignorecase);
	if (!expression || pattern === '' || /[\w\s]/.test(separator)) return {...vi, message: 'E35: No previous regular expression'};
	if (command === '' || command === 'p') return {...vi, message: 'kubelab: not simulated: :global that only prints'};
	const once = new BoundedRegExp(expression.source, expression.flags.replace('g', ''));
	const rows = vi.lines.flatMap((text, row) => (row >= first && row <= last && once.test(text) !== inverted ? [row] : []));
	if (rows.length === 0) return {...vi, message: `E486: Pattern not found: ${pattern}`};
	let next = vi;
	let shift = 0;
	for (const row of rows) {
		const {length} = next.lines;
		next = run({...next, row: row + shift, column: 0}, command);
		shift += next.lines.length - length;
	}
	const undo = [...vi.undo, {lines: vi.lines, row: vi.row, column: vi.column}];
	const fewer = vi.lines.length - next.lines.length;
	return {...next, undo, redo: [], search: {pattern, forward: true}, message: fewer > 2 ? `${fewer} fewer lines` : ''};
}
