import type {Machine} from '../../node/host/machine.js';

/** A shell script that runs, as plain data: when it sleeps it can be saved, and goes on in another life of the world. */
export interface ScriptState {
	/** Text that was parsed, by number; nodes are numbered within one. */
	sources: string[];
	tasks: Record<string, Task>;
	nextTask: number;
	pipes: Record<string, Pipe>;
	/** Printed so far, when somebody wants to have it (a hook, a probe). */
	stdout?: string;
	stderr?: string;
	hook?: boolean;
	/** Signals that have come and are not yet dealt with. */
	pending: string[];
}

/** One shell: the script itself, a subshell, a part of a pipeline, a background job. */
export interface Task {
	id: number;
	parent: number;
	frames: Frame[];
	vars: Record<string, string>;
	exported: string[];
	functions: Record<string, NodeRef>;
	positional: string[];
	name: string;
	/** The shell that `$$` means: 1 is the process itself. */
	shellId: number;
	cwd: string;
	fds: Record<string, Fd>;
	/** `$?` */
	status: number;
	/** `$!` */
	lastJob: number;
	traps: Record<string, string>;
	/** `set -e` and the like. */
	options: string;
	wait?: Wait;
	done?: boolean;
}

export type NodeRef = readonly [source: number, node: number];

export interface Pipe {
	data: string;
	writers: number;
}

export type Fd =
	| {readonly kind: 'stdin'}
	| {readonly kind: 'out'; readonly stream: 'stdout' | 'stderr'}
	| {readonly kind: 'file'; readonly path: string}
	/** Input that is all there: a file that was opened for reading, a here-document. */
	| {readonly kind: 'text'; text: string}
	| {readonly kind: 'pipe'; readonly id: string; readonly end: 'read' | 'write'}
	| {readonly kind: 'null'};

export type Wait =
	| {readonly kind: 'sleep'; readonly untilMs: number; readonly loop: boolean}
	| {readonly kind: 'tasks'; readonly ids: readonly number[]; readonly interruptible?: boolean}
	| {readonly kind: 'process'; readonly pid: number; code?: number}
	| {readonly kind: 'input'; readonly pipe: string; readonly closed?: boolean}
	| {readonly kind: 'ever'};

export type Frame =
	| {readonly kind: 'list'; readonly nodes: readonly NodeRef[]; at: number}
	| {readonly kind: 'statement'; readonly node: NodeRef; at: number}
	| {readonly kind: 'pipeline'; readonly ids: readonly number[]; readonly negated: boolean}
	| {readonly kind: 'negate'}
	| {readonly kind: 'if'; readonly node: NodeRef; clause: number; stage: 'test' | 'tested' | 'done'}
	| {readonly kind: 'loop'; readonly node: NodeRef; stage: 'test' | 'tested'; last: number}
	| {readonly kind: 'for'; readonly node: NodeRef; readonly words: readonly string[]; at: number}
	| {readonly kind: 'call'; readonly positional: readonly string[]; readonly saved: Record<string, string | null>}
	| {readonly kind: 'restore'; readonly fds: Record<string, Fd>; readonly opened: readonly string[]}
	| {
			readonly kind: 'command';
			readonly argv: readonly string[];
			readonly env: Record<string, string>;
			begun?: boolean;
			memory?: {value?: unknown};
	  }
	| {readonly kind: 'trap'; readonly status: number};

/** What one run of the interpreter works with. */
export interface Run {
	readonly machine: Machine;
	readonly state: ScriptState;
	/** Pid of the process that interprets. */
	readonly pid: number;
	/** Everything at once: a sleep only adds to `tookMs`. */
	readonly atOnce: boolean;
	tookMs: number;
	steps: number;
	/** `sh` as Debian's dash or BusyBox's ash names itself in messages. */
	readonly shell: string;
	write(stream: 'stdout' | 'stderr', text: string): void;
	/** Starts a program of the image as a child. */
	spawn(argv: readonly string[]): {pid: number} | {error: string} | undefined;
}

export const now = (run: Run): number => run.machine.sim.clock.now() + run.tookMs;

/** What only repeats itself need not keep the world from settling. */
export const insideLoop = ({state}: Run): boolean =>
	Object.values(state.tasks).some(task => task.frames.some(frame => frame.kind === 'loop'));

export const newTask = (id: number, parent: number, from: Partial<Task>): Task => ({
	id,
	parent,
	frames: [],
	vars: {},
	exported: [],
	functions: {},
	positional: [],
	name: 'sh',
	shellId: 1,
	cwd: '/',
	fds: {'0': {kind: 'stdin'}, '1': {kind: 'out', stream: 'stdout'}, '2': {kind: 'out', stream: 'stderr'}},
	status: 0,
	lastJob: 0,
	traps: {},
	options: '',
	...from,
});
