/** One key as the terminal sent it. */
export interface KeyPress {
	/** `a`, `return`, `ctrl-t`, `alt-1`, `shift-up`, `pageUp`; `paste` for text that was pasted. */
	readonly name: string;
	/** What it would write: a character, or the whole of a paste; else ''. */
	readonly text: string;
}

export interface KeyReader {
	/** The keys of a chunk of input; the beginning of a sequence waits for the rest. */
	read(chunk: string): KeyPress[];
	/** Nothing came after it for a while: what waits is a key of its own, an Escape. */
	flush(): KeyPress[];
	/** Something waits for `flush`. */
	readonly waiting: boolean;
}

const pasteStart = '\u001b[200~';
const pasteEnd = '\u001b[201~';

/** Reads a terminal's bytes. Type-ahead, pastes and keys come in chunks of any size, cut anywhere. */
export function createKeyReader(): KeyReader {
	let rest = '';
	const take = (final: boolean): KeyPress[] => {
		const keys: KeyPress[] = [];
		while (rest !== '') {
			const found = readKey(rest, final);
			if (!found) break;
			rest = rest.slice(found.length);
			if (found.key) keys.push(found.key);
		}
		return keys;
	};
	return {
		read(chunk) {
			rest += chunk;
			return take(false);
		},
		flush: () => take(true),
		get waiting() {
			return rest !== '' && !rest.startsWith(pasteStart);
		},
	};
}

interface Found {
	readonly key?: KeyPress;
	readonly length: number;
}

/** The first key of a text; `undefined` when only its beginning is there. */
function readKey(text: string, final: boolean): Found | undefined {
	if (text[0] !== '\u001b') {
		const character = String.fromCodePoint(text.codePointAt(0)!);
		// One line end, although it is two characters.
		return {key: plainKey(character), length: text.startsWith('\r\n') ? 2 : character.length};
	}
	if (text.startsWith(pasteStart)) {
		const end = text.indexOf(pasteEnd);
		if (end < 0) return undefined;
		return {key: {name: 'paste', text: text.slice(pasteStart.length, end).replaceAll(/\r\n?/g, '\n')}, length: end + pasteEnd.length};
	}
	const sequence = /^\u001b(?:\[[0-9;:?<=>]*[ -/]*[@-~]|O[A-Za-z])/.exec(text)?.[0];
	if (sequence) {
		const name = sequenceName(sequence);
		return {...(name && {key: {name, text: ''}}), length: sequence.length};
	}
	if (!final && /^\u001b(?:$|\[[\d;]*$|O$)/.test(text)) return undefined;
	if (text.length === 1 || text[1] === '\u001b') return {key: escapeKey, length: 1};
	const next = readKey(text.slice(1), true)!;
	return {key: {name: `alt-${next.key!.name}`, text: next.key!.text}, length: 1 + next.length};
}

const escapeKey: KeyPress = {name: 'escape', text: ''};

const controls: Readonly<Record<string, string>> = {
	// A terminal that is not in raw mode yet makes a line feed of Enter.
	'\n': 'return',
	'\r': 'return',
	'\t': 'tab',
	'\u007f': 'backspace',
	'\0': 'ctrl-space',
};

function plainKey(character: string): KeyPress {
	const name = controls[character];
	if (name) return {name, text: ''};
	if (character < ' ') return {name: `ctrl-${String.fromCharCode(character.charCodeAt(0) + 0x40).toLowerCase()}`, text: ''};
	return {name: character, text: character};
}

const letters: Readonly<Record<string, string>> = {
	A: 'up',
	B: 'down',
	C: 'right',
	D: 'left',
	F: 'end',
	H: 'home',
	M: 'return',
	P: 'f1',
	Q: 'f2',
	R: 'f3',
	S: 'f4',
};
const numbers: Readonly<Record<string, string>> = {
	1: 'home',
	2: 'insert',
	3: 'delete',
	4: 'end',
	5: 'pageUp',
	6: 'pageDown',
	7: 'home',
	8: 'end',
	11: 'f1',
	12: 'f2',
	13: 'f3',
	14: 'f4',
	15: 'f5',
	17: 'f6',
	18: 'f7',
	19: 'f8',
	20: 'f9',
	21: 'f10',
	23: 'f11',
	24: 'f12',
};
/** What rxvt sends for ctrl- and shift-arrows. */
const rxvt: Readonly<Record<string, string>> = {a: 'up', b: 'down', c: 'right', d: 'left'};

/** Arrows and their like, with what is held down: 1 + shift + 2 alt + 4 ctrl. Answers of the terminal have no name. */
function sequenceName(sequence: string): string | undefined {
	if (sequence === '\u001b[Z') return 'shift-tab';
	const old = /^\u001b([O[])([abcd])$/.exec(sequence);
	if (old) return `${old[1] === 'O' ? 'ctrl' : 'shift'}-${rxvt[old[2]!]}`;
	const match = /^\u001b[[O](?:(\d+)(?:;(\d+))?)?([A-Za-z~])$/.exec(sequence);
	if (!match) return undefined;
	const [, number = '', held = '1', last = ''] = match;
	const name = last === '~' ? numbers[number] : letters[last];
	if (!name) return undefined;
	const bits = Number(held) - 1;
	return `${bits & 2 ? 'alt-' : ''}${bits & 4 ? 'ctrl-' : ''}${bits & 1 ? 'shift-' : ''}${name}`;
}
