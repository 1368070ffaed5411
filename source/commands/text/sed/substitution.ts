import {bounded} from '../../../shell/run/stream.js';
import {unescapeCharacters} from './escapes.js';

/** A piece of the right side of `s`: text, a group (0 is the whole match), or a change of case. */
export type Piece = {readonly text: string} | {readonly group: number} | {readonly letters: 'U' | 'L' | 'E' | 'u' | 'l'};

export interface Substitution {
	/** Absent: the pattern used last. */
	readonly regex: RegExp | undefined;
	readonly pieces: readonly Piece[];
	readonly global: boolean;
	/** How many times it is printed. */
	readonly print: boolean;
	readonly evaluate: boolean;
	/** Only from this match on. */
	readonly nth: number;
	readonly file: string | undefined;
}

export function parseReplacement(text: string): Piece[] {
	const pieces: Piece[] = [];
	let plain = '';
	const flush = () => {
		if (plain !== '') pieces.push({text: plain});
		plain = '';
	};
	const source = [...unescapeCharacters(text)];
	for (let at = 0; at < source.length; at++) {
		const character = source[at]!;
		if (character === '&') {
			flush();
			pieces.push({group: 0});
		} else if (character !== '\\') plain += character;
		else {
			const next = source[++at] ?? '\\';
			if (/\d/.test(next)) {
				flush();
				pieces.push({group: Number(next)});
			} else if (/[ULEul]/.test(next)) {
				flush();
				pieces.push({letters: next as 'U'});
			} else plain += next === 'n' ? '\n' : next;
		}
	}

	flush();
	return pieces;
}

/** No file is larger. */
export const spaceMebibytes = 16;
const flatLength = 4096;

/** Node keeps what was joined as a tree of its parts, thirty bytes each, until somebody looks at a character. */
function flat(text: string): string {
	text.charCodeAt(0);
	return text;
}

/** The text with its matches replaced; undefined when nothing matched. */
export function substitute(text: string, {pieces, global, nth}: Substitution, regex: RegExp): string | undefined {
	const done: string[] = [];
	let length = 0;
	let result = '';
	let from = 0;
	let count = 0;
	let lastEnd = -1;
	regex.lastIndex = 0;
	for (let match = regex.exec(text); match; match = regex.exec(text)) {
		const end = match.index + match[0].length;
		const empty = match[0] === '';
		if (empty) regex.lastIndex = end + (text.codePointAt(end)! > 0xffff ? 2 : 1);
		// An empty match right behind a match does not count.
		if (empty && match.index === lastEnd) continue;
		lastEnd = end;
		if (++count < nth) continue;
		result += text.slice(from, match.index) + filled(pieces, match);
		if (result.length > flatLength) {
			done.push(flat(result));
			length += result.length;
			bounded(length, 'the pattern space', spaceMebibytes);
			result = '';
		}

		from = end;
		if (!global) break;
	}

	return count < nth ? undefined : done.join('') + result + text.slice(from);
}

function filled(pieces: readonly Piece[], match: RegExpExecArray): string {
	let result = '';
	let letters: 'U' | 'L' | undefined;
	let once: 'u' | 'l' | undefined;
	for (const piece of pieces) {
		if ('letters' in piece) {
			if (piece.letters === 'u' || piece.letters === 'l') once = piece.letters;
			else letters = piece.letters === 'E' ? undefined : piece.letters;
			continue;
		}

		let text = 'text' in piece ? piece.text : (match[piece.group] ?? '');
		if (text === '') continue;
		if (letters) text = letters === 'U' ? text.toUpperCase() : text.toLowerCase();
		if (once) text = (once === 'u' ? text[0]!.toUpperCase() : text[0]!.toLowerCase()) + text.slice(1);
		once = undefined;
		result += text;
	}

	return result;
}
