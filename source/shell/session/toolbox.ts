import type {Command as CommandNode, Script, Statement} from '../syntax/ast.js';
import type {ShellMachine} from '../machine.js';

/** What just-bash gives us: a parser for bash, and some twenty text tools. */
export interface Toolbox {
	/** Throws `SyntaxFault`. */
	parse(text: string): Script;
	/** The source text of a command. */
	write(command: CommandNode): string;
	writeStatement(statement: Statement): string;
	has(tool: string): boolean;
	run(tool: string, args: readonly string[], context: ToolContext): Promise<ToolResult>;
}

export interface ToolContext {
	readonly machine: ShellMachine;
	readonly cwd: string;
	readonly env: Readonly<Record<string, string>>;
	readonly stdin: string;
	readonly signal: AbortSignal | undefined;
	/** For tools that run others (`find -exec`, awk's `system`). */
	exec(words: readonly string[] | string, stdin: string, cwd: string): Promise<ToolResult>;
}

export interface ToolResult {
	readonly stdout: string;
	readonly stderr: string;
	readonly exitCode: number;
}

/** Why a text is no command line: the token that was not expected, or an end that came too early. */
export class SyntaxFault extends Error {
	readonly line: number;
	readonly column: number;
	/** The unexpected token; `undefined` when the end of the input was. */
	readonly token: string | undefined;
	/** The quote or bracket that was never closed. */
	readonly open: string | undefined;

	constructor(fault: {line: number; column: number; token?: string; open?: string}) {
		super('syntax error');
		this.line = fault.line;
		this.column = fault.column;
		this.token = fault.token;
		this.open = fault.open;
	}
}

/** Tools of just-bash that a machine may have. The rest of its tools are ours (they know the virtual clock, users, columns) or not found on RHEL. */
export const toolNames: readonly string[] = ['column', 'file', 'gunzip', 'gzip', 'readlink', 'tar', 'tee', 'tree', 'yq', 'zcat'];
