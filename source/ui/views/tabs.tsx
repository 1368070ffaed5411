import {Text} from 'ink';
import type {Language} from '../../lab/lab.js';
import {firstPanel, viewCount} from '../app-state.js';
import panels from '../panels/index.js';
import {theme} from '../theme.js';
import {shorten, widthOf} from '../width.js';
import {say, type Word} from '../words.js';

const titleOf = (view: number): Word => (view === 0 ? 'task' : view === 1 ? 'goals' : panels[view - firstPanel]!.title);

export interface TabsProps {
	readonly language: Language;
	readonly view: number;
	/** Host whose tables are shown. */
	readonly host: string;
	readonly columns: number;
}

/** `1 Task  2 Goals  3 Pods ...`, the chosen one marked. Where there is no room, only numbers and the chosen title. */
export function Tabs({language, view, host, columns}: TabsProps) {
	const labels = Array.from({length: viewCount}, (_, index) => ` ${index + 1} ${labelOf(index, language, host)} `);
	const short = labels.reduce((sum, label) => sum + widthOf(label), 0) > columns;
	return (
		<Text wrap="truncate-end">
			{labels.map((label, index) => (
				<Text key={label} {...(index === view ? theme.tabChosen : theme.tab)}>
					{short && index !== view ? ` ${index + 1} ${shorten(say(language, titleOf(index)), 4)}` : label}
				</Text>
			))}
		</Text>
	);
}

function labelOf(view: number, language: Language, host: string): string {
	const title = say(language, titleOf(view));
	return view >= firstPanel && panels[view - firstPanel]!.ofHost ? `${title} ${host}` : title;
}
