import {bounded, textCost} from '../run/stream.js';

/** A stretch of an expanded word. `quoted`: never split, never a pattern. `split`: came from an expansion, so IFS applies. */
export interface Piece {
	readonly text: string;
	readonly quoted?: boolean;
	readonly split?: boolean;
	/** A field ends here whatever IFS says: between the elements of "$@". */
	readonly boundary?: boolean;
	/** "$@" without elements: the word vanishes if nothing else is in it. */
	readonly nothing?: boolean;
}

export interface Field {
	readonly text: string;
	/** The same with quoted pattern characters escaped. */
	readonly pattern: string;
	readonly isPattern: boolean;
}

const patternCharacter = /[*?[\]\\()|!+@]/g;
export const escapePattern = (text: string): string => text.replaceAll(patternCharacter, '\\$&');
/** `*`, `?` or a bracket with an end; extended patterns `@(` `+(` `!(`. */
const hasPattern = /[*?]|\[[^\]]*\]|[@+!]\(/;

/** Cuts pieces into fields (POSIX 2.6.5): IFS blanks melt together, other IFS characters each end a field. */
export function toFields(pieces: readonly Piece[], ifs: string): Field[] {
	const fields: Field[] = [];
	let text = '';
	let pattern = '';
	let isPattern = false;
	let begun = false;
	let room = 0;
	const end = () => {
		room += text.length + textCost;
		bounded(room, 'what one word stands for');
		if (begun) fields.push({text, pattern, isPattern});
		text = '';
		pattern = '';
		isPattern = false;
		begun = false;
	};
	const add = (piece: Piece, value: string) => {
		begun = true;
		text += value;
		pattern += piece.quoted ? escapePattern(value) : value;
		isPattern ||= !piece.quoted && hasPattern.test(value);
	};
	const blanks = [...ifs].filter(character => ' \t\n'.includes(character)).join('');
	const others = [...ifs].filter(character => !' \t\n'.includes(character)).join('');
	for (const piece of pieces) {
		if (piece.boundary) {
			// Unquoted, an element that is empty is no field; between quotes it is one.
			begun ||= !piece.nothing;
			end();
		} else if (piece.nothing) {
		} else if (!piece.split || piece.quoted || ifs === '') {
			if (piece.text !== '' || piece.quoted) add(piece, piece.text);
		} else
			splitPiece(
				piece,
				blanks,
				others,
				add,
				end,
				() => begun,
				() => (begun = true),
			);
	}

	end();
	return fields;
}

function splitPiece(
	piece: Piece,
	blanks: string,
	others: string,
	add: (piece: Piece, value: string) => void,
	end: () => void,
	isBegun: () => boolean,
	begin: () => void,
) {
	const {text} = piece;
	let at = 0;
	while (at < text.length) {
		const start = at;
		while (at < text.length && !blanks.includes(text[at]!) && !others.includes(text[at]!)) at++;
		if (at > start) add(piece, text.slice(start, at));
		if (at >= text.length) return;
		let hard = false;
		while (at < text.length && blanks.includes(text[at]!)) at++;
		if (at < text.length && others.includes(text[at]!)) {
			hard = true;
			at++;
			while (at < text.length && blanks.includes(text[at]!)) at++;
		}

		if (hard && !isBegun()) begin();
		end();
	}
}
