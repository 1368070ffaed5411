import {FileError} from '../../../os/files.js';
import {fromBytes} from '../../../shell/run/stream.js';
import {addText, endText, newText, type Text} from './lines.js';
import {beginning, type Pager, redraw, type Steps} from './pager.js';

/** Shows a file of the list, where it was left; `again`: what it holds now. False: it cannot be read, which is the message then. */
export function openFile(pager: Pager, index: number, again = false): boolean {
	const name = pager.names[index]!;
	const known = pager.texts.get(index);
	const text = known && !again ? known.text : readFile(pager, name);
	if (typeof text === 'string') {
		pager.message = text;
		return false;
	}
	const here = pager.texts.get(pager.file);
	if (here) here.top = pager.top;
	pager.texts.set(index, {text, top: known?.top ?? beginning});
	pager.file = index;
	pager.text = text;
	pager.top = known?.top ?? beginning;
	pager.isNew = true;
	pager.shown = undefined;
	redraw(pager);
	return true;
}

function readFile({io}: Pager, name: string): Text | string {
	const text = newText(name);
	if (name === '-') return text;
	try {
		const path = io.path(name);
		if (io.machine.files.exists(path) && io.machine.files.stat(path).type === 'folder') return `${name} is a directory`;
		addText(text, fromBytes(io.machine.files.readBytes(path)));
		endText(text);
		return text;
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		return `${name}: ${error.message}`;
	}
}

/** `:n`, `:p`, `:x`. */
export function* changeFile(pager: Pager, index: number, none: string): Steps {
	if (index < 0 || index >= pager.names.length) pager.message = none;
	else if (index === pager.file) pager.top = beginning;
	else if (!openFile(pager, index)) pager.names.splice(index, 1);
}

/** Lines that were written to the file since it was read; true: there are some. */
export function readOn(pager: Pager): boolean {
	const {text, file} = pager;
	const now = readFile(pager, text.name);
	if (text.name === '-' || typeof now === 'string' || now.bytes === text.bytes) return false;
	pager.texts.set(file, {text: now, top: pager.top});
	pager.text = now;
	pager.shown = undefined;
	return true;
}
