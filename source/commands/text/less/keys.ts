import {backward, beginning, forward, need, type Pager, placesOf, redraw, type Steps, toEnd, toLine} from './pager.js';
import {positionText} from './prompt.js';
import {changeFile, openFile} from './files.js';
import {follow} from './follow.js';
import {sizeOf} from './lines.js';
import {showOption, toggleOption} from './toggle.js';
import {remember, repeatSearch} from './look-for.js';

/** `quit` ends less. */
export type Told = 'quit' | 'help' | undefined;
/** What a key does. `count`: the number that was typed before it. */
export type Act = (pager: Pager, count: number | undefined) => Steps<Told> | Steps;

const windowOf = ({options, rows}: Pager) => options.window || rows - 1;
const halfOf = (pager: Pager, count: number | undefined) => (pager.half = count ?? pager.half ?? Math.floor((pager.rows + 1) / 2));

function* down(pager: Pager, count = 1): Steps {
	yield* forward(pager, count);
}

function* up(pager: Pager, count = 1): Steps {
	backward(pager, count);
}

function* toStart(pager: Pager, count = 1): Steps {
	remember(pager);
	yield* toLine(pager, count - 1);
}

function* toLast(pager: Pager, count: number | undefined): Steps {
	remember(pager);
	yield* count === undefined ? toEnd(pager) : toLine(pager, count - 1);
}

function* toPercent(pager: Pager, count = 0): Steps {
	remember(pager);
	yield* need(pager, Number.POSITIVE_INFINITY);
	const {lines, bytes} = pager.text;
	const wanted = (bytes * Math.min(100, count)) / 100;
	let [line, passed] = [0, 0];
	while (line < lines.length - 1 && (passed += sizeOf(lines[line]!) + 1) <= wanted) line++;
	yield* toLine(pager, line);
}

function* sideways(pager: Pager, columns: number): Steps {
	pager.shift = Math.max(0, pager.shift + columns);
	pager.top = {line: pager.top.line, row: 0};
	redraw(pager);
}

const ask = (sign: string): Act =>
	function* (pager) {
		pager.typing = {sign, text: ''};
	};
const begin = (pending: string): Act =>
	function* (pager) {
		pager.pending = pending;
	};
const lacking = (what: string): Act =>
	function* (pager) {
		pager.message = `kubelab: not simulated: less's ${what}`;
	};

function* say(pager: Pager, message: string): Steps {
	pager.message = message;
}

function* tell(what: 'quit' | 'help'): Steps<Told> {
	return what;
}

const rows: ReadonlyArray<readonly [keys: string, act: Act]> = [
	['q Q :q :Q ZZ', () => tell('quit')],
	['h H', () => tell('help')],
	['e ctrl-e j ctrl-n return down', down],
	['y ctrl-y k ctrl-k ctrl-p up', up],
	['J', (pager, count = 1) => forward(pager, count, true)],
	['K Y', up],
	['f ctrl-f ctrl-v space pageDown', (pager, count = windowOf(pager)) => forward(pager, count)],
	['b ctrl-b ESCv pageUp', (pager, count = windowOf(pager)) => up(pager, count)],
	['z', (pager, count) => forward(pager, setWindow(pager, count))],
	['w', (pager, count) => up(pager, setWindow(pager, count))],
	['ESCspace', (pager, count = windowOf(pager)) => forward(pager, count, true)],
	['d ctrl-d', (pager, count) => forward(pager, halfOf(pager, count))],
	['u ctrl-u', (pager, count) => up(pager, halfOf(pager, count))],
	['ESC) right', (pager, count) => sideways(pager, count ?? Math.floor(pager.columns / 2))],
	['ESC( left', (pager, count) => sideways(pager, -(count ?? Math.floor(pager.columns / 2)))],
	['g < ESC< home', toStart],
	['G > ESC> end', toLast],
	['p %', toPercent],
	['F', follow],
	[
		'r ctrl-r ctrl-l R',
		function* (pager) {
			redraw(pager);
		},
	],
	['/', ask('/')],
	['?', ask('?')],
	['&', ask('&/')],
	['!', ask('!')],
	['n', (pager, count = 1) => repeatSearch(pager, count, false)],
	['N', (pager, count = 1) => repeatSearch(pager, count, true)],
	['ESCn', (pager, count = 1) => repeatSearch(pager, count, false)],
	['ESCN', (pager, count = 1) => repeatSearch(pager, count, true)],
	[
		'ESCu ESCU',
		function* (pager) {
			pager.highlights = !pager.highlights;
			redraw(pager);
		},
	],
	[':n', (pager, count = 1) => changeFile(pager, pager.file + count, 'No next file')],
	[':p', (pager, count = 1) => changeFile(pager, pager.file - count, 'No previous file')],
	[':x', (pager, count = 1) => changeFile(pager, count - 1, 'No such file')],
	[':e ctrl-xctrl-v E', ask('Examine: ')],
	['= ctrl-g :f', pager => say(pager, positionText(pager))],
	['m', begin('m')],
	['M', begin('M')],
	["'", begin("'")],
	['-', begin('-')],
	['_', begin('_')],
	[
		'v',
		function* (pager) {
			if (pager.names[pager.file] === '-') return yield* say(pager, 'Cannot edit standard input');
			yield {edit: pager.io.path(pager.text.name)};
			openFile(pager, pager.file, true);
		},
	],
	['V', pager => say(pager, 'less 590')],
	['|', lacking('| (pipe to a command)')],
	['s', lacking('s (save to a file)')],
	['t T', lacking('tags')],
	['( ) { } [ ]', lacking('search for brackets')],
	[':d', lacking(':d')],
	['+', lacking('+')],
];

function setWindow(pager: Pager, count: number | undefined): number {
	if (count !== undefined) pager.options = {...pager.options, window: count};
	return windowOf(pager);
}

const acts = new Map(rows.flatMap(([keys, act]) => keys.split(' ').map(key => [key, act] as const)));
const beginnings = new Set(['ESC', ':', 'Z', 'ctrl-x']);

/** One key at the prompt. */
export function* pressKey(pager: Pager, key: string): Steps<Told> {
	const {pending} = pager;
	if (/^\d$/.test(key) && /^\d*$/.test(pending)) {
		pager.pending += key;
		return;
	}
	const count = /^\d+/.test(pending) ? Number.parseInt(pending, 10) : undefined;
	const prefix = pending.replace(/^\d+/, '');
	if (prefix === '' && beginnings.has(key)) {
		pager.pending += key;
		return;
	}
	pager.pending = '';
	if (key === 'backspace' || (key === 'ESC' && prefix !== '')) return;
	pager.isNew = false;
	if (key === 'ctrl-c') return pager.options.on.has('K') ? 'quit' : undefined;
	const asked = Object.hasOwn(withLetter, prefix) ? withLetter[prefix] : undefined;
	if (asked) {
		asked(pager, key);
		return;
	}
	const told = yield* (acts.get(prefix + key) ?? nothing)(pager, count === 0 ? undefined : count);
	return told ?? undefined;
}

function* nothing(): Steps {}

const withLetter: Readonly<Record<string, (pager: Pager, key: string) => void>> = {
	m: (pager, key) => void pager.marks.set(key, {file: pager.file, top: pager.top}),
	M: (pager, key) => void pager.marks.set(key, {file: pager.file, top: placesOf(pager).at(-1) ?? pager.top}),
	"'": toMark,
	'-': toggleOption,
	_: showOption,
};

function toMark(pager: Pager, key: string): void {
	const there = key === '^' ? {file: pager.file, top: beginning} : pager.marks.get(key);
	if (!there) {
		pager.message = /^[a-zA-Z']$/.test(key) ? 'Mark not set' : "Choose a letter between 'a' and 'z'";
		return;
	}
	remember(pager);
	if (there.file !== pager.file) openFile(pager, there.file);
	pager.top = there.top;
	redraw(pager);
}
