import type {Machine} from '../../../node/host/machine.js';
import {FileError} from '../../../os/files.js';
import type {Command, Io} from '../../../shell/command.js';
import {type Arguments, notSimulated, parseArguments} from '../../host/arguments.js';
import {editsBetween} from './edit-script.js';
import {normalDiff} from './normal.js';
import {hunks, linesOf, timeStamp} from './unified.js';

const trouble = 2;
const long = {
	unified: 'flag',
	brief: '=q',
	'report-identical-files': '=s',
	recursive: '=r',
	'new-file': '=N',
	'ignore-case': '=i',
	'ignore-all-space': '=w',
	'ignore-space-change': '=b',
	'ignore-blank-lines': '=B',
	label: 'value',
	color: 'flag',
	text: '=a',
	context: '=c',
	'side-by-side': '=y',
	width: '=W',
	ed: '=e',
	normal: 'flag',
} as const;

/** Not written: other formats than the two that everybody reads. */
const others = ['c', 'y', 'e', 'n', 'C'] as const;

export default {
	name: 'diff',
	summary: 'compare files line by line',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {flags: 'uqsrNiwbBacyent', values: 'UCW', long});
		if (args.problem) return refuse(io, args.problem);
		const other = others.find(letter => args.has(letter));
		if (other) return notSimulated(io, `diff -${other}`);
		const [from, to, more] = args.operands;
		if (from === undefined) return refuse(io, `missing operand after '${io.argv.at(-1)}'`);
		if (to === undefined) return refuse(io, `missing operand after '${from}'`);
		if (more !== undefined) return refuse(io, `extra operand '${more}'`);
		return compare(io, args, inFolder(io, from, to), inFolder(io, to, from));
	},
} satisfies Command<Machine>;

function refuse(io: Io, problem: string): number {
	io.err(`diff: ${problem}\ndiff: Try 'diff --help' for more information.\n`);
	return trouble;
}

const isFolder = (io: Io<Machine>, name: string): boolean => {
	const path = io.path(name);
	return name !== '-' && io.machine.files.exists(path) && io.machine.files.stat(path).type === 'folder';
};

/** `diff FOLDER FILE` compares with the file of that name in the folder. */
const inFolder = (io: Io<Machine>, name: string, other: string): string =>
	isFolder(io, name) && !isFolder(io, other) && other !== '-' ? `${name.replace(/\/$/, '')}/${other.split('/').at(-1)}` : name;

function compare(io: Io<Machine>, args: Arguments, from: string, to: string, named = true): number {
	if (isFolder(io, from) && isFolder(io, to)) return compareFolders(io, args, from, to);
	const [before, after] = [from, to].map(name => textOf(io, args, name, named));
	if (before === undefined || after === undefined) return trouble;
	const edits = editsBetween(linesOf(before), linesOf(after), sameness(args));
	if (!edits.some(({kind, line}) => kind !== ' ' && !(args.has('B') && line === ''))) {
		if (args.has('s')) io.out(`Files ${from} and ${to} are identical\n`);
		return 0;
	}

	if (args.has('q')) io.out(`Files ${from} and ${to} differ\n`);
	else if (before.includes('\0') || after.includes('\0')) io.out(`Binary files ${from} and ${to} differ\n`);
	else if (args.has('u') || args.has('U') || args.has('unified')) {
		const [first, second] = args.all('label');
		io.out(`--- ${first ?? stamped(io, from)}\n+++ ${second ?? stamped(io, to)}\n${hunks(edits, Number(args.value('U') ?? 3))}`);
	} else io.out(normalDiff(edits));
	return 1;
}

function compareFolders(io: Io<Machine>, args: Arguments, from: string, to: string): number {
	const [before, after] = [from, to].map(name => io.machine.files.list(io.path(name)));
	let status = 0;
	for (const name of [...new Set([...before!, ...after!])].sort()) {
		const [one, other] = [`${from.replace(/\/$/, '')}/${name}`, `${to.replace(/\/$/, '')}/${name}`];
		const only = !before!.includes(name) ? to : after!.includes(name) ? undefined : from;
		if (only !== undefined && !args.has('N')) {
			io.out(`Only in ${only.replace(/(.)\/$/, '$1')}: ${name}\n`);
			status = Math.max(status, 1);
		} else if (isFolder(io, one) && isFolder(io, other)) {
			if (args.has('r')) status = Math.max(status, compareFolders(io, args, one, other));
			else io.out(`Common subdirectories: ${one} and ${other}\n`);
		} else status = Math.max(status, compareNamed(io, args, one, other));
	}

	return status;
}

/** Within folders each difference is introduced by the command that would show it alone. */
function compareNamed(io: Io<Machine>, args: Arguments, from: string, to: string): number {
	let text = '';
	const status = compare({...io, path: io.path, err: io.err, out: (more: string) => (text += more)}, args, from, to, false);
	const words = io.argv.slice(1).filter(word => word.startsWith('-') && word !== '-');
	if (status === 1 && !args.has('q')) io.out(`${['diff', ...words, from, to].join(' ')}\n`);
	io.out(text);
	return status;
}

/** `named` on the command line, it must be there; found in a folder, -N makes it an empty file. */
function textOf(io: Io<Machine>, args: Arguments, name: string, named: boolean): string | undefined {
	if (name === '-') return io.stdin;
	try {
		return io.machine.files.readText(io.path(name));
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		if (args.has('N') && error.code === 'ENOENT' && !named) return '';
		io.err(`diff: ${name}: ${error.message}\n`);
		return undefined;
	}
}

function stamped(io: Io<Machine>, name: string): string {
	const path = io.path(name);
	const {files, sim} = io.machine;
	return `${name}\t${timeStamp(name !== '-' && files.exists(path) ? files.stat(path).mtimeMs : sim.clock.now())}`;
}

function sameness(args: Arguments): (one: string, other: string) => boolean {
	const seen = (line: string) => {
		let text = args.has('i') ? line.toLowerCase() : line;
		if (args.has('w')) text = text.replaceAll(/\s+/g, '');
		else if (args.has('b')) text = text.replaceAll(/[ \t]+/g, ' ').trimEnd();
		return text;
	};
	return (one, other) => one === other || seen(one) === seen(other);
}
