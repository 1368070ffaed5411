import {commands} from '../commands/index.js';
import {complete} from '../shell/complete.js';
import {editLine, emptyLine, type Line, searchPrompt} from '../shell/line-editor.js';
import type {Session} from '../shell/session.js';
import type {KeyPress} from './key-reader.js';
import {widthOf} from './width.js';

/** The keyboard of the shell pane: lines for the shell, or for a command that asks. */
export interface PromptLine {
	attach(session: Session): void;
	/** The next whole command, continuation lines included; `undefined` at ctrl-d. */
	readCommand(): Promise<string | undefined>;
	readLine(signal?: AbortSignal): Promise<string | undefined>;
	readKey(signal?: AbortSignal): Promise<string | undefined>;
	press(key: KeyPress): void;
	/** Text typed by a demo. */
	type(text: string): void;
	/** Waits for the shell: nothing runs and the prompt is shown. */
	readonly free: boolean;
	prompt(): string;
	input(): {readonly text: string; readonly cursor: number};
	busy(): boolean;
	wantsKey(): boolean;
}

export interface PromptPorts {
	print(text: string): void;
	changed(): void;
	columns(): number;
}

type Reader = {readonly kind: 'command' | 'line' | 'key'; readonly give: (text: string | undefined) => void};

const byName = new Map(commands.flatMap(command => [command.name, ...(command.aliases ?? [])].map(name => [name, command] as const)));

/** Keys typed while a command runs wait here, as in a terminal; a paste beyond this is cut. */
const typeAheadMax = 20_000;

export function createPromptLine({print, changed, columns}: PromptPorts): PromptLine {
	let session: Session;
	let line: Line = emptyLine;
	let reader: Reader | undefined;
	/** Lines of a command that is not complete yet. */
	let begun: string[] = [];
	let ahead: KeyPress[] = [];
	let tabs = 0;
	/** A line was entered, and whether it goes on is being found out: the parser may still be loading. */
	let deciding = false;

	const promptNow = () => {
		if (reader?.kind === 'line') return '';
		return searchPrompt(line) ?? session.prompt(begun.length > 0 ? 'PS2' : 'PS1');
	};
	const wait = (kind: Reader['kind'], signal?: AbortSignal) =>
		new Promise<string | undefined>(resolve => {
			const mine: Reader = {
				kind,
				give(text) {
					if (reader === mine) reader = undefined;
					resolve(text);
				},
			};
			reader = mine;
			signal?.addEventListener('abort', () => mine.give(undefined), {once: true});
			changed();
			const typed = ahead;
			ahead = [];
			for (const key of typed) press(key);
		});

	async function submit(): Promise<void> {
		const {text} = line;
		print(`${promptNow()}${text}\n`);
		line = {...emptyLine, kills: line.kills};
		const asking = reader!;
		if (asking.kind === 'line') return asking.give(text);
		reader = undefined;
		const whole = [...begun, text].join('\n');
		deciding = true;
		const more = whole.trim() !== '' && (await session.needsMore(whole));
		const cancelled = !deciding;
		deciding = false;
		begun = more && !cancelled ? [...begun, text] : [];
		if (more || cancelled) void wait('command').then(next => asking.give(next));
		else asking.give(whole);
	}

	function interrupt() {
		if (deciding) {
			deciding = false;
			print('^C\n');
			return;
		}
		if (reader?.kind !== 'command') {
			line = emptyLine;
			session.interrupt();
			return;
		}
		print(`${promptNow()}${line.text}^C\n`);
		line = {...emptyLine, kills: line.kills};
		begun = [];
	}

	function offer() {
		const {start, candidates, insert} = complete(session.shell, line.text, line.cursor, name => byName.get(name));
		const word = line.text.slice(start, line.cursor);
		if (insert !== word) {
			line = {...line, text: line.text.slice(0, start) + insert + line.text.slice(line.cursor), cursor: start + insert.length};
			tabs = 0;
		} else if (candidates.length > 1 && tabs++ > 0) print(`${promptNow()}${line.text}\n${inColumns(candidates, columns())}`);
	}

	function press(key: KeyPress) {
		if (key.name === 'ctrl-c') return act('interrupt');
		if (!reader) {
			if (ahead.length < typeAheadMax) ahead.push(key);
			return;
		}
		if (reader.kind === 'key') return reader.give(keyText(key));
		// Only the shell's own line may hold line ends; a command that reads is given one line after the other.
		if (key.name === 'paste' && reader.kind === 'line') return pasteLines(key.text);
		const history = reader.kind === 'command' ? session.history.entries : [];
		const result = editLine(line, key, history);
		if (result.action !== 'complete') tabs = 0;
		line = result.line;
		act(result.action);
	}

	function pasteLines(text: string) {
		for (const letter of text.slice(0, typeAheadMax)) press(letter === '\n' ? {name: 'return', text: ''} : {name: letter, text: letter});
	}

	function act(action: ReturnType<typeof editLine>['action']) {
		if (action === 'submit') void submit();
		else if (action === 'interrupt') interrupt();
		else if (action === 'complete' && reader?.kind === 'command') offer();
		else if (action === 'clear') print('\u001b[H\u001b[2J');
		else if (action === 'end') reader?.give(undefined);
		changed();
	}

	return {
		attach(given) {
			session = given;
		},
		readCommand: () => wait('command'),
		readLine: signal => wait('line', signal),
		readKey: signal => wait('key', signal),
		press,
		type(text) {
			line = editLine(line, {name: text, text}, []).line;
			changed();
		},
		get free() {
			return reader?.kind === 'command';
		},
		prompt: () => (reader && reader.kind !== 'key' ? promptNow() : ''),
		input: () => (reader && reader.kind !== 'key' ? {text: line.text, cursor: line.cursor} : {text: '', cursor: 0}),
		busy: () => reader?.kind !== 'command',
		wantsKey: () => reader?.kind === 'key',
	};
}

/** What a command that reads single keys is given. */
const keyText = ({name, text}: KeyPress) => (name === 'return' ? '\n' : name === 'escape' ? '\u001b' : text || name);

/** Candidates as bash lists them. */
function inColumns(candidates: readonly string[], width: number): string {
	const shown = candidates.slice(0, 200);
	const cell = Math.max(...shown.map(widthOf)) + 2;
	const count = Math.max(1, Math.floor(width / cell));
	const rows = Math.ceil(shown.length / count);
	return Array.from({length: rows}, (_, row) =>
		shown
			.filter((_, index) => index % rows === row)
			.map(text => text + ' '.repeat(cell - widthOf(text)))
			.join('')
			.trimEnd(),
	)
		.join('\n')
		.concat('\n');
}
