import {branchOf, flattened, type Rows} from '../sim/rows.js';

/** How the rows of a table become those of a later moment. Plain data. */
export interface RowEdits {
	readonly gone?: readonly string[];
	/** In the place of a row with the same key. */
	readonly changed?: ReadonlyArray<readonly [key: string, value: unknown]>;
	/** Behind all others. */
	readonly added?: ReadonlyArray<readonly [key: string, value: unknown]>;
}

/** Undefined where nothing differs. The order of rows counts: what moved is gone and added again. */
export function editsBetween(before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): RowEdits | undefined {
	if (before === after) return undefined;
	const gone: string[] = [];
	const changed: Array<[string, unknown]> = [];
	const left = after.entries();
	let next = left.next();
	for (const [key, value] of before) {
		// In order, a row either stands where we are, or further behind than any that stayed.
		if (next.done || next.value[0] !== key) gone.push(key);
		else {
			if (next.value[1] !== value) changed.push(next.value);
			next = left.next();
		}
	}
	const added: Array<[string, unknown]> = [];
	for (; !next.done; next = left.next()) added.push(next.value);
	if (gone.length + changed.length + added.length === 0) return undefined;
	return {...(gone.length > 0 && {gone}), ...(changed.length > 0 && {changed}), ...(added.length > 0 && {added})};
}

export function withEdits(
	before: ReadonlyMap<string, unknown>,
	{gone = [], changed = [], added = []}: RowEdits,
): ReadonlyMap<string, unknown> {
	const rows = branchOf(before as Rows<unknown>);
	for (const key of gone) rows.delete(key);
	for (const [key, value] of changed) rows.set(key, value);
	for (const [key, value] of added) rows.set(key, value);
	return flattened(rows);
}
