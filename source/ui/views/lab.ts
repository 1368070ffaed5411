import type {Language} from '../../lab/lab.js';
import type {AppState} from '../app-state.js';
import {type Layout, layoutOf, leftColumns, shellRows} from '../layout.js';
import {contextOf, hostOf} from '../pane-context.js';
import {titleRows} from '../panes/goals.js';
import panes from '../panes/index.js';
import type {Piece} from '../pieces.js';
import {clockText, type RunView} from '../run-view.js';
import {tour} from '../tour.js';
import {say} from '../words.js';
import {editorRows} from './editor.js';
import {failed} from './failed.js';
import {askLine, helpLine} from './help-line.js';
import {bar, rule} from './lines.js';
import {shellCursor, shellLines, type ShellProps} from './shell.js';
import {tabsRow} from './tabs.js';

export interface LabScreenProps {
	readonly state: AppState;
	readonly run: RunView;
	readonly columns: number;
	readonly rows: number;
}

export const labLayout = ({state, run, columns, rows}: LabScreenProps): Layout =>
	layoutOf(columns, rows, {
		zoomed: state.zoomed,
		inPane: state.inPane,
		inGoals: state.inPane && state.view === 1,
		goals: titleRows(run.lab, state.settings.language, leftColumns(columns)),
		settings: state.settings,
	});

/** Task, tables and goals above, the shell below. */
export function labPieces(props: LabScreenProps): Piece[] {
	const {run} = props;
	const layout = labLayout(props);
	const above = run.editor ? [editorPiece(props)] : [...panePieces(props, layout), ...shellPieces(props, layout)];
	return [barPiece(props), ...above, helpPiece(props)];
}

function barPiece({state, run, columns}: LabScreenProps): Piece {
	const {language, theme} = state.settings;
	const percent = Math.round((100 * run.marks.score) / run.marks.max);
	const speed = state.settings.speed === 1 ? '' : `${state.settings.speed}x `;
	const right = `${state.paused ? `${say(language, 'paused')} ` : speed}${timeText(run, language)}  ${percent} % `;
	const left = ` kubelab  ${run.lab.title[language]}`;
	const draw = () => [bar(columns, left, right)];
	return {id: 'bar', x: 0, y: 0, columns, rows: 1, depends: [left, right, theme], draw, failed: failed(language)};
}

/** Since the lab began, or until it ends. */
function timeText({sitting, uptimeSeconds}: RunView, language: Language): string {
	if (sitting?.over) return say(language, 'over');
	return sitting?.leftSeconds === undefined ? clockText(uptimeSeconds) : say(language, 'left', {t: clockText(sitting.leftSeconds)});
}

function helpPiece({state, run, columns, rows}: LabScreenProps): Piece {
	const {language, theme} = state.settings;
	const screen = run.editor ? 'editor' : state.inPane ? 'pane' : 'lab';
	const step = state.tour === undefined ? undefined : tour[state.tour];
	// Until the next thing is typed, or the keyboard is elsewhere.
	const slip = run.slip && !state.inPane && run.input.text === '' && say(language, run.slip.word, run.slip.values);
	const note = run.note || slip || (run.marks.passed ? say(language, 'openResult') : step ? say(language, step.word) : '');
	const {ask} = state;
	return {
		id: 'help',
		x: 0,
		y: rows - 1,
		columns,
		rows: 1,
		depends: [screen, language, theme, note, ask, state.view],
		draw() {
			const pane = state.inPane ? panes[state.view] : undefined;
			return [ask ? askLine(ask, language, columns) : helpLine({screen, language, columns, note, pane})];
		},
		failed: failed(language),
	};
}

function editorPiece({state, run, columns, rows}: LabScreenProps): Piece {
	const draw = () => editorRows(run.editor!, columns);
	const {language} = state.settings;
	return {id: 'editor', x: 0, y: 1, columns, rows: rows - 2, depends: [run.editor], draw, failed: failed(language)};
}

function shellProps({state, run, columns}: LabScreenProps, layout: Layout): ShellProps {
	const {scrollback, prompt, input, suggestion, menu} = run;
	return {
		scrollback,
		prompt,
		input,
		suggestion: state.inPane ? '' : suggestion,
		menu,
		found: state.shellScroll > 0 ? state.found : '',
		columns,
		rows: shellRows(layout),
		scrolled: state.shellScroll,
	};
}

function shellPieces(props: LabScreenProps, layout: Layout): Piece[] {
	const {state, run, columns} = props;
	const {language, theme, reading} = state.settings;
	const busy =
		state.shellScroll > 0 ? ` · ${say(language, 'scrolled', {n: state.shellScroll})}` : run.busy ? ` · ${say(language, 'running')}` : '';
	const title = `${say(language, 'shell')}${busy}`;
	const common = {x: 0, columns, failed: failed(language)};
	const top = shellTop(layout);
	const shell = shellProps(props, layout);
	return [
		{
			id: 'shell title',
			...common,
			y: top - 1,
			rows: 1,
			depends: [title, theme, reading],
			draw: () => [rule(columns, title, reading === 'linear')],
		},
		{
			id: 'shell',
			...common,
			y: top,
			rows: shell.rows,
			depends: [run.scrollback, shell.prompt, shell.input.text, shell.suggestion, shell.menu, shell.found, shell.scrolled],
			draw: () => shellLines(shell),
		},
	];
}

/** Below the bar, the tabs, the panes and the shell's own title. */
const shellTop = (layout: Layout): number => (layout.pane > 0 ? layout.pane + 3 : 2);

/** Where the terminal's own cursor belongs: in the prompt, in the editor, or in a line that asks. */
export function labCursor(props: LabScreenProps): {x: number; y: number} | undefined {
	const {state, run, rows} = props;
	if (state.ask) return undefined;
	if (run.editor) return {x: run.editor.cursor.x, y: 1 + run.editor.cursor.y};
	if (state.inPane || state.shellScroll > 0 || (run.busy && !run.prompt)) return undefined;
	const layout = labLayout(props);
	const {x, y} = shellCursor(shellProps(props, layout));
	return {x, y: Math.min(rows - 2, shellTop(layout) + y)};
}

function panePieces(props: LabScreenProps, layout: Layout): Piece[] {
	const {state, columns} = props;
	if (layout.pane <= 0) return [];
	const host = hostOf(props);
	const {language, theme} = state.settings;
	const tabs: Piece = {
		id: 'tabs',
		x: 0,
		y: 1,
		columns,
		rows: 1,
		depends: [language, theme, state.view, state.inPane, host],
		draw: () => [tabsRow({language, view: state.view, focused: state.inPane, host, columns})],
		failed: failed(language),
	};
	return [tabs, ...(layout.wide ? widePanes(props, layout) : [panePiece(props, 'pane', state.view, {x: 0, y: 2, ...layout.task}, true)])];
}

interface Place {
	readonly x: number;
	readonly y: number;
	readonly columns: number;
	readonly rows: number;
}

function widePanes(props: LabScreenProps, layout: Layout): Piece[] {
	const {task, goals, tables} = layout;
	const {settings, recent, view} = props.state;
	const x = task.columns + 1;
	const titled = (id: string, text: string, place: Omit<Place, 'rows'>): Piece => ({
		id,
		...place,
		rows: 1,
		depends: [text, settings.theme],
		draw: () => [rule(place.columns, text)],
		failed: failed(settings.language),
	});
	const pieces = [
		panePiece(props, 'task', 0, {x: 0, y: 2, ...task}, false),
		titled('goals title', say(settings.language, 'goals'), {x: 0, y: 2 + task.rows, columns: task.columns}),
		panePiece(props, 'goals', 1, {x: 0, y: 3 + task.rows, ...goals}, false),
	];
	let y = 2;
	for (const [index, size] of tables.entries()) {
		const shown = index === 0 && view > 1 ? view : recent[index]!;
		if (index > 0) pieces.push(titled(`title ${index}`, titleOf(props, shown), {x, y: y++, columns: size.columns}));
		pieces.push(panePiece(props, `table ${index}`, shown, {x, y, ...size}, false));
		y += size.rows;
	}
	return pieces;
}

function titleOf(props: LabScreenProps, view: number): string {
	const pane = panes[view]!;
	return `${say(props.state.settings.language, pane.title)}${pane.ofHost ? ` ${hostOf(props)}` : ''}`;
}

function panePiece(props: LabScreenProps, id: string, view: number, place: Place, alone: boolean): Piece {
	const pane = panes[view]!;
	const context = contextOf(props, view, place, alone);
	return {
		id,
		...place,
		depends: [pane, ...pane.depends(context)],
		draw: () => pane.draw(context),
		failed: failed(context.settings.language),
	};
}
