import read from '../builtins/read.js';
import type {Scope} from './scope.js';
import {err, out} from './streams.js';

/** One question of `select`: the menu when it is wanted, `PS3`, an answer. False at the end of input. Source: bash, execute_cmd.c. */
export async function askChoice(scope: Scope, variable: string, words: readonly string[], first: boolean): Promise<boolean> {
	const {variables, services} = scope.shell;
	const columns = Number(variables.text('COLUMNS') ?? services.terminal?.columns ?? 80) || 80;
	if (first) err(scope.streams, menu(words, columns));
	for (;;) {
		err(scope.streams, variables.text('PS3') ?? '#? ');
		if ((await read[0]!.run(scope, [])) !== 0) {
			out(scope.streams, '\n');
			return false;
		}
		const reply = variables.text('REPLY') ?? '';
		if (reply !== '') {
			const choice = /^\s*\d+\s*$/.test(reply) ? Number(reply) : 0;
			variables.set(variable, words[choice - 1] ?? '');
			return true;
		}
		err(scope.streams, menu(words, columns));
	}
}

function menu(words: readonly string[], width: number): string {
	const digits = String(words.length).length;
	const widest = Math.max(...words.map(word => word.length)) + digits + 4;
	let columns = Math.max(1, Math.floor(width / widest));
	let rows = Math.ceil(words.length / columns);
	columns = Math.ceil(words.length / rows);
	if (rows === 1) [rows, columns] = [columns, 1];
	let text = '';
	for (let row = 0; row < rows; row++) {
		let at = 0;
		for (let index = row, column = 1; index < words.length; index += rows, column++) {
			const item = `${String(index + 1).padStart(column === 1 ? String(rows).length : digits)}) ${words[index]}`;
			text += item;
			if (index + rows < words.length) text += indent(at + item.length, (at += widest));
		}
		text += '\n';
	}
	return text;
}

/** As far as it goes with tabs. */
function indent(from: number, to: number): string {
	let text = '';
	for (let at = from; at < to; ) {
		const isTab = Math.floor(to / 8) > Math.floor(at / 8);
		text += isTab ? '\t' : ' ';
		at += isTab ? 8 - (at % 8) : 1;
	}
	return text;
}
