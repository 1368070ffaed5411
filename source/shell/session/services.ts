import type {Random} from '../../sim/random.js';
import type {Command, ExecRequest, ExecResult, RunningProcess} from '../command.js';
import type {History} from '../line/history.js';
import type {Jobs} from '../run/jobs.js';
import type {ShellMachine} from '../machine.js';
import type {Shell} from '../shell.js';
import type {Streams} from '../run/streams.js';
import type {Terminal} from './terminal.js';
import type {Time} from '../run/time.js';
import type {Toolbox} from './toolbox.js';

/** What all shells of one session share. */
export interface Services {
	command(name: string): Command | undefined;
	commandNames(): readonly string[];
	readonly time: Time;
	readonly random: Random;
	readonly jobs: Jobs;
	readonly history: History;
	/** The parser and the text tools of just-bash, loaded when first needed. */
	toolbox(): Promise<Toolbox>;
	readonly terminal?: Terminal;
	/** Lets the event loop turn, so that a busy loop can be stopped. */
	breathe(): Promise<void>;
	nextPid(): number;
	readonly running: Running;
	/** Counts commands run for one line; throws beyond the limit. */
	spend(): void;
	/** The same for a program. */
	spendProgram(): void;
	/** A program is about to run, its words expanded. */
	heard(machine: ShellMachine, words: readonly string[]): void;
	/** Runs a request to its end, here or on another machine, in a shell of its own. */
	execute(from: Shell, request: ExecRequest, streams: Streams, signal?: AbortSignal): Promise<number>;
	collect(from: Shell, request: ExecRequest, stdin: string, cwd: string): Promise<ExecResult>;
	/** Puts a shell on top of this one until it exits. */
	enter(request: ExecRequest, from: Shell, streams: Streams): Promise<number>;
	edit(shell: Shell, path: string, signal?: AbortSignal): Promise<void>;
	/** A key for who owns the screen: see `Effect`. */
	press(withinMs: number | undefined, signal?: AbortSignal): Promise<string | undefined>;
}

/** The processes of a session. They are promises, not data, as its jobs are. */
export interface Running {
	/** Moves when all that runs is killed: whatever was forked before must not go on. */
	readonly generation: number;
	list(machine: string): readonly RunningProcess[];
	/** A shell that is a process of its own; call what is answered at its end. */
	shell(shell: Shell, argv?: readonly string[]): () => void;
	/** A program, in a new process or, where bash would exec it, in that of the shell. */
	program(shell: Shell, argv: readonly string[]): {readonly pid: number; end(): void};
}
