import type {Machine} from '../../../node/host/machine.js';
import {FileError} from '../../../os/files.js';
import type {Command, Io} from '../../../shell/command.js';
import {notSimulated, parseArguments} from '../../host/arguments.js';
import {Editing} from './editing.js';
import {Input, type Source} from './input.js';
import {parseScript} from './parse.js';
import {ScriptReader} from './reader.js';
import {SedError} from './script.js';

const usage = `Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...

  -n, --quiet, --silent      print only what the script prints
  -e, --expression=script    add these commands to the script
  -f, --file=script-file     add the commands of this file
  -E, -r, --regexp-extended  extended regular expressions
  -i[SUFFIX], --in-place[=SUFFIX]  change the files; with a suffix, keep the old ones
  -l N, --line-length=N      where the \`l' command folds
  -s, --separate             each file has its own line numbers
  -u, --unbuffered           read and write line by line
  -z, --null-data            lines end with NUL
      --help                 this text
      --version              the version
`;

const long = {
	quiet: '=n',
	silent: '=n',
	expression: '=e',
	file: '=f',
	'regexp-extended': '=E',
	'in-place': '=i',
	'line-length': '=l',
	separate: '=s',
	unbuffered: '=u',
	'null-data': '=z',
	posix: 'flag',
	sandbox: 'flag',
	debug: 'flag',
	'follow-symlinks': 'flag',
	help: 'flag',
	version: 'flag',
} as const;

/** `-i` takes its suffix only when it stands in the same word. */
const inPlaceLast = (words: readonly string[]): {readonly words: string[]; readonly suffix: string | undefined} => {
	let suffix: string | undefined;
	const kept = words.flatMap(word => {
		const found = /^(-[nErsuz]*)i(.*)$/s.exec(word) ?? /^--in-place(?:=(.*))?$/s.exec(word);
		if (!found) return [word];
		suffix = (word.startsWith('--') ? found[1] : found[2]) ?? '';
		return !word.startsWith('--') && found[1] !== '-' ? [found[1]!] : [];
	});
	return {words: kept, suffix};
};

export default {
	name: 'sed',
	summary: 'edit text as it streams by',
	*run(io) {
		const {words, suffix} = inPlaceLast(io.argv.slice(1));
		const args = parseArguments(words, {flags: 'nErsuz', values: 'efl', long});
		if (args.problem) return refuse(io, `sed: ${args.problem}\n${usage}`);
		if (args.has('version')) io.out('sed (GNU sed) 4.8\n');
		else if (args.has('help')) io.out(usage);
		if (args.has('version') || args.has('help')) return 0;
		if (args.has('debug')) return notSimulated(io, 'sed --debug');
		const files = [...args.operands];
		const scripts = args.all('e').map((text, index) => new ScriptReader(text, String(index + 1), false));
		try {
			for (const name of args.all('f')) scripts.push(new ScriptReader(fileText(io, name), name, true));
			if (scripts.length === 0) {
				if (files.length === 0) return refuse(io, usage);
				scripts.push(new ScriptReader(files.shift()!, '1', false));
			}

			const script = parseScript(scripts, args.has('E') || args.has('r'));
			return yield* edit(new Editing(io, script, args), files, suffix);
		} catch (error) {
			if (!(error instanceof SedError)) throw error;
			return refuse(io, `sed: ${error.message}\n`, error.status);
		}
	},
} satisfies Command<Machine>;

function refuse(io: Io<Machine>, text: string, status = 1): number {
	io.err(text);
	return status;
}

function fileText(io: Io<Machine>, name: string): string {
	try {
		return name === '-' ? io.stdin : io.machine.files.readText(io.path(name));
	} catch (error) {
		if (error instanceof FileError) throw new SedError(`couldn't open file ${name}: ${error.message}`);
		throw error;
	}
}

function* edit(editing: Editing, names: readonly string[], suffix: string | undefined): Generator<any, number, any> {
	if (suffix !== undefined) {
		for (const name of names) yield* editing.inPlace(name, suffix);
		return editing.status;
	}

	const sources: Source[] = [];
	for (const name of names.length > 0 ? names : ['-']) {
		const source: Source | undefined = yield* editing.open(name);
		if (source) sources.push(source);
	}

	const groups = editing.separate ? sources.map(source => [source]) : [sources];
	for (const group of groups) if (yield* editing.stream(new Input(group))) break;
	return editing.status;
}
