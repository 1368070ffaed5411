import type {Machine} from '../../node/host/machine.js';
import type {Command} from '../../shell/command.js';
import {parseArguments, refuse} from '../host/arguments.js';
import {isBusybox} from '../net-client/flavour.js';
import {byBytes, orderOf} from './collate.js';
import {linesOf, readInput} from './input.js';

export default {
	name: 'comm',
	summary: 'compare two sorted files line by line',
	*run(io) {
		const long = {
			'check-order': 'flag',
			'nocheck-order': 'flag',
			'output-delimiter': 'value',
			total: 'flag',
			'zero-terminated': '=z',
		} as const;
		const args = parseArguments(io.argv.slice(1), {flags: '123z', long});
		if (args.problem) return refuse(io, args.problem);
		const [first, second, more] = args.operands;
		if (first === undefined) return refuse(io, 'missing operand');
		if (second === undefined) return refuse(io, `missing operand after ‘${first}’`);
		if (more !== undefined) return refuse(io, `extra operand ‘${more}’`);
		const end = args.has('z') ? '\0' : '\n';
		const files: string[][] = [];
		for (const name of [first, second]) {
			const text: string | undefined = yield* readInput(io, name);
			if (text === undefined) return 1;
			files.push(linesOf(text, end));
		}

		const [a, b] = files as [string[], string[]];
		const busybox = isBusybox(io.machine, 'comm');
		const compare = busybox ? byBytes : orderOf(io.env);
		const delimiter = args.value('output-delimiter') ?? '\t';
		const totals = [0, 0, 0];
		const unsorted = [false, false];
		const show = (column: 0 | 1 | 2, line: string) => {
			totals[column]!++;
			if (args.has(String(column + 1))) return;
			const indent = [0, 1, 2].slice(0, column).filter(each => !args.has(String(each + 1))).length;
			io.out(delimiter.repeat(indent) + line + end);
		};
		const look = (which: 0 | 1, lines: readonly string[], at: number) => {
			if (
				busybox ||
				args.has('nocheck-order') ||
				unsorted[which] ||
				at === 0 ||
				at >= lines.length ||
				compare(lines[at - 1]!, lines[at]!) <= 0
			)
				return;
			unsorted[which] = true;
			io.err(`comm: file ${which + 1} is not in sorted order\n`);
		};
		for (let [i, j] = [0, 0]; i < a.length || j < b.length; ) {
			const order = i >= a.length ? 1 : j >= b.length ? -1 : compare(a[i]!, b[j]!);
			if (order === 0) show(2, a[i]!);
			else if (order < 0) show(0, a[i]!);
			else show(1, b[j]!);
			if (order <= 0) look(0, a, ++i);
			if (order >= 0) look(1, b, ++j);
		}

		if (args.has('total')) io.out(`${totals.join(delimiter)}${delimiter}total${end}`);
		if (!unsorted.includes(true)) return 0;
		io.err('comm: input is not in sorted order\n');
		return 1;
	},
} satisfies Command<Machine>;
