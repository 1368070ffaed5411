import {parentOf} from '../../os/layer.js';
import {builtins} from '../builtins/index.js';
import {drive} from '../session/drive.js';
import {isExecutable, isFolder, resolvePath} from '../machine.js';
import {findHashed} from './hashed.js';
import type {Scope} from './scope.js';
import {runScriptFile} from './script.js';
import {isShell, runSh} from './sh.js';
import {ShellError, statusNotExecutable, statusNotFound} from './signals.js';
import {err, input, out} from './streams.js';
import {runTar} from '../tar.js';

/** Builtins that exist as files, too, for `xargs echo` and `find -exec test`. */
const alsoPrograms = new Set(['echo', 'printf', 'test', '[', 'true', 'false', 'pwd', 'kill']);

const systemFolders = new Set(['/bin', '/sbin', '/usr/bin', '/usr/sbin', '/usr/local/bin', '/usr/local/sbin']);

/** A program by its name or path: it must be a file of this machine. What it does is ours, just-bash's, or a script's. */
export async function runExternal(scope: Scope, words: readonly string[]): Promise<number> {
	const {shell} = scope;
	const name = words[0]!;
	const path = name === '' ? undefined : findHashed(shell, name);
	if (path === undefined) return missing(scope, name);
	if (!isExecutable(shell.machine, path)) return complain(scope, `${name}: Permission denied`, statusNotExecutable);
	return runProgram(scope, words, path);
}

export async function runProgram(scope: Scope, words: readonly string[], path: string): Promise<number> {
	const {services, machine} = scope.shell;
	services.spendProgram();
	services.heard(machine, words);
	const {pid, end} = services.running.program(scope.shell, words);
	try {
		return await execute(scope, words, path, pid);
	} finally {
		end();
	}
}

async function execute(scope: Scope, words: readonly string[], path: string, pid: number): Promise<number> {
	const {shell} = scope;
	const tool = path.slice(path.lastIndexOf('/') + 1);
	const head = firstBytes(scope, path);
	const isScript = head.startsWith('#!');
	if (!isScript && (systemFolders.has(parentOf(path)) || head.startsWith('\u007fELF'))) {
		const command = shell.services.command(tool);
		if (command) return drive(command, words, scope, pid);
		if (isShell(tool)) return runSh(scope, words, pid);
		const builtin = alsoPrograms.has(tool) ? builtins.get(tool) : undefined;
		if (builtin) return builtin.run(scope, words.slice(1), tool);
		const toolbox = await shell.services.toolbox();
		if (toolbox.has(tool)) return runTool(scope, tool, words.slice(1));
		const ran = shell.machine.runProgram?.(words);
		if (ran) {
			if (ran.tookMs > 0) await shell.services.time.sleep(ran.tookMs, shell.signal);
			out(scope.streams, ran.stdout);
			err(scope.streams, ran.stderr);
			return ran.exitCode;
		}

		if (head === '' || head.startsWith('\u007fELF'))
			throw new ShellError(`kubelab: not simulated: ${[tool, ...words.slice(1, 2)].join(' ')}`, 125);
	}

	return runScriptFile(scope, words, path, head, pid);
}

/** One of just-bash's text tools. It wants all its input before it begins. */
async function runTool(scope: Scope, tool: string, args: readonly string[]): Promise<number> {
	const {shell, streams} = scope;
	const source = input(streams);
	const stdin = source.terminal && !readsInput(tool, args) ? '' : ((await source.readAll?.(shell.signal)) ?? '');
	const toolbox = await shell.services.toolbox();
	const run = (words: readonly string[], cwd: string) =>
		toolbox.run(tool, words, {
			machine: shell.machine,
			cwd,
			env: shell.variables.exported(),
			stdin,
			signal: shell.signal,
			async exec(inner, innerInput, from) {
				return shell.services.collect(shell, typeof inner === 'string' ? {line: inner} : {argv: inner}, innerInput, from);
			},
		});
	const result = tool === 'tar' ? await runTar(shell.machine, args, shell.cwd, run) : await run(args, shell.cwd);
	// tar complains while it packs; whoever reads the archive may not stay for what comes after it.
	const order = tool === 'tar' ? [err, out] : [out, err];
	for (const write of order) write(streams, write === out ? result.stdout : result.stderr);
	return result.exitCode;
}

/** Waiting for a keyboard is right only where the real tool would. */
const readsInput = (tool: string, args: readonly string[]) => {
	const operands = args.filter(arg => !arg.startsWith('-') || arg === '-');
	const needed: Readonly<Record<string, number>> = {grep: 1, egrep: 1, fgrep: 1, sed: 1, awk: 1, jq: 1, yq: 1, tr: 2};
	const neverReads = [
		'basename',
		'chmod',
		'cp',
		'dirname',
		'du',
		'expr',
		'file',
		'find',
		'ln',
		'mkdir',
		'mv',
		'readlink',
		'rm',
		'rmdir',
		'seq',
		'stat',
		'tree',
		'diff',
		'tar',
	];
	return args.includes('-') || (!neverReads.includes(tool) && operands.length <= (needed[tool] ?? 0));
};

function missing(scope: Scope, name: string): number {
	const {shell} = scope;
	// A process was made for it, which looked in vain.
	shell.services.spendProgram();
	if (!name.includes('/')) {
		err(scope.streams, `${shell.dialect.notFound(shell, name)}\n`);
		return statusNotFound;
	}

	const path = resolvePath(shell.cwd, name);
	if (isFolder(shell.machine, path)) return complain(scope, `${name}: Is a directory`, statusNotExecutable);
	return complain(scope, `${name}: No such file or directory`, statusNotFound);
}

function complain(scope: Scope, text: string, status: number): number {
	err(scope.streams, `${scope.shell.prefix}${text}\n`);
	return status;
}

function firstBytes({shell}: Scope, path: string): string {
	try {
		return shell.machine.files.readText(path).slice(0, 256);
	} catch {
		return '';
	}
}
