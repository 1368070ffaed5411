import type {LabCard} from '../../lab/card.js';
import type {Language} from '../../lab/lab.js';
import type {AppState} from '../app-state.js';
import type {Piece} from '../pieces.js';
import {clockText, type RunView} from '../run-view.js';
import {paint} from '../theme.js';
import {say} from '../words.js';
import {failed} from './failed.js';
import {explainRows} from './explain.js';
import {helpRows} from './help.js';
import {helpLine} from './help-line.js';
import {homeRows} from './home.js';
import {bar} from './lines.js';
import {resultRows} from './result.js';
import {settingsRows} from './settings.js';

export interface PagePorts {
	readonly chapters: ReadonlyArray<{readonly title: Readonly<Record<Language, string>>; readonly labs: readonly LabCard[]}>;
	last?(): string | undefined;
	best(): Readonly<Record<string, {readonly best: number; readonly max: number}>>;
}

export interface PageProps {
	readonly state: AppState;
	readonly run: RunView | undefined;
	readonly ports: PagePorts;
	readonly columns: number;
	readonly rows: number;
}

/** Everything but a lab: a bar, a page, the keys. */
export function pagePieces(props: PageProps): Piece[] {
	const {state, columns, rows} = props;
	const {screen, settings} = state;
	const {language, theme} = settings;
	const whole = {x: 0, columns, failed: failed(language)};
	return [
		{id: 'bar', ...whole, y: 0, rows: 1, depends: [theme], draw: () => [bar(columns, ' kubelab', ' ')]},
		{
			id: `page ${screen}`,
			...whole,
			y: 1,
			rows: rows - 2,
			depends: dependsOf(props),
			draw: () => cutPage(pageRows(props), state.pageTop, rows - 2),
		},
		{
			id: 'help',
			...whole,
			y: rows - 1,
			rows: 1,
			depends: [screen, language, theme],
			draw: () => [helpLine({screen, language, columns, note: ''})],
		},
	];
}

/** What the page needs to be drawn again for. */
function dependsOf({state, run, ports}: PageProps): readonly unknown[] {
	const {screen, settings, pageTop} = state;
	const common = [settings, pageTop];
	switch (screen) {
		case 'home':
			return [...common, ports.best(), ports.last?.(), state.selected];
		case 'help':
			return [...common, state.before];
		case 'settings':
			return [...common, state.setting];
		case 'explain':
			return [...common, state.explained];
		default:
			return [...common, run];
	}
}

/** All rows of a page, also those that do not fit. */
export function pageRows({state, run, ports, columns, rows}: PageProps): string[] {
	const {language} = state.settings;
	switch (state.screen) {
		case 'home': {
			const chapters = ports.chapters.map(chapter => ({title: chapter.title[language], labs: chapter.labs}));
			return homeRows({chapters, selected: state.selected, best: ports.best(), last: ports.last?.(), language, columns, rows: rows - 2});
		}
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

/** As many rows as there is room for, and whether there are more. */
function cutPage(all: readonly string[], top: number, room: number): string[] {
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
