import {Text} from 'ink';
import type {Language} from '../../lab/lab.js';
import type {AppState} from '../app-state.js';
import {panesCalled} from '../ask.js';
import {bindingsOf, type Context} from '../keymap.js';
import type {PaneKey} from '../pane.js';
import panes from '../panes/index.js';
import {theme} from '../theme.js';
import {shorten, widthOf} from '../width.js';
import {say} from '../words.js';
import {merged, shownKey} from './key-list.js';

/** The keys worth knowing now, as many as fit: those of the pane itself first. */
export function HelpLine({
	screen,
	language,
	columns,
	note,
	own = [],
}: {
	readonly screen: Context;
	readonly language: Language;
	readonly columns: number;
	readonly note: string;
	readonly own?: readonly PaneKey[];
}) {
	const hints = [
		...merged(own.map(({keys, word}) => [shownKey(keys[0]!), word] as const)),
		...merged(bindingsOf(screen).flatMap(({short, word}) => (short ? [[short, word] as const] : []))),
	].map(([keys, word]) => `${keys} ${say(language, word)}`);
	let line = note ? ` ${note} ` : '';
	for (const hint of hints) if (widthOf(line) + widthOf(hint) + 3 <= columns) line += `${line ? '  ' : ' '}${hint}`;
	return (
		<Text {...(note ? theme.waiting : theme.dim)} wrap="truncate-end">
			{shorten(line, columns)}
		</Text>
	);
}

/** A line that asks, with what is typed; of panes, those that match. */
export function AskLine({
	ask,
	language,
	columns,
}: {
	readonly ask: NonNullable<AppState['ask']>;
	readonly language: Language;
	readonly columns: number;
}) {
	const word = ({filter: 'filterAsk', pane: 'paneAsk', search: 'searchAsk'} as const)[ask.what];
	const matches =
		ask.what === 'pane'
			? panesCalled(ask.text, language)
					.map(index => say(language, panes[index]!.title))
					.join('  ')
			: say(language, 'askHint');
	return <Text wrap="truncate-end">{shorten(` ${say(language, word)}: ${ask.text}▏  ${matches}`, columns)}</Text>;
}
