import type {Machine} from '../../../node/host/machine.js';
import {FileError} from '../../../os/files.js';
import type {Command, Io} from '../../../shell/command.js';
import {LimitReached} from '../../../shell/run/signals.js';
import {type Arguments, notSimulated, parseArguments} from '../../host/arguments.js';
import {AwkFatal, AwkSyntaxError} from './errors.js';
import {fillArray, Interpreter} from './interpreter.js';
import type {Source} from './lexer.js';
import {parseProgram} from './parse.js';
import {unescapeString} from './strings.js';
import type {Program} from './syntax.js';
import {usage} from './usage.js';
import {fromOutside} from './values.js';

const long = {
	'field-separator': '=F',
	assign: '=v',
	file: '=f',
	source: '=e',
	version: '=V',
	help: 'flag',
	posix: '=P',
	traditional: '=c',
	'characters-as-bytes': '=b',
	'non-decimal-data': '=n',
	're-interval': '=r',
	'lint-old': 'flag',
	sandbox: 'flag',
} as const;

export default {
	name: 'awk',
	aliases: ['gawk'],
	summary: 'pick fields of lines, count and print them',
	readsLines: true,
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {flags: 'VPcbnr', values: 'Fvfe', long, stopAtOperand: true});
		const name = io.argv[0]!;
		if (args.problem) {
			// Its own getopt quotes nothing, and says nothing of long options.
			const said = args.problem.startsWith('option requires') ? `${name}: ${args.problem.replaceAll("'", '')}\n` : '';
			return refuse(io, said + usage, 1);
		}

		if (args.has('V')) {
			io.out('GNU Awk 5.1.0, API: 3.0 (GNU MPFR 4.1.0, GNU MP 6.2.0)\n');
			return 0;
		}

		const unsupported = (['P', 'c', 'n', 'sandbox', 'lint-old', 'help'] as const).find(each => args.has(each));
		if (unsupported) return notSimulated(io, `awk -${unsupported.length > 1 ? '-' : ''}${unsupported}`);
		const operands = [...args.operands];
		try {
			const sources = readSources(io, args, operands);
			if (sources.length === 0) return refuse(io, usage, 1);
			return yield* runProgram(io, args, operands, parseProgram(sources));
		} catch (error) {
			if (error instanceof AwkSyntaxError) return refuse(io, `${error.message.replaceAll(/^/gm, `${name}: `)}\n`, 1);
			if (error instanceof AwkFatal) return refuse(io, `${name}: ${error.place}fatal: ${error.message}\n`, 2);
			if (error instanceof RangeError) throw new LimitReached('awk called functions too deep');
			throw error;
		}
	},
} satisfies Command<Machine>;

/** The program: of `-f` and `-e`, or the first operand. */
function readSources(io: Io<Machine>, args: Arguments, operands: string[]): Source[] {
	const warn = (message: string) => io.err(`${io.argv[0]}: ${message}\n`);
	const files = args.all('f').map((name): Source => ({text: fileText(io, name), place: line => `${name}:${line}`, warn}));
	const texts = args.all('e');
	const given = files.length + texts.length > 0 ? texts : operands.splice(0, 1);
	return [...files, ...given.map((text): Source => ({text, place: line => `cmd. line:${line}`, warn}))];
}

function* runProgram(io: Io<Machine>, args: Arguments, operands: readonly string[], program: Program): Generator<any, number, any> {
	const interpreter = new Interpreter(io, program);
	const {globals} = interpreter.evaluator;
	const argv = [io.argv[0]!, ...operands];
	fillArray(
		interpreter,
		'ARGV',
		argv.map((text, index) => [String(index), fromOutside(text)]),
	);
	fillArray(
		interpreter,
		'ENVIRON',
		Object.entries(io.env).map(([key, text]) => [key, fromOutside(text)]),
	);
	globals.set('ARGC', argv.length);
	const separator = args.value('F');
	if (separator !== undefined) globals.set('FS', unescapeString(separator.replaceAll(/\\(?=[^\\"/nrtabfvx0-7])/g, '\\\\')));
	for (const assignment of args.all('v')) {
		const [, key = assignment, text] = /^(.*?)=(.*)$/s.exec(assignment) ?? [];
		if (text === undefined) throw new AwkFatal(`\`${assignment}' argument to \`-v' not in \`var=value' form\n\n${usage.trimEnd()}`);
		if (!/^[A-Za-z_]\w*$/.test(key)) throw new AwkFatal(`\`${key}' is not a legal variable name`);
		globals.set(key, fromOutside(unescapeString(text)));
	}

	try {
		return yield* interpreter.run();
	} catch (error) {
		if (error instanceof AwkFatal && error.place === '') throw new AwkFatal(error.message, interpreter.evaluator.place());
		throw error;
	}
}

function fileText(io: Io<Machine>, name: string): string {
	try {
		return name === '-' ? io.stdin : io.machine.files.readText(io.path(name));
	} catch (error) {
		if (error instanceof FileError) throw new AwkFatal(`cannot open source file \`${name}' for reading: ${error.message}`);
		throw error;
	}
}

function refuse(io: Io, text: string, status: number): number {
	io.err(text);
	return status;
}
