import type {Run, Task, Wait} from './state.js';

/** What a command of a container script is handed. */
export interface Call {
	readonly run: Run;
	readonly task: Task;
	/** `argv[0]` is its own name. */
	readonly argv: readonly string[];
	readonly env: Readonly<Record<string, string>>;
	/** What it remembers, as plain data, while it waits. */
	readonly memory: {value?: unknown};
	/** What has come on standard input since the last time; `ended` when no more will come. */
	read(): {readonly text: string; readonly ended: boolean};
	out(text: string): void;
	err(text: string): void;
	/** Absolute path of a name. */
	path(name: string): string;
}

/** An exit status; or what it waits for, after which it is called again, or (`after`) is over with that status. */
export type Answer = number | {readonly wait: Wait; readonly after?: number};

export interface ScriptCommand {
	readonly name: string;
	/** Works on what has come so far, again and again until standard input has ended. */
	readonly streaming?: boolean | ((argv: readonly string[]) => boolean);
	/** Does not look at standard input. */
	readonly noInput?: boolean;
	run(call: Call): Answer;
}

export const waitForInput = (task: Task): Wait | undefined => {
	const fd = task.fds['0'];
	return fd?.kind === 'pipe' ? {kind: 'input', pipe: fd.id} : undefined;
};
