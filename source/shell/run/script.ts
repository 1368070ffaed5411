import type {Scope} from './scope.js';
import {Shell} from '../shell.js';
import {ShellError} from './signals.js';
import {runText} from '../text.js';

/** A script file: `#!/bin/bash`, or none, runs in a new shell; other interpreters must exist. */
export async function runScriptFile(scope: Scope, words: readonly string[], path: string, head: string, pid: number): Promise<number> {
	const {shell} = scope;
	const line = /^#!\s*(\S+)(?:\s+(.*))?/.exec(head.split('\n')[0]!);
	const interpreter = line?.[1] === '/usr/bin/env' ? line[2] : line?.[1]?.split('/').at(-1);
	if (interpreter && !/^(ba|da|a)?sh$/.test(interpreter)) {
		throw new ShellError(`${words[0]}: ${line![1]}: bad interpreter: No such file or directory`, 126);
	}

	const name = words[0]!.includes('/') ? words[0]! : path;
	return runScriptText(scope, shell.machine.files.readText(path), {name, args: words.slice(1), pid});
}

export interface ScriptOptions {
	readonly name: string;
	readonly args: readonly string[];
	readonly options?: readonly string[];
	/** Of the program that becomes this shell. */
	readonly pid: number;
	/** `-c`: bash execs a command that is alone. */
	readonly alone?: boolean;
}

/** `bash -c`, `bash FILE`: a new shell with the exported variables only. */
export async function runScriptText(
	scope: Scope,
	text: string,
	{name, args, options = [], pid, alone = false}: ScriptOptions,
): Promise<number> {
	const {shell} = scope;
	const {services, machine, dialect, signal, parentPid, terminal} = shell;
	const child = new Shell({services, machine, dialect, name, signal, pid, parentPid: shell.replaced ? parentPid : shell.pid, terminal});
	child.alone = alone;
	child.depth = shell.depth + 1;
	if (child.depth > depthMax) throw new ShellError(`${name}: too many nested shells`, 126);
	for (const [variable, value] of Object.entries(shell.variables.exported())) {
		// ash and dash know no such names and do not pass them on; bash keeps them for its children.
		if (shell.dialect.name !== 'bash' && name !== 'bash' && !/^[A-Za-z_]\w*$/.test(variable)) continue;
		child.variables.set(variable, value);
		child.variables.mark(variable, {exported: true});
	}

	child.variables.mark('SHLVL', {value: String(Number(shell.variables.text('SHLVL') ?? '0') + 1), exported: true});
	child.cwd = shell.cwd;
	child.positional = args;
	for (const option of options) child.options.add(option);
	return runText(child, text, scope.streams);
}

const depthMax = 100;
