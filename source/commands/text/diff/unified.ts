import {rfc3339} from '../../../api/values/time.js';
import {type Edit, editsBetween} from './edit-script.js';

/** `diff -u` of two texts, with names and the time on top; empty when they are equal. */
export function unifiedDiff(before: string, after: string, from: string, to: string, nowMs: number): string {
	if (before === after) return '';
	const time = timeStamp(nowMs);
	return `--- ${from}\t${time}\n+++ ${to}\t${time}\n${hunks(editsBetween(linesOf(before), linesOf(after)))}`;
}

/** A last line without its end is another line than one with it. */
export function linesOf(text: string): string[] {
	if (text === '') return [];
	const lines = text.split('\n');
	const last = lines.pop()!;
	return last === '' ? lines : [...lines, `${last}${unended}`];
}

const unended = '\n\\ No newline at end of file';

export function hunks(edits: readonly Edit[], context = 3): string {
	const changed = edits.flatMap((edit, at) => (edit.kind === ' ' ? [] : [at]));
	const ranges: Array<[from: number, to: number]> = [];
	for (const at of changed) {
		const last = ranges.at(-1);
		if (last && at - last[1] - 1 <= 2 * context) last[1] = at;
		else ranges.push([at, at]);
	}

	return ranges
		.map(([first, last]) => {
			const [from, to] = [Math.max(0, first - context), Math.min(edits.length, last + context + 1)];
			const before = edits.slice(0, from);
			const part = edits.slice(from, to);
			const size = (skip: '+' | '-') => part.filter(edit => edit.kind !== skip).length;
			const start = (skip: '+' | '-') => before.filter(edit => edit.kind !== skip).length;
			return `@@ -${range(start('+'), size('+'))} +${range(start('-'), size('-'))} @@\n${part.map(edit => `${edit.kind}${edit.line}\n`).join('')}`;
		})
		.join('');
}

const range = (start: number, size: number) => (size === 1 ? `${start + 1}` : `${size === 0 ? start : start + 1},${size}`);

/** `2026-11-21 02:00:03.000000000 +0000` */
export const timeStamp = (ms: number): string =>
	`${rfc3339(ms).replace('T', ' ').replace('Z', '')}.${String(((ms % 1000) + 1000) % 1000).padStart(3, '0')}000000 +0000`;
