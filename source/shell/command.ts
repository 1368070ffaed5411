/**
 * A command is a generator: it does what can be done now and yields what it must wait for. It never advances the clock, knows no
 * promises, and its return value is the exit status. Ctrl-C ends it with `generator.return()`, so `finally` blocks run.
 *
 * `M` is the machine it runs on (`node/host/machine.ts`); the shell only passes it through.
 */
export interface Command<M = any> {
	readonly name: string;
	readonly aliases?: readonly string[];
	/** One line for the command list. */
	readonly summary: string;
	/** Where it is found, e.g. `/usr/sbin/ipvsadm`; absent: /usr/bin/<name>. `command not found` unless that file exists there. */
	readonly path?: string;
	/** It reads its input with `{read: 'line'}`: in a pipe it need not wait until all has come. */
	readonly readsLines?: boolean;
	/** Takes no virtual time: it is no program of the simulated machine. */
	readonly instant?: boolean;
	run(io: Io<M>): Run;
	/** Candidates for the word under the cursor; absent: file names. */
	complete?(words: readonly string[], io: Pick<Io<M>, 'machine' | 'cwd' | 'env'>): readonly string[];
}

export type Run = Generator<Effect, number, EffectResult>;

/** What a command waits for. */
export type Effect =
	/**
	 * Virtual time. `resume`: where it is, as plain data. A container that runs the command ends it here and starts it again with
	 * `io.resume` when the time is over, so that it sees the world of that moment and can be saved meanwhile.
	 */
	| {readonly sleepMs: number; readonly resume?: unknown}
	/**
	 * A line of standard input, what has come of it (undefined at its end) or, without waiting, has come by now, all that is left of it, or
	 * a single key when the input is a terminal.
	 */
	| {readonly read: 'line' | 'some' | 'now' | 'all' | 'key'}
	/**
	 * A key of the terminal, wherever standard input comes from, for who owns the screen: ctrl-c is one, and `redraw` says that the screen has
	 * another size or was another's meanwhile. `timeout`: none was pressed so long; undefined: there is no keyboard.
	 */
	| {readonly press: {readonly withinMs?: number}}
	/** Another command line, here or on another machine, in a shell of its own. */
	| {readonly exec: ExecRequest}
	/** An editor on a file of this machine. Scripted shells have none and answer with the text unchanged. */
	| {readonly edit: string}
	/** Takes the terminal over with a shell elsewhere (ssh, kubectl exec -it); answered when that one exits. */
	| {readonly enter: ExecRequest};

export interface ExecRequest {
	/** One command line, or words that need no parsing. Absent: an interactive (or stdin-reading) shell. */
	readonly line?: string;
	readonly argv?: readonly string[];
	readonly machine?: any;
	readonly stdin?: string;
	readonly env?: Readonly<Record<string, string>>;
	readonly cwd?: string;
	readonly tty?: boolean;
	/** Shell to run it with inside a container: `sh`, `bash`. */
	readonly shell?: string;
	/** Output goes to this command's own streams as it comes, instead of being collected. */
	readonly stream?: boolean;
	/** It is stopped after this much virtual time; `timedOut` says so. */
	readonly timeoutMs?: number;
	/** `env` is all of its environment, not an addition. */
	readonly onlyEnv?: boolean;
}

/** The answer to the effect just yielded: `undefined` after a sleep, a line after a read, a result after an exec. */
export type EffectResult = any;

export interface ExecResult {
	readonly stdout: string;
	readonly stderr: string;
	readonly exitCode: number;
	readonly timedOut?: boolean;
}

/** What a command is handed. Text in and out is UTF-16; bytes travel as latin-1 text in `stdinBytes` and `outBytes`. */
export interface Io<M = any> {
	/** `argv[0]` is the name it was called by. */
	readonly argv: readonly string[];
	readonly env: Readonly<Record<string, string>>;
	readonly cwd: string;
	readonly machine: M;
	/** All of standard input when it is a pipe or file; `''` when there is none. On a terminal, yield `{read: 'line'}`. */
	readonly stdin: string;
	readonly stdinIsTerminal: boolean;
	/** True when output goes straight to a terminal: curl hides its meter, ls uses columns, ss its wide layout. */
	readonly stdoutIsTerminal: boolean;
	/** Somebody, or a recording of him, can press keys: `press` is answered. */
	readonly hasKeyboard?: boolean;
	/** Terminal size when there is one, else 80x24. */
	readonly columns: number;
	readonly rows: number;
	/** Nobody is there to press ctrl-c: what would go on for ever (`watch`, `-w`, `-f`) should soon end by itself. */
	readonly unattended?: boolean;
	/** Its own; absent where no shell started it. */
	readonly pid?: number;
	/** What the shells of this session run on this machine now, themselves included. */
	processes?(): readonly RunningProcess[];
	/** It was here already, and goes on from what it said with `sleepMs`. */
	readonly resume?: unknown;
	/** Counts a step of what may take many, such as a file that is looked at, as a command of the line; throws beyond the limit. */
	spend?(): void;
	out(text: string): void;
	err(text: string): void;
	/** Absolute path of a name relative to `cwd`, normalised. */
	path(name: string): string;
}

/** Exit status for what the real tool has and the simulation lacks (design rule: loud, never silent). */
export const notSimulatedStatus = 125;

/** A process that a shell of the session runs now, or such a shell itself: what `ps` shows beside the machine's own. */
export interface RunningProcess {
	readonly pid: number;
	/** 0: nobody on this machine. */
	readonly ppid: number;
	readonly argv: readonly string[];
	readonly startedMs: number;
	/** Of a shell that somebody logged in to: sshd stands above it. */
	readonly login?: boolean;
	readonly terminal: boolean;
}
