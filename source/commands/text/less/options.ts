/** The switches of less that are on or off, by their letters. */
export type Toggle = keyof typeof toggles;

/** What it says when `-` and the letter are typed: once off, then on, then (for those with a third position) capital. */
export const toggles = {
	a: ['Search includes displayed screen', 'Search skips displayed screen'],
	e: ["Don't quit at end-of-file", 'Quit at end-of-file', 'e'],
	E: ["Don't quit at end-of-file", 'Quit immediately at end-of-file', 'e'],
	f: ['Open only regular files', 'Open even non-regular files'],
	F: ["Don't quit if end-of-file on first screen", 'Quit if end-of-file on first screen'],
	g: ['Highlight all matches for previous search', 'Highlight only the last match for previous search', 'g'],
	G: ["Don't highlight", 'Highlight all matches for previous search', 'g'],
	i: ['Case is significant in searches', 'Ignore case in searches', 'i'],
	I: ['Case is significant in searches', 'Ignore case in searches and in patterns', 'i'],
	K: ['Interrupt (ctrl-C) returns to prompt', 'Interrupt (ctrl-C) exits less'],
	m: ['Use short prompt', 'Use medium prompt', 'm'],
	M: ['Use short prompt', 'Use long prompt', 'm'],
	n: ["Don't use line numbers", 'Use line numbers', 'n'],
	N: ["Don't use line numbers", 'Constantly display line numbers', 'n'],
	r: ['Display control characters as ^X', 'Display control characters directly (processes ANSI)', 'r'],
	R: ['Display control characters as ^X', 'Display ANSI sequences directly, other control characters as ^X', 'r'],
	s: ['Display all blank lines', 'Squeeze multiple blank lines'],
	S: ['Fold long lines', 'Chop long lines'],
	X: ['Send init strings to terminal', "Don't use termcap init/deinit strings"],
	'~': ['Show tildes after end of file', "Don't show tildes after end of file"],
} as const satisfies Readonly<Record<string, readonly [off: string, on: string, group?: string]>>;

/** Nothing that is shown here depends on them. */
const without = 'BbcCdLqQuUwWh';

const values: Readonly<Record<string, 'number' | 'text'>> = {
	x: 'number',
	z: 'number',
	j: 'number',
	b: 'number',
	h: 'number',
	y: 'number',
	p: 'text',
};

const longNames: Readonly<Record<string, string>> = {
	'search-skip-screen': 'a',
	'quit-at-eof': 'e',
	'QUIT-AT-EOF': 'E',
	force: 'f',
	'quit-if-one-screen': 'F',
	'hilite-search': 'g',
	'HILITE-SEARCH': 'G',
	'ignore-case': 'i',
	'IGNORE-CASE': 'I',
	'quit-on-intr': 'K',
	'long-prompt': 'm',
	'LONG-PROMPT': 'M',
	'line-numbers': 'n',
	'LINE-NUMBERS': 'N',
	'raw-control-chars': 'r',
	'RAW-CONTROL-CHARS': 'R',
	'squeeze-blank-lines': 's',
	'chop-long-lines': 'S',
	'no-init': 'X',
	tilde: '~',
	tabs: 'x',
	window: 'z',
	pattern: 'p',
	'jump-target': 'j',
	buffers: 'b',
	'clear-screen': 'c',
	quiet: 'q',
	silent: 'q',
	'hilite-unread': 'w',
};

export interface LessOptions {
	readonly on: ReadonlySet<Toggle>;
	readonly tab: number;
	/** How far space and b go; 0: a screen. */
	readonly window: number;
	/** The row of the screen where what is looked for is shown. */
	readonly target: number;
	/** Commands for its start: `+G`, `-p pods`. */
	readonly first: readonly string[];
}

export interface Parsed {
	readonly options: LessOptions;
	readonly names: readonly string[];
	/** What is wrong, in less's words, with what was given. */
	readonly problem?: string;
	/** What the real one has and this one lacks. */
	readonly missing?: string;
	readonly asks?: 'version' | 'help';
}

export const plainOptions: LessOptions = {on: new Set(), tab: 8, window: 0, target: 1, first: []};

export const isToggle = (letter: string): letter is Toggle => Object.hasOwn(toggles, letter);

/** `-i` after `-I`: of a group only the last holds; what is on goes off. */
export function toggled(on: ReadonlySet<Toggle>, letter: Toggle, to = !on.has(letter)): ReadonlySet<Toggle> {
	const group: string | undefined = (toggles[letter] as readonly string[])[2];
	const kept = [...on].filter(each => each !== letter && (group === undefined || (toggles[each] as readonly string[])[2] !== group));
	return new Set(to ? [...kept, letter] : kept);
}

/** The variable LESS first, then the words of the line. */
export function parseLess(words: readonly string[], fromEnvironment = ''): Parsed {
	const given = fromEnvironment.split(/\s+/).filter(Boolean);
	const before = read(
		given.map(word => (/^[-+]/.test(word) ? word : `-${word}`)),
		plainOptions,
	);
	return before.problem || before.missing ? before : read(words, before.options);
}

function read(words: readonly string[], base: LessOptions): Parsed {
	let options = base;
	const names: string[] = [];
	for (let at = 0; at < words.length; at++) {
		const word = words[at]!;
		if (word === '--') return {options, names: [...names, ...words.slice(at + 1)]};
		if (word === '--version') return {options, names, asks: 'version'};
		if (word === '--help' || word === '-?') return {options, names, asks: 'help'};
		if (word.startsWith('+')) options = {...options, first: [...options.first, word.slice(1)]};
		else if (!word.startsWith('-') || word === '-') names.push(word);
		else {
			const step = readWord(word, words[at + 1], options);
			if (!('options' in step)) return {options, names, ...step};
			options = step.options;
			if (step.took) at++;
		}
	}
	return {options, names};
}

type Step = {readonly options: LessOptions; readonly took?: boolean} | {readonly problem?: string; readonly missing?: string};

function readWord(word: string, next: string | undefined, base: LessOptions): Step {
	let letters = word.slice(1);
	if (word.startsWith('--')) {
		const [, name = '', value] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
		const letter = longNames[name];
		if (letter === undefined) return {problem: `There is no ${name} option ("less --help" for help)`};
		letters = letter + (value ?? '');
	}
	let options = base;
	for (let at = 0; at < letters.length; at++) {
		const letter = letters[at]!;
		if (isToggle(letter)) options = {...options, on: toggled(options.on, letter)};
		else if (Object.hasOwn(values, letter)) {
			const attached = letters.slice(at + 1).replace(/^=/, '');
			const value = attached || next;
			if (value === undefined) return {problem: `Value is required after -${letter}`};
			return {options: valued(options, letter, value), took: attached === ''};
		} else if ('DJkoOPtT"#V'.includes(letter)) return {problem: '', missing: `less -${letter}`};
		else if (!without.includes(letter)) return {problem: `There is no -${letter} option ("less --help" for help)`};
	}
	return {options};
}

function valued(options: LessOptions, letter: string, value: string): LessOptions {
	const number = Number.parseInt(value, 10) || 0;
	if (letter === 'x') return {...options, tab: Math.max(1, number)};
	if (letter === 'z') return {...options, window: number};
	if (letter === 'j') return {...options, target: Math.max(1, number)};
	return letter === 'p' ? {...options, first: [...options.first, `/${value}`]} : options;
}
