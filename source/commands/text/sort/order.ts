import {byBytes, type Compare} from '../collate.js';
import {type Key, keyOf, type Letter} from './key.js';
import {compareGeneral, compareHuman, compareNumbers, compareVersions, monthOf} from './numbers.js';

export interface Ordering {
	readonly keys: readonly Key[];
	/** Letters for whole lines, and for keys without letters of their own. */
	readonly letters: ReadonlySet<Letter>;
	readonly tab?: string;
	readonly unique: boolean;
	readonly stable: boolean;
	readonly text: Compare;
	/** A number for a text, another in each run: `-R`. */
	readonly shuffle: (text: string) => number;
}

/** Compares lines by their keys; with `keysOnly`, lines with equal keys are equal. */
export function comparator(ordering: Ordering): {lines: Compare; keys: Compare} {
	const {letters, tab, unique, stable, text} = ordering;
	const whole: Key = {fromField: 0, fromCharacter: 0, skipsBlanksFrom: letters.has('b'), skipsBlanksTo: letters.has('b'), letters};
	const inherited = ordering.keys.map(key =>
		key.letters.size > 0 ? key : {...key, letters, skipsBlanksFrom: letters.has('b'), skipsBlanksTo: letters.has('b')},
	);
	const isPlain = [...letters].every(letter => letter === 'r');
	const keys = inherited.length > 0 ? inherited : isPlain ? [] : [whole];
	const parts = keys.map(key => ({key, compare: keyComparison(key.letters, ordering), sign: key.letters.has('r') ? -1 : 1}));
	const cut = (line: string, key: Key) => (key === whole && !key.skipsBlanksFrom ? line : keyOf(line, key, tab));
	const byKeys: Compare = (a, b) => {
		for (const {key, compare, sign} of parts) {
			const result = compare(cut(a, key), cut(b, key));
			if (result !== 0) return result * sign;
		}

		return 0;
	};
	const sign = letters.has('r') ? -1 : 1;
	const lines: Compare = (a, b) => byKeys(a, b) || (parts.length > 0 && (unique || stable) ? 0 : text(a, b) * sign);
	return {lines, keys: parts.length > 0 ? byKeys : lines};
}

function keyComparison(letters: ReadonlySet<Letter>, {text, shuffle}: Ordering): Compare {
	const grouping = text !== byBytes;
	if (letters.has('n')) return (a, b) => compareNumbers(a, b, grouping);
	if (letters.has('h')) return (a, b) => compareHuman(a, b, grouping);
	if (letters.has('g')) return compareGeneral;
	if (letters.has('M')) return (a, b) => monthOf(a) - monthOf(b);
	if (letters.has('V')) return compareVersions;
	if (letters.has('R')) return (a, b) => shuffle(a) - shuffle(b) || text(a, b);
	const seen = (value: string) => {
		let result = value;
		if (letters.has('d')) result = result.replace(/[^A-Za-z0-9 \t]/g, '');
		else if (letters.has('i')) result = result.replace(/[^\u0020-\u007e]/g, '');
		return letters.has('f') ? result.toUpperCase() : result;
	};
	return ['d', 'i', 'f'].some(letter => letters.has(letter as Letter)) ? (a, b) => text(seen(a), seen(b)) : text;
}
