import type {Disk} from '../../shell/vi/disk.js';
import {leftBy} from '../../shell/vi/files.js';
import {afterShellCommand} from '../../shell/vi/shell-command.js';
import {openVi, textOf, type Vi} from '../../shell/vi/state.js';
import type {Edited} from '../../shell/session/edited.js';
import type {EditRequest} from '../../shell/session/terminal.js';
import type {Files} from '../../os/files.js';
import {resolvePath} from '../../shell/machine.js';
import {renderVi} from '../../shell/vi/render.js';
import {pasteVi, pressVi, resizeVi} from '../../shell/vi/vi.js';
import type {KeyPress} from '../keys/key-reader.js';

/** The editor that a command opened, as the screen needs it. */
export interface Editor {
	view(): EditorView;
	press(key: KeyPress): void;
	/** Takes a text in as whole lines: below the cursor, or where one is typing. */
	take(text: string): void;
	resize(size: EditorSize): void;
	/** What is being edited, as it stands. */
	request(): {path: string; text: string};
	/** Closes it, with the text that another editor saved if it did. */
	finish(text: string | undefined): void;
}

/** What the built-in editor shows: as many lines as it has rows, the last being its status. */
export interface EditorView {
	readonly lines: readonly string[];
	readonly cursor: {readonly x: number; readonly y: number};
	/** Selected stretches: a pair of columns a screen row. */
	readonly selected: ReadonlyMap<number, readonly [from: number, to: number]>;
}

export interface EditorSize {
	readonly columns: number;
	readonly rows: number;
}

export interface EditorOptions extends EditRequest {
	/** The learner's ~/.vimrc. */
	readonly rc: string;
	/** Those of the machine, to read others than the one that is edited. */
	readonly files: Files | undefined;
	/** As it was left when it began to wait for a command, which has `ran`. */
	readonly waiting?: Vi | undefined;
}

export interface EditorPorts {
	/** Called once, with what was written, or `undefined` when nothing was. `vi`: it waits for a command. */
	finish(edited: Edited | undefined, vi?: Vi): void;
	changed(): void;
}

/** The built-in vi on one file. */
export function createEditor(
	{path, text, rc, cwd, files, waiting, ran}: EditorOptions,
	given: EditorSize,
	{finish, changed}: EditorPorts,
): Editor {
	let size = given;
	const home = cwd === '/' ? '/' : `${cwd}/`;
	const name = path.startsWith(home) ? path.slice(home.length) : path;
	const isNew = files ? !files.exists(path) : text === '';
	const opened = () => openVi({path, name, text, rc, isNew, ...(files && {disk: diskOf(files, cwd)})});
	let vi = resizeVi(waiting && ran ? goneOn(waiting, ran) : opened(), size.rows);
	const set = (next: Vi) => {
		vi = next;
		if (vi.running) finish(leftBy(vi), vi);
		else if (vi.done) finish(leftBy(vi));
		else changed();
	};
	return {
		view: () => renderVi(vi, size.columns, size.rows),
		press: key => set(pressKey(vi, key)),
		take: text => set(taking(vi, text)),
		resize(next) {
			size = next;
			vi = resizeVi(vi, size.rows);
		},
		request: () => ({path: vi.path, text: textOf(vi)}),
		finish: text => finish(leftBy(text === undefined ? vi : {...vi, saved: text})),
	};
}

/** `:` instead of Enter begins the next command at once. */
function goneOn(waiting: Vi, {output, key}: NonNullable<EditRequest['ran']>): Vi {
	const vi = afterShellCommand(waiting, output);
	return key === ':' ? pressVi(vi, key) : vi;
}

const diskOf = (files: Files, cwd: string): Disk => ({
	resolve: name => resolvePath(cwd, name),
	look(path) {
		try {
			if (files.exists(path)) return files.stat(path).type === 'folder' ? 'folder' : {text: files.readText(path)};
			return isFolder(files, path.slice(0, path.lastIndexOf('/')) || '/') ? 'nothing' : 'nowhere';
		} catch {
			return 'nowhere';
		}
	},
});

const isFolder = (files: Files, path: string) => files.exists(path) && files.stat(path).type === 'folder';

/** The learner's registers stay as they are. */
function taking(vi: Vi, text: string): Vi {
	if (vi.mode === 'insert') return pasteVi(vi, text);
	const normal = pressVi(vi, '<Esc>');
	if (textOf(vi) === '') return pressVi(pasteVi(pressVi(normal, 'i'), text), '<Esc>');
	const {registers} = normal;
	const holding: Vi = {...normal, registers: {...registers, z: {text, lines: true}}};
	return {...['"', 'z', 'p'].reduce((before, key) => pressVi(before, key), holding), registers};
}

const named: Readonly<Record<string, string>> = {
	return: '<CR>',
	escape: '<Esc>',
	backspace: '<BS>',
	delete: '<Del>',
	tab: '<Tab>',
	left: '<Left>',
	right: '<Right>',
	up: '<Up>',
	down: '<Down>',
	home: '<Home>',
	end: '<End>',
	pageUp: '<PageUp>',
	pageDown: '<PageDown>',
};

function pressKey(vi: Vi, {name, text}: KeyPress): Vi {
	if (name === 'paste') return pasteVi(vi, text);
	// Escape and the key after it, typed fast, arrive as one: `Esc :wq` is what fingers do.
	if (name.startsWith('alt-')) return pressKey(pressVi(vi, '<Esc>'), {name: name.slice(4), text});
	const special = named[name];
	if (special) return pressVi(vi, special);
	if (/^ctrl-[a-z[\]]$/.test(name)) return pressVi(vi, `<C-${name.slice(5)}>`);
	return text ? pressVi(vi, text) : vi;
}
