import {memo} from 'react';
import type {Language} from '../../lab/lab.js';
import panes from '../panes/index.js';
import {styledRow} from '../text/styled-row.js';
import {shorten, widthOf} from '../text/width.js';
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

/** The most columns that a name may have, and whether it says of which host; tried in this order. */
const cuts = [{width: 20, host: true}, {width: 20, host: false}, ...[6, 5, 4, 3, 0].map(width => ({width, host: false}))];

/** `1 Task  2 Goals  3 Pods ...`, the chosen one marked. Where there is no room, names are cut, at last all but the chosen one's. */
function tabsRow({language, view, focused, host, columns}: TabsProps): string {
	const shown = panes.slice(0, numbered).map((_, index) => index);
	if (view >= numbered) shown.push(view);
	const label = (index: number, cut: (typeof cuts)[number]) => {
		const name = nameOf(index, language, index === view || cut.host ? host : '');
		const number = index < numbered ? `${index + 1} ` : '';
		return index === view ? ` ${number}${name} ` : ` ${number}${shorten(name, cut.width)}`.trimEnd();
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
