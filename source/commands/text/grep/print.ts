import type {Patterns} from './pattern.js';
import type {Found} from './search.js';

export interface PrintOptions {
	readonly names: boolean;
	readonly numbers: boolean;
	readonly offsets: boolean;
	/** A tab before the text. */
	readonly tab: boolean;
	/** Names end with NUL. */
	readonly nul: boolean;
	readonly end: string;
	/** Matches to paint; undefined: no colour. */
	readonly paint: Patterns | undefined;
}

const colour = (code: string, text: string): string => `\u001b[${code}m\u001b[K${text}\u001b[m\u001b[K`;

/** One found line as grep writes it: name, number and offset before it. */
export function foundText(name: string, found: Found | string, options: PrintOptions): string {
	const {paint, end} = options;
	const dye = (code: string, text: string) => (paint ? colour(code, text) : text);
	if (typeof found === 'string') return `${dye('36', found)}${end}`;
	const mark = dye('36', found.context ? '-' : ':');
	const width = options.tab ? 4 : 0;
	const heads = [
		options.names && dye('35', name) + (options.nul ? '\0' : mark),
		options.numbers && dye('32', String(found.line).padStart(width)) + mark,
		options.offsets && dye('32', String(found.offset).padStart(options.tab ? 7 : 0)) + mark,
	].filter(head => head !== false);
	const tab = options.tab && heads.length > 0 ? '\t' : '';
	return heads.join('') + tab + (paint && !found.context ? painted(found.text, paint) : found.text) + end;
}

function painted(text: string, patterns: Patterns): string {
	let result = '';
	let from = 0;
	for (const part of patterns.parts(text)) {
		result += text.slice(from, part.at) + colour('01;31', part.text);
		from = part.at + part.text.length;
	}

	return result + text.slice(from);
}
