import type {AppState} from '../state/app-state.js';
import type {Word} from '../words/words.js';

/** What has the keyboard: a screen, a pane, the built-in editor, a command that reads single keys, a menu, a line that asks. */
export type Context = AppState['screen'] | 'pane' | 'editor' | 'keys' | 'menu' | 'ask' | 'copy';

/**
 * One key of the application, as data: it drives the keyboard and draws the help. Every command has a second key, for tmux users. Inside a
 * pane, a plain letter does what it does with alt elsewhere: `Esc` and then the letter works where alt does not.
 */
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
	| 'previous-view'
	| 'view'
	| 'choose-view'
	| 'zoom'
	| 'host'
	| 'language'
	| 'help'
	| 'settings'
	| 'pause'
	| 'result'
	| 'focus'
	| 'explain'
	| 'leave'
	| 'back'
	| 'open'
	| 'up'
	| 'down'
	| 'page-up'
	| 'page-down'
	| 'first'
	| 'last'
	| 'filter'
	| 'pane-up'
	| 'pane-down'
	| 'task-up'
	| 'task-down'
	| 'task-text'
	| 'shell-up'
	| 'shell-down'
	| 'search'
	| 'search-on'
	| 'search-back'
	| 'undo'
	| 'redo'
	| 'turn'
	| 'turn-back'
	| 'tour'
	| 'copy'
	| 'copy-up'
	| 'copy-down'
	| 'copy-page-up'
	| 'copy-page-down'
	| 'copy-mark'
	| 'copy-take'
	| 'copy-end'
	| 'next-shell'
	| 'previous-shell'
	| 'editor';

const numbers = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

const bindings: readonly Binding[] = [
	{keys: ['return'], does: 'open', word: 'keyOpen', screens: ['home'], short: 'Enter'},
	{keys: ['up', 'k', 'ctrl-p'], does: 'up', word: 'keyChoose', screens: ['home', 'settings']},
	{keys: ['down', 'j', 'ctrl-n'], does: 'down', word: 'keyChoose', screens: ['home', 'settings'], short: '↑↓'},
	{keys: ['/', 'alt-/'], does: 'filter', word: 'keyFilter', screens: ['home'], short: '/'},
	{keys: ['up', 'k', 'ctrl-p', 'pageUp'], does: 'up', word: 'keyScroll', screens: ['result', 'help', 'explain']},
	{keys: ['down', 'j', 'ctrl-n', 'pageDown', ' '], does: 'down', word: 'keyScroll', screens: ['result', 'help', 'explain'], short: '↑↓'},
	{keys: ['right', 'return', ' ', 'l'], does: 'turn', word: 'keyTurn', screens: ['settings'], short: '←→'},
	{keys: ['left', 'h'], does: 'turn-back', word: 'keyTurn', screens: ['settings']},
	{keys: ['escape'], does: 'focus', word: 'keyIntoPane', screens: ['lab'], short: 'Esc'},
	{keys: ['ctrl-g', 'alt-g', 'f1'], does: 'help', word: 'keyHelp', screens: ['lab', 'pane', 'home', 'result', 'help'], short: '^G'},
	{keys: ['escape', 'i', 'q'], does: 'focus', word: 'keyToShell', screens: ['pane'], short: 'Esc'},
	{keys: ['up', 'k', 'ctrl-p'], does: 'up', word: 'keyChoose', screens: ['pane'], short: '↑↓'},
	{keys: ['down', 'j', 'ctrl-n'], does: 'down', word: 'keyChoose', screens: ['pane']},
	{keys: ['pageUp', 'ctrl-b', 'ctrl-u'], does: 'page-up', word: 'keyScrollPane', screens: ['pane']},
	{keys: ['pageDown', 'ctrl-f', 'ctrl-d', ' '], does: 'page-down', word: 'keyScrollPane', screens: ['pane']},
	{keys: ['pageUp', 'ctrl-b'], does: 'page-up', word: 'keyScroll', screens: ['home']},
	{keys: ['pageDown', 'ctrl-f', ' '], does: 'page-down', word: 'keyScroll', screens: ['home']},
	{keys: ['home', 'g'], does: 'first', word: 'keyEnds', screens: ['pane', 'home']},
	{keys: ['end', 'G'], does: 'last', word: 'keyEnds', screens: ['pane', 'home']},
	{keys: ['/', 'alt-/'], does: 'filter', word: 'keyFilter', screens: ['pane'], short: '/'},
	{keys: ['alt-/'], does: 'filter', word: 'keyFilter', screens: ['lab']},
	{keys: ['tab'], does: 'next-view', word: 'keyPanes', screens: ['pane'], short: 'Tab'},
	{keys: ['ctrl-t'], does: 'next-view', word: 'keyPanes', screens: ['lab', 'pane'], short: '^T'},
	{keys: ['shift-tab'], does: 'previous-view', word: 'keyPanesBack', screens: ['lab', 'pane']},
	{keys: numbers, does: 'view', word: 'keyNumber', screens: ['pane']},
	{keys: numbers.map(number => `alt-${number}`), does: 'view', word: 'keyNumber', screens: ['lab', 'pane'], short: 'alt-1..9'},
	{keys: ['0', 'v', 'alt-0', 'alt-v'], does: 'choose-view', word: 'keyChooseView', screens: ['pane'], short: '0'},
	{keys: ['alt-0', 'alt-v'], does: 'choose-view', word: 'keyChooseView', screens: ['lab']},
	{keys: ['o', 'ctrl-o', 'alt-o'], does: 'zoom', word: 'keyZoom', screens: ['pane']},
	{keys: ['ctrl-o', 'alt-o'], does: 'zoom', word: 'keyZoom', screens: ['lab'], short: '^O'},
	{keys: ['x', 'ctrl-x', 'alt-n'], does: 'host', word: 'keyHost', screens: ['pane']},
	{keys: ['alt-n'], does: 'host', word: 'keyHost', screens: ['lab'], short: 'alt-n'},
	{keys: ['alt-h'], does: 'next-shell', word: 'keyShell', screens: ['lab', 'pane'], short: 'alt-h'},
	{keys: ['alt-H'], does: 'previous-shell', word: 'keyShell', screens: ['lab', 'pane']},
	{keys: ['w', 'alt-r'], does: 'result', word: 'keyResult', screens: ['pane']},
	{keys: ['alt-r'], does: 'result', word: 'keyResult', screens: ['lab', 'result'], short: 'alt-r'},
	{keys: ['alt-?'], does: 'explain', word: 'keyExplain', screens: ['lab', 'pane'], short: 'alt-?'},
	{keys: ['alt-z'], does: 'undo', word: 'keyUndo', screens: ['lab', 'pane'], short: 'alt-z'},
	{keys: ['alt-Z'], does: 'redo', word: 'keyRedo', screens: ['lab', 'pane']},
	{keys: ['alt-s'], does: 'search', word: 'keySearch', screens: ['lab', 'pane']},
	{
		keys: ['alt-l', 'ctrl-]'],
		does: 'language',
		word: 'keyLanguage',
		screens: ['lab', 'pane', 'home', 'result', 'help', 'settings'],
		short: 'alt-l',
	},
	{keys: ['s', 'alt-e'], does: 'settings', word: 'keySettings', screens: ['home'], short: 's'},
	{keys: ['alt-e'], does: 'settings', word: 'keySettings', screens: ['lab', 'pane']},
	{keys: ['ctrl-q'], does: 'leave', word: 'keyQuit', screens: ['lab', 'pane', 'result', 'editor', 'keys', 'menu'], short: '^Q'},
	{keys: ['ctrl-q', 'alt-q', 'q', 'ctrl-c', 'ctrl-d', 'escape'], does: 'leave', word: 'keyLeave', screens: ['home'], short: 'q'},
	{keys: ['escape', 'q', 'ctrl-q', 'ctrl-c'], does: 'back', word: 'keyBack', screens: ['help', 'settings', 'explain'], short: 'Esc'},
	{keys: ['return'], does: 'back', word: 'keyBack', screens: ['explain']},
	{keys: ['escape', 'return', 'q'], does: 'result', word: 'keyBack', screens: ['result'], short: 'Esc'},
	{keys: ['shift-up', 'ctrl-up', 'alt-k'], does: 'pane-up', word: 'keyScrollPane', screens: ['lab', 'pane']},
	{keys: ['shift-down', 'ctrl-down', 'alt-j'], does: 'pane-down', word: 'keyScrollPane', screens: ['lab', 'pane']},
	{keys: ['pageUp'], does: 'shell-up', word: 'keyScrollShell', screens: ['lab']},
	{keys: ['pageDown'], does: 'shell-down', word: 'keyScrollShell', screens: ['lab']},
	{keys: ['p', 'alt-p'], does: 'pause', word: 'keyPause', screens: ['pane']},
	{keys: ['alt-p'], does: 'pause', word: 'keyPause', screens: ['lab']},
	{keys: ['alt-m', 'alt-w'], does: 'copy', word: 'keyCopyMode', screens: ['lab', 'pane']},
	{keys: ['up', 'k', 'ctrl-p'], does: 'copy-up', word: 'keyChoose', screens: ['copy']},
	{keys: ['down', 'j', 'ctrl-n'], does: 'copy-down', word: 'keyChoose', screens: ['copy'], short: '↑↓'},
	{keys: ['pageUp', 'ctrl-b', 'ctrl-u'], does: 'copy-page-up', word: 'keyScrollShell', screens: ['copy']},
	{keys: ['pageDown', 'ctrl-f', 'ctrl-d'], does: 'copy-page-down', word: 'keyScrollShell', screens: ['copy']},
	{keys: [' ', 'v'], does: 'copy-mark', word: 'keyCopyFrom', screens: ['copy'], short: 'Space'},
	{keys: ['return', 'y'], does: 'copy-take', word: 'keyCopyTake', screens: ['copy'], short: 'Enter'},
	{keys: ['/', '?', 'alt-s'], does: 'search', word: 'keySearch', screens: ['copy'], short: '/'},
	{keys: ['n'], does: 'search-on', word: 'keySearchOn', screens: ['copy'], short: 'n'},
	{keys: ['N'], does: 'search-back', word: 'keySearchOn', screens: ['copy'], short: 'N'},
	{keys: ['escape', 'q', 'ctrl-c', 'ctrl-g', 'alt-m'], does: 'copy-end', word: 'keyToShell', screens: ['copy'], short: 'Esc'},
	{keys: ['alt-x'], does: 'tour', word: 'keyTour', screens: ['lab', 'pane']},
	{keys: ['shift-up', 'ctrl-up'], does: 'task-up', word: 'keyScrollTask', screens: ['editor']},
	{keys: ['shift-down', 'ctrl-down'], does: 'task-down', word: 'keyScrollTask', screens: ['editor'], short: 'shift-↓'},
	{keys: ['shift-right', 'ctrl-right'], does: 'task-text', word: 'keyTaskText', screens: ['editor'], short: 'shift-→'},
	{keys: ['ctrl-x'], does: 'editor', word: 'keyEditor', screens: ['editor'], short: '^X'},
];

export const bindingsOf = (screen: Context): readonly Binding[] => bindings.filter(binding => binding.screens.includes(screen));

export const findBinding = (screen: Context, name: string): Binding | undefined =>
	bindingsOf(screen).find(binding => binding.keys.includes(name));
