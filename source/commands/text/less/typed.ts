import {openFile} from './files.js';
import {filter, search} from './look-for.js';
import type {Pager, Steps} from './pager.js';
import {redraw} from './pager.js';
import {modifiers} from './search.js';
import {earlierScreen, alternateScreen} from './draw.js';

/** A key while a pattern, a name or a command is typed. */
export function* pressTyped(pager: Pager, key: string): Steps {
	const {sign, text} = pager.typing!;
	const cancel = () => (pager.typing = undefined);
	if (key === 'ctrl-c' || key === 'ctrl-g' || (key === 'backspace' && text === '')) cancel();
	else if (key === 'return') {
		cancel();
		const kind = sign.at(-1)!;
		if (text !== '') pager.typed.set(kind, [...(pager.typed.get(kind) ?? []), text]);
		yield* run(pager, sign, text);
	} else if (key === 'backspace') pager.typing = {sign, text: [...text].slice(0, -1).join('')};
	else if (key === 'ctrl-u') pager.typing = {sign, text: ''};
	else if (key === 'up') pager.typing = {sign, text: pager.typed.get(sign.at(-1)!)?.at(-1) ?? text};
	else if (text === '' && Object.hasOwn(modifiers, key) && /[/?]$/.test(sign)) pager.typing = {sign: modifiers[key]! + sign, text};
	else {
		const letter = key === 'space' ? ' ' : key === 'tab' ? '\t' : key;
		if ([...letter].length === 1) pager.typing = {sign, text: text + letter};
	}
}

function* run(pager: Pager, sign: string, text: string): Steps {
	if (sign.endsWith('&/')) return yield* filter(pager, text, sign);
	if (/[/?]$/.test(sign)) return yield* search(pager, text, sign, sign.endsWith('/'), 1);
	if (sign === '!') return yield* runCommand(pager, text);
	const name = text.trim();
	if (name === '') return;
	pager.names.splice(pager.file + 1, 0, name);
	if (!openFile(pager, pager.file + 1)) pager.names.splice(pager.file + 1, 1);
}

/** `!command`: on the screen from which less was called; `%` is the file. */
function* runCommand(pager: Pager, text: string): Steps {
	const {io, options} = pager;
	if (text === '') {
		pager.message = 'kubelab: not simulated: a shell within less';
		return;
	}
	io.out(options.on.has('X') ? `\r\u001b[K!${text}\n` : earlierScreen);
	yield {exec: {line: text.replaceAll('%', pager.names[pager.file]!), stream: true}};
	io.out('!done  (press RETURN)');
	yield {press: {}};
	io.out(`\n${options.on.has('X') ? '' : alternateScreen}`);
	redraw(pager);
}
