import {commands} from '../../commands/index.js';
import {complete} from '../../shell/line/complete.js';
import {claims, editLine, emptyLine, searchPrompt} from '../../shell/line/line-editor.js';
import {replaceAll} from '../../shell/line/line-edits.js';
import type {Session} from '../../shell/session/session.js';
import type {KeyPress} from '../keys/key-reader.js';
import type {Line} from '../../shell/line/line.js';

/** The keyboard of the shell pane: lines for the shell, or for a command that asks. */
export interface PromptLine {
	attach(session: Session): void;
	/** The next whole command, continuation lines included; `undefined` at ctrl-d. */
	readCommand(): Promise<string | undefined>;
	readLine(signal?: AbortSignal): Promise<string | undefined>;
	/** `raw`: ctrl-c is one of them. */
	readKey(signal?: AbortSignal, raw?: boolean): Promise<string | undefined>;
	/** The screen has another size: who owns it draws it anew. */
	resized(): void;
	press(key: KeyPress): void;
	/** A key that is the line's own just now, although the screen has a use for it. */
	claims(key: string): boolean;
	/** Text typed by a demo. */
	type(text: string): void;
	/** Puts a text in place of what is typed, to be looked at and sent. */
	put(text: string): void;
	/** Sends a line as if it was typed; what is being typed stays. False while something runs. */
	send(text: string): boolean;
	/** Waits for the shell: nothing runs and the prompt is shown. */
	readonly free: boolean;
	prompt(): string;
	input(): {readonly text: string; readonly cursor: number};
	suggestion(): string;
	menu(): Menu | undefined;
	busy(): boolean;
	wantsKey(): boolean;
	/** Of who has the screen to himself: ctrl-c is one of his keys. */
	wantsEveryKey(): boolean;
}

export interface Menu {
	readonly candidates: readonly string[];
	/** Which of them stands in the line; -1: none yet. */
	readonly at: number;
}

export interface PromptPorts {
	print(text: string): void;
	changed(): void;
	/** ctrl-x ctrl-e: the line in an editor. Undefined: it was left as it is. */
	edit(text: string): Promise<string | undefined>;
	/** Ctrl-z stopped what ran. */
	stopped(): void;
}

type Reader = {readonly kind: 'command' | 'line' | 'key'; readonly raw: boolean; readonly give: (text: string | undefined) => void};

const byName = new Map(commands.flatMap(command => [command.name, ...(command.aliases ?? [])].map(name => [name, command] as const)));

/** Keys typed while a command runs wait here, as in a terminal; a paste beyond this is cut. */
const typeAheadMax = 20_000;

export function createPromptLine({print, changed, edit, stopped}: PromptPorts): PromptLine {
	let session: Session;
	let line: Line = emptyLine;
	let reader: Reader | undefined;
	/** Lines of a command that is not complete yet. */
	let begun: string[] = [];
	let ahead: KeyPress[] = [];
	/** Where the word begins that the menu completes. */
	let menu: (Menu & {readonly start: number}) | undefined;
	/** A line was entered, and whether it goes on is being found out: the parser may still be loading. */
	let deciding = false;

	const promptNow = () => {
		if (reader?.kind === 'line') return '';
		return searchPrompt(line) ?? session.prompt(begun.length > 0 ? 'PS2' : 'PS1');
	};
	const wait = (kind: Reader['kind'], signal?: AbortSignal, raw = false) =>
		new Promise<string | undefined>(resolve => {
			const mine: Reader = {
				kind,
				raw,
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

	async function submit(text: string, next: Line): Promise<void> {
		print(`${promptNow()}${text}\n`);
		line = next;
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
			if (reader?.kind === 'line' && line.text) print(line.text);
			line = emptyLine;
			session.interrupt();
			return;
		}
		print(`${promptNow()}${line.text}^C\n`);
		line = {...emptyLine, kills: line.kills};
		begun = [];
	}

	/** What is at work stops and is a job; what cannot, as a shell's own `read`, does not notice. */
	function stop() {
		print('^Z');
		if (session.stop()) stopped();
		changed();
	}

	function offer() {
		const {start, candidates, insert} = complete(session.shell, line.text, line.cursor, name => byName.get(name));
		const word = line.text.slice(start, line.cursor);
		if (insert !== word) write(start, insert);
		else if (candidates.length > 1) menu = {start, candidates, at: -1};
	}

	const write = (start: number, text: string) => {
		line = {...line, text: line.text.slice(0, start) + text + line.text.slice(line.cursor), cursor: start + text.length};
	};

	/** A key while candidates are shown: moves among them. False: it was none of the menu's. */
	function pressMenu({name}: KeyPress): boolean {
		if (!menu) return false;
		const {candidates, start, at} = menu;
		const step = menuSteps[name];
		if (step === undefined) {
			menu = undefined;
			// Enter takes the candidate; the line itself is sent by the next one.
			if (name === 'return' && at >= 0 && !/[/=]$/.test(candidates[at]!)) write(line.cursor, ' ');
			return name === 'escape' || (name === 'return' && at >= 0);
		}
		const next = (at + step + candidates.length + (at < 0 && step < 0 ? 1 : 0)) % candidates.length;
		write(start, candidates[next]!);
		menu = {...menu, at: next};
		return true;
	}

	function press(key: KeyPress) {
		if (key.name === 'ctrl-c' && !reader?.raw) return act('interrupt');
		if (key.name === 'ctrl-z' && reader?.kind !== 'command') return stop();
		if (!reader) {
			if (ahead.length < typeAheadMax) ahead.push(key);
			return;
		}
		if (reader.kind === 'key') return reader.give(keyText(key));
		// Only the shell's own line may hold line ends; a command that reads is given one line after the other.
		if (key.name === 'paste' && reader.kind === 'line') return pasteLines(key.text);
		if (pressMenu(key)) return changed();
		const history = reader.kind === 'command' ? session.history.entries : [];
		const more = suggestion();
		if (more && takesAll.has(key.name)) line = editLine(line, {name: more, text: more}, history).line;
		const typed = more && key.name === 'alt-f' ? {...line, text: line.text + more} : line;
		const result = editLine(typed, key, history);
		line = typed === line ? result.line : {...result.line, text: result.line.text.slice(0, result.line.cursor)};
		act(result.action);
	}

	/** As bash does: what the editor leaves is run, saved or not. */
	async function editOutside() {
		const asking = reader!;
		const {text} = line;
		reader = undefined;
		line = {...emptyLine, kills: line.kills, searched: line.searched};
		const whole = ((await edit(`${text}\n`)) ?? text).replace(/\n+$/, '');
		if (whole.trim()) print(`${promptNow()}${whole}\n`);
		asking.give(whole);
	}

	/** The rest of the latest line that begins like this one. */
	function suggestion(): string {
		const {text, cursor, search} = line;
		if (reader?.kind !== 'command' || search || text.trim() === '' || cursor !== text.length || text.includes('\n')) return '';
		return session.history.entries.findLast(entry => entry.length > text.length && entry.startsWith(text))?.slice(text.length) ?? '';
	}

	function pasteLines(text: string) {
		for (const letter of text.slice(0, typeAheadMax)) press(letter === '\n' ? {name: 'return', text: ''} : {name: letter, text: letter});
	}

	function act(action: ReturnType<typeof editLine>['action']) {
		if (action === 'submit') void submit(line.text, {...emptyLine, kills: line.kills, searched: line.searched});
		else if (action === 'interrupt') interrupt();
		else if (action === 'complete' && reader?.kind === 'command') offer();
		else if (action === 'edit' && reader?.kind === 'command' && begun.length === 0) void editOutside();
		else if (action === 'clear') print('\u001b[H\u001b[2J');
		else if (action === 'end') end();
		changed();
	}

	/** What the shell says to that (`logout`) stands behind its prompt. */
	function end() {
		if (reader?.kind === 'command') print(promptNow());
		reader?.give(undefined);
	}

	return {
		attach(given) {
			session = given;
		},
		readCommand: () => wait('command'),
		readLine: signal => wait('line', signal),
		readKey: (signal, raw) => wait('key', signal, raw),
		resized() {
			if (reader?.raw) reader.give('redraw');
		},
		press,
		claims: key => reader !== undefined && reader.kind !== 'key' && claims(line, key),
		type(text) {
			line = editLine(line, {name: text, text}, []).line;
			changed();
		},
		put(text) {
			line = {...replaceAll(line, 0, line.text.length, text), historyAt: undefined};
			menu = undefined;
			changed();
		},
		send(text) {
			if (reader?.kind !== 'command' || begun.length > 0 || deciding) return false;
			void submit(text, line);
			return true;
		},
		suggestion,
		menu: () => menu,
		get free() {
			return reader?.kind === 'command';
		},
		prompt: () => (reader && reader.kind !== 'key' ? promptNow() : ''),
		input: () => (reader && reader.kind !== 'key' ? {text: line.text, cursor: line.cursor} : {text: '', cursor: 0}),
		busy: () => reader?.kind !== 'command',
		wantsKey: () => reader?.kind === 'key',
		wantsEveryKey: () => reader?.raw === true,
	};
}

/** What a command that reads single keys is given. */
const keyText = ({name, text}: KeyPress) => (name === 'return' ? '\n' : name === 'escape' ? '\u001b' : text || name);

/** Keys that take the whole suggestion before they do what they do. */
const takesAll: ReadonlySet<string> = new Set(['right', 'ctrl-f', 'end', 'ctrl-e']);
const menuSteps: Readonly<Record<string, number>> = {tab: 1, down: 1, right: 1, 'shift-tab': -1, up: -1, left: -1};
