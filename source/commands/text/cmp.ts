import type {Machine} from '../../node/host/machine.js';
import type {Command} from '../../shell/command.js';
import {parseArguments, refuse} from '../host/arguments.js';
import {byteCount} from '../host/files/byte-count.js';
import {isBusybox} from '../net-client/flavour.js';
import {readInput} from './input.js';

export default {
	name: 'cmp',
	summary: 'tell where two files differ',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {
			flags: 'bls',
			values: 'ni',
			long: {bytes: '=n', silent: '=s', quiet: '=s', verbose: '=l', 'print-bytes': '=b', 'ignore-initial': '=i'},
		});
		if (args.problem) return refuse(io, args.problem, 2);
		const [first, second = '-'] = args.operands;
		if (first === undefined) {
			io.err("cmp: missing operand after 'cmp'\ncmp: Try 'cmp --help' for more information.\n");
			return 2;
		}

		const skip = byteCount(args.value('i') ?? '0') ?? 0;
		const limit = args.has('n') ? (byteCount(args.value('n')!) ?? 0) : Infinity;
		const texts: string[] = [];
		for (const name of [first, second]) {
			const text: string | undefined = yield* readInput(io, name);
			if (text === undefined) return 2;
			texts.push(text.slice(skip, skip + limit));
		}

		const [a = '', b = ''] = texts;
		const shared = Math.min(a.length, b.length);
		const octal = (text: string, at: number) => text.charCodeAt(at).toString(8).padStart(3);
		let line = 1;
		let differs = false;
		for (let at = 0; at < shared; at++) {
			if (a[at] !== b[at]) {
				if (args.has('s')) return 1;
				if (!args.has('l')) {
					const word = isBusybox(io.machine, 'cmp') ? 'char' : 'byte';
					const shown = args.has('b') ? ` is ${octal(a, at)} ${a[at]} ${octal(b, at)} ${b[at]}` : '';
					io.out(`${first} ${second} differ: ${word} ${at + 1}, line ${line}${shown}\n`);
					return 1;
				}

				differs = true;
				io.out(`${String(at + 1).padStart(String(shared).length)} ${octal(a, at)} ${octal(b, at)}\n`);
			}

			if (a[at] === '\n') line++;
		}

		if (a.length === b.length) return differs ? 1 : 0;
		const short = a.length < b.length ? first : second;
		const where =
			shared === 0
				? 'which is empty'
				: `after byte ${shared}${args.has('l') ? '' : `, ${a[shared - 1] === '\n' ? `line ${line - 1}` : `in line ${line}`}`}`;
		if (!args.has('s')) io.err(isBusybox(io.machine, 'cmp') ? `cmp: EOF on ${short}\n` : `cmp: EOF on ${short} ${where}\n`);
		return 1;
	},
} satisfies Command<Machine>;
