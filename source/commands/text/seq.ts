import type {Machine} from '../../node/host/machine.js';
import type {Command} from '../../shell/command.js';
import {parseArguments, refuse} from '../host/arguments.js';
import {formatNumber} from './c-number.js';

const linesMax = 10_000_000;

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
		const numbers = count(from, step, to);
		const format = args.value('f');
		const shown =
			format === undefined ? aligned(numbers, args.has('w') ? [from, to] : []) : numbers.map(each => byFormat(format, Number(each)));
		if (shown.length > 0) io.out(`${shown.join(args.value('s') ?? '\n')}\n`);
		return 0;
	},
} satisfies Command<Machine>;

const places = (word: string): number => word.split('.')[1]?.length ?? 0;

/** Counted in whole steps of the finest digit, so that nothing is rounded. */
function count(from: string, step: string, to: string): string[] {
	const digits = Math.max(places(from), places(step));
	const scale = 10 ** Math.max(digits, places(to));
	const [begin, by, end] = [from, step, to].map(word => Math.round(Number(word) * scale)) as [number, number, number];
	const result: string[] = [];
	for (let at = begin; by > 0 ? at <= end : at >= end; at += by) {
		if (result.length >= linesMax) break;
		result.push((at / scale).toFixed(digits));
	}

	return result;
}

/** `-w`: zeros in front, to the width of the widest end. */
function aligned(numbers: readonly string[], ends: readonly string[]): readonly string[] {
	if (ends.length === 0) return numbers;
	const width = Math.max(...numbers.map(each => each.length));
	return numbers.map(each => (each.startsWith('-') ? `-${each.slice(1).padStart(width - 1, '0')}` : each.padStart(width, '0')));
}

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
