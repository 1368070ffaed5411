import {panelTable, keyOf} from '../table/panel-table.js';
import type {Panel, PanelRows} from '../panels/panel.js';
import {chosenItem, type Pane, type PaneContext, type PaneKey} from './pane.js';
import panels from '../panels/index.js';
import {noChanges} from '../run/view.js';
import {nextSort, viewRows} from '../table/view.js';
import {say} from '../words/words.js';

/** Each panel as a pane: its rows filtered and sorted, one of them chosen. */
function tablePane(panel: Panel, index: number): Pane {
	const rowsOf = ({run, host, state}: PaneContext): PanelRows => viewRows(run.tables(index, host), state);
	const rowOf = (context: PaneContext) => {
		const rows = rowsOf(context);
		return rows.length > 0 ? rows.at(chosen(context)) : undefined;
	};
	const changedOf = ({run}: PaneContext) => run.changed.get(panel.title) ?? noChanges;
	const chosen = (context: PaneContext): number => {
		const followed = context.state.follow ? lastChanged(panel, rowsOf(context), changedOf(context)) : undefined;
		return followed ?? chosenItem(pane, context);
	};
	const pane: Pane = {
		title: panel.title,
		ofHost: panel.ofHost,
		table: true,
		count: context => rowsOf(context).length,
		keys: [...rowKeys(panel, rowOf), ...tableKeys(panel)],
		depends: context => [
			context.run.stamp,
			context.host,
			changedOf(context),
			context.state,
			context.focused,
			context.settings.language,
			context.settings.reading,
		],
		draw: context =>
			panelTable({
				columns: panel.columns,
				rows: rowsOf(context),
				changed: context.settings.motion === 'full' ? changedOf(context) : noChanges,
				width: context.columns,
				height: context.rows,
				chosen: chosen(context),
				pan: context.state.pan,
				sort: context.state.sort,
				focused: context.focused,
				plain: context.settings.reading === 'linear',
				empty: say(context.settings.language, context.state.filter ? 'nothingFound' : (panel.empty ?? 'nothingHere')),
			}),
	};
	return pane;
}

/** Rows further down are not looked at. */
const followMax = 500;

function lastChanged(panel: Panel, rows: PanelRows, changed: ReadonlySet<string>): number | undefined {
	if (changed.size === 0) return undefined;
	for (let at = Math.min(rows.length, followMax) - 1; at >= 0; at--) if (changed.has(keyOf(panel.columns, rows.at(at)))) return at;
	return undefined;
}

const tableKeys = ({columns}: Panel): PaneKey[] => [
	{keys: ['>'], word: 'keySort', deed: ({state}) => ({does: 'look', change: {sort: nextSort(state.sort, columns, 1)}})},
	{keys: ['<'], word: 'keySort', deed: ({state}) => ({does: 'look', change: {sort: nextSort(state.sort, columns, -1)}})},
	{
		keys: ['s'],
		word: 'keySortDown',
		deed: ({state}) => ({does: 'look', change: {sort: {column: state.sort?.column ?? 0, down: !state.sort?.down}}}),
	},
	{keys: ['f'], word: 'keyFollow', deed: ({state}) => ({does: 'look', change: {follow: !state.follow}})},
	{keys: ['right', 'l'], word: 'keyPan', deed: ({state}) => ({does: 'look', change: {pan: Math.min(columns.length - 1, state.pan + 1)}})},
	{keys: ['left', 'h'], word: 'keyPan', deed: ({state}) => ({does: 'look', change: {pan: Math.max(0, state.pan - 1)}})},
];

function rowKeys(panel: Panel, rowOf: (context: PaneContext) => readonly string[] | undefined): PaneKey[] {
	const explain: PaneKey = {
		keys: ['?'],
		word: 'keyExplain',
		deed: context => ({
			does: 'explain',
			text: [panel.title, ...panel.columns.map(column => column.name), ...(rowOf(context) ?? [])].join('\n'),
		}),
	};
	const {resource} = panel;
	if (!resource) return [explain];
	const write = (verb: string, tail: string) => (context: PaneContext) => {
		const row = rowOf(context);
		if (!row) return undefined;
		const cell = (name: string) => row[panel.columns.findIndex(column => column.name === name)];
		const namespace = cell('NAMESPACE');
		const place = namespace && namespace !== 'default' ? ` -n ${namespace}` : '';
		return {does: 'type', text: `kubectl${place} ${verb} ${resource} ${cell('NAME')}${tail}`} as const;
	};
	return [
		{keys: ['return'], word: 'keyDescribe', deed: write('describe', '')},
		{keys: ['y'], word: 'keyYaml', deed: write('get', ' -o yaml')},
		explain,
	];
}

export const tablePanes: readonly Pane[] = panels.map(tablePane);
