import type {Settings} from '../state/settings.js';

/** Signs that a screen reader would read out one by one ("box drawings light up and right"), and what stands in their columns instead. */
const unspoken: Readonly<Record<string, string>> = {
	...Object.fromEntries([...'├└─│●◆■□█░·'].map(sign => [sign, ' '])),
	'▶': '>',
	'○': 'o',
	'◐': '~',
};
const signs = new RegExp(`[${Object.keys(unspoken).join('')}]`, 'gu');

/** Rows as they are drawn, or with nothing in them that is only there for the eye. */
export const spoken = (rows: readonly string[], reading: Settings['reading']): readonly string[] =>
	reading === 'linear' ? rows.map(row => row.replaceAll(signs, sign => unspoken[sign]!)) : rows;
