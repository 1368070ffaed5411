import type {Language} from '../../lab/lab.js';
import type {ListedMoment} from '../../timeline/moment.js';
import type {FieldDiff, WorldDiff} from '../../timeline/world-diff.js';
import {chosenLine, clampTop, lineOf, type PaneLine, wrapped} from './lines-pane.js';
import {chosenItem, type Pane, type PaneContext} from './pane.js';
import {clockText} from '../run/view.js';
import type {Look} from '../text/theme.js';
import {shorten} from '../text/width.js';
import {say} from '../words/words.js';
import {commentLast} from '../panels/rule-text.js';
import {rule, styledRow} from '../text/styled-row.js';

/** What was typed, and what each line changed: objects, rules, files, what clients meet. Any moment can be returned to. */
const timeline: Pane = {
	title: 'timeline',
	count: ({run}) => run.timeline.moments.length,
	first: ({run}) => run.timeline.moments.findIndex(moment => moment.when === 'present'),
	length: context => diffOf(context).length,
	keys: [
		{keys: ['u'], word: 'keyUndo', deed: () => ({does: 'run', line: 'lab undo', moves: true})},
		{keys: ['r', 'ctrl-r'], word: 'keyRedo', deed: () => ({does: 'run', line: 'lab redo', moves: true})},
		{
			keys: ['return'],
			word: 'keyGoThere',
			deed(context) {
				const moment = context.run.timeline.moments[chosenItem(timeline, context)];
				if (!moment || moment.when === 'present') return undefined;
				return {does: 'run', line: `lab switch ${moment.step === 0 ? 'start' : moment.step}`, moves: true};
			},
		},
		{keys: ['m'], word: 'keyMark', deed: () => ({does: 'type', text: 'lab checkpoint '})},
		{keys: ['b'], word: 'keyBranch', deed: () => ({does: 'type', text: 'lab branch '})},
		{keys: ['?'], word: 'keyExplain', deed: () => ({does: 'explain', text: 'timeline'})},
	],
	depends: context => [context.run.timeline, context.state, context.focused, context.settings.language, context.settings.theme],
	draw(context) {
		const {columns, rows, focused, state, settings} = context;
		const {moments} = context.run.timeline;
		const listRows = Math.min(moments.length, Math.max(2, Math.floor(rows * 0.4)));
		const chosen = chosenItem(timeline, context);
		const start = Math.max(0, Math.min(chosen - Math.floor(listRows / 2), moments.length - listRows));
		const shown = moments.slice(start, start + listRows).map((moment, index) => {
			const spans = momentSpans(moment, columns);
			if (start + index !== chosen) return spans;
			return focused ? chosenLine(spans, columns) : spans.map(span => ({...span, look: 'strong' as const}));
		});
		const diff = diffOf(context);
		const room = Math.max(0, rows - listRows - 1);
		const top = clampTop(state.top, diff.length, room);
		return [
			...shown.map(line => styledRow(line, columns)),
			rule(columns, titleOf(context, settings.language)),
			...diff.slice(top, top + room).map(line => styledRow(line.spans, columns)),
		];
	},
};
export default timeline;

function momentSpans({step, atMs, line, when, checkpoints, branches}: ListedMoment, columns: number): PaneLine['spans'] {
	const names = [...checkpoints.map(name => `[${name}]`), ...branches.map(name => `<${name}>`)].join(' ');
	const sign = when === 'present' ? '▶' : when === 'future' ? '○' : '●';
	const head = ` ${sign} ${String(step).padStart(3)} ${clockText(atMs / 1000)}  `;
	const text = (line || 'start').split('\n')[0]!;
	const room = columns - head.length - (names ? names.length + 2 : 0);
	return [
		{text: head, look: when === 'present' ? 'good' : 'dim'},
		{text: shorten(text, Math.max(4, room)), look: when === 'future' ? 'dim' : 'plain'},
		{text: names ? `  ${names}` : '', look: 'waiting'},
	];
}

function titleOf(context: PaneContext, language: Language): string {
	const moment = context.run.timeline.moments[chosenItem(timeline, context)];
	if (!moment || moment.step === 0) return `${say(language, 'branch')} ${context.run.timeline.branch}`;
	return `${say(language, 'changedBy')} ${moment.line.split('\n')[0]}`;
}

function diffOf(context: PaneContext): PaneLine[] {
	const {run, settings, columns} = context;
	const {language} = settings;
	const moment = run.timeline.moments[chosenItem(timeline, context)];
	if (!moment || moment.step === 0) return [lineOf(` ${say(language, 'timelineStart')}`, 'dim')];
	const diff = run.timeline.diff(moment.step);
	if (typeof diff === 'string') return [lineOf(` ${diff}`, 'dim')];
	return diffLines(diff, language, columns);
}

const looks: Readonly<Record<string, Look>> = {
	created: 'good',
	deleted: 'bad',
	changed: 'waiting',
	'+': 'good',
	'-': 'bad',
	'~': 'waiting',
};
const signs = {created: '+', deleted: '-', changed: '~'} as const;

/** Objects, files, rules, and what it means for clients. */
export function diffLines({objects, files, rules, reach}: WorldDiff, language: Language, columns: number): PaneLine[] {
	const cut = (text: string, look: Look) => lineOf(shorten(text, columns - 1), look);
	const part = (word: 'diffReach' | 'diffObjects' | 'diffRules' | 'diffFiles', lines: readonly PaneLine[]) =>
		lines.length > 0 ? [lineOf(` ${say(language, word)}`, 'heading'), ...lines] : [];
	const lines = [
		...part(
			'diffReach',
			reach.flatMap(({service, address, from, before, after}) =>
				wrapped(`${service} ${address} (${from}): ${before} → ${after}`, columns - 1, '  ', after === 'answered' ? 'good' : 'bad'),
			),
		),
		...part(
			'diffObjects',
			objects.flatMap(({resource, namespace, name, change, fields}) => [
				cut(`  ${signs[change]} ${resource}/${name}${namespace ? ` -n ${namespace}` : ''}`, looks[change]!),
				...fields.map(field => cut(fieldLine(field, columns), 'plain')),
			]),
		),
		...part(
			'diffRules',
			rules.flatMap(({host, table, lines: changed}) => [
				cut(`  ${host} ${table}`, 'strong'),
				...changed.map(({sign, text}) => cut(`    ${sign} ${commentLast(text)}`, looks[sign]!)),
			]),
		),
		...part(
			'diffFiles',
			files.flatMap(({host, path, change, lines: changed}) => [
				cut(`  ${signs[change]} ${host}:${path}`, looks[change]!),
				...changed.map(({sign, text}) => cut(`    ${sign} ${text}`, looks[sign]!)),
			]),
		),
	];
	return lines.length > 0 ? lines : [lineOf(` ${say(language, 'nothingChanged')}`, 'dim')];
}

/** Both values get a share of the line: what it became must not fall off its end. */
function fieldLine({path, before, after}: FieldDiff, columns: number): string {
	const head = `      ${path}: `;
	const [old, now] = [before, after].map(value => (value === undefined ? '∅' : JSON.stringify(value)));
	const room = Math.max(16, columns - 4 - head.length);
	const share = Math.max(Math.floor(room / 2), room - Math.min(old!.length, now!.length));
	return `${head}${shorten(old!, share)} → ${shorten(now!, share)}`;
}
