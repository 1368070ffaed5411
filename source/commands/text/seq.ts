import type {Machine} from '../../node/host/machine.js';
import type {Command} from '../../shell/command.js';
import {parseArguments, refuse} from '../host/arguments.js';
import {formatNumber} from './c-number.js';

/** So many lines are written at once; then the reader has its turn. */
const linesAtOnce = 4096;

export default {
	name: 'seq',
	summary: 'print numbers in steps',
	*run(io) {
		// A negative number is no option.
		const words = io.argv.slice(1);
		const first = words.findIndex((word, index) => /^-[\d.]/.test(word) && !/^-[sf]$/.test(words[index - 1] ?? ''));
		const split = first === -1 ? words.length : first;
		const args = parseArguments(words.slice(0, split), {
			flags: 'w',
			values: 'sf',
			long: {'equal-width': '=w', separator: '=s', format: '=f'},
			stopAtOperand: true,
		});
		if (args.problem) return refuse(io, args.problem);
		const operands = [...args.operands, ...words.slice(split)];
		if (operands.length === 0) return refuse(io, 'missing operand');
		if (operands.length > 3) return refuse(io, `extra operand ‘${operands[3]}’`);
		const wrong = operands.find(word => !/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(word));
		if (wrong !== undefined) return refuse(io, `invalid floating point argument: ‘${wrong}’`);
		const [from, step, to] =
			operands.length === 1
				? ['1', '1', operands[0]!]
				: operands.length === 2
					? [operands[0]!, '1', operands[1]!]
					: (operands as [string, string, string]);
		if (Number(step) === 0) return refuse(io, `invalid Zero increment value: ‘${step}’`);
		const format = args.value('f');
		const separator = args.value('s') ?? '\n';
		const width = args.has('w') ? widthOf(from, step, to) : 0;
		let before = '';
		for (const numbers of count(from, step, to)) {
			const shown = numbers.map(each => (format === undefined ? aligned(each, width) : byFormat(format, Number(each))));
			io.out(before + shown.join(separator));
			before = separator;
			if (numbers.length === linesAtOnce) yield {sleepMs: 0};
		}

		if (before !== '') io.out('\n');
		return 0;
	},
} satisfies Command<Machine>;

const places = (word: string): number => word.split('.')[1]?.length ?? 0;

function scaled(from: string, step: string, to: string) {
	const digits = Math.max(places(from), places(step));
	const scale = 10 ** Math.max(digits, places(to));
	const [begin, by, end] = [from, step, to].map(word => Math.round(Number(word) * scale)) as [number, number, number];
	return {begin, by, end, show: (at: number) => (at / scale).toFixed(digits)};
}

/** The first or the last that is printed is the widest. */
function widthOf(from: string, step: string, to: string): number {
	const {begin, by, end, show} = scaled(from, step, to);
	return Math.max(show(begin).length, show(begin + Math.floor((end - begin) / by) * by).length);
}

/** Counted in whole steps of the finest digit, so that nothing is rounded. */
function* count(from: string, step: string, to: string): Generator<string[]> {
	const {begin, by, end, show} = scaled(from, step, to);
	let numbers: string[] = [];
	for (let at = begin; by > 0 ? at <= end : at >= end; at += by) {
		numbers.push(show(at));
		if (numbers.length < linesAtOnce) continue;
		yield numbers;
		numbers = [];
	}

	if (numbers.length > 0) yield numbers;
}

/** `-w`: zeros in front, to the width of the widest end. */
const aligned = (number: string, width: number): string =>
	number.startsWith('-') ? `-${number.slice(1).padStart(width - 1, '0')}` : number.padStart(width, '0');

function byFormat(format: string, value: number): string {
	return format.replace(
		/%%|%([-+ 0#']*)(\d*)(?:\.(\d*))?([aefgAEFG])/g,
		(whole, flags: string, width: string, precision: string | undefined, kind: string) =>
			whole === '%%'
				? '%'
				: formatNumber(value, kind, {
						flags,
						width: Number(width || 0),
						precision: precision === undefined ? undefined : Number(precision || 0),
					}),
	);
}
