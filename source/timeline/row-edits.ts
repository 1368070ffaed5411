import {branchOf, flattened, gone, type Rows, writtenOver} from '../sim/rows.js';

/** How the rows of a table become those of a later moment. Plain data. */
export interface RowEdits {
	readonly gone?: readonly string[];
	/** In the place of a row with the same key. */
	readonly changed?: ReadonlyArray<readonly [key: string, value: unknown]>;
	/** Behind all others. */
	readonly added?: ReadonlyArray<readonly [key: string, value: unknown]>;
}

type Table = ReadonlyMap<string, unknown>;
type Found = {readonly gone: string[]; readonly changed: Array<[string, unknown]>; readonly added: Array<[string, unknown]>};

/** Undefined where nothing differs. The order of rows counts: what moved is gone and added again. */
export function editsBetween(before: Table, after: Table): RowEdits | undefined {
	if (before === after) return undefined;
	const {gone: lost, changed, added} = writtenSince(before, after) ?? inOrder(before, after);
	if (lost.length + changed.length + added.length === 0) return undefined;
	return {...(lost.length > 0 && {gone: lost}), ...(changed.length > 0 && {changed}), ...(added.length > 0 && {added})};
}

/** By what was written over the rows that both have below; undefined when they have none, or when some came back in their midst. */
function writtenSince(before: Table, after: Table): Found | undefined {
	const [old, young] = [writtenOver(before), writtenOver(after)];
	if (old.below !== young.below) return undefined;
	const {below} = young;
	const found: Found = {gone: [], changed: [], added: []};
	for (const [key, value] of old.over) {
		if (value === gone) {
			if (young.over.get(key) !== gone) return undefined;
		} else if (!young.over.has(key)) found.changed.push([key, below.get(key)]);
	}
	for (const [key, value] of young.over) {
		const was = old.over.get(key);
		if (was === value) continue;
		if (value === gone) found.gone.push(key);
		else if (was !== undefined || below.get(key) !== value) found.changed.push([key, value]);
	}
	const behind = inOrder(old.added, young.added);
	return {...found, gone: [...found.gone, ...behind.gone], changed: [...found.changed, ...behind.changed], added: behind.added};
}

function inOrder(before: Table, after: Table): Found {
	const found: Found = {gone: [], changed: [], added: []};
	const left = after.entries();
	let next = left.next();
	for (const [key, value] of before) {
		// In order, a row either stands where we are, or further behind than any that stayed.
		if (next.done || next.value[0] !== key) found.gone.push(key);
		else {
			if (next.value[1] !== value) found.changed.push(next.value);
			next = left.next();
		}
	}
	for (; !next.done; next = left.next()) found.added.push(next.value);
	return found;
}

export function withEdits(before: Table, {gone: lost = [], changed = [], added = []}: RowEdits): Table {
	const rows = branchOf(before as Rows<unknown>);
	for (const key of lost) rows.delete(key);
	for (const [key, value] of changed) rows.set(key, value);
	for (const [key, value] of added) rows.set(key, value);
	return flattened(rows);
}
