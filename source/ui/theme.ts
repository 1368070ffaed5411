import type {TextProps} from 'ink';
import type {Look} from './markdown.js';

/** Every colour of the application. With `NO_COLOR` ink draws none of them; then bold, dim and inverse carry the meaning. */
export const theme = {
	title: {bold: true, color: 'cyan'},
	bar: {inverse: true},
	tab: {dimColor: true},
	tabChosen: {bold: true, inverse: true},
	border: {dimColor: true},
	header: {bold: true, color: 'cyan'},
	good: {color: 'green'},
	bad: {color: 'red'},
	waiting: {color: 'yellow'},
	changed: {bold: true, color: 'yellow'},
	reason: {color: 'yellow'},
	dim: {dimColor: true},
	prompt: {bold: true},
} satisfies Record<string, TextProps>;

export const looks: Readonly<Record<Look, TextProps>> = {
	plain: {},
	title: {bold: true, color: 'cyan'},
	heading: {bold: true, underline: true},
	strong: {bold: true},
	code: {color: 'green'},
	command: {bold: true, color: 'green'},
	dim: {dimColor: true},
};

/** A word that says how something is: green when well, red when broken, yellow in between. */
export function stateLook(word: string): TextProps {
	if (/^(Running|Completed|Succeeded|Ready|Bound|Active|Normal)$/.test(word)) return theme.good;
	if (/(Error|BackOff|Failed|OOMKilled|NotReady|Unknown|Invalid|Warning)/.test(word)) return theme.bad;
	if (/^(Pending|ContainerCreating|Terminating|PodInitializing|Init:.*|<pending>)$/.test(word)) return theme.waiting;
	return {};
}
