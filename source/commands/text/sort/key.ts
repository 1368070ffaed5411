/** How keys are compared; `-n`, `-h` and so on. */
export type Letter = 'b' | 'd' | 'f' | 'g' | 'h' | 'i' | 'M' | 'n' | 'R' | 'r' | 'V';

/** What `-k` names: from a character of a field to a character of another. */
export interface Key {
	/** Fields and characters before the key. */
	readonly fromField: number;
	readonly fromCharacter: number;
	/** Absent: to the end of the line. */
	readonly toField?: number;
	readonly toCharacter?: number;
	readonly skipsBlanksFrom: boolean;
	readonly skipsBlanksTo: boolean;
	readonly letters: ReadonlySet<Letter>;
}

export const keyLetters = 'bdfghiMnRrV';

/** Why a key is none, in GNU's words. */
export class KeyError extends Error {}

const bad = (why: string, text: string) => new KeyError(`${why}: invalid field specification ‘${text}’`);

/** `F[.C][OPTS][,F[.C][OPTS]]` */
export function parseKey(text: string): Key {
	let at = 0;
	const number = (): number | undefined => {
		const digits = /^\d+/.exec(text.slice(at))?.[0];
		if (digits === undefined) return undefined;
		at += digits.length;
		return Number(digits);
	};
	const options = (): string => {
		const found = /^[a-zA-Z]*/.exec(text.slice(at))![0];
		const known = [...found].findIndex(letter => !keyLetters.includes(letter));
		const taken = known === -1 ? found : found.slice(0, known);
		at += taken.length;
		return taken;
	};
	const position = (where: string, zeroAllowed: boolean) => {
		const start = at;
		const field = number();
		if (field === undefined) throw new KeyError(`invalid number ${where}: invalid count at start of ‘${text.slice(start)}’`);
		if (field === 0) throw bad('field number is zero', text);
		if (text[at] !== '.') return {field, character: undefined};
		at++;
		const character = number();
		if (character === undefined) throw new KeyError(`invalid number after '.': invalid count at start of ‘${text.slice(at)}’`);
		if (character === 0 && !zeroAllowed) throw bad('character offset is zero', text);
		return {field, character};
	};
	const from = position('at field start', false);
	const fromOptions = options();
	let to: {field: number; character: number | undefined} | undefined;
	let toOptions = '';
	if (text[at] === ',') {
		at++;
		to = position("after ','", true);
		toOptions = options();
	}

	if (at < text.length) throw bad('stray character in field spec', text);
	return {
		fromField: from.field - 1,
		fromCharacter: (from.character ?? 1) - 1,
		...(to && {toField: to.field, toCharacter: to.character ?? 0}),
		skipsBlanksFrom: fromOptions.includes('b'),
		skipsBlanksTo: toOptions.includes('b'),
		letters: new Set([...fromOptions, ...toOptions] as Letter[]),
	};
}

const isBlank = (char: string | undefined): boolean => char === ' ' || char === '\t' || char === '\n';

/** The part of a line that a key names. */
export function keyOf(line: string, key: Key, tab: string | undefined): string {
	const start = beginOf(line, key, tab);
	return line.slice(start, Math.max(start, endOf(line, key, tab)));
}

function beginOf(line: string, {fromField, fromCharacter, skipsBlanksFrom}: Key, tab: string | undefined): number {
	let at = 0;
	for (let fields = fromField; fields > 0 && at < line.length; fields--) {
		at = endOfField(line, at, tab);
		if (tab !== undefined && at < line.length) at++;
	}

	if (skipsBlanksFrom) while (isBlank(line[at])) at++;
	return Math.min(line.length, at + fromCharacter);
}

function endOf(line: string, {toField, toCharacter = 0, skipsBlanksTo}: Key, tab: string | undefined): number {
	if (toField === undefined) return line.length;
	let at = 0;
	for (let fields = toCharacter === 0 ? toField : toField - 1; fields > 0 && at < line.length; fields--) {
		at = endOfField(line, at, tab);
		if (tab !== undefined && at < line.length && (fields > 1 || toCharacter > 0)) at++;
	}

	if (toCharacter === 0) return at;
	if (skipsBlanksTo) while (isBlank(line[at])) at++;
	return Math.min(line.length, at + toCharacter);
}

/** Without a separator a field begins with the blanks before it. */
function endOfField(line: string, from: number, tab: string | undefined): number {
	if (tab !== undefined) {
		const found = line.indexOf(tab, from);
		return found === -1 ? line.length : found;
	}

	let at = from;
	while (at < line.length && isBlank(line[at])) at++;
	while (at < line.length && !isBlank(line[at])) at++;
	return at;
}
