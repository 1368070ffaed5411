import type {Command, Script, Statement, Word} from '../syntax/ast.js';
import type {Piece} from '../expand/piece.js';
import type {Shell} from '../shell.js';
import type {Streams} from './streams.js';

/** Where words are expanded and commands run: a shell, its descriptors, and the way back to the interpreter. */
export interface Scope {
	readonly shell: Shell;
	readonly streams: Streams;
	/** The same shell with other descriptors. */
	with(streams: Streams): Scope;
	/** Runs statements in this very shell; answers with the last status. */
	run(statements: readonly Statement[]): Promise<number>;
	runCommand(command: Command): Promise<number>;
	/** Runs statements in a copy of the shell, whose `exit` ends only the copy. */
	/** Runs what is no part of this shell, and can be stopped. */
	foreground(text: () => string, run: (scope: Scope) => Promise<number>): Promise<number>;
	subshell(statements: readonly Statement[], streams?: Streams): Promise<number>;
	/** `$( )`: the output without its last newlines. */
	capture(script: Script): Promise<string>;
	/** `<( )`, `>( )`: a path that leads to the process. */
	processPath(script: Script, direction: 'input' | 'output'): Promise<string>;
	parse(text: string): Promise<Script>;
	/** A word as one text, neither split nor matched with files. */
	text(word: Word): Promise<string>;
	/** As a pattern: quoted characters are escaped. */
	pattern(word: Word): Promise<string>;
	pieces(word: Word, quoted: boolean): Promise<Piece[]>;
}
