import {findExecutable} from '../../../node/program/executable.js';
import type {Command, ExecResult} from '../../../shell/command.js';
import {type Arguments, parseArguments, refuse} from '../arguments.js';

const pattern = /(?:"[^"\n]*"|'[^'\n]*'|\\.|[^\s"'\\])+/gs;

/** Words of the input as xargs reads them: blanks separate, quotes and backslashes protect. */
function split(text: string): string[] {
	return [...text.matchAll(pattern)].map(([word]) => word.replaceAll(/"([^"]*)"|'([^']*)'|\\(.)/gs, (_, a, b, c) => a ?? b ?? c ?? ''));
}

/** A quote that is never closed on its line: where it stands, and which it is. */
function openQuote(text: string): {at: number; kind: string} | undefined {
	for (const match of text.matchAll(/"[^"\n]*"|'[^'\n]*'|\\.|["']/gs))
		if (match[0] === '"' || match[0] === "'") return {at: match.index, kind: match[0] === '"' ? 'double' : 'single'};
	return undefined;
}

/** The words of each run of the command. */
function groupsOf(text: string, args: Arguments): string[][] {
	const replace = args.has('I');
	const lines = text.split('\n').filter(line => line.trim() !== '');
	const delimiter = args.has('0') ? '\0' : args.value('d')?.replace('\\n', '\n').replace('\\t', '\t');
	const plain = () => (replace ? lines.map(line => line.trim()) : split(text));
	// With a delimiter of one's own, line ends and empty words are words, too.
	const cut = (by: string) => {
		const pieces = text.split(by);
		return pieces.at(-1) === '' ? pieces.slice(0, -1) : pieces;
	};
	const words = delimiter === undefined ? plain() : cut(delimiter);
	const byLines = !replace && !args.has('n') && args.has('L');
	const groups = byLines
		? chunk(lines, Math.max(1, Number(args.value('L')))).map(some => some.flatMap(split))
		: chunk(words, replace ? 1 : Math.max(1, Number(args.value('n') ?? words.length)));
	return groups.length === 0 && !args.has('r') && !replace ? [[]] : groups;
}

export default {
	name: 'xargs',
	summary: 'run a command with words from the input',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {
			flags: '0rtpx',
			values: 'nILlPsdaE',
			long: {
				null: '=0',
				'no-run-if-empty': '=r',
				verbose: '=t',
				'max-args': '=n',
				replace: '=I',
				'max-lines': '=L',
				'max-procs': '=P',
				delimiter: '=d',
				'arg-file': '=a',
			},
			stopAtOperand: true,
		});
		if (args.problem) return refuse(io, args.problem);
		const file = args.value('a');
		const given: string = file === undefined ? io.stdin : io.machine.files.readText(io.path(file));
		const replace = args.value('I');
		if (replace !== undefined && args.has('n'))
			io.err('xargs: warning: options --max-args and --replace/-I/-i are mutually exclusive, ignoring previous --max-args value\n');
		const open = args.has('0') || args.has('d') ? undefined : openQuote(given);
		const text = open ? given.slice(0, open.at) : given;
		const command = args.operands.length > 0 ? args.operands : ['echo'];
		const groups = groupsOf(text, args);
		if ('error' in findExecutable(io.machine.files, command[0]!, io.cwd, io.env['PATH'])) {
			io.err(`xargs: ${command[0]}: No such file or directory\n`);
			return 127;
		}

		let status = 0;
		for (const group of groups) {
			const argv = replace === undefined ? [...command, ...group] : command.map(word => word.replaceAll(replace, () => group[0]!));
			if (args.has('t')) io.err(`${argv.join(' ')}\n`);
			const {exitCode}: ExecResult = yield {exec: {argv, stream: true, stdin: ''}};
			if (exitCode === 127) return 127;
			if (exitCode === 255) {
				io.err(`xargs: ${command[0]}: exited with status 255; aborting\n`);
				return 124;
			}

			if (exitCode !== 0) status = 123;
		}

		if (open) {
			io.err(`xargs: unmatched ${open.kind} quote; by default quotes are special to xargs unless you use the -0 option\n`);
			return 1;
		}

		return status;
	},
} satisfies Command;

const chunk = <T>(words: readonly T[], size: number): T[][] =>
	Array.from({length: Math.ceil(words.length / size)}, (_, index) => words.slice(index * size, (index + 1) * size));
