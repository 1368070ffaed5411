import {parentOf} from '../../os/layer.js';
import {findExecutable, isFile, isFolder, resolvePath} from '../machine.js';
import {device} from '../run/redirect.js';
import type {Scope} from '../run/scope.js';
import {Exit, LimitReached, Return} from '../run/signals.js';
import {invoke} from '../run/simple.js';
import {out} from '../run/streams.js';
import {runLines} from '../text.js';
import {type Builtin, complain, usage} from './builtin.js';
import {describeCommand} from './lookup.js';

const evalsMax = 500;

async function source(scope: Scope, [file, ...args]: readonly string[], name: string): Promise<number> {
	const {shell} = scope;
	if (file === undefined) {
		complain(scope, name, 'filename argument required');
		return usage(scope, `${name} filename [arguments]`);
	}

	const opened = device(file, scope.streams);
	if (opened) return runLines(shell, (await opened.readAll?.(shell.signal)) ?? '', scope.streams);
	const path = file.includes('/') ? resolvePath(shell.cwd, file) : (findOnPath(scope, file) ?? resolvePath(shell.cwd, file));
	if (isFolder(shell.machine, path)) return complain(scope, name, `${file}: is a directory`);
	if (!isFile(shell.machine, path)) return complain(scope, file, 'No such file or directory');
	const {positional, line} = shell;
	if (args.length > 0) shell.positional = args;
	if (shell.sourceDepth > 100) return complain(scope, file, 'too many nested files');
	shell.sourceDepth++;
	try {
		return await runLines(shell, shell.machine.files.readText(path), scope.streams);
	} catch (error) {
		if (error instanceof Return) return error.status;
		throw error;
	} finally {
		shell.sourceDepth--;
		shell.line = line;
		if (args.length > 0) shell.positional = positional;
	}
}

function findOnPath({shell}: Scope, name: string): string | undefined {
	const path = findExecutable(shell.machine, name, shell.path, shell.cwd);
	return path && parentOf(path) !== '' ? path : undefined;
}

export default [
	{name: 'source', run: source},
	{name: '.', keepsAssignments: true, run: source},
	{
		name: 'eval',
		keepsAssignments: true,
		async run(scope, args) {
			const {shell, streams} = scope;
			const text = args.join(' ');
			if (text.trim() === '') return 0;
			// Bash goes on until its stack ends, and dies of that.
			if (shell.evalDepth >= evalsMax) throw new LimitReached(`eval was nested more than ${evalsMax} deep`);
			shell.evalDepth++;
			try {
				return await runLines(shell, text, streams);
			} finally {
				shell.evalDepth--;
			}
		},
	},
	{
		name: 'exec',
		keepsAssignments: true,
		async run(scope, args) {
			// Without words, `exec` only redirects; the shell keeps its descriptors for one line.
			const words = args[0] === '-a' ? args.slice(2) : args.filter((arg, index) => !(index === 0 && /^-[cl]+$/.test(arg)));
			if (words.length === 0) return 0;
			if (!words[0]!.includes('/') && describeCommand(scope, words[0]!, 'path') === undefined) {
				const status = complain(scope, 'exec', `${words[0]}: not found`, 127);
				if (scope.shell.interactive) return status;
				throw new Exit(status);
			}

			throw new Exit(await invoke(scope, words, [], 'command'));
		},
	},
	{
		name: 'builtin',
		run: (scope, args) => (args.length === 0 ? 0 : invoke(scope, args, [], 'command')),
	},
	{
		name: 'command',
		async run(scope, args) {
			const words = args.filter((arg, index) => !(index < 2 && /^-[pvV]+$/.test(arg)));
			if (words.length === 0) return 0;
			if (!/^-\w*[vV]/.test(args[0] ?? '')) return invoke(scope, words, [], 'command');
			let status = 0;
			for (const word of words) {
				const found = describeCommand(scope, word, args[0]!.includes('V') ? 'sentence' : 'path');
				if (found === undefined) status = args[0]!.includes('V') ? complain(scope, 'command', `${word}: not found`) : 1;
				else out(scope.streams, `${found}\n`);
			}

			return status;
		},
	},
] satisfies Builtin[];
