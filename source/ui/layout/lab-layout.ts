import type {AppState} from '../state/app-state.js';
import {type Layout, layoutOf, leftColumns} from './layout.js';
import {titleRows} from '../panes/goals.js';
import type {RunView} from '../run/view.js';

/** What the screen of a lab is made of. */
export interface LabSight {
	readonly state: AppState;
	readonly run: RunView;
	readonly columns: number;
	readonly rows: number;
}

export const labLayout = ({state, run, columns, rows}: LabSight): Layout =>
	layoutOf(columns, rows, {
		zoomed: state.zoomed,
		inPane: state.inPane,
		inGoals: state.inPane && state.view === 1,
		goals: titleRows(run.lab, state.settings.language, leftColumns(columns)),
		settings: state.settings,
	});
