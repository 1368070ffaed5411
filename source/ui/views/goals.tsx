import {Text} from 'ink';
import type {ObjectiveMark} from '../../lab/judge.js';
import type {Lab, Language} from '../../lab/lab.js';
import {theme} from '../theme.js';
import {wrap} from '../width.js';
import {say} from '../words.js';
import {Pane} from './lines.js';

export interface GoalsProps {
	readonly lab: Lab;
	readonly marks: readonly ObjectiveMark[];
	readonly language: Language;
	readonly columns: number;
	readonly rows: number;
	readonly scroll?: number;
	/** Reasons below what is missed; without them one line a goal. */
	readonly reasons: boolean;
}

/** Objectives with a tick or the reason why not. */
export function GoalsView({lab, marks, language, columns, rows, scroll = 0, reasons}: GoalsProps) {
	const lines = goalLines({lab, marks, language, columns, rows, reasons});
	return (
		<Pane columns={columns} rows={rows}>
			{lines.slice(scroll, scroll + rows).map(({text, look}, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the screen
				<Text key={index} {...look} wrap="truncate-end">
					{text}
				</Text>
			))}
		</Pane>
	);
}

export function goalLines({lab, marks, language, columns, reasons}: GoalsProps) {
	return lab.objectives.flatMap(objective => {
		const mark = marks.find(each => each.id === objective.id);
		const sign = mark?.passed ? '✓' : mark?.waiting ? '○' : '·';
		const points = `${mark?.points ?? 0}/${objective.points}`;
		const head = {text: `${sign} ${points.padStart(5)}  ${objective.title[language]}`, look: mark?.passed ? theme.good : {}};
		const reason = mark?.waiting ? say(language, 'keepWaits') : (mark?.reason ?? '');
		if (!reasons || !reason) return [head];
		return [head, ...wrap(reason, columns - 10).map(text => ({text: `${' '.repeat(9)}${text}`, look: theme.reason}))];
	});
}
