import type {Language} from '../../lab/lab.js';
import type {AppState} from '../app-state.js';
import {panesCalled} from '../ask.js';
import {bindingsOf, type Context} from '../keymap.js';
import type {Pane} from '../pane.js';
import panes from '../panes/index.js';
import {paint} from '../theme.js';
import {shorten, widthOf} from '../width.js';
import {say} from '../words.js';
import {merged, shownKey} from './key-list.js';

export interface HelpLineProps {
	readonly screen: Context;
	readonly language: Language;
	readonly columns: number;
	readonly note: string;
	/** The pane that has the keys. */
	readonly pane?: Pane | undefined;
}

/** The keys worth knowing now, as many as fit: those of the pane itself first. */
export function helpLine({screen, language, columns, note, pane}: HelpLineProps): string {
	const useful = bindingsOf(screen).filter(({does}) => !pane || pane.table || does !== 'filter');
	const hints = [
		...merged((pane?.keys ?? []).map(({keys, word}) => [shownKey(keys[0]!), word] as const)),
		...merged(
			useful.flatMap(({short, word, does}) => (short ? [[short, pane?.scrolls && does === 'up' ? 'keyScroll' : word] as const] : [])),
		),
	].map(([keys, word]) => `${keys} ${say(language, word)}`);
	let line = note ? ` ${note} ` : '';
	for (const hint of hints) if (widthOf(line) + widthOf(hint) + 3 <= columns) line += `${line ? '  ' : ' '}${hint}`;
	return paint(shorten(line, columns), note ? 'waiting' : 'dim');
}

/** A line that asks, with what is typed; of panes, those that match. */
export function askLine(ask: NonNullable<AppState['ask']>, language: Language, columns: number): string {
	const word = ({filter: 'filterAsk', pane: 'paneAsk', search: 'searchAsk'} as const)[ask.what];
	const matches =
		ask.what === 'pane'
			? panesCalled(ask.text, language)
					.map(index => say(language, panes[index]!.title))
					.join('  ')
			: say(language, 'askHint');
	return shorten(` ${say(language, word)}: ${ask.text}▏  ${matches}`, columns);
}
