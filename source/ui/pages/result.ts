import type {Marks} from '../../lab/judge.js';
import type {Lab, Language} from '../../lab/lab.js';
import {type Look, paint} from '../text/theme.js';
import {reasonFor} from '../words/reasons.js';
import {shorten, wrap} from '../text/width.js';
import {say} from '../words/words.js';

export interface ResultProps {
	readonly lab: Lab;
	readonly marks: Marks;
	readonly commands: number;
	readonly time: string;
	readonly notSimulated: readonly string[];
	readonly language: Language;
	readonly columns: number;
}

interface Line {
	readonly text: string;
	readonly look: Look;
}

/** The mark, each objective with its reason, and once all is met another way to the same end: as many lines as fit. */
export const resultRows = (props: ResultProps): string[] =>
	resultLines(props).map(({text, look}) => paint(shorten(text, props.columns), look));

const barMax = 40;
const lineOf = (text: string, look: Look): Line => ({text, look});
const blank: Line = {text: '', look: 'plain'};

function resultLines({lab, marks, commands, time, notSimulated, language, columns}: ResultProps): Line[] {
	const percent = Math.round((100 * marks.score) / marks.max);
	const width = Math.max(5, Math.min(barMax, columns - 12));
	const filled = Math.round((width * percent) / 100);
	const done = `${marks.passed ? `${say(language, 'done')} ` : ''}${say(language, 'commandsRun', {n: commands, t: time})}`;
	return [
		lineOf(` ${lab.title[language]}`, 'title'),
		lineOf(` ${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${percent} %`, marks.passed ? 'good' : 'waiting'),
		lineOf(` ${done}`, marks.passed ? 'good' : 'dim'),
		blank,
		...goalLines(lab, marks, language, columns - 2),
		...(notSimulated.length > 0 ? [blank, lineOf(` ${say(language, 'notSimulated', {what: notSimulated.join(', ')})}`, 'waiting')] : []),
		...(marks.passed ? otherWay(lab, language, columns) : []),
	];
}

/** Each objective, with what was found where it is missed. */
const goalLines = (lab: Lab, marks: Marks, language: Language, width: number): Line[] =>
	lab.objectives.flatMap(objective => {
		const mark = marks.objectives.find(each => each.id === objective.id);
		const points = `${mark?.points ?? 0}/${objective.points}`.padStart(5);
		const reason = reasonFor(mark, language);
		return [
			...wrap(objective.title[language], width - 10).map((text, at) =>
				lineOf(at === 0 ? ` ${mark?.passed ? '✓' : '·'} ${points}  ${text}` : ' '.repeat(10) + text, mark?.passed ? 'good' : 'plain'),
			),
			...(mark?.hintCost ? [lineOf(`${' '.repeat(10)}${say(language, 'hintsUsed', {n: mark.hintCost})}`, 'dim')] : []),
			...(reason ? wrap(reason, width - 10).map(text => lineOf(`${' '.repeat(10)}${text}`, 'reason')) : []),
		];
	});

/** A command is not re-wrapped at its blanks: it could look like two. */
const cutAt = (text: string, width: number): string[] =>
	text ? (text.match(new RegExp(`.{1,${Math.max(10, width)}}`, 'gu')) ?? []) : [''];

function otherWay(lab: Lab, language: Language, columns: number): Line[] {
	const other = lab.solutions.find(each => each.name !== 'solution.sh') ?? lab.solutions[0];
	const commands =
		other?.text
			.trim()
			.split('\n')
			.filter(line => !line.startsWith('#')) ?? [];
	return [
		blank,
		lineOf(` ${say(language, 'otherWays')}`, 'header'),
		...commands.flatMap(command => cutAt(command, columns - 6).map((text, at) => lineOf(`${at === 0 ? '   ' : '     '}${text}`, 'plain'))),
		lineOf(` ${say(language, 'resultMore')}`, 'dim'),
	];
}
