import type {Machine} from '../../node/host/machine.js';
import {FileError} from '../../os/files.js';
import type {Command, Io} from '../../shell/command.js';
import {type Arguments, parseArguments, refuse} from './arguments.js';

/** Lines (or characters) from the beginning; a negative number leaves out that many at the end. */
function beginning(text: string, args: Arguments): string {
	const characters = args.value('c');
	if (characters !== undefined) return characters.startsWith('-') ? text.slice(0, Number(characters)) : text.slice(0, Number(characters));
	const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
	return lines.slice(0, Number(args.value('n') ?? 10)).join('');
}

function* fromInput(io: Io<Machine>, args: Arguments): Generator<any, void, any> {
	const count = Number(args.value('n') ?? 10);
	const whole = args.has('c') || count < 0;
	const lines: string[] = [];
	while (whole || lines.length < count) {
		const line: string | undefined = yield {read: 'line'};
		if (line === undefined) break;
		if (whole) lines.push(`${line}\n`);
		else {
			lines.push('');
			io.out(`${line}\n`);
		}
	}

	if (whole) io.out(beginning(lines.join(''), args));
}

export default {
	name: 'head',
	summary: 'print the beginning of files',
	readsLines: true,
	*run(io) {
		// `head -5` is the old way to write `head -n 5`.
		const words = io.argv.slice(1).flatMap((word, index) => (index === 0 && /^-\d+$/.test(word) ? ['-n', word.slice(1)] : [word]));
		const args = parseArguments(words, {flags: 'qvz', values: 'nc', long: {lines: '=n', bytes: '=c', quiet: '=q', verbose: '=v'}});
		if (args.problem) return refuse(io, args.problem);
		const wrong = ['n', 'c'].find(name => args.has(name) && !/^[-+]?\d+$/.test(args.value(name)!));
		if (wrong) {
			io.err(`head: invalid number of ${wrong === 'n' ? 'lines' : 'bytes'}: ‘${args.value(wrong)}’\n`);
			return 1;
		}

		const names = args.operands.length > 0 ? args.operands : ['-'];
		const titled = (names.length > 1 && !args.has('q')) || args.has('v');
		let status = 0;
		let first = true;
		for (const name of names) {
			try {
				const text = name === '-' ? undefined : io.machine.files.readText(io.path(name));
				if (titled) io.out(`${first ? '' : '\n'}==> ${name === '-' ? 'standard input' : name} <==\n`);
				first = false;
				if (text === undefined) yield* fromInput(io, args);
				else io.out(beginning(text, args));
			} catch (error) {
				if (!(error instanceof FileError)) throw error;
				if (error.code === 'EISDIR' && titled) {
					io.out(`${first ? '' : '\n'}==> ${name} <==\n`);
					first = false;
				}

				io.err(
					error.code === 'EISDIR'
						? `head: error reading '${name}': Is a directory\n`
						: `head: cannot open '${name}' for reading: ${error.message}\n`,
				);
				status = 1;
			}
		}

		return status;
	},
} satisfies Command<Machine>;
