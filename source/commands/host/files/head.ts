import type {Machine} from '../../../node/host/machine.js';
import {FileError} from '../../../os/files.js';
import type {Command, Io} from '../../../shell/command.js';
import {endlessBytes, isEndless} from '../../../shell/run/endless.js';
import {bounded, fromBytes, toBytes} from '../../../shell/run/stream.js';
import {type Arguments, parseArguments, refuse} from '../arguments.js';

/** `5M`, `2kB`; `-0` leaves nothing out, which is all. */
function countOf(args: Arguments, name: string): number | undefined {
	const text = args.value(name);
	if (text === undefined) return undefined;
	const [, sign = '', digits = '', unit = ''] = /^([-+]?)(\d+)(b|[kKMGTPE](?:i?B)?)?$/.exec(text) ?? [];
	if (digits === '') return Number.NaN;
	const power = ' KMGTPE'.indexOf(unit.slice(0, 1).toUpperCase());
	const size = unit === 'b' ? 512 : unit === '' ? 1 : (/^.B$/.test(unit) ? 1000 : 1024) ** power;
	return sign === '-' ? (digits === '0' ? Number.POSITIVE_INFINITY : -Number(digits) * size) : Number(digits) * size;
}

/** Lines or bytes from the beginning; a negative number leaves out that many at the end. */
function beginning(text: string, args: Arguments): string {
	const bytes = countOf(args, 'c');
	if (bytes !== undefined) return fromBytes(toBytes(text).slice(0, bytes));
	const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
	return lines.slice(0, countOf(args, 'n') ?? 10).join('');
}

/** Of a file without an end, as much as is wanted. */
function contentOf({machine}: Io<Machine>, path: string, args: Arguments): string {
	if (!isEndless(path)) return machine.files.readText(path);
	const bytes = countOf(args, 'c') ?? Number.NaN;
	bounded(bytes, 'the output');
	return fromBytes(endlessBytes(path, machine.sim.random.fork(path), bytes > 0 ? bytes : undefined));
}

function* fromInput(io: Io<Machine>, args: Arguments): Generator<any, void, any> {
	const count = countOf(args, 'c') ?? countOf(args, 'n') ?? 10;
	if (count < 0) io.out(beginning(yield {read: 'all'}, args));
	else if (args.has('c')) yield* someBytes(io, count);
	else yield* someLines(io, count);
}

/** As they come: the input may have no end. */
function* someLines(io: Io<Machine>, count: number): Generator<any, void, any> {
	for (let left = count; left > 0; ) {
		const text: string | undefined = yield {read: 'some'};
		if (text === undefined) return;
		const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
		io.out(lines.slice(0, left).join(''));
		left -= lines.slice(0, left).filter(line => line.endsWith('\n')).length;
	}
}

function* someBytes(io: Io<Machine>, count: number): Generator<any, void, any> {
	for (let left = count; left > 0; ) {
		const text: string | undefined = yield {read: 'some'};
		if (text === undefined) return;
		const bytes = toBytes(text).subarray(0, left);
		io.out(fromBytes(bytes));
		left -= bytes.length;
	}
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
		const wrong = ['n', 'c'].find(name => args.has(name) && Number.isNaN(countOf(args, name)));
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
				const text = name === '-' ? undefined : contentOf(io, io.path(name), args);
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
