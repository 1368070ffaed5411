import type {Part, Word, WordPart} from '../syntax/ast.js';
import {ShellError} from '../run/signals.js';

const resultsMax = 100_000;

/** `a{1..3}{x,y}` as several words: before anything else is expanded. */
export function expandBraces(word: Word): Word[] {
	if (!word.parts.some(part => part.type === 'BraceExpansion')) return [word];
	let words: WordPart[][] = [[]];
	for (const part of word.parts) {
		if (part.type !== 'BraceExpansion') for (const parts of words) parts.push(part);
		else {
			const choices = part.items.flatMap(item =>
				item.type === 'Word' ? expandBraces(item.word).map(one => one.parts) : range(item).map(literal),
			);
			if (words.length * choices.length > resultsMax) throw new ShellError('brace expansion: too many results');
			words = words.flatMap(parts => choices.map(choice => [...parts, ...choice]));
		}
	}

	return words.map(parts => ({type: 'Word', parts}));
}

const literal = (value: string): WordPart[] => [{type: 'Literal', value}];

type Range = Extract<Part<'BraceExpansion'>['items'][number], {type: 'Range'}>;

function range({start, end, step, startStr, endStr}: Range): string[] {
	const isNumber = typeof start === 'number' && typeof end === 'number';
	const from = isNumber ? start : String(start).codePointAt(0)!;
	const to = isNumber ? end : String(end).codePointAt(0)!;
	const by = Math.max(1, Math.abs(step ?? 1));
	if (Math.abs(to - from) / by > resultsMax) throw new ShellError('brace expansion: too many results');
	const padded = [startStr, endStr].some(text => /^-?0\d/.test(text ?? ''));
	const width = padded ? Math.max(startStr?.length ?? 0, endStr?.length ?? 0) : 0;
	const values: string[] = [];
	for (let value = from; from <= to ? value <= to : value >= to; value += from <= to ? by : -by) {
		values.push(isNumber ? pad(value, width) : String.fromCodePoint(value));
	}

	return values;
}

const pad = (value: number, width: number) =>
	value < 0 ? `-${String(-value).padStart(width - 1, '0')}` : String(value).padStart(width, '0');
