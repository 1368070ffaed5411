import {type AppState, paneState} from '../state/app-state.js';
import type {Layout} from './layout.js';
import type {PaneContext} from '../panes/pane.js';
import panes from '../panes/index.js';
import type {RunView} from '../run/view.js';

export interface Seen {
	readonly state: AppState;
	readonly run: RunView;
}

export function hostOf({state, run}: Seen): string {
	const nodes = run.world.hosts();
	return nodes[state.host % Math.max(1, nodes.length)]?.name ?? '';
}

/** What a pane is drawn from, in a room of this size. */
export function contextOf(seen: Seen, view: number, {columns, rows}: {columns: number; rows: number}, alone: boolean): PaneContext {
	const {state, run} = seen;
	return {
		run,
		settings: state.settings,
		state: paneState(state, view),
		host: panes[view]?.ofHost ? hostOf(seen) : '',
		columns,
		rows,
		focused: state.inPane && state.view === view && !run.editor,
		inReach: state.view === view || run.editor !== undefined,
		alone,
	};
}

/** The room of the pane that is looked at. */
export function roomOf(view: number, layout: Layout): {columns: number; rows: number} {
	if (!layout.wide || view === 0) return layout.task;
	return view === 1 ? layout.goals : layout.tables[0]!;
}
