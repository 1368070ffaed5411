import type {Machine} from '../../../node/host/machine.js';
import {FileError} from '../../../os/files.js';
import type {Command, Io} from '../../../shell/command.js';
import {standardInput} from '../input.js';
import {evaluate} from './evaluate.js';
import {Halt} from './halt.js';
import {undefinedName} from './names.js';
import {parse} from './parse.js';
import {SyntaxProblem} from './tokens.js';
import type {Node} from './tree.js';
import {isTrue, JqError, parseAll, print, type Style, type Value} from './value.js';

interface Settings {
	raw: boolean;
	join: boolean;
	compact: boolean;
	nullInput: boolean;
	slurp: boolean;
	rawInput: boolean;
	exit: boolean;
	sortKeys: boolean;
	ascii: boolean;
	indent: string;
	seq: boolean;
	program?: string;
	fromFile?: string;
	positional: 'files' | 'args' | 'jsonargs';
	readonly files: string[];
	readonly positionals: Value[];
	readonly variables: Map<string, Value>;
}

const flags: Readonly<Record<string, (settings: Settings) => void>> = {
	'r raw-output': s => (s.raw = true),
	'j join-output': s => (s.raw = s.join = true),
	'c compact-output': s => (s.compact = true),
	'n null-input': s => (s.nullInput = true),
	's slurp': s => (s.slurp = true),
	'R raw-input': s => (s.rawInput = true),
	'e exit-status': s => (s.exit = true),
	'S sort-keys': s => (s.sortKeys = true),
	'a ascii-output': s => (s.ascii = true),
	'C color-output': () => {},
	'M monochrome-output': () => {},
	' unbuffered': () => {},
	' tab': s => (s.indent = '\t'),
	' seq': s => (s.seq = true),
	' args': s => (s.positional = 'args'),
	' jsonargs': s => (s.positional = 'jsonargs'),
};
const flagOf = (name: string) => Object.entries(flags).find(([names]) => names.split(' ').includes(name) && name !== '')?.[1];

class Usage extends Error {}

export default {
	name: 'jq',
	summary: 'filter and change JSON',
	*run(io) {
		let settings: Settings;
		try {
			const given = readArguments(io);
			if (typeof given === 'number') return given;
			settings = given;
		} catch (error) {
			if (!(error instanceof Usage)) throw error;
			io.err(
				`jq: error: ${error.message}\nUse jq --help for help with command-line options,\nor see the jq manpage, or online docs  at https://stedolan.github.io/jq\n`,
			);
			return 2;
		}

		const program = compile(io, settings);
		if (!program) return 3;
		let text: string | undefined;
		if (settings.files.length === 0 && !(settings.nullInput && !/\binputs?\b/.test(settings.program ?? '')))
			text = yield* standardInput(io);
		return play(io, settings, program, text);
	},
} satisfies Command<Machine>;

function readArguments(io: Io<Machine>): Settings | number {
	const settings: Settings = {
		raw: false,
		join: false,
		compact: false,
		nullInput: false,
		slurp: false,
		rawInput: false,
		exit: false,
		sortKeys: false,
		ascii: false,
		indent: '  ',
		seq: false,
		positional: 'files',
		files: [],
		positionals: [],
		variables: new Map(),
	};
	const named = new Map<string, Value>();
	const status = readWords(io, settings, named) ?? findProgram(io, settings);
	if (status !== undefined) return status;
	settings.variables.set(
		'ARGS',
		new Map<string, Value>([
			['positional', settings.positionals],
			['named', named],
		]),
	);
	return settings;
}

/** A status, when that is all that was asked for. */
function readWords(io: Io<Machine>, settings: Settings, named: Map<string, Value>): number | undefined {
	const words = io.argv.slice(1);
	for (let at = 0; at < words.length; at++) {
		const word = words[at]!;
		const value = (): string => words[++at] ?? '';
		if (word === '--') {
			for (const rest of words.slice(at + 1)) operand(settings, rest);
			break;
		}

		if (!word.startsWith('-') || word === '-') operand(settings, word);
		else if (word === '--arg' || word === '--argjson' || word === '--slurpfile' || word === '--rawfile') {
			const [name, given] = [words[at + 1], words[at + 2]];
			if (given === undefined)
				throw new Usage(
					`${word} takes two parameters (e.g. ${word} ${word === '--arg' || word === '--argjson' ? `varname ${word === '--arg' ? 'value' : 'text'}` : 'varname filename'})`,
				);
			at += 2;
			const bound = variableOf(io, word, name!, given);
			settings.variables.set(name!, bound);
			named.set(name!, bound);
		} else if (word === '--indent') settings.indent = indentOf(value());
		else if (word === '-f' || word === '--from-file') settings.fromFile = value();
		else if (word === '-h' || word === '--help' || word === '--version' || word === '-V') {
			io.out(word.includes('h') ? 'Usage:\tjq [OPTIONS] FILTER [FILES...]\n\tjq [OPTIONS] --args FILTER [ARGUMENTS...]\n' : 'jq-1.6\n');
			return 0;
		} else if (word === '--stream' || word === '-L') {
			io.err(`kubelab: not simulated: jq ${word}\n`);
			return 125;
		} else {
			const names = word.startsWith('--') ? [word.slice(2)] : [...word.slice(1)];
			for (const name of names) {
				if (name === 'f' && !word.startsWith('--')) {
					settings.fromFile = value();
					continue;
				}

				const flag = name.length === 1 && word.startsWith('--') ? undefined : flagOf(name);
				if (!flag) throw new Usage(`Unknown arguments`);
				flag(settings);
			}
		}
	}

	return undefined;
}

function findProgram(io: Io<Machine>, settings: Settings): number | undefined {
	if (settings.fromFile !== undefined) {
		if (settings.program !== undefined) settings.files.unshift(settings.program);
		try {
			settings.program = io.machine.files.readText(io.path(settings.fromFile));
		} catch (error) {
			if (!(error instanceof FileError)) throw error;
			io.err(`jq: error: Could not open ${settings.fromFile}: ${error.message}\n`);
			return 2;
		}
	}

	if (settings.program === undefined) {
		if (io.stdinIsTerminal || io.stdin === '') {
			io.err(
				'Usage:\tjq [OPTIONS] FILTER [FILES...]\n\tjq [OPTIONS] --args FILTER [ARGUMENTS...]\n\tjq [OPTIONS] --jsonargs FILTER [JSON_VALUES...]\n',
			);
			return 2;
		}

		settings.program = '.';
	}

	return undefined;
}

function operand(settings: Settings, word: string) {
	if (settings.program === undefined && settings.fromFile === undefined) settings.program = word;
	else if (settings.positional === 'files') settings.files.push(word);
	else settings.positionals.push(settings.positional === 'args' ? word : json(word, `Invalid JSON text passed to --jsonargs`));
}

function json(text: string, problem: string): Value {
	try {
		const [first, ...more] = parseAll(text);
		if (first === undefined || more.length > 0) throw new Usage(problem);
		return first;
	} catch (error) {
		if (!(error instanceof JqError)) throw error;
		throw new Usage(problem);
	}
}

function variableOf(io: Io<Machine>, word: string, name: string, given: string): Value {
	if (word === '--arg') return given;
	if (word === '--argjson') return json(given, `Invalid JSON text passed to --argjson`);
	try {
		const text = io.machine.files.readText(io.path(given));
		return word === '--rawfile' ? text : [...parseAll(text)];
	} catch (error) {
		if (!(error instanceof FileError || error instanceof JqError)) throw error;
		throw new Usage(`Bad JSON in --${word.slice(2)} ${name} ${given}: Could not open ${given}: ${error.message}`);
	}
}

function indentOf(text: string): string {
	const width = Number(text);
	if (!Number.isInteger(width) || width < 0) throw new Usage('Cannot indent less than zero');
	if (width > 7) throw new Usage('Cannot indent more than 7 characters');
	return ' '.repeat(width);
}

function compile(io: Io<Machine>, {program = '.', variables}: Settings): Node | undefined {
	const wrong = (message: string) => {
		const line = program.split('\n')[0] ?? '';
		io.err(`jq: error: ${message} (Unix shell quoting issues?) at <top-level>, line 1:\n${line}\njq: 1 compile error\n`);
	};
	try {
		const node = parse(program);
		const missing = undefinedName(node, new Set([...variables.keys()].map(name => `$${name}`)));
		if (!missing) return node;
		io.err(`jq: error: ${missing} at <top-level>, line 1:\n${program.split('\n')[0]}\njq: 1 compile error\n`);
	} catch (error) {
		if (!(error instanceof SyntaxProblem)) throw error;
		wrong(error.message);
	}

	return undefined;
}

function* inputsOf(io: Io<Machine>, {files, rawInput, slurp}: Settings, typed: string | undefined, failed: () => void): Generator<Value> {
	const texts: string[] = [];
	for (const name of files) {
		try {
			texts.push(io.machine.files.readText(io.path(name)));
		} catch (error) {
			if (!(error instanceof FileError)) throw error;
			io.err(`jq: error: Could not open ${name}: ${error.message}\n`);
			failed();
		}
	}

	const text = typed ?? texts.join('');
	if (rawInput && slurp) yield text;
	else if (rawInput)
		yield* text
			.replace(/\n$/, '')
			.split('\n')
			.filter((line, _, all) => !(all.length === 1 && line === '' && text === ''));
	else if (slurp) yield [...parseAll(text)];
	else yield* parseAll(text);
}

function play(io: Io<Machine>, settings: Settings, program: Node, typed: string | undefined): number {
	let status = 0;
	let last: Value | undefined;
	const inputs = inputsOf(io, settings, typed, () => (status = 2));
	const style: Style = {indent: settings.compact ? '' : settings.indent, sortKeys: settings.sortKeys, ascii: settings.ascii};
	const next = (): Value | undefined => {
		const {done, value} = inputs.next();
		return done ? undefined : value;
	};
	const world = {env: io.env, nowMs: () => io.machine.sim.clock.now(), input: next, debug: (text: string) => io.err(text)};
	// How far the reading has come: jq counts the ends of lines.
	const where = () =>
		settings.nullInput ? '<unknown>' : `${settings.files.at(-1) ?? '<stdin>'}:${linesRead(typed ?? textOf(io, settings.files))}`;
	const show = (value: Value) => {
		last = value;
		const text = settings.raw && typeof value === 'string' ? value : print(value, style);
		io.out(`${settings.seq ? '\u001e' : ''}${text}${settings.join ? '' : '\n'}`);
	};
	try {
		for (let input = settings.nullInput ? null : next(); input !== undefined; input = settings.nullInput ? undefined : next()) {
			try {
				for (const value of evaluate(program, input, settings.variables, world)) show(value);
			} catch (error) {
				if (!(error instanceof JqError)) throw error;
				if (error.message.startsWith('kubelab: ')) {
					io.err(`${error.message}\n`);
					return 125;
				}

				io.err(`jq: error (at ${where()})${typeof error.value === 'string' ? '' : ' (not a string)'}: ${error.message}\n`);
				status = 5;
			}
		}
	} catch (error) {
		if (error instanceof Halt) return halted(io, error);
		if (!(error instanceof JqError)) throw error;
		io.err(`parse error: ${error.message}
`);
		return 2;
	}

	if (status !== 0 || !settings.exit) return status;
	return last === undefined ? 4 : isTrue(last) ? 0 : 1;
}

const textOf = ({machine: {files}, path}: Io<Machine>, names: readonly string[]): string =>
	names.map(name => (files.exists(path(name)) ? files.readText(path(name)) : '')).join('');

const linesRead = (text = ''): number => text.split('\n').length - 1;

function halted(io: Io<Machine>, {value, status}: Halt): number {
	if (value !== undefined) io.err(typeof value === 'string' ? value : `${print(value)}\n`);
	return status;
}
