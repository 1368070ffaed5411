import {Text, type TextProps} from 'ink';
import type {Marks} from '../../lab/judge.js';
import type {Lab, Language} from '../../lab/lab.js';
import {theme} from '../theme.js';
import {wrap} from '../width.js';
import {say} from '../words.js';
import {Pane} from './lines.js';

export interface ResultProps {
	readonly lab: Lab;
	readonly marks: Marks;
	readonly commands: number;
	readonly time: string;
	readonly notSimulated: readonly string[];
	readonly language: Language;
	readonly columns: number;
	readonly rows: number;
}

interface Line {
	readonly text: string;
	readonly look: TextProps;
}

/** The mark, each objective with its reason, and once all is met another way to the same end: as many lines as fit. */
export function ResultView(props: ResultProps) {
	const {columns, rows} = props;
	return (
		<Pane columns={columns} rows={rows}>
			{resultLines(props)
				.slice(0, rows)
				.map(({text, look}, index) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the screen
					<Text key={index} {...look} wrap="truncate-end">
						{text || ' '}
					</Text>
				))}
		</Pane>
	);
}

const barMax = 40;
const blank: Line = {text: '', look: {}};

function resultLines({lab, marks, commands, time, notSimulated, language, columns}: ResultProps): Line[] {
	const percent = Math.round((100 * marks.score) / marks.max);
	const width = Math.max(5, Math.min(barMax, columns - 12));
	const filled = Math.round((width * percent) / 100);
	const done = `${marks.passed ? `${say(language, 'done')} ` : ''}${say(language, 'commandsRun', {n: commands, t: time})}`;
	return [
		{text: ` ${lab.title[language]}`, look: theme.title},
		{text: ` ${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${percent} %`, look: marks.passed ? theme.good : theme.waiting},
		{text: ` ${done}`, look: marks.passed ? theme.good : theme.dim},
		blank,
		...goalLines(lab, marks, language, columns - 2),
		...(notSimulated.length > 0
			? [blank, {text: ` ${say(language, 'notSimulated', {what: notSimulated.join(', ')})}`, look: theme.waiting}]
			: []),
		...(marks.passed ? otherWay(lab, language) : []),
	];
}

/** Each objective, with what was found where it is missed. */
const goalLines = (lab: Lab, marks: Marks, language: Language, width: number): Line[] =>
	lab.objectives.flatMap(objective => {
		const mark = marks.objectives.find(each => each.id === objective.id);
		const points = `${mark?.points ?? 0}/${objective.points}`.padStart(5);
		const reason = mark?.waiting ? say(language, 'keepWaits') : (mark?.reason ?? '');
		return [
			{text: ` ${mark?.passed ? '✓' : '·'} ${points}  ${objective.title[language]}`, look: mark?.passed ? theme.good : {}},
			...(mark?.hintCost ? [{text: `${' '.repeat(10)}${say(language, 'hintsUsed', {n: mark.hintCost})}`, look: theme.dim}] : []),
			...(reason ? wrap(reason, width - 10).map(text => ({text: `${' '.repeat(10)}${text}`, look: theme.reason})) : []),
		];
	});

function otherWay(lab: Lab, language: Language): Line[] {
	const other = lab.solutions.find(each => each.name !== 'solution.sh') ?? lab.solutions[0];
	const commands =
		other?.text
			.trim()
			.split('\n')
			.filter(line => !line.startsWith('#')) ?? [];
	return [
		blank,
		{text: ` ${say(language, 'otherWays')}`, look: theme.header},
		...commands.map(command => ({text: `   ${command}`, look: {}})),
		{text: ` ${say(language, 'resultMore')}`, look: theme.dim},
	];
}
