import {isFile, isFolder, resolvePath} from '../machine.js';
import type {Scope} from './scope.js';
import {runScriptText} from './script.js';
import {err, input, out} from './streams.js';

export const isShell = (tool: string): boolean => /^(?:ba|da|a|rba)?sh$/.test(tool);

const letterOptions: Readonly<Record<string, string>> = {
	e: 'errexit',
	u: 'nounset',
	x: 'xtrace',
	f: 'noglob',
	n: 'noexec',
	v: 'verbose',
	a: 'allexport',
};

interface Request {
	readonly options: string[];
	readonly operands: readonly string[];
	readonly line: boolean;
	readonly version: boolean;
	readonly fromInput: boolean;
	readonly interactive: boolean;
	readonly problem?: string;
}

/** `bash -c LINE`, `bash FILE`, `sh` on what comes in, or a shell on top when a keyboard is there. */
export async function runSh(scope: Scope, words: readonly string[], pid: number): Promise<number> {
	const {shell, streams} = scope;
	const name = words[0]!;
	const request = parse(words.slice(1));
	const {operands, options} = request;
	if (request.version) {
		out(streams, 'GNU bash, version 5.1.8(1)-release (x86_64-redhat-linux-gnu)\n');
		return 0;
	}

	const problem = request.problem ?? (request.line && operands.length === 0 ? '-c: option requires an argument' : undefined);
	if (problem) {
		err(streams, `${name}: ${problem}\n`);
		return 2;
	}

	if (request.line)
		return runScriptText(scope, operands[0]!, {name: operands[1] ?? name, args: operands.slice(2), options, pid, alone: true});
	if (operands.length === 0 || request.fromInput) {
		if (input(streams).terminal)
			return shell.services.enter(
				{shell: name, env: {...shell.variables.exported(), SHLVL: String(Number(shell.variables.text('SHLVL') ?? 0) + 1)}, cwd: shell.cwd},
				shell,
				streams,
			);
		return runScriptText(scope, (await input(streams).readAll?.(shell.signal)) ?? '', {name, args: operands, options, pid});
	}

	const path = resolvePath(shell.cwd, operands[0]!);
	if (isFolder(shell.machine, path)) return complain(scope, name, `${operands[0]}: Is a directory`, 126);
	if (!isFile(shell.machine, path)) return complain(scope, name, `${operands[0]}: No such file or directory`, 127);
	const text = shell.machine.files.readText(path);
	if (text.startsWith('\u007fELF')) return complain(scope, operands[0]!, `${operands[0]}: cannot execute binary file`, 126);
	return runScriptText(scope, text, {name: operands[0]!, args: operands.slice(1), options, pid});
}

function parse(words: readonly string[]): Request {
	const options: string[] = [];
	const flags = new Set<string>();
	let problem: string | undefined;
	let at = 0;
	for (; at < words.length && /^[-+]./.test(words[at]!); at++) {
		const word = words[at]!;
		if (word === '--') {
			at++;
			break;
		}

		if (word === '-o' || word === '+o') options.push(words[++at] ?? '');
		else if (word.startsWith('--')) flags.add(word);
		else {
			for (const letter of word.slice(1)) {
				if (Object.hasOwn(letterOptions, letter)) options.push(letterOptions[letter]!);
				else if ('cils'.includes(letter)) flags.add(letter);
				else problem ??= `-${letter}: invalid option`;
			}
		}
	}

	return {
		options,
		operands: words.slice(at),
		line: flags.has('c'),
		version: flags.has('--version'),
		fromInput: flags.has('s'),
		interactive: flags.has('i'),
		problem,
	};
}

function complain({streams}: Scope, name: string, text: string, status: number): number {
	err(streams, `${name}: ${text}\n`);
	return status;
}
