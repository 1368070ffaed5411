import type {Table} from '../../sim/state.js';
import type {TableName} from './iptables.js';
import {builtinChains, type ChainRow, chainKey, type Counters, type Edit, type EditedChain} from './table.js';

/** One transaction under way: what it touched (undefined: deleted) and the counters it sets. */
export interface Draft {
	readonly edit: Edit;
	readonly touched: Map<string, EditedChain | undefined>;
	readonly counters: Map<string, Counters | undefined>;
	nextId(): number;
}

export function createDraft(
	rows: () => Table<ChainRow>,
	references: (table: TableName, chain: string) => number,
	userChains: (table: TableName) => readonly string[],
	firstId: number,
): Draft {
	let nextId = firstId;
	const touched = new Map<string, EditedChain | undefined>();
	const counters = new Map<string, Counters | undefined>();
	let removed = 0;
	let last: EditedChain | undefined;
	const begin = (table: TableName, name: string) => {
		// Rules of one chain come one after another.
		if (last?.name === name && last.table === table) return last;
		const key = chainKey(table, name);
		if (!touched.has(key)) {
			const row = rows().get(key);
			if (row) touched.set(key, {table, name, policy: row.policy, rules: [...row.rules]});
		}
		last = touched.get(key);
		return last;
	};
	const edit: Edit = {
		open(table) {
			for (const name of builtinChains[table]) {
				if (!rows().has(chainKey(table, name)) && !touched.has(chainKey(table, name)))
					touched.set(chainKey(table, name), {table, name, policy: 'ACCEPT', rules: []});
			}
		},
		chain: begin,
		exists(table, name) {
			// What is jumped to cannot have been deleted.
			if (removed === 0 && references(table, name) > 0) return true;
			const key = chainKey(table, name);
			return touched.has(key) ? touched.get(key) !== undefined : rows().has(key);
		},
		isReferenced: (table, name) => references(table, name) > 0,
		rules(table, name) {
			const key = chainKey(table, name);
			return (touched.has(key) ? touched.get(key) : rows().get(key))?.rules ?? [];
		},
		create(table, name) {
			const chain: EditedChain = {table, name, policy: '-', rules: []};
			touched.set(chainKey(table, name), chain);
			last = undefined;
			return chain;
		},
		remove(table, name) {
			touched.set(chainKey(table, name), undefined);
			removed++;
			last = undefined;
		},
		newRule(spec, given) {
			const row = {id: String(nextId++), spec};
			if (given && (given.packets > 0 || given.bytes > 0)) counters.set(row.id, [given.packets, given.bytes]);
			return row;
		},
		setCounters: (key, value) => void counters.set(key, value),
		userChains(table) {
			const present = new Set(userChains(table));
			for (const [key, chain] of touched) {
				if (!key.startsWith(`${table} `)) continue;
				const name = key.slice(table.length + 1);
				if (!chain) present.delete(name);
				else if (chain.policy === '-') present.add(name);
			}
			return [...present].sort();
		},
	};
	return {edit, touched, counters, nextId: () => nextId};
}
