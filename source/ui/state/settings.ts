import type {Language} from '../../lab/lab.js';
import type {Word} from '../words/words.js';

/** What a learner may choose. Kept by `cli`. */
export interface Settings {
	readonly language: Language;
	readonly theme: 'dark' | 'light' | 'contrast' | 'plain';
	/** How fast time runs in the cluster. */
	readonly speed: number;
	/** What `kubectl edit` and `vim` open. */
	readonly editor: 'vi' | 'own';
	/** `single`: one pane at a time, however wide it is. */
	readonly layout: 'auto' | 'single' | 'shell';
	readonly motion: 'full' | 'reduced';
	/** Linear: no lines and nothing side by side, for a screen reader. */
	readonly reading: 'screen' | 'linear';
}

export const defaultSettings: Settings = {
	language: 'en',
	theme: 'dark',
	speed: 1,
	editor: 'vi',
	layout: 'auto',
	motion: 'full',
	reading: 'screen',
};

export interface Setting {
	readonly name: keyof Settings;
	readonly word: Word;
	readonly values: readonly (string | number)[];
	/** Of each value. */
	readonly words?: Readonly<Record<string, Word>>;
}

/** In the order of the screen. */
export const settingList: readonly Setting[] = [
	{name: 'language', word: 'setLanguage', values: ['en', 'zh'], words: {en: 'english', zh: 'chinese'}},
	{
		name: 'theme',
		word: 'setTheme',
		values: ['dark', 'light', 'contrast', 'plain'],
		words: {dark: 'themeDark', light: 'themeLight', contrast: 'themeContrast', plain: 'themePlain'},
	},
	{name: 'speed', word: 'setSpeed', values: [0.5, 1, 2, 4, 10]},
	{name: 'editor', word: 'setEditor', values: ['vi', 'own'], words: {vi: 'editorVi', own: 'editorOwn'}},
	{
		name: 'layout',
		word: 'setLayout',
		values: ['auto', 'single', 'shell'],
		words: {auto: 'layoutAuto', single: 'layoutSingle', shell: 'layoutShell'},
	},
	{name: 'motion', word: 'setMotion', values: ['full', 'reduced'], words: {full: 'motionFull', reduced: 'motionReduced'}},
	{name: 'reading', word: 'setReading', values: ['screen', 'linear'], words: {screen: 'readingScreen', linear: 'readingLinear'}},
];

/** The next value of a setting, or the one before. */
export function turned(settings: Settings, {name, values}: Setting, by: number): Settings {
	const at = Math.max(0, values.indexOf(settings[name]));
	return {...settings, [name]: values[(at + by + values.length) % values.length]};
}

/** What a file holds, as far as it can be used. */
export function readSettings(value: unknown, language: Language): Settings {
	const given = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
	const known = settingList.filter(({name, values}) => values.includes(given[name] as never)).map(({name}) => [name, given[name]]);
	return {...defaultSettings, language, ...Object.fromEntries(known)};
}
