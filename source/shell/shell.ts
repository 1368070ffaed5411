import type {Command, FunctionDefinition} from './syntax/ast.js';
import type {Dialect} from './syntax/dialect.js';
import {defaultPath, type ShellMachine} from './machine.js';
import type {Services} from './session/services.js';
import type {Stream} from './run/stream.js';
import {isInherited} from './run/inherited-traps.js';
import {Variables} from './run/variables.js';

/** One shell process: bash of a login, a subshell, a script, `sh -c` in a container. Forked for `( )`, pipes and `$( )`. */
export class Shell {
	readonly services: Services;
	readonly machine: ShellMachine;
	readonly dialect: Dialect;
	/** `$0`, and what error messages begin with. */
	name: string;
	readonly interactive: boolean;
	readonly pid: number;
	/** `$$`: of the shell that this is a subshell of. */
	readonly scriptPid: number;
	/** Of the process above it on the same machine, 0 for none. */
	readonly parentPid: number;
	/** The next program takes the place of this process instead of getting one of its own, as when bash execs it. */
	replaced = false;
	/** `sh -c`: one command alone is exec'ed. */
	alone = false;
	/** Somebody sits there. */
	readonly terminal: boolean;
	readonly startedMs: number;
	variables: Variables;
	functions: Map<string, FunctionDefinition>;
	aliases: Map<string, string>;
	/** Long names: errexit, nounset, xtrace, pipefail, noglob, noclobber, allexport, ... */
	options: Set<string>;
	shoptions: Set<string>;
	positional: readonly string[];
	cwd: string;
	folders: readonly string[] = [];
	traps: Map<string, string>;
	/** Opened by `exec` without a command. */
	descriptors: Map<number, Stream>;
	/** What is left to do when the present command ends: the other side of `>( )`, the file behind `<( )`. */
	substitutions: Array<() => Promise<void>> = [];
	mask = 0o022;
	status = 0;
	pipeStatus: readonly number[] = [0];
	backgroundPid = '';
	line = 1;
	/** What runs, or ran last: `$BASH_COMMAND`. */
	command: Command | undefined;
	/** The action of a trap runs. */
	inTrap = false;
	callDepth = 0;
	functionNames: readonly string[] = [];
	/** The lines on which they were called. */
	callLines: readonly number[] = [];
	/** Where programs were found, and how often: `hash`. For as long as PATH is this one. */
	hashed: {path: string; readonly found: Map<string, {readonly path: string; hits: number}>} = {path: '', found: new Map()};
	/** What is left to do when the shell ends: the other side of `exec > >( )`. */
	lasting: Array<() => Promise<void>> = [];
	sourceDepth = 0;
	evalDepth = 0;
	loopDepth = 0;
	/** How many scripts run scripts. */
	depth = 0;
	/** How many forks lie between it and its login shell. */
	forks = 0;
	/** `Running.generation` when its first ancestor below the login shell was forked. */
	generation = 0;
	/** In a condition, before `&&` or after `!`: `set -e` looks away. */
	tolerant = 0;
	/** A subshell: `exit` ends only it. */
	readonly subshell: boolean;
	/** Ctrl-C of the line that runs. */
	signal: AbortSignal | undefined;

	constructor(options: ShellOptions, parent?: Shell) {
		this.services = options.services;
		this.machine = options.machine;
		this.dialect = options.dialect;
		this.name = options.name;
		this.interactive = options.interactive ?? false;
		this.signal = options.signal;
		this.subshell = parent !== undefined;
		this.pid = options.pid ?? this.newPid(parent === undefined && !options.parentPid);
		this.scriptPid = parent?.scriptPid ?? this.pid;
		this.parentPid = parent?.pid ?? options.parentPid ?? 0;
		this.terminal = parent?.terminal ?? options.terminal ?? true;
		this.startedMs = parent?.startedMs ?? options.services.time.now();
		this.variables = parent?.variables.fork() ?? new Variables();
		this.functions = new Map(parent?.functions);
		this.aliases = new Map(parent?.aliases);
		this.options = new Set(parent?.options);
		this.shoptions = new Set(parent?.shoptions);
		this.positional = parent?.positional ?? [];
		this.traps = new Map([...(parent?.traps ?? [])].filter(([name, action]) => isInherited(name, this.options) || action === ''));
		this.descriptors = new Map(parent?.descriptors);
		this.cwd = parent?.cwd ?? options.machine.home;
		if (parent) this.#inherit(parent);
		else if (this.dialect.name === 'bash') {
			this.variables.mark('BASH', {value: '/bin/bash'});
			this.variables.mark('BASH_VERSION', {value: '5.1.8(1)-release'});
		}
	}

	/** The number of a process that begins on this shell's machine. */
	newPid(enters = false): number {
		return this.machine.nextPid?.(enters) ?? this.services.nextPid();
	}

	fork(signal: AbortSignal | undefined = this.signal): Shell {
		return new Shell({services: this.services, machine: this.machine, dialect: this.dialect, name: this.name, signal}, this);
	}

	/** Ctrl-C, or the end of a fork bomb: it must do nothing more. */
	get killed(): boolean {
		return this.signal?.aborted === true || (this.forks > 0 && this.generation !== this.services.running.generation);
	}

	get path(): string {
		return this.variables.text('PATH') ?? defaultPath;
	}

	/** `-bash: `, `./check.sh: line 3: `. */
	get prefix(): string {
		return this.dialect.prefix(this);
	}

	/** A line of complaint. What is not simulated is said by kubelab, not by the shell. */
	complaint(message: string): string {
		return `${message.startsWith('kubelab: ') ? '' : this.prefix}${message}\n`;
	}

	#inherit(parent: Shell) {
		this.folders = parent.folders;
		this.mask = parent.mask;
		this.status = parent.status;
		this.pipeStatus = parent.pipeStatus;
		this.backgroundPid = parent.backgroundPid;
		this.line = parent.line;
		this.callDepth = parent.callDepth;
		this.functionNames = parent.functionNames;
		this.callLines = parent.callLines;
		this.command = parent.command;
		this.inTrap = parent.inTrap;
		this.hashed = {path: parent.hashed.path, found: new Map([...parent.hashed.found].map(([name, {...each}]) => [name, each]))};
		this.sourceDepth = parent.sourceDepth;
		this.evalDepth = parent.evalDepth;
		this.depth = parent.depth;
		this.forks = parent.forks + 1;
		this.generation = parent.forks === 0 ? this.services.running.generation : parent.generation;
		this.tolerant = parent.tolerant;
	}
}

export interface ShellOptions {
	readonly services: Services;
	readonly machine: ShellMachine;
	readonly dialect: Dialect;
	readonly name: string;
	readonly interactive?: boolean;
	readonly signal?: AbortSignal;
	/** Of the program that became this shell; absent: a new one. */
	readonly pid?: number;
	readonly parentPid?: number;
	readonly terminal?: boolean;
}
