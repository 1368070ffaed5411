import type {TextProps} from 'ink';
import type {Settings} from './settings.js';

/** How a stretch of text looks, by what it means. */
export type Look =
	| 'plain'
	| 'title'
	| 'heading'
	| 'strong'
	| 'code'
	| 'command'
	| 'dim'
	| 'bar'
	| 'tab'
	| 'tabChosen'
	| 'tabFocused'
	| 'border'
	| 'header'
	| 'good'
	| 'bad'
	| 'waiting'
	| 'changed'
	| 'reason'
	| 'chosen';

type Theme = Readonly<Record<Look, TextProps>>;

const dark: Theme = {
	plain: {},
	title: {bold: true, color: 'cyan'},
	heading: {bold: true, underline: true},
	strong: {bold: true},
	code: {color: 'green'},
	command: {bold: true, color: 'green'},
	dim: {dimColor: true},
	bar: {inverse: true},
	tab: {dimColor: true},
	tabChosen: {bold: true, underline: true},
	tabFocused: {bold: true, inverse: true},
	border: {dimColor: true},
	header: {bold: true, color: 'cyan'},
	good: {color: 'green'},
	bad: {color: 'red'},
	waiting: {color: 'yellow'},
	changed: {bold: true, color: 'yellow'},
	reason: {color: 'yellow'},
	chosen: {inverse: true},
};

/** Yellow and cyan cannot be read on white. */
const light: Theme = {
	...dark,
	title: {bold: true, color: 'blue'},
	header: {bold: true, color: 'blue'},
	waiting: {color: 'magenta'},
	changed: {bold: true, color: 'magenta'},
	reason: {color: 'magenta'},
};

/** Nothing dim; what is coloured is bold, too. */
const contrast: Theme = {
	...dark,
	dim: {},
	tab: {},
	border: {},
	code: {bold: true, color: 'greenBright'},
	good: {bold: true, color: 'greenBright'},
	bad: {bold: true, color: 'redBright', underline: true},
	waiting: {bold: true, color: 'yellowBright'},
	changed: {bold: true, color: 'yellowBright', underline: true},
	reason: {bold: true, color: 'yellowBright'},
};

/** Without colours, bold, dim, inverse and underline carry the meaning. */
const plain = Object.fromEntries(
	Object.entries(dark).map(([look, {color: _, ...rest}]) => [
		look,
		look === 'bad' || look === 'changed' ? {...rest, underline: true} : rest,
	]),
) as Theme;

const themes: Readonly<Record<Settings['theme'], Theme>> = {dark, light, contrast, plain};

/** The one in use; what is drawn depends on it. */
export let theme: Theme = dark;

export function useTheme(name: Settings['theme']): void {
	theme = themes[name];
}

/** A word that says how something is: green when well, red when broken, yellow in between. */
export function stateLook(word: string): Look {
	if (/^(Running|Completed|Succeeded|Ready|Bound|Active|Normal|ESTABLISHED)$/.test(word)) return 'good';
	if (/(Error|BackOff|Failed|OOMKilled|NotReady|Unknown|Invalid|Warning|UNREPLIED)/.test(word)) return 'bad';
	if (/^(Pending|ContainerCreating|Terminating|PodInitializing|Init:.*|<pending>)$/.test(word)) return 'waiting';
	return 'plain';
}
