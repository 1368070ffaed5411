/** What the program sees of the real machine. `main.ts` hands in the real one, tests a made-up one. */
export interface Host {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly stdinIsTerminal: boolean;
	readonly stdoutIsTerminal: boolean;
	readonly columns: number;
	readonly rows: number;
	/** Resolves when the text was taken, so that a slow pipe is not flooded. */
	out(text: string): Promise<void>;
	err(text: string): void;
	/** All of standard input. */
	readStdin(): Promise<Uint8Array>;
	/** Standard input line by line, as it comes. */
	stdinLines(): AsyncIterable<string>;
}

/** `NO_COLOR`, a pipe and a dumb terminal all mean plain text. */
export const wantsColour = (host: Host): boolean => host.stdoutIsTerminal && !host.env['NO_COLOR'] && host.env['TERM'] !== 'dumb';

/** The full-screen application needs both ends and cursor movement. */
export const hasScreen = (host: Host): boolean => host.stdinIsTerminal && host.stdoutIsTerminal && host.env['TERM'] !== 'dumb';
