/** A process, as plain data. What it does is the business of the program registered under `program`. */
export interface Process {
	readonly pid: number;
	readonly ppid: number;
	readonly user: string;
	readonly argv: readonly string[];
	/** The entry point script that became `argv` when it had done its part. */
	readonly wrapper?: string;
	/** Name of a program in `images/index.ts` or of a host daemon; `''` for one that only shows up in `ps`. */
	readonly program: string;
	/** The container it belongs to, `''` for a process of the host itself. */
	readonly container: string;
	/** Virtual milliseconds since 1970. */
	readonly startedMs: number;
	/** Pid inside its container. */
	readonly innerPid?: number;
	readonly tty?: string;
	/** The program's own memory: plain data, replaced whole. */
	readonly memory?: unknown;
}

/** The processes of one machine (a node with all its containers, or `reg`). */
export interface Processes {
	start(process: Omit<Process, 'pid' | 'startedMs'> & {pid?: number}): Process;
	get(pid: number): Process | undefined;
	/** By pid, ascending. */
	list(): readonly Process[];
	/** The words of each, in that order: the same array until a process begins, ends or renames itself. */
	commandLines(): ReadonlyArray<readonly string[]>;
	update(pid: number, change: Partial<Pick<Process, 'memory' | 'argv'>>): void;
	/** Takes it from the table; whoever supervises it is told by the runtime, not here. */
	end(pid: number): void;
}
