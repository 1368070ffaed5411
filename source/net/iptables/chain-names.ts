import type {Table} from '../../sim/state.js';
import type {TableName} from './iptables.js';
import type {ChainRow} from './table.js';

/** Names of the user chains of each table in byte order, kept in order through edits and sorted anew after a restore of the world. */
export function sortedNames(rows: () => Table<ChainRow>) {
	let names = new Map<TableName, string[]>();
	let table: Table<ChainRow> | undefined;
	let version = -1;
	const placeOf = (list: string[], name: string) => {
		let low = 0;
		let high = list.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (list[middle]! < name) low = middle + 1;
			else high = middle;
		}
		return low;
	};
	const fresh = () => {
		if (table !== rows() || version !== rows().version) {
			names = new Map();
			for (const row of rows().values()) if (row.policy === '-') listOf(row.table).push(row.name);
			for (const list of names.values()) list.sort();
			table = rows();
			version = table.version;
		}
	};
	const listOf = (name: TableName) => {
		let list = names.get(name);
		if (!list) names.set(name, (list = []));
		return list;
	};
	return {
		fresh,
		of(name: TableName): readonly string[] {
			fresh();
			return names.get(name) ?? [];
		},
		change(name: TableName, chain: string, exists: boolean) {
			const list = listOf(name);
			const at = placeOf(list, chain);
			if (exists && list[at] !== chain) list.splice(at, 0, chain);
			else if (!exists && list[at] === chain) list.splice(at, 1);
		},
		settled() {
			table = rows();
			version = table.version;
		},
	};
}
