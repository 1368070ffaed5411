import type {PaneState} from '../state/app-state.js';
import {filterOf} from '../text/filter.js';
import type {PanelColumn, PanelRows} from '../panels/panel.js';

type Wanted = Pick<PaneState, 'filter' | 'sort'>;

/** Of each reading of a table, what was last made of it: keys move through ten thousand rows without sorting them again. */
const made = new WeakMap<PanelRows, {readonly key: string; readonly rows: PanelRows}>();

/** The rows that a learner asked for, in the order asked for. */
export function viewRows(rows: PanelRows, {filter, sort}: Wanted): PanelRows {
	if (filter === '' && !sort) return rows;
	const key = `${filter} ${sort?.column} ${sort?.down}`;
	const old = made.get(rows);
	if (old?.key === key) return old.rows;
	const next = select(rows, filter, sort);
	made.set(rows, {key, rows: next});
	return next;
}

function select(rows: PanelRows, filter: string, sort: Wanted['sort']): PanelRows {
	const keeps = filterOf(filter);
	const all = Array.from({length: rows.length}, (_, index) => rows.at(index)).filter(keeps);
	const sorted = sort ? all.toSorted((a, b) => compareCells(a[sort.column] ?? '', b[sort.column] ?? '') * (sort.down ? -1 : 1)) : all;
	return {length: sorted.length, at: index => sorted[index]!};
}

/** Numbers by size, wherever they stand in a name: pod-2 before pod-10, 9s before 2m. */
export function compareCells(a: string, b: string): number {
	const [first, second] = [ageOf(a), ageOf(b)];
	if (first !== undefined && second !== undefined) return first - second;
	const [left, right] = [a.match(piece) ?? [], b.match(piece) ?? []];
	for (let at = 0; at < left.length && at < right.length; at++) {
		const [x, y] = [left[at]!, right[at]!];
		if (x === y) continue;
		const numbers = /^\d/.test(x) && /^\d/.test(y);
		if (numbers && Number(x) !== Number(y)) return Number(x) - Number(y);
		return x < y ? -1 : 1;
	}
	return left.length - right.length;
}

const piece = /\d+|\D+/g;
const unitSeconds: Readonly<Record<string, number>> = {s: 1, m: 60, h: 3600, d: 86_400, y: 31_536_000};

/** Seconds of `2m5s`. */
function ageOf(text: string): number | undefined {
	if (!/^(?:\d+[smhdy])+$/.test(text)) return undefined;
	return [...text.matchAll(/(\d+)([smhdy])/g)].reduce((sum, [, number, unit]) => sum + Number(number) * unitSeconds[unit!]!, 0);
}

/** The next column to sort by, to either side; none lies between the last and the first. */
export function nextSort(sort: PaneState['sort'], columns: readonly PanelColumn[], by: number): PaneState['sort'] {
	const places = columns.length + 1;
	const at = ((sort?.column ?? -1) + 1 + by + places) % places;
	return at === 0 ? undefined : {column: at - 1, down: sort?.down ?? false};
}
