import type {AppState} from './app-state.js';
import type {Word} from './words.js';

/** What has the keyboard: a screen, the built-in editor, or a command that reads single keys. */
export type Context = AppState['screen'] | 'editor' | 'keys';

/** One key of the application, as data: it drives the keyboard and draws the help. Every command has a second key, for tmux users. */
export interface Binding {
	readonly keys: readonly string[];
	readonly does: Deed;
	readonly word: Word;
	readonly screens: readonly Context[];
	/** Shown in the line at the bottom. */
	readonly short?: string;
}

export type Deed =
	| 'next-view'
	| 'view'
	| 'zoom'
	| 'host'
	| 'language'
	| 'help'
	| 'pause'
	| 'result'
	| 'leave'
	| 'open'
	| 'up'
	| 'down'
	| 'pane-up'
	| 'pane-down'
	| 'shell-up'
	| 'shell-down'
	| 'editor';

const bindings: readonly Binding[] = [
	{keys: ['return'], does: 'open', word: 'keyOpen', screens: ['home'], short: 'Enter'},
	{keys: ['up', 'k'], does: 'up', word: 'chooseLab', screens: ['home']},
	{keys: ['down', 'j'], does: 'down', word: 'chooseLab', screens: ['home']},
	{keys: ['ctrl-t', 'shift-tab'], does: 'next-view', word: 'keyPanes', screens: ['lab'], short: '^T'},
	{
		keys: ['alt-1', 'alt-2', 'alt-3', 'alt-4', 'alt-5', 'alt-6', 'alt-7', 'alt-8', 'alt-9'],
		does: 'view',
		word: 'keyNumber',
		screens: ['lab'],
		short: 'alt-1..8',
	},
	{keys: ['ctrl-o', 'alt-o'], does: 'zoom', word: 'keyZoom', screens: ['lab'], short: '^O'},
	{keys: ['ctrl-x', 'alt-n'], does: 'host', word: 'keyHost', screens: ['lab'], short: '^X'},
	{keys: ['escape'], does: 'result', word: 'goals', screens: ['lab', 'result'], short: 'Esc'},
	{keys: ['alt-l', 'ctrl-]'], does: 'language', word: 'keyLanguage', screens: ['lab', 'home', 'result', 'help'], short: 'alt-l'},
	{keys: ['ctrl-g', 'alt-g'], does: 'help', word: 'keyHelp', screens: ['lab', 'home', 'result', 'help'], short: '^G'},
	{keys: ['ctrl-q'], does: 'leave', word: 'keyQuit', screens: ['lab', 'result', 'editor', 'keys'], short: '^Q'},
	{keys: ['ctrl-q', 'alt-q', 'q', 'ctrl-c', 'ctrl-d', 'escape'], does: 'leave', word: 'keyLeave', screens: ['home'], short: 'q'},
	{keys: ['escape', 'q', 'ctrl-q', 'ctrl-c'], does: 'help', word: 'keyBack', screens: ['help'], short: 'Esc'},
	{keys: ['shift-up', 'ctrl-up', 'alt-k'], does: 'pane-up', word: 'keyScrollPane', screens: ['lab']},
	{keys: ['shift-down', 'ctrl-down', 'alt-j'], does: 'pane-down', word: 'keyScrollPane', screens: ['lab']},
	{keys: ['pageUp'], does: 'shell-up', word: 'keyScrollShell', screens: ['lab']},
	{keys: ['pageDown'], does: 'shell-down', word: 'keyScrollShell', screens: ['lab']},
	{keys: ['alt-p'], does: 'pause', word: 'keyPause', screens: ['lab']},
	{keys: ['ctrl-x'], does: 'editor', word: 'keyEditor', screens: ['editor'], short: '^X'},
];

export const bindingsOf = (screen: Context): readonly Binding[] => bindings.filter(binding => binding.screens.includes(screen));

export const findBinding = (screen: Context, name: string): Binding | undefined =>
	bindingsOf(screen).find(binding => binding.keys.includes(name));
