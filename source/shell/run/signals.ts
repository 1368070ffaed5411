/** How a command line leaves the straight path. Thrown by the interpreter and its builtins, caught by whoever it is meant for. */
export class Interrupted extends Error {
	override name = 'Interrupted';
}

/** `exit`, `logout`, or `set -e` after a failure: ends this shell. */
export class Exit extends Error {
	readonly status: number;
	constructor(status: number) {
		super('exit');
		this.status = status;
	}
}

export class Return extends Error {
	readonly status: number;
	constructor(status: number) {
		super('return');
		this.status = status;
	}
}

export class LoopJump extends Error {
	readonly kind: 'break' | 'continue';
	readonly levels: number;
	constructor(kind: 'break' | 'continue', levels: number) {
		super(kind);
		this.kind = kind;
		this.levels = levels;
	}
}

/** The reader of a pipe is gone: SIGPIPE. */
export class BrokenPipe extends Error {}

/** What the shell itself complains about; `fatal` ends a script, not only the command. */
export class ShellError extends Error {
	readonly status: number;
	readonly fatal: boolean;
	constructor(message: string, status = 1, fatal = false) {
		super(message);
		this.status = status;
		this.fatal = fatal;
	}
}

/** What cannot be expanded: the rest of the line it stands on is not run, either. */
export class LineError extends ShellError {}

/** In bash it ends a line, in the shells of POSIX the script. */
export class ReadonlyAssignment extends LineError {}

export const statusInterrupted = 130;
export const statusBrokenPipe = 141;
export const statusStopped = 148;
export const statusNotFound = 127;
export const statusNotExecutable = 126;

/** A line ran or printed more than any line should. */
export class LimitReached extends Error {}
