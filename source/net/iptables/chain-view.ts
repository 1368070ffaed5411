import type {Chain, IptablesTable, TableName} from './iptables.js';
import {builtinChains, type ChainRow, type Counters, policyKey, type RuleBase} from './table.js';

/** One view a row: rules and counters are only looked at when asked for, as a table may have thousands of chains. */
export function chainView(base: RuleBase, row: ChainRow, known: WeakMap<ChainRow, Chain>): Chain {
	let view = known.get(row);
	if (view) return view;
	const counted = (key: string): Counters => base.counters().get(key) ?? [0, 0];
	view = {
		name: row.name,
		policy: row.policy,
		get packets() {
			return counted(policyKey(row.table, row.name))[0];
		},
		get bytes() {
			return counted(policyKey(row.table, row.name))[1];
		},
		get rules() {
			return row.rules.map(({id, spec}) => {
				const [packets, bytes] = counted(id);
				return {text: spec.text, packets, bytes, parsed: spec.parsed};
			});
		},
	};
	known.set(row, view);
	return view;
}

/** A table as tools read it. `known` keeps the views of one namespace's chains. */
export function viewOf(base: RuleBase, table: TableName, known: WeakMap<ChainRow, Chain>): IptablesTable {
	const builtin = builtinChains[table].flatMap(name => base.chain(table, name) ?? []);
	const user = base.userChains(table).map(name => base.chain(table, name)!);
	return {name: table, chains: [...builtin, ...user].map(row => chainView(base, row, known))};
}
