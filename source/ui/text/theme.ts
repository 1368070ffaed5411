import type {Settings} from '../state/settings.js';

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

/** The parameters of the escape sequence that switches a look on (ECMA-48, SGR); '' for none. */
type Theme = Readonly<Record<Look, string>>;

const dark: Theme = {
	plain: '',
	title: '1;36',
	heading: '1;4',
	strong: '1',
	code: '32',
	command: '1;32',
	dim: '2',
	bar: '7',
	tab: '2',
	tabChosen: '1;4',
	tabFocused: '1;7',
	border: '2',
	header: '1;36',
	good: '32',
	bad: '31',
	waiting: '33',
	changed: '1;33',
	reason: '33',
	chosen: '7',
};

/** Yellow and cyan cannot be read on white, and what is dim hardly: grey is darker there. */
const light: Theme = {...dark, dim: '90', tab: '90', title: '1;34', header: '1;34', waiting: '35', changed: '1;35', reason: '35'};

/** Nothing dim; what is coloured is bold, too. */
const contrast: Theme = {
	...dark,
	dim: '',
	tab: '',
	border: '',
	code: '1;92',
	good: '1;92',
	bad: '1;4;91',
	waiting: '1;93',
	changed: '1;4;93',
	reason: '1;93',
};

/** Without colours, bold, dim, inverse and underline carry the meaning. */
const plain = Object.fromEntries(
	Object.entries(dark).map(([look, codes]) => [
		look,
		[...codes.split(';').filter(code => code !== '' && code.length === 1), ...(look === 'bad' || look === 'changed' ? ['4'] : [])].join(
			';',
		),
	]),
) as Theme;

const themes: Readonly<Record<Settings['theme'], Theme>> = {dark, light, contrast, plain};

/** The one in use; what is drawn depends on it. */
let theme: Theme = dark;

export function setTheme(name: Settings['theme']): void {
	theme = themes[name];
}

/** The text in a look of the theme in use. */
export function paint(text: string, look: Look): string {
	const codes = theme[look];
	if (!codes || !text) return text;
	const [, before, inner, after] = underlined.test(codes) ? /^( *)(.*?)( *)$/s.exec(text)! : ['', '', text, ''];
	return `${before}\u001b[${codes}m${inner}\u001b[0m${after}`;
}

/** Words have a line below them, the blanks around them do not. */
const underlined = /(^|;)4(;|$)/;

/** A word that says how something is: green when well, red when broken, yellow in between. */
export function stateLook(word: string): Look {
	if (/^(Running|Completed|Succeeded|Ready|Bound|Active|Normal|ESTABLISHED)$/.test(word)) return 'good';
	if (/(Error|BackOff|Failed|OOMKilled|NotReady|Unknown|Invalid|Warning|UNREPLIED)/.test(word)) return 'bad';
	if (/^(Pending|ContainerCreating|Terminating|PodInitializing|Init:.*|<pending>)$/.test(word)) return 'waiting';
	return 'plain';
}
