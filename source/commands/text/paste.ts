import type {Machine} from '../../node/host/machine.js';
import type {Command} from '../../shell/command.js';
import {parseArguments, refuse} from '../host/arguments.js';
import {linesOf, readInput, standardInput} from './input.js';

const escapes: Readonly<Record<string, string>> = {n: '\n', t: '\t', b: '\b', f: '\f', r: '\r', v: '\v', '0': '', '\\': '\\'};
const delimitersOf = (text: string): string[] =>
	[...text.matchAll(/\\(.)|[^\\]/gsu)].map(([char, escaped]) => (escaped === undefined ? char! : (escapes[escaped] ?? escaped)));

export default {
	name: 'paste',
	summary: 'put lines side by side',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {
			flags: 'sz',
			values: 'd',
			long: {delimiters: '=d', serial: '=s', 'zero-terminated': '=z'},
		});
		if (args.problem) return refuse(io, args.problem);
		const end = args.has('z') ? '\0' : '\n';
		const given = args.value('d') ?? '\t';
		if (/(?:^|[^\\])(?:\\\\)*\\$/.test(given)) {
			io.err(`paste: delimiter list ends with an unescaped backslash: ${given}\n`);
			return 1;
		}
		const delimiters = given === '' ? [''] : delimitersOf(given);
		const names = args.operands.length > 0 ? args.operands : ['-'];
		// Standard input is read once, however often it is named: its lines go round.
		const shared: string[] | undefined = names.includes('-') ? linesOf(yield* standardInput(io), end) : undefined;
		const columns: string[][] = [];
		for (const name of names) {
			const text: string | undefined = name === '-' ? '' : yield* readInput(io, name);
			if (text === undefined) return 1;
			columns.push(name === '-' ? shared! : linesOf(text, end));
		}

		const join = (cells: readonly string[]) =>
			cells.map((cell, index) => cell + (index === cells.length - 1 ? end : delimiters[index % delimiters.length]!)).join('');
		if (args.has('s')) {
			for (const column of columns) io.out(join(column.length > 0 ? column.splice(0) : ['']));
			return 0;
		}

		const rests = columns.map(column => (column === shared ? shared : [...column]));
		while (rests.some(rest => rest.length > 0)) io.out(join(rests.map(rest => rest.shift() ?? '')));
		return 0;
	},
} satisfies Command<Machine>;
