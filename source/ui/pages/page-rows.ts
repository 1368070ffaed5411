import type {CardChapter} from '../../lab/card.js';
import type {AppState} from '../state/app-state.js';
import {labWanted} from './lab-list.js';
import {clockText, type RunView} from '../run/view.js';
import {spoken} from '../text/spoken.js';
import {paint} from '../text/theme.js';
import {say} from '../words/words.js';
import {explainRows} from './explain.js';
import {helpRows} from './help.js';
import {homeRows} from './home.js';
import {resultRows} from './result.js';
import {settingsRows} from './settings.js';

export interface PagePorts {
	readonly chapters: readonly CardChapter[];
	last?(): string | undefined;
	best(): Readonly<Record<string, {readonly best: number; readonly max: number}>>;
}

/** What a page is made of: everything but a lab. */
export interface PageSight {
	readonly state: AppState;
	readonly run: RunView | undefined;
	readonly ports: PagePorts;
	readonly columns: number;
	readonly rows: number;
}

/** All rows of a page, also those that do not fit. */
export function pageRows({state, run, ports, columns, rows}: PageSight): string[] {
	const {language} = state.settings;
	switch (state.screen) {
		case 'home':
			return homeRows({
				chapters: ports.chapters,
				wanted: labWanted(state),
				selected: state.selected,
				best: ports.best(),
				last: ports.last?.(),
				language,
				columns,
				rows: rows - 2,
			});
		case 'help':
			return helpRows(state.before, language, columns);
		case 'settings':
			return settingsRows(state.settings, state.setting, columns);
		case 'explain':
			return explainRows(state.explained, language, columns);
		default:
			return run && state.screen === 'result' ? resultRows({...resultOf(run), language, columns}) : [` ${say(language, 'starting')}`];
	}
}

/** As many of them as there is room for, and whether there are more. */
export function shownPageRows(sight: PageSight): readonly string[] {
	const all = spoken(pageRows(sight), sight.state.settings.reading);
	const top = sight.state.pageTop;
	const room = sight.rows - 2;
	const shown = all.slice(top, top + room);
	return top + room < all.length ? [...shown.slice(0, -1), paint(' ▼ ↓', 'dim')] : shown;
}

const resultOf = (run: RunView) => ({
	lab: run.lab,
	marks: run.marks,
	commands: run.commands,
	time: clockText(run.uptimeSeconds),
	notSimulated: run.world.sim.notes.list().map(note => note.what),
});
