import type {Machine} from '../../node/host/machine.js';
import type {Command} from '../../shell/command.js';
import {notSimulated, parseArguments, refuse} from '../host/arguments.js';
import {readInput} from './input.js';

const radixes: Readonly<Record<string, number>> = {o: 8, d: 10, x: 16};

export default {
	name: 'strings',
	summary: 'print what is readable in a file',
	*run(io) {
		const words = io.argv.slice(1).map(word => (/^-\d+$/.test(word) ? `-n${word.slice(1)}` : word));
		const args = parseArguments(words, {
			flags: 'afo',
			values: 'nte',
			long: {all: '=a', bytes: '=n', radix: '=t', 'print-file-name': '=f', encoding: '=e'},
		});
		if (args.problem) return refuse(io, args.problem);
		if (args.has('e')) return notSimulated(io, 'strings -e');
		const least = Number(args.value('n') ?? 4);
		if (!Number.isInteger(least) || least < 1) return refuse(io, `invalid integer argument ${args.value('n')}`);
		const radix = radixes[args.has('o') ? 'o' : (args.value('t') ?? '')];
		let status = 0;
		for (const name of args.operands.length > 0 ? args.operands : ['-']) {
			const text: string | undefined = yield* readInput(io, name, message =>
				message.startsWith('No such file') ? `'${name}': No such file` : `${name}: ${message}`,
			);
			if (text === undefined) {
				status = 1;
				continue;
			}

			for (const found of text.matchAll(new RegExp(`[\\t\\x20-\\x7e]{${least},}`, 'g'))) {
				const offset = radix === undefined ? '' : `${found.index.toString(radix).padStart(7)} `;
				io.out(`${args.has('f') ? `${name}: ` : ''}${offset}${found[0]}\n`);
			}
		}

		return status;
	},
} satisfies Command<Machine>;
