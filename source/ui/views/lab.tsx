import {Box, Text} from 'ink';
import {type AppState, firstPanel} from '../app-state.js';
import {type Layout, layoutOf, shellRows} from '../layout.js';
import panels from '../panels/index.js';
import {clockText, noChanges, type RunView} from '../run-view.js';
import {say} from '../words.js';
import {EditorPane} from './editor.js';
import {GoalsView} from './goals.js';
import {HelpLine} from './help.js';
import {Bar, Pane, Rule} from './lines.js';
import {ShellView} from './shell.js';
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
export function LabScreen(props: LabScreenProps) {
	const {state, run, columns, rows} = props;
	const {language} = state;
	const layout = labLayout(props);
	const percent = Math.round((100 * run.marks.score) / run.marks.max);
	const right = `${state.paused ? `${say(language, 'paused')} ` : ''}${clockText(run.uptimeSeconds)}  ${percent} % `;
	const busy =
		state.shellScroll > 0 ? ` · ${say(language, 'scrolled', {n: state.shellScroll})}` : run.busy ? ` · ${say(language, 'running')}` : '';
	return (
		<>
			<Bar columns={columns} left={` kubelab  ${run.lab.title[language]}`} right={right} />
			{run.editor ? (
				<EditorPane editor={run.editor} columns={columns} rows={rows - 3} />
			) : (
				<>
					{layout.pane > 0 && <Tabs language={language} view={state.view} host={hostOf(props)} columns={columns} />}
					{layout.pane > 0 &&
						(layout.wide ? <WidePanes {...props} layout={layout} /> : <OnePane {...props} layout={layout} view={state.view} />)}
					<Rule columns={columns} title={`${say(language, 'shell')}${busy}`} />
					<ShellView
						scrollback={run.scrollback}
						line={run.prompt + run.input.text}
						columns={columns}
						rows={shellRows(layout)}
						scrolled={state.shellScroll}
					/>
				</>
			)}
			<HelpLine
				screen={run.editor ? 'editor' : 'lab'}
				language={language}
				columns={columns}
				note={run.note || (run.marks.passed ? say(language, 'openResult') : '')}
			/>
		</>
	);
}

export function hostOf({state, run}: Pick<LabScreenProps, 'state' | 'run'>): string {
	const nodes = run.world.hosts();
	return nodes[state.host % Math.max(1, nodes.length)]?.name ?? '';
}

type Inner = LabScreenProps & {readonly layout: Layout};

function WidePanes(props: Inner) {
	const {layout, state, run} = props;
	const {task, goals, tables} = layout;
	return (
		<Box height={layout.pane} width={layout.columns} flexShrink={0}>
			<Pane columns={task.columns} rows={layout.pane}>
				<TaskView source={run.lab.text[state.language]} columns={task.columns} rows={task.rows} scroll={state.taskScroll} />
				<Rule columns={task.columns} title={say(state.language, 'goals')} />
				<GoalsView
					lab={run.lab}
					marks={run.marks.objectives}
					language={state.language}
					columns={goals.columns}
					rows={goals.rows}
					reasons={false}
				/>
			</Pane>
			<Box flexDirection="column" marginLeft={1} width={tables[0]!.columns}>
				{tables.map((size, index) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: a table is its place on the screen
					<Box key={index} flexDirection="column">
						{index > 0 && <Rule columns={size.columns} title={tableTitle(props, state.recent[index]!)} />}
						<TablePane
							{...tableProps(props, state.recent[index]!)}
							columns={size.columns}
							rows={size.rows}
							scroll={index === 0 ? state.tableScroll : 0}
						/>
					</Box>
				))}
			</Box>
		</Box>
	);
}

function tableTitle({state, run}: Inner, index: number): string {
	const panel = panels[index]!;
	return `${say(state.language, panel.title)}${panel.ofHost ? ` ${hostOf({state, run})}` : ''}`;
}

function OnePane(props: Inner & {readonly view: number}) {
	const {layout, state, run, view} = props;
	const {columns, rows} = layout.task;
	if (view === 0) return <TaskView source={run.lab.text[state.language]} columns={columns} rows={rows} scroll={state.taskScroll} />;
	if (view === 1) {
		return (
			<GoalsView
				lab={run.lab}
				marks={run.marks.objectives}
				language={state.language}
				columns={columns}
				rows={rows}
				scroll={state.taskScroll}
				reasons
			/>
		);
	}
	return <TablePane {...tableProps(props, view - firstPanel)} columns={columns} rows={rows} scroll={state.tableScroll} />;
}

function tableProps({state, run}: Inner, panel: number) {
	const changed = run.changed.get(panels[panel]!.title) ?? noChanges;
	return {tables: run.tables, stamp: run.stamp, panel, host: hostOf({state, run}), changed, language: state.language};
}

export function TooSmall({
	columns,
	rows,
	least,
	language,
}: {
	readonly columns: number;
	readonly rows: number;
	readonly least: {columns: number; rows: number};
	readonly language: AppState['language'];
}) {
	return <Text wrap="truncate-end">{say(language, 'tooSmall', {c: columns, r: rows, mc: least.columns, mr: least.rows})}</Text>;
}
