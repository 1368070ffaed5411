import type {Machine} from '../../node/host/machine.js';
import type {Command} from '../../shell/command.js';
import {parseArguments, refuse} from '../host/arguments.js';
import {readInput} from './input.js';

export default {
	name: 'fold',
	summary: 'break long lines',
	*run(io) {
		const words = io.argv.slice(1).map(word => (/^-\d+$/.test(word) ? `-w${word.slice(1)}` : word));
		const args = parseArguments(words, {flags: 'bs', values: 'w', long: {bytes: '=b', spaces: '=s', width: '=w'}});
		if (args.problem) return refuse(io, args.problem);
		const wanted = args.value('w') ?? '80';
		if (!/^\d+$/.test(wanted) || Number(wanted) === 0) {
			io.err(`fold: invalid number of columns: ‘${wanted}’${/^0+$/.test(wanted) ? ': Numerical result out of range' : ''}\n`);
			return 1;
		}

		let status = 0;
		for (const name of args.operands.length > 0 ? args.operands : ['-']) {
			const text: string | undefined = yield* readInput(io, name);
			if (text === undefined) status = 1;
			else io.out(text.replace(/[^\n]+/g, line => folded(line, Number(wanted), args.has('s'), args.has('b'))));
		}

		return status;
	},
} satisfies Command<Machine>;

function folded(line: string, width: number, atSpaces: boolean, bytes: boolean): string {
	let result = '';
	let part = '';
	let column = 0;
	const columnAfter = (at: number, char: string) =>
		bytes ? at + 1 : char === '\t' ? at + 8 - (at % 8) : char === '\b' ? Math.max(0, at - 1) : char === '\r' ? 0 : at + 1;
	for (const char of line) {
		while (columnAfter(column, char) > width && part !== '') {
			const space = atSpaces ? Math.max(part.lastIndexOf(' '), part.lastIndexOf('\t')) : -1;
			const cut = space === -1 ? part.length : space + 1;
			result += `${part.slice(0, cut)}\n`;
			part = part.slice(cut);
			column = [...part].reduce(columnAfter, 0);
		}

		part += char;
		column = columnAfter(column, char);
	}

	return result + part;
}
