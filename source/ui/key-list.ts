import type {Word} from './words.js';

type Entry = readonly [keys: string, word: Word];

const arrows: Readonly<Record<string, string>> = {up: '↑', down: '↓', left: '←', right: '→', return: 'Enter', escape: 'Esc', ' ': 'Space'};

/** `ctrl-t` as `^T`, arrows as arrows. */
export const shownKey = (key: string): string =>
	arrows[key] ?? key.replace(/^ctrl-(.)$/, (_, letter: string) => `^${letter.toUpperCase()}`);

/** Keys that do the same, together. */
export const merged = (entries: readonly Entry[]): Entry[] =>
	[...new Set(entries.map(([, word]) => word))].map(word => {
		const keys = entries.filter(entry => entry[1] === word).map(([name]) => name);
		return [[...new Set(keys)].slice(0, 2).join(' '), word] as const;
	});
