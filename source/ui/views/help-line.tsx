import {memo} from 'react';
import type {Language} from '../../lab/lab.js';
import type {AppState} from '../state/app-state.js';
import {panesCalled} from '../app/ask.js';
import {bindingsOf, type Context, type Deed} from '../keys/keymap.js';
import type {Pane} from '../panes/pane.js';
import panes from '../panes/index.js';
import {paint} from '../text/theme.js';
import {shorten, widthOf} from '../text/width.js';
import {say, type Word} from '../words/words.js';
import {merged, shownKey} from '../keys/key-list.js';
import {Row} from './rows.js';

export interface HelpLineProps {
	/** Whose keys. */
	readonly screen: Context;
	readonly language: Language;
	readonly columns: number;
	/** Comes first: what is worth a look now. */
	readonly note: string;
	/** Something is typed into this line. */
	readonly ask?: AppState['ask'];
	/** The pane that has the keys. */
	readonly pane?: Pane | undefined;
	/** The task stands beside the editor. */
	readonly beside?: boolean;
}

/** The last row of every screen. */
export const HelpLine = memo((props: HelpLineProps) => (
	<Row text={props.ask ? askLine(props.ask, props.language, props.columns) : keyLine(props)} />
));

/** Into the pane and out of it, or off a page: whoever is there must see how to leave. */
const ways = new Set<Word>(['keyIntoPane', 'keyToShell', 'keyBack']);

/** The keys worth knowing now, as many as fit: the way into the pane or out of it, then those of the pane itself. */
function keyLine({screen, language, columns, note, pane, beside = false}: HelpLineProps): string {
	const idle = new Set<Deed>([...(pane && !pane.table ? ['filter' as const] : []), ...(beside ? [] : ['task-down' as const])]);
	const useful = bindingsOf(screen).filter(({does}) => !idle.has(does));
	const isWay = ({word}: (typeof useful)[number]) => ways.has(word);
	const [way, rest] = [useful.filter(isWay), useful.filter(each => !isWay(each))];
	const hintsOf = (bindings: typeof useful) =>
		merged(
			bindings.flatMap(({short, word, does}) => (short ? [[short, pane?.scrolls && does === 'up' ? 'keyScroll' : word] as const] : [])),
		);
	const hints = [
		...hintsOf(way),
		...merged((pane?.keys ?? []).map(({keys, word}) => [shownKey(keys[0]!), word] as const)),
		...hintsOf(rest),
	].map(([keys, word]) => `${keys} ${say(language, word)}`);
	const said = note && shorten(` ${note} `, columns);
	const room = columns - widthOf(said);
	let keys = '';
	for (const hint of hints) if (widthOf(keys) + widthOf(hint) + 3 <= room) keys += `${keys || said ? '  ' : ' '}${hint}`;
	return (said && paint(said, 'waiting')) + paint(keys, 'dim');
}

/** Whole words only, so that the chosen one is among them, and how many more there are. */
function fitting(words: readonly string[], chosen: number, room: number): string {
	for (let count = words.length; count > 0; count--) {
		const start = Math.max(0, chosen + 1 - count);
		const more = count < words.length ? `  +${words.length - count}` : '';
		const shown = words.slice(start, start + count);
		const width = shown.reduce((sum, word) => sum + 2 + widthOf(word), widthOf(more));
		if (width <= room) return shown.map((word, index) => `  ${start + index === chosen ? paint(word, 'chosen') : word}`).join('') + more;
	}
	return '';
}

const hints = {lab: 'labAskHint', search: 'searchHint', filter: 'askHint', pane: 'askHint'} as const;

/** A line that asks, with what is typed; of panes, those that match. */
function askLine(ask: NonNullable<AppState['ask']>, language: Language, columns: number): string {
	const word = ({filter: 'filterAsk', pane: 'paneAsk', search: 'searchAsk', lab: 'labAsk'} as const)[ask.what];
	const asked = ` ${say(language, word)}: ${ask.text}▏`;
	const room = columns - widthOf(asked);
	if (ask.what === 'pane') {
		const matches = panesCalled(ask.text, language).map(index => say(language, panes[index]!.title));
		return (
			shorten(asked, columns) + (matches.length > 0 ? fitting(matches, ask.at, room) : fitting([say(language, 'noSuchPane')], -1, room))
		);
	}
	return shorten(asked, columns) + fitting([say(language, hints[ask.what])], -1, room);
}
