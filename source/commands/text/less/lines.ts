import type {LessOptions} from './options.js';

/** What less has read of a file or of a pipe. */
export interface Text {
	readonly name: string;
	readonly lines: string[];
	/** Bytes that have come. */
	bytes: number;
	/** What came behind the last line end. */
	rest: string;
	/** More may come. */
	open: boolean;
}

export const newText = (name: string): Text => ({name, lines: [], bytes: 0, rest: '', open: true});

const encoder = new TextEncoder();
/** Bytes, each that is no UTF-8 being one letter (`shell/run/stream.ts`). */
export const sizeOf = (text: string): number => encoder.encode(text.replaceAll(/[\udc80-\udcff](?<![\ud800-\udbff].)/g, '?')).length;

export function addText(text: Text, chunk: string): void {
	text.bytes += sizeOf(chunk);
	const lines = (text.rest + chunk).split('\n');
	text.rest = lines.pop()!;
	for (const line of lines) text.lines.push(line);
}

/** The end has been seen: what has no line end is a line, too. */
export function endText(text: Text): void {
	if (text.rest !== '') text.lines.push(text.rest);
	text.rest = '';
	text.open = false;
}

/** The numbers of the lines that are shown: those of a filter, and blank ones once. Undefined: all. */
export function shownOf({lines}: Text, {on}: LessOptions, filter: ((line: string) => boolean) | undefined): number[] | undefined {
	if (!filter && !on.has('s')) return undefined;
	const isBlank = (at: number) => at >= 0 && lines[at] === '';
	return lines.flatMap((line, at) => ((filter && !filter(line)) || (on.has('s') && isBlank(at) && isBlank(at - 1)) ? [] : [at]));
}

/** Without colours, where they are not shown as letters: what is searched. */
export const plainOf = (line: string, {on}: LessOptions): string => (on.has('R') || on.has('r') ? line.replaceAll(colour, '') : line);
export const colour = /\u001b\[[0-9;:]*m/g;
