import {rfc3339} from '../../api/time.js';

const context = 3;
/** Beyond this many steps the two texts are treated as wholly different. */
const stepsMax = 4000;

type Edit = {readonly kind: ' ' | '-' | '+'; readonly line: string};

/** `diff -u`, with the two file names and the time on top; empty when the texts are equal. */
export function unifiedDiff(before: string, after: string, from: string, to: string, nowMs: number): string {
	if (before === after) return '';
	const edits = editsBetween(linesOf(before), linesOf(after));
	const time = stamp(nowMs);
	return `--- ${from}\t${time}\n+++ ${to}\t${time}\n${hunks(edits)}`;
}

const linesOf = (text: string) => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

/** The shortest edit script (E. Myers, An O(ND) difference algorithm). */
function editsBetween(a: readonly string[], b: readonly string[]): Edit[] {
	const max = Math.min(a.length + b.length, stepsMax);
	const offset = max + 1;
	const furthest = new Int32Array(2 * max + 3);
	const trace: Int32Array[] = [];
	for (let d = 0; d <= max; d++) {
		trace.push(furthest.slice());
		for (let k = -d; k <= d; k += 2) {
			let x =
				k === -d || (k !== d && furthest[offset + k - 1]! < furthest[offset + k + 1]!)
					? furthest[offset + k + 1]!
					: furthest[offset + k - 1]! + 1;
			while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
			furthest[offset + k] = x;
			if (x >= a.length && x - k >= b.length) return backtrack(trace, a, b, offset);
		}
	}

	return [...a.map(line => ({kind: '-', line}) as const), ...b.map(line => ({kind: '+', line}) as const)];
}

function backtrack(trace: readonly Int32Array[], a: readonly string[], b: readonly string[], offset: number): Edit[] {
	const edits: Edit[] = [];
	let [x, y] = [a.length, b.length];
	for (let d = trace.length - 1; d >= 0; d--) {
		const furthest = trace[d]!;
		const k = x - y;
		const down = k === -d || (k !== d && furthest[offset + k - 1]! < furthest[offset + k + 1]!);
		const previousK = down ? k + 1 : k - 1;
		const previousX = d === 0 ? 0 : furthest[offset + previousK]!;
		const previousY = previousX - previousK;
		while (x > previousX && y > previousY && x > 0 && y > 0) {
			edits.push({kind: ' ', line: a[--x]!});
			y--;
		}

		if (d === 0) break;
		if (down) edits.push({kind: '+', line: b[--y]!});
		else edits.push({kind: '-', line: a[--x]!});
	}

	return edits.reverse();
}

function hunks(edits: readonly Edit[]): string {
	const changed = edits.flatMap((edit, at) => (edit.kind === ' ' ? [] : [at]));
	const ranges: Array<[from: number, to: number]> = [];
	for (const at of changed) {
		const last = ranges.at(-1);
		if (last && at - context <= last[1] + context) last[1] = at;
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
const stamp = (ms: number): string =>
	`${rfc3339(ms).replace('T', ' ').replace('Z', '')}.${String(((ms % 1000) + 1000) % 1000).padStart(3, '0')}000000 +0000`;
