import type {Language} from '../../lab/lab.js';
import type {Settings} from './settings.js';
import type {Word} from '../words/words.js';

/** Lines of what the shell printed are being chosen, to be taken along. */
export interface CopyMode {
	/** The line with the cursor. */
	readonly at: number;
	/** Where the selection began; undefined: only the one line. */
	readonly from?: number;
}

export type Screen = 'home' | 'lab' | 'result' | 'help' | 'settings' | 'explain';

/** Where the learner looks. What happens in the cluster is kept elsewhere (`run/lab-run.ts`); this is only about the screen. */
export interface AppState {
	readonly screen: Screen;
	/** Where help, settings or an explanation was opened from. */
	readonly before: 'home' | 'lab' | 'result';
	readonly settings: Settings;
	/** Row of the list of labs. */
	readonly selected: number;
	/** Row of the settings. */
	readonly setting: number;
	/** The pane that is looked at; an index of `panes/index.ts`. */
	readonly view: number;
	/** The panes of the right side looked at last, newest first: a large screen shows two, a very large one four. */
	readonly recent: readonly number[];
	/** Whether keys go to the pane instead of the shell. */
	readonly inPane: boolean;
	/** Something is typed into a line of its own: a filter, a name to look for. */
	readonly ask?: Asked;
	/** Said until the next key: why the last one did nothing, or what came of it. */
	readonly note?: Note | undefined;
	/** How each pane is looked at, by its index. */
	readonly panes: Readonly<Record<number, PaneState>>;
	/** Ids of what is explained. */
	readonly explained: readonly string[];
	readonly host: number;
	readonly zoomed: boolean;
	readonly paused: boolean;
	readonly shellScroll: number;
	/** Rows that a page longer than the screen is scrolled down. */
	readonly pageTop: number;
	/** What is looked for in what the shell printed, and the line of it that is shown. */
	readonly found: {readonly text: string; readonly line?: number};
	/** Lines of the shell's output are being chosen. */
	readonly copy?: CopyMode;
	/** Step of the first tour; undefined: not on it. */
	readonly tour?: number;
}

export type Ask = 'filter' | 'pane' | 'search' | 'lab';

export interface Asked {
	readonly what: Ask;
	readonly text: string;
	/** Which of those that match is chosen. */
	readonly at: number;
}

export interface Note {
	readonly word: Word;
	readonly values?: Readonly<Record<string, string | number>>;
}

export interface PaneState {
	/** The thing chosen in it; undefined: what the pane itself thinks of first. */
	readonly item?: number;
	/** Lines scrolled down. */
	readonly top: number;
	/** Columns left out at the left. */
	readonly pan: number;
	readonly filter: string;
	readonly sort?: {readonly column: number; readonly down: boolean};
	/** Stays with the row that changed last. */
	readonly follow: boolean;
}

export const untouched: PaneState = {top: 0, pan: 0, filter: '', follow: false};

export const initialState = (settings: Settings, recent: AppState['recent']): AppState => ({
	screen: 'home',
	before: 'home',
	settings,
	selected: 0,
	setting: 0,
	view: 0,
	recent,
	inPane: false,
	panes: {},
	explained: [],
	host: 0,
	zoomed: false,
	paused: false,
	shellScroll: 0,
	pageTop: 0,
	found: {text: ''},
});

export const paneState = (state: AppState, view: number): PaneState => state.panes[view] ?? untouched;

export const languageOf = (state: AppState): Language => state.settings.language;

export type AppAction =
	| {readonly type: 'view'; readonly view: number}
	| {readonly type: 'zoom' | 'help' | 'settings' | 'pause' | 'result' | 'home' | 'lab' | 'focus' | 'back' | 'shell-end'}
	| {readonly type: 'explain'; readonly ids: readonly string[]}
	| {readonly type: 'host'; readonly count: number}
	| {readonly type: 'select'; readonly lab: number}
	| {readonly type: 'select-setting'; readonly by: number; readonly count: number}
	| {readonly type: 'scroll-shell' | 'scroll-page'; readonly by: number; readonly max: number}
	| {readonly type: 'pane'; readonly view: number; readonly change: Partial<PaneState>}
	| {readonly type: 'ask'; readonly what: Ask | undefined; readonly text: string; readonly at?: number}
	| {readonly type: 'found'; readonly found: AppState['found']}
	| {readonly type: 'note'; readonly note: Note | undefined}
	| {readonly type: 'copy'; readonly mode: CopyMode | undefined}
	| {readonly type: 'tour'; readonly step: number | undefined}
	| {readonly type: 'set'; readonly settings: Settings};

export function reduce(state: AppState, action: AppAction): AppState {
	switch (action.type) {
		case 'view':
			return choose(state, action.view);
		case 'zoom':
			return {...state, zoomed: !state.zoomed, inPane: false};
		case 'focus':
			return {...state, inPane: !state.inPane, zoomed: false, ask: undefined, shellScroll: 0};
		case 'pause':
			return {...state, paused: !state.paused};
		case 'help':
		case 'settings':
			return state.screen === action.type ? {...state, screen: state.before} : aside(state, action.type);
		case 'explain':
			return {...aside(state, 'explain'), explained: action.ids};
		case 'back':
			return {...state, screen: state.before};
		case 'result':
			return {...state, screen: state.screen === 'result' ? 'lab' : 'result', pageTop: 0};
		case 'home':
		case 'lab':
			return {...state, screen: action.type, shellScroll: 0, inPane: false, ask: undefined, copy: undefined};
		case 'host':
			return {...state, host: (state.host + 1) % Math.max(1, action.count)};
		case 'select':
			return {...state, selected: action.lab};
		case 'select-setting':
			return {...state, setting: within(state.setting + action.by, action.count - 1)};
		case 'scroll-shell':
			return {...state, shellScroll: within(state.shellScroll + action.by, action.max)};
		case 'scroll-page':
			return {...state, pageTop: within(state.pageTop + action.by, action.max)};
		case 'pane':
			return {...state, panes: {...state.panes, [action.view]: {...paneState(state, action.view), ...action.change}}};
		case 'ask':
			return {...state, ask: action.what && {what: action.what, text: action.text, at: action.at ?? 0}};
		case 'found':
			return {...state, found: action.found};
		case 'note':
			return {...state, note: action.note};
		case 'shell-end':
			return {...state, shellScroll: 0, found: {text: state.found.text}};
		case 'copy':
			return {...state, copy: action.mode, shellScroll: 0};
		case 'tour':
			return {...state, tour: action.step};
		case 'set':
			return {...state, settings: action.settings};
	}
}

const aside = (state: AppState, screen: Screen): AppState =>
	state.screen === 'home' || state.screen === 'lab' || state.screen === 'result'
		? {...state, screen, before: state.screen, pageTop: 0}
		: {...state, screen, pageTop: 0};

/** Task and goals stand at the left; whatever else is looked at takes the place of the older one at the right. */
export const leftPanes = 2;

function choose(state: AppState, view: number): AppState {
	const recent = view < leftPanes ? state.recent : [view, ...state.recent.filter(each => each !== view)].slice(0, state.recent.length);
	return {...state, view, recent, zoomed: false};
}

export const within = (value: number, max: number): number => Math.max(0, Math.min(value, max));
