import {memo} from 'react';
import type {Language} from '../../lab/lab.js';
import panes from '../panes/index.js';
import {styledRow} from '../text/styled-row.js';
import {widthOf} from '../text/width.js';
import {say} from '../words/words.js';
import {Row} from './rows.js';

export interface TabsProps {
	readonly language: Language;
	/** The pane that is looked at. */
	readonly view: number;
	/** It has the keys. */
	readonly focused: boolean;
	/** Host whose tables are shown. */
	readonly host: string;
	readonly columns: number;
}

/** Panes with a number of their own. */
const numbered = 9;

/** The panes, of which one is chosen. */
export const Tabs = memo((props: TabsProps) => <Row text={tabsRow(props)} />);

/** How many have their name beside their number, and whether it says of which host; tried in this order. */
const cuts = [{named: numbered, host: true}, ...Array.from({length: numbered + 1}, (_, less) => ({named: numbered - less, host: false}))];

/** `1 Task  2 Goals  3 Pods ...`, the chosen one marked. Where there is no room, the last ones but the chosen one are numbers alone. */
function tabsRow({language, view, focused, host, columns}: TabsProps): string {
	const shown = panes.slice(0, numbered).map((_, index) => index);
	if (view >= numbered) shown.push(view);
	const label = (index: number, cut: (typeof cuts)[number]) => {
		const name = nameOf(index, language, index === view || cut.host ? host : '');
		const number = index < numbered ? `${index + 1} ` : '';
		return index === view ? ` ${number}${name} ` : ` ${number}${index < cut.named ? name : ''}`.trimEnd();
	};
	const cut = cuts.find(each => shown.reduce((sum, index) => sum + widthOf(label(index, each)), 0) <= columns) ?? cuts.at(-1)!;
	const looks = {chosen: focused ? 'tabFocused' : 'tabChosen', other: 'tab'} as const;
	return styledRow(
		shown.map(index => ({text: label(index, cut), look: looks[index === view ? 'chosen' : 'other']})),
		columns,
	);
}

function nameOf(view: number, language: Language, host: string): string {
	const pane = panes[view]!;
	const title = say(language, pane.title);
	return pane.ofHost && host ? `${title} ${host}` : title;
}
