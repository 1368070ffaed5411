import type {LabCard} from '../../lab/card.js';
import type {Language} from '../../lab/lab.js';
import type {AppState} from '../app-state.js';
import type {Piece} from '../pieces.js';
import {clockText, type RunView} from '../run-view.js';
import {say} from '../words.js';
import {failed} from './failed.js';
import {ExplainView} from './explain.js';
import {HelpView} from './help.js';
import {HelpLine} from './help-line.js';
import {HomeView} from './home.js';
import {Bar} from './lines.js';
import {ResultView} from './result.js';
import {SettingsView} from './settings.js';

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
		{id: 'bar', ...whole, y: 0, rows: 1, depends: [theme], draw: () => <Bar columns={columns} left=" kubelab" right=" " />},
		{id: `page ${screen}`, ...whole, y: 1, rows: rows - 2, ...page({state, run, ports}, inner)},
		{
			id: 'help',
			...whole,
			y: rows - 1,
			rows: 1,
			depends: [screen, language, theme],
			draw: () => <HelpLine screen={screen} language={language} columns={columns} note="" />,
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
				draw: () => <HomeView chapters={chapters} selected={state.selected} best={best} last={ports.last?.()} {...inner} />,
			};
		}
		case 'help':
			return {depends: [state.before, language, theme], draw: () => <HelpView screen={state.before} {...inner} />};
		case 'result':
			if (run) return {depends: [run, language, theme], draw: () => <ResultView {...resultOf(run)} {...inner} />};
			break;
		case 'settings':
			return {
				depends: [state.settings, state.setting],
				draw: () => <SettingsView settings={state.settings} chosen={state.setting} columns={inner.columns} rows={inner.rows} />,
			};
		case 'explain':
			return {depends: [state.explained, language, theme], draw: () => <ExplainView ids={state.explained} {...inner} />};
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
