import type {Language} from '../lab/lab.js';
import panels from './panels/index.js';

/** Where the learner looks. What happens in the cluster is kept elsewhere (`lab-run.ts`); this is only about the screen. */
export interface AppState {
	readonly screen: 'home' | 'lab' | 'result' | 'help';
	/** Where help was opened from. */
	readonly before: 'home' | 'lab' | 'result';
	readonly language: Language;
	/** Row of the list of labs. */
	readonly selected: number;
	/** 0 task, 1 goals, then the panels. */
	readonly view: number;
	/** The two panels looked at last, newest first: a large screen shows both. */
	readonly recent: readonly [number, number];
	readonly host: number;
	readonly zoomed: boolean;
	readonly paused: boolean;
	readonly taskScroll: number;
	readonly tableScroll: number;
	readonly shellScroll: number;
}

export const firstPanel = 2;
export const viewCount = firstPanel + panels.length;

const panelNamed = (title: string) => panels.findIndex(panel => panel.title === title);

export const initialState = (language: Language): AppState => ({
	screen: 'home',
	before: 'home',
	language,
	selected: 0,
	view: 0,
	recent: [panelNamed('pods'), panelNamed('ipvs')],
	host: 0,
	zoomed: false,
	paused: false,
	taskScroll: 0,
	tableScroll: 0,
	shellScroll: 0,
});

export type AppAction =
	| {readonly type: 'view'; readonly view: number}
	| {readonly type: 'next-view' | 'zoom' | 'language' | 'help' | 'pause' | 'result' | 'home' | 'lab'}
	| {readonly type: 'host'; readonly count: number}
	| {readonly type: 'select'; readonly by: number; readonly count: number}
	| {readonly type: 'scroll-pane' | 'scroll-shell'; readonly by: number; readonly max: number};

export function reduce(state: AppState, action: AppAction): AppState {
	switch (action.type) {
		case 'view':
			return action.view < viewCount ? choose(state, action.view) : state;
		case 'next-view':
			return choose(state, (state.view + 1) % viewCount);
		case 'zoom':
			return {...state, zoomed: !state.zoomed};
		case 'language':
			return {...state, language: state.language === 'en' ? 'zh' : 'en', taskScroll: 0};
		case 'pause':
			return {...state, paused: !state.paused};
		case 'help':
			return state.screen === 'help' ? {...state, screen: state.before} : {...state, screen: 'help', before: state.screen};
		case 'result':
			return {...state, screen: state.screen === 'result' ? 'lab' : 'result'};
		case 'home':
		case 'lab':
			return {...state, screen: action.type, shellScroll: 0};
		case 'host':
			return {...state, host: (state.host + 1) % Math.max(1, action.count), tableScroll: 0};
		case 'select':
			return {...state, selected: within(state.selected + action.by, action.count - 1)};
		case 'scroll-shell':
			return {...state, shellScroll: within(state.shellScroll + action.by, action.max)};
		case 'scroll-pane':
			return state.view < firstPanel
				? {...state, taskScroll: within(state.taskScroll + action.by, action.max)}
				: {...state, tableScroll: within(state.tableScroll + action.by, action.max)};
	}
}

function choose(state: AppState, view: number): AppState {
	const panel = view - firstPanel;
	const [newest] = state.recent;
	const recent: AppState['recent'] = panel < 0 || panel === newest ? state.recent : [panel, newest];
	return {...state, view, recent, tableScroll: 0, zoomed: false};
}

const within = (value: number, max: number) => Math.max(0, Math.min(value, max));
