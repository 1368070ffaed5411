import type {Word} from '../words/words.js';

type Entry = readonly [keys: string, word: Word];

/** As they stand on the keys. */
const printed: Readonly<Record<string, string>> = {
	up: '↑',
	down: '↓',
	left: '←',
	right: '→',
	return: 'Enter',
	escape: 'Esc',
	' ': 'Space',
	tab: 'Tab',
	home: 'Home',
	end: 'End',
	pageUp: 'PgUp',
	pageDown: 'PgDn',
};

/** `ctrl-t` as `^T`, arrows as arrows. */
export const shownKey = (key: string): string =>
	key.replace(/^ctrl-(.)$/, (_, letter: string) => `^${letter.toUpperCase()}`).replace(/(?:[a-z]+| )$/i, name => printed[name] ?? name);

/** Keys that do the same, together. */
export const merged = (entries: readonly Entry[]): Entry[] =>
	[...new Set(entries.map(([, word]) => word))].map(word => {
		const keys = entries.filter(entry => entry[1] === word).map(([name]) => name);
		return [[...new Set(keys)].slice(0, 2).join(' '), word] as const;
	});
