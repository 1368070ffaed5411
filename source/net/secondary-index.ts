import type {Table} from '../sim/state.js';

/** A second way into a table: derived, kept up by its owner, built anew when the table changed behind its back (a restored world). */
export interface SecondaryIndex<V> {
	get(key: string): string | undefined;
	/** Writes the row and the index. */
	put(primary: string, row: V): void;
	remove(primary: string): void;
}

/** `same` says cheaply that two rows of one primary key have the same second key. */
export function createIndex<V>(
	rows: () => Table<V>,
	keyOf: (row: V) => string | undefined,
	same: (a: V, b: V) => boolean,
): SecondaryIndex<V> {
	let index = new Map<string, string>();
	let table: Table<V> | undefined;
	let version = -1;
	const fresh = () => {
		const present = rows();
		if (table !== present || version !== present.version) {
			index = new Map();
			for (const [primary, row] of present.entries()) {
				const key = keyOf(row);
				if (key !== undefined) index.set(key, primary);
			}
			table = present;
			version = present.version;
		}
		return index;
	};
	const forget = (primary: string) => {
		const row = table!.get(primary);
		const key = row === undefined ? undefined : keyOf(row);
		if (key !== undefined && index.get(key) === primary) index.delete(key);
	};
	return {
		get: key => fresh().get(key),
		put(primary, row) {
			fresh();
			const before = table!.get(primary);
			if (before === undefined || !same(before, row)) {
				forget(primary);
				const key = keyOf(row);
				if (key !== undefined) index.set(key, primary);
			}
			table!.set(primary, row);
			version = table!.version;
		},
		remove(primary) {
			fresh();
			forget(primary);
			table!.delete(primary);
			version = table!.version;
		},
	};
}
