import type {Lab, Language} from '../../lab/lab.js';
import {linesPane, lineOf, type PaneLine, wrapped} from './lines-pane.js';
import type {PaneContext} from './pane.js';
import {chosenItem} from './pane.js';
import {reasonFor} from '../words/reasons.js';
import {wrap} from '../text/width.js';
import {say} from '../words/words.js';

/** Objectives with a tick, or why not; hints of the chosen one open one after the other. */
const goals = linesPane({
	title: 'goals',
	count: ({run}) => run.lab.objectives.length,
	first: ({run}) =>
		Math.max(
			0,
			run.marks.objectives.findIndex(mark => !mark.passed),
		),
	lines: goalLines,
	depends: context => [
		context.run.lab,
		context.run.marks,
		context.run.hints,
		context.settings.language,
		context.settings.theme,
		context.state,
		context.focused,
		context.alone,
	],
	keys: [
		{
			keys: ['h', 'return'],
			word: 'keyHint',
			deed(context) {
				const {id, hints} = objectiveOf(context);
				if ((context.run.hints[id] ?? 0) >= hints.length) return {does: 'say', word: 'noHints'};
				return {does: 'run', line: `lab hint ${id}`};
			},
		},
		{
			keys: ['?'],
			word: 'keyExplain',
			deed(context) {
				const {title} = objectiveOf(context);
				return {does: 'explain', text: `${title.en}\n${context.run.marks.objectives[chosenItem(goals, context)]?.reason ?? ''}`};
			},
		},
	],
});
export default goals;

const objectiveOf = (context: PaneContext) => context.run.lab.objectives[chosenItem(goals, context)]!;

const indent = ' '.repeat(9);

const titleLines = (title: string, columns: number) => wrap(title, Math.max(8, columns - 1 - indent.length));

/** Rows that all titles take. */
export const titleRows = (lab: Lab, language: Language, columns: number): number =>
	lab.objectives.reduce((sum, {title}) => sum + titleLines(title[language], columns).length, 0);

export function goalLines(context: PaneContext): PaneLine[] {
	const {run, settings, columns, focused, alone} = context;
	const {language} = settings;
	const chosen = focused ? chosenItem(goals, context) : -1;
	return run.lab.objectives.flatMap((objective, item) => {
		const mark = run.marks.objectives.find(each => each.id === objective.id);
		const sign = mark?.passed ? '✓' : mark?.waiting ? '○' : '·';
		const points = `${mark?.points ?? 0}/${objective.points}`;
		const head = titleLines(objective.title[language], columns).map((text, at) =>
			lineOf(at === 0 ? `${sign} ${points.padStart(5)}  ${text}` : indent + text, mark?.passed ? 'good' : 'plain', item),
		);
		const open = chosen === item;
		const reason = open || alone ? reasonFor(mark, language) : '';
		const opened = run.hints[objective.id] ?? 0;
		return [
			...head,
			...(reason ? wrapped(reason, columns - 1, indent, 'reason', item) : []),
			...(open || alone
				? objective.hints
						.slice(0, opened)
						.flatMap(hint => wrapped(`${say(language, 'hint')}: ${hint.text[language]}`, columns - 1, indent, 'code', item))
				: []),
			...(open && !run.lab.exam && !mark?.passed && opened < objective.hints.length
				? [lineOf(indent + hintOffer(objective.hints[opened]!.cost, objective.hints.length - opened, language), 'dim', item)]
				: []),
		];
	});
}

const hintOffer = (cost: number, left: number, language: 'en' | 'zh') =>
	cost > 0 ? say(language, 'hintCosts', {n: left, c: cost}) : say(language, 'hintFree', {n: left});
