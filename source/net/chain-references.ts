import type {Table} from '../sim/state.js';
import {IptablesError, type TableName} from './iptables.js';
import {type ChainRow, chainKey, type EditedChain, jumpOf, type RuleRow} from './iptables-table.js';

/** How many rules jump to each chain. Kept up with each edit; counted anew after a restore of the world. */
export function referenceCounts(rows: () => Table<ChainRow>) {
	let counts = new Map<string, number>();
	let table: Table<ChainRow> | undefined;
	let version = -1;
	const add = (into: Map<string, number>, row: {table: TableName; rules: readonly RuleRow[]} | undefined, step: number) => {
		for (const rule of row?.rules ?? []) {
			const to = jumpOf(rule.spec);
			if (to === undefined) continue;
			const key = chainKey(row!.table, to);
			into.set(key, (into.get(key) ?? 0) + step);
		}
	};
	const get = () => {
		if (table !== rows() || version !== rows().version) {
			counts = new Map();
			for (const row of rows().values()) add(counts, row, 1);
			table = rows();
			version = table.version;
		}
		return counts;
	};
	return {
		get,
		/** Refuses to delete what is still jumped to. */
		check(touched: Map<string, EditedChain | undefined>) {
			if (![...touched.values()].includes(undefined)) return;
			const delta = new Map<string, number>();
			for (const [key, chain] of touched) {
				add(delta, rows().get(key), -1);
				add(delta, chain, 1);
			}
			for (const [key, chain] of touched) {
				if (chain || !rows().has(key)) continue;
				if ((get().get(key) ?? 0) + (delta.get(key) ?? 0) > 0) throw new BusyChain(key.split(' ')[1]!);
			}
		},
		replace(before: ChainRow | undefined, after: EditedChain | undefined) {
			add(counts, before, -1);
			add(counts, after, 1);
		},
		settled() {
			table = rows();
			version = table.version;
		},
	};
}

/** Deleting a chain that rules jump to, or that is not empty. */
export class BusyChain extends IptablesError {
	readonly chain: string;

	constructor(chain: string) {
		super(`CHAIN_DEL failed (Device or resource busy): chain ${chain}`, 4);
		this.chain = chain;
	}
}
