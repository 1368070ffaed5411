import type {Machine} from '../../node/host/machine.js';
import type {Command} from '../../shell/command.js';
import {toBytes} from '../../shell/run/stream.js';
import {isBusybox} from '../net-client/flavour.js';
import {parseArguments, refuse} from '../host/arguments.js';
import {readInput} from './input.js';

type Counts = Readonly<Record<'l' | 'w' | 'm' | 'c' | 'L', number>>;

const order = ['l', 'w', 'm', 'c', 'L'] as const;
const long = {lines: '=l', words: '=w', chars: '=m', bytes: '=c', 'max-line-length': '=L'} as const;
/** What coreutils reserves when it cannot tell the sizes beforehand. */
const widthUnknown = 7;

export default {
	name: 'wc',
	summary: 'count lines, words and bytes',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {flags: 'lwmcL', long});
		if (args.problem) return refuse(io, args.problem);
		const chosen = order.filter(letter => args.has(letter));
		const columns = chosen.length > 0 ? chosen : (['l', 'w', 'c'] as const);
		const names = args.operands.length > 0 ? args.operands : ['-'];
		const {files} = io.machine;
		const found: Array<{name: string; counts: Counts}> = [];
		let status = 0;
		for (const name of names) {
			const text: string | undefined = yield* readInput(io, name);
			if (text === undefined) status = 1;
			if (text !== undefined || files.exists(io.path(name))) found.push({name, counts: count(text ?? '')});
		}

		const total = found.reduce<Counts>((sum, {counts}) => added(sum, counts), count(''));
		// A pipe does not tell its size.
		const sized = names.every(name => name !== '-' && (!files.exists(io.path(name)) || files.stat(io.path(name)).type === 'file'));
		const alone = columns.length === 1 && names.length === 1;
		// BusyBox has columns of one width, or a single number.
		const busybox = isBusybox(io.machine, 'wc');
		const width = busybox ? (columns.length === 1 ? 1 : 9) : alone ? 1 : sized ? String(total.c).length : widthUnknown;
		const line = (counts: Counts, name: string) =>
			`${columns.map(letter => String(counts[letter]).padStart(width)).join(' ')}${name === '' ? '' : ` ${name}`}\n`;
		for (const {name, counts} of found) io.out(line(counts, args.operands.length === 0 ? '' : name));
		if (names.length > 1) io.out(line(total, 'total'));
		return status;
	},
} satisfies Command<Machine>;

function count(text: string): Counts {
	let [words, characters, longest, column, inWord] = [0, 0, 0, 0, false];
	let lines = 0;
	for (const character of text) {
		characters++;
		if (character === '\n') {
			lines++;
			column = 0;
		} else longest = Math.max(longest, ++column);
		const isSpace = /\s/.test(character);
		if (!isSpace && !inWord) words++;
		inWord = !isSpace;
	}
	return {l: lines, w: words, m: characters, c: toBytes(text).length, L: longest};
}

const added = (one: Counts, other: Counts): Counts => ({
	l: one.l + other.l,
	w: one.w + other.w,
	m: one.m + other.m,
	c: one.c + other.c,
	L: Math.max(one.L, other.L),
});
