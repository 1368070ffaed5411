import type {LabCard} from '../../lab/card.js';
import type {Language} from '../../lab/lab.js';
import type {AppState} from '../app-state.js';
import type {Piece} from '../pieces.js';
import {clockText, type RunView} from '../run-view.js';
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
export function pagePieces({state, run, ports, columns, rows}: PageProps): Piece[] {
	const {screen, settings} = state;
	const {language, theme} = settings;
	const whole = {x: 0, columns, failed: failed(language)};
	const inner = {language, columns, rows: rows - 2};
	return [
		{id: 'bar', ...whole, y: 0, rows: 1, depends: [theme], draw: () => [bar(columns, ' kubelab', ' ')]},
		{id: `page ${screen}`, ...whole, y: 1, rows: rows - 2, ...page({state, run, ports}, inner)},
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

type Inner = {readonly language: Language; readonly columns: number; readonly rows: number};

function page({state, run, ports}: Pick<PageProps, 'state' | 'run' | 'ports'>, inner: Inner): Pick<Piece, 'depends' | 'draw'> {
	const {language} = inner;
	const {theme} = state.settings;
	switch (state.screen) {
		case 'home': {
			const chapters = ports.chapters.map(chapter => ({title: chapter.title[language], labs: chapter.labs}));
			const best = ports.best();
			return {
				depends: [best, ports.last?.(), state.selected, language, theme],
				draw: () => homeRows({chapters, selected: state.selected, best, last: ports.last?.(), ...inner}),
			};
		}
		case 'help':
			return {depends: [state.before, language, theme], draw: () => helpRows(state.before, language, inner.columns)};
		case 'result':
			if (run) return {depends: [run, language, theme], draw: () => resultRows({...resultOf(run), ...inner})};
			break;
		case 'settings':
			return {
				depends: [state.settings, state.setting],
				draw: () => settingsRows(state.settings, state.setting, inner.columns),
			};
		case 'explain':
			return {depends: [state.explained, language, theme], draw: () => explainRows(state.explained, language, inner.columns)};
	}
	return {depends: [language], draw: () => [` ${say(language, 'starting')}`]};
}

const resultOf = (run: RunView) => ({
	lab: run.lab,
	marks: run.marks,
	commands: run.commands,
	time: clockText(run.uptimeSeconds),
	notSimulated: run.world.sim.notes.list().map(note => note.what),
});
