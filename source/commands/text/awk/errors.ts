/** A program that is none: what stands before each line of the message, the line, and where in it. */
export class AwkSyntaxError extends Error {}

/** What ends a running program: `fatal:` of gawk, exit status 2. */
export class AwkFatal extends Error {
	/** Where the program was: `cmd. line:1: `. */
	readonly place: string;

	constructor(message: string, place = '') {
		super(message);
		this.place = place;
	}
}

/** The two lines gawk prints for a mistake in a program. Source: awkgram.y, yyerror. */
export function syntaxError(source: string, place: (line: number) => string, line: number, at: number, message: string): AwkSyntaxError {
	const start = source.lastIndexOf('\n', at - 1) + 1;
	const end = source.indexOf('\n', start);
	const text = source.slice(start, end < 0 ? undefined : end);
	const blank = source.slice(start, at).replaceAll(/[^\t]/g, ' ');
	return new AwkSyntaxError(`${place(line)}: ${text}\n${place(line)}: ${blank}^ ${message}`);
}
