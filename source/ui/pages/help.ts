import type {Language} from '../../lab/lab.js';
import {bindingsOf, type Context} from '../keys/keymap.js';
import {paint} from '../text/theme.js';
import {padTo, shorten, widthOf} from '../text/width.js';
import {say, type Word} from '../words/words.js';
import {merged, shownKey} from '../keys/key-list.js';

type Entry = readonly [keys: string, word: Word];

/** Keys of the shell itself, which the line editor handles. */
const shellKeys: readonly Entry[] = [
	['Tab', 'keyComplete'],
	['→', 'keySuggest'],
	['↑ ↓ ^R', 'keyHistory'],
	['^C', 'keyStop'],
];

/** All keys: of the shell at the left, of the panes at the right; one below the other where there is no room. */
export function helpRows(screen: Context, language: Language, columns: number): string[] {
	if (screen !== 'lab') return keyRows(say(language, 'helpTitle'), keysOf(screen), language, columns);
	const half = Math.floor(columns / 2);
	const left = keyRows(say(language, 'shell'), [...keysOf(screen), ...shellKeys], language, columns);
	const right = keyRows(say(language, 'helpPane'), keysOf('pane'), language, columns);
	const [wide, narrow] = [left, right].map(rows => Math.max(...rows.map(widthOf)) + 2);
	if (wide! + narrow! > columns + 1) return [...left, '', ...right];
	const at = Math.min(Math.max(half, wide!), columns + 1 - narrow!);
	const height = Math.max(left.length, right.length);
	return Array.from({length: height}, (_, row) => padTo(left[row] ?? '', at) + (right[row] ?? ''));
}

/** Numbers are one key; of the others, two are enough. */
const keysOf = (screen: Context): Entry[] =>
	merged(
		bindingsOf(screen).flatMap(({keys, word}) => {
			const shown = /1$/.test(keys[0]!) ? [`${keys[0]}..9`] : keys.map(shownKey);
			return shown.map(key => [key, word] as const);
		}),
	);

function keyRows(title: string, entries: readonly Entry[], language: Language, columns: number): string[] {
	const width = Math.max(...entries.map(([keys]) => widthOf(keys)));
	const rows = entries.map(([keys, word]) => shorten(`  ${padTo(keys, width)}  ${say(language, word)}`, columns - 1));
	return [paint(` ${title}`, 'header'), ...rows];
}
