import type {Machine} from '../../../node/host/machine.js';
import type {Io} from '../../../shell/command.js';
import {alternateScreen, draw, earlierScreen, screenRows} from './draw.js';
import {openFile} from './files.js';
import {helpText} from './help.js';
import {pressKey} from './keys.js';
import {addText, endText, newText, type Text} from './lines.js';
import type {LessOptions} from './options.js';
import {beginning, heightOf, isAtEnd, need, type Pager, placesOf, redraw, type Steps} from './pager.js';
import {pressTyped} from './typed.js';

/** How often it is looked whether a pipe has brought something, while the keyboard is listened to. */
const pollMs = 50;

/** Files on the screen of a terminal, until they were read enough. `given`: a text that is there already. */
export function* browse(io: Io<Machine>, names: readonly string[], options: LessOptions, given?: string): Steps<number> {
	const pager = newPager(io, names, options);
	const blocks = (given ?? '').match(/.{1,8192}/gs) ?? [];
	if (given !== undefined) {
		pager.more = () => take(pager.text, blocks);
		pager.texts.set(0, {text: pager.text, top: beginning});
	} else if (!(yield* openFirst(pager))) return 1;
	pager.painted = false;
	pager.scrolled = options.on.has('X') ? 0 : undefined;
	if (options.on.has('F') && pager.names.length === 1 && (yield* fitsScreen(pager))) {
		io.out(
			screenRows(pager)
				.map(row => `${row}\n`)
				.join(''),
		);
		return 0;
	}
	if (!options.on.has('X')) io.out(alternateScreen);
	try {
		for (const command of options.first) yield* start(pager, command);
		return (yield* interact(pager)) === 'interrupted' ? 2 : 0;
	} finally {
		io.out(options.on.has('X') ? '\r\u001b[K' : earlierScreen);
	}
}

/** What is there already comes as from a pipe: that it has ended is known when there is no more. */
function* take(text: Text, blocks: string[]): Steps {
	const block = blocks.shift();
	if (block === undefined) endText(text);
	else addText(text, block);
}

function newPager(io: Io<Machine>, names: readonly string[], options: LessOptions, isHelp = false): Pager {
	const text = newText('-');
	const pager: Pager = {
		...{io, names: [...names], texts: new Map(), file: 0, text, options, columns: io.columns, rows: io.rows, isHelp},
		...{top: beginning, shift: 0, half: undefined, painted: false, isNew: true, message: undefined, typing: undefined, pending: ''},
		...{search: undefined, highlights: true, filter: undefined, shown: undefined, scrolled: undefined, drawn: undefined, frozen: false},
		...{marks: new Map(), ahead: [], typed: new Map()},
		more: () => readPipe(pager),
	};
	return pager;
}

function* readPipe(pager: Pager): Steps {
	const {text} = pager;
	for (;;) {
		const chunk: string | undefined = yield {read: 'now'};
		if (chunk === undefined) return endText(text);
		if (chunk !== '') return addText(text, chunk);
		if (!pager.options.on.has('X') && placesOf(pager).length < heightOf(pager) && pager.waitsWith !== text.lines.length) {
			pager.waitsWith = text.lines.length;
			draw(pager, '');
		}
		const key: string | undefined = yield {press: {withinMs: pollMs}};
		// It has interrupted what writes, too.
		if (key === undefined || key === 'ctrl-c') return endText(text);
		if (key !== 'timeout') pager.ahead.push(key);
	}
}

/** The first of the files that can be read; of each before it is said why not. */
function* openFirst(pager: Pager): Steps<boolean> {
	for (let index = 0; index < pager.names.length; index++) {
		if (openFile(pager, index)) return true;
		pager.io.err(`${pager.message}\n`);
		pager.message = undefined;
		pager.names.splice(index--, 1);
		if (pager.names.length === 0) return false;
		pager.io.err('Press RETURN to continue ');
		if (['q', 'ctrl-c', undefined].includes((yield {press: {}}) as string | undefined)) return false;
		pager.io.err('\n');
	}
	return false;
}

function* fitsScreen(pager: Pager): Steps<boolean> {
	yield* need(pager, pager.rows);
	return isAtEnd(pager) && placesOf(pager)[0]?.line === 0;
}

/** `+G`, `+/pods`, `+50`. */
function* start(pager: Pager, command: string): Steps {
	const keys = /^\d+$/.test(command) ? `${command}g` : command;
	for (const key of keys) yield* press(pager, key === ' ' ? 'space' : key);
	if (pager.typing) yield* press(pager, 'return');
	pager.isNew = true;
}

function* interact(pager: Pager): Steps<'interrupted' | 'left'> {
	yield* need(pager, pager.top.line + pager.rows);
	draw(pager);
	for (;;) {
		if (isAtEnd(pager) && pager.options.on.has('E') && !pager.typing) return 'left';
		const key: string | undefined = pager.ahead.shift() ?? (yield {press: {}});
		if (key === undefined) return 'left';
		const from = pager.top;
		for (const each of keysIn(key)) {
			const told = yield* press(pager, each);
			if (told === 'quit') return each === 'ctrl-c' ? 'interrupted' : 'left';
			if (told === 'help') yield* showHelp(pager);
		}
		const moved = from !== pager.top;
		if (pager.options.on.has('e') && !moved && forwards.has(key) && !pager.typing && isAtEnd(pager)) return 'left';
		draw(pager);
	}
}

const forwards = new Set([' ', '\n', 'j', 'f', 'd', 'down', 'pageDown']);

function* press(pager: Pager, key: string): Steps<'quit' | 'help' | undefined> {
	if (key === 'redraw') {
		[pager.columns, pager.rows] = [pager.io.columns, pager.io.rows];
		redraw(pager);
		return;
	}
	if (pager.message !== undefined) {
		pager.message = undefined;
		if (key === 'return' || key === 'space' || key === 'ctrl-c') return;
	}
	if (!pager.typing) return yield* pressKey(pager, key);
	yield* pressTyped(pager, key);
}

/** As the table of keys calls them; what was pasted is many, and Alt is ESC before the key. */
function keysIn(key: string): readonly string[] {
	if (key === '\n' || key === '\r') return ['return'];
	if (key === '\u001b' || key === 'escape') return ['ESC'];
	if (key === '\u0003') return ['ctrl-c'];
	if (key === ' ') return ['space'];
	if (key.startsWith('alt-')) return ['ESC', key.slice(4)];
	return /^(?:up|down|left|right|home|end|tab|insert|delete|backspace|redraw|page(?:Up|Down)|(?:ctrl|shift)-.*|f\d+)$/.test(key)
		? [key]
		: [...key].flatMap(letter => (letter.length === key.length ? [letter] : keysIn(letter)));
}

/** `h`: the same on the text of the help, until q. */
function* showHelp(pager: Pager): Steps {
	const inner = newPager(
		pager.io,
		['HELP'],
		{...pager.options, on: new Set([...pager.options.on].filter(each => each === 'X' || each === 'i')), first: []},
		true,
	);
	[inner.columns, inner.rows] = [pager.columns, pager.rows];
	addText(inner.text, helpText);
	endText(inner.text);
	inner.texts.set(0, {text: inner.text, top: beginning} as {text: Text; top: Pager['top']});
	inner.options = {...inner.options, on: new Set([...inner.options.on, 'R'])};
	yield* interact(inner);
	pager.isNew = true;
	redraw(pager);
}
