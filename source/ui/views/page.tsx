import type {LabCard} from '../../lab/card.js';
import type {Language} from '../../lab/lab.js';
import type {AppState} from '../app-state.js';
import type {Piece} from '../pieces.js';
import {clockText, type RunView} from '../run-view.js';
import {say} from '../words.js';
import {failed} from './failed.js';
import {HelpLine, HelpView} from './help.js';
import {HomeView} from './home.js';
import {Bar} from './lines.js';
import {ResultView} from './result.js';

export interface PagePorts {
	readonly chapters: ReadonlyArray<{readonly title: Readonly<Record<Language, string>>; readonly labs: readonly LabCard[]}>;
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
	const {language, screen} = state;
	const whole = {x: 0, columns, failed: failed(language)};
	const inner = {language, columns, rows: rows - 2};
	return [
		{id: 'bar', ...whole, y: 0, rows: 1, depends: [], draw: () => <Bar columns={columns} left=" kubelab" right=" " />},
		{id: screen, ...whole, y: 1, rows: rows - 2, ...page({state, run, ports}, inner)},
		{
			id: 'help',
			...whole,
			y: rows - 1,
			rows: 1,
			depends: [screen, language],
			draw: () => <HelpLine screen={screen} language={language} columns={columns} note="" />,
		},
	];
}

type Inner = {readonly language: Language; readonly columns: number; readonly rows: number};

function page({state, run, ports}: Pick<PageProps, 'state' | 'run' | 'ports'>, inner: Inner): Pick<Piece, 'depends' | 'draw'> {
	const {language} = inner;
	switch (state.screen) {
		case 'home': {
			const chapters = ports.chapters.map(chapter => ({title: chapter.title[language], labs: chapter.labs}));
			const best = ports.best();
			return {
				depends: [best, state.selected, language],
				draw: () => <HomeView chapters={chapters} selected={state.selected} best={best} {...inner} />,
			};
		}
		case 'help':
			return {depends: [state.before, language], draw: () => <HelpView screen={state.before} {...inner} />};
		case 'result':
			if (run) return {depends: [run, language], draw: () => <ResultView {...resultOf(run)} {...inner} />};
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
