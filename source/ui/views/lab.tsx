import {type AppState, firstPanel} from '../app-state.js';
import {type Layout, layoutOf, shellRows} from '../layout.js';
import panels from '../panels/index.js';
import type {Piece} from '../pieces.js';
import {clockText, noChanges, type RunView} from '../run-view.js';
import {say} from '../words.js';
import {EditorPane} from './editor.js';
import {failed} from './failed.js';
import {GoalsView} from './goals.js';
import {HelpLine} from './help.js';
import {Bar, Rule} from './lines.js';
import {cursorPlace, shellLines} from './shell.js';
import {TablePane} from './table-pane.js';
import {Tabs} from './tabs.js';
import {TaskView} from './task.js';

export interface LabScreenProps {
	readonly state: AppState;
	readonly run: RunView;
	readonly columns: number;
	readonly rows: number;
}

export const labLayout = ({state, run, columns, rows}: LabScreenProps): Layout =>
	layoutOf(columns, rows, {zoomed: state.zoomed, goals: run.lab.objectives.length});

/** Task, tables and goals above, the shell below. */
export function labPieces(props: LabScreenProps): Piece[] {
	const {state, run, columns, rows} = props;
	const whole = {x: 0, columns, failed: failed(state.language)};
	const above = run.editor ? [editorPiece(props)] : [...panePieces(props), ...shellPieces(props)];
	return [barPiece(props), ...above, {id: 'help', ...whole, y: rows - 1, rows: 1, ...helpLine(props)}];
}

function barPiece({state, run, columns}: LabScreenProps): Piece {
	const {language} = state;
	const percent = Math.round((100 * run.marks.score) / run.marks.max);
	const right = `${state.paused ? `${say(language, 'paused')} ` : ''}${clockText(run.uptimeSeconds)}  ${percent} % `;
	const left = ` kubelab  ${run.lab.title[language]}`;
	const draw = () => <Bar columns={columns} left={left} right={right} />;
	return {id: 'bar', x: 0, y: 0, columns, rows: 1, depends: [left, right], draw, failed: failed(language)};
}

function helpLine({state, run, columns}: LabScreenProps): Pick<Piece, 'depends' | 'draw'> {
	const screen = run.editor ? 'editor' : 'lab';
	const note = run.note || (run.marks.passed ? say(state.language, 'openResult') : '');
	return {
		depends: [screen, state.language, note],
		draw: () => <HelpLine screen={screen} language={state.language} columns={columns} note={note} />,
	};
}

function editorPiece({state, run, columns, rows}: LabScreenProps): Piece {
	const draw = () => <EditorPane editor={run.editor!} columns={columns} rows={rows - 2} />;
	return {id: 'editor', x: 0, y: 1, columns, rows: rows - 2, depends: [run.editor], draw, failed: failed(state.language)};
}

function shellPieces(props: LabScreenProps): Piece[] {
	const {state, run, columns} = props;
	const {language} = state;
	const layout = labLayout(props);
	const top = shellTop(layout);
	const busy =
		state.shellScroll > 0 ? ` · ${say(language, 'scrolled', {n: state.shellScroll})}` : run.busy ? ` · ${say(language, 'running')}` : '';
	const title = `${say(language, 'shell')}${busy}`;
	const line = run.prompt + run.input.text;
	const common = {x: 0, columns, failed: failed(language)};
	const rows = shellRows(layout);
	return [
		{id: 'shell title', ...common, y: top - 1, rows: 1, depends: [title], draw: () => <Rule columns={columns} title={title} />},
		{
			id: 'shell',
			...common,
			y: top,
			rows,
			depends: [run.scrollback, line, state.shellScroll],
			draw: () => shellLines({scrollback: run.scrollback, line, columns, rows, scrolled: state.shellScroll}),
		},
	];
}

/** Below the bar, the tabs, the panes and the shell's own title. */
const shellTop = (layout: Layout): number => (layout.pane > 0 ? layout.pane + 3 : 2);

/** Where the terminal's own cursor belongs: in the prompt or in the editor. */
export function labCursor(props: LabScreenProps): {x: number; y: number} | undefined {
	const {state, run, columns} = props;
	if (run.editor) return {x: run.editor.cursor.x, y: 1 + run.editor.cursor.y};
	if (state.shellScroll > 0 || (run.busy && !run.prompt)) return undefined;
	const layout = labLayout(props);
	const before = run.prompt + run.input.text.slice(0, run.input.cursor);
	const inside = cursorPlace({scrollback: run.scrollback, line: run.prompt + run.input.text, columns, rows: shellRows(layout)}, before);
	return {x: inside.x, y: shellTop(layout) + inside.y};
}

export function hostOf({state, run}: Pick<LabScreenProps, 'state' | 'run'>): string {
	const nodes = run.world.hosts();
	return nodes[state.host % Math.max(1, nodes.length)]?.name ?? '';
}

function panePieces(props: LabScreenProps): Piece[] {
	const {state, columns} = props;
	const layout = labLayout(props);
	if (layout.pane <= 0) return [];
	const host = hostOf(props);
	const tabs: Piece = {
		id: 'tabs',
		x: 0,
		y: 1,
		columns,
		rows: 1,
		depends: [state.language, state.view, host],
		draw: () => <Tabs language={state.language} view={state.view} host={host} columns={columns} />,
		failed: failed(state.language),
	};
	return [tabs, ...(layout.wide ? widePanes(props, layout) : [onePane(props, layout, 'pane', state.view, {x: 0, y: 2, ...layout.task})])];
}

interface Place {
	readonly x: number;
	readonly y: number;
	readonly columns: number;
	readonly rows: number;
}

function widePanes(props: LabScreenProps, layout: Layout): Piece[] {
	const {task, goals, tables} = layout;
	const {language, recent} = props.state;
	const title = say(language, 'goals');
	const x = task.columns + 1;
	const rule = (id: string, text: string, place: Omit<Place, 'rows'>): Piece => ({
		id,
		...place,
		rows: 1,
		depends: [text],
		draw: () => <Rule columns={place.columns} title={text} />,
		failed: failed(language),
	});
	const pieces = [
		onePane(props, layout, 'task', 0, {x: 0, y: 2, ...task}),
		rule('goals title', title, {x: 0, y: 2 + task.rows, columns: task.columns}),
		goalsPane(props, 'goals', {x: 0, y: 3 + task.rows, ...goals}, false),
	];
	let y = 2;
	for (const [index, size] of tables.entries()) {
		const panel = recent[index]!;
		if (index > 0) pieces.push(rule(`title ${index}`, tableTitle(props, panel), {x, y: y++, columns: size.columns}));
		pieces.push(tablePane(props, `table ${index}`, panel, {x, y, ...size}, index === 0 ? props.state.tableScroll : 0));
		y += size.rows;
	}
	return pieces;
}

function tableTitle({state, run}: LabScreenProps, index: number): string {
	const panel = panels[index]!;
	return `${say(state.language, panel.title)}${panel.ofHost ? ` ${hostOf({state, run})}` : ''}`;
}

function onePane(props: LabScreenProps, layout: Layout, id: string, view: number, place: Place): Piece {
	const {state, run} = props;
	if (view === 1) return goalsPane(props, id, place, true);
	if (view >= firstPanel) return tablePane(props, id, view - firstPanel, place, state.tableScroll);
	const source = run.lab.text[state.language];
	return {
		id,
		...place,
		depends: [source, state.taskScroll, layout.wide],
		draw: () => <TaskView source={source} columns={place.columns} rows={place.rows} scroll={state.taskScroll} />,
		failed: failed(state.language),
	};
}

function goalsPane({state, run}: LabScreenProps, id: string, place: Place, reasons: boolean): Piece {
	const {language, taskScroll} = state;
	const marks = run.marks.objectives;
	const scroll = reasons ? taskScroll : 0;
	return {
		id,
		...place,
		depends: [run.lab, marks, language, scroll, reasons],
		draw: () => <GoalsView lab={run.lab} marks={marks} language={language} {...place} scroll={scroll} reasons={reasons} />,
		failed: failed(language),
	};
}

function tablePane(props: LabScreenProps, id: string, panel: number, place: Place, scroll: number): Piece {
	const {state, run} = props;
	const host = hostOf(props);
	const changed = run.changed.get(panels[panel]!.title) ?? noChanges;
	const {language} = state;
	return {
		id,
		...place,
		depends: [run.stamp, panel, host, changed, language, scroll],
		draw: () => (
			<TablePane tables={run.tables} panel={panel} host={host} changed={changed} language={language} {...place} scroll={scroll} />
		),
		failed: failed(language),
	};
}
