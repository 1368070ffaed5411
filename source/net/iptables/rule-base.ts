import type {Table} from '../../sim/state.js';
import {sortedNames} from './chain-names.js';
import {referenceCounts} from './chain-references.js';
import {chainView, viewOf} from './chain-view.js';
import {createDraft} from './draft.js';
import type {Chain, IptablesTable, TableName} from './iptables.js';
import {derived, type Space} from '../space.js';
import {builtinChains, type ChainRow, type Counters, chainKey, type RuleBase, type EditedChain, type RuleRow, tableOrder} from './table.js';

const nothing: ReadonlySet<string> = new Set();

export function createRuleBase(space: Space, family: 4 | 6): RuleBase {
	const prefix = family === 4 ? 'iptables' : 'ip6tables';
	const rows = space.table<ChainRow>(prefix);
	const counters = space.table<Counters>(`${prefix}-counters`);
	const ids = space.table<number>(`${prefix}-ids`);
	const references = referenceCounts(rows);
	const names = sortedNames(rows);
	const views = new WeakMap<ChainRow, Chain>();
	const tableViews = new Map<TableName, {rows: Table<ChainRow>; version: number; view: IptablesTable}>();
	const tableView = (table: TableName): IptablesTable => {
		const known = tableViews.get(table);
		if (known?.rows === rows() && known.version === rows().version) return known.view;
		const view = viewOf(base, table, views);
		tableViews.set(table, {rows: rows(), version: rows().version, view});
		return view;
	};

	const busy = derived(rows, () => {
		const byHook = new Map<string, Set<string>>();
		for (const table of tableOrder) {
			for (const hook of builtinChains[table]) {
				const row = rows().get(chainKey(table, hook));
				if (!row || (row.rules.length === 0 && row.policy === 'ACCEPT')) continue;
				byHook.set(hook, (byHook.get(hook) ?? new Set()).add(table));
			}
		}
		return byHook;
	});

	const base: RuleBase = {
		family,
		rows,
		counters,
		busyAt: hook => busy().get(hook) ?? nothing,
		exists: table => rows().has(chainKey(table, builtinChains[table][0]!)),
		chain: (table, name) => rows().get(chainKey(table, name)),
		references: (table, chain) => references.count(table, chain),
		setReferences: set => references.countSet(set),
		count: (key, bytes) => countIn(counters(), key, bytes),
		countAll(keys, bytes) {
			const table = counters();
			for (const key of keys) countIn(table, key, bytes);
		},
		edit(change) {
			const draft = createDraft(
				rows,
				(table, name) => references.count(table, name),
				table => names.of(table),
				ids().get('') ?? 1,
			);
			change(draft.edit);
			commit(draft.touched, draft.counters);
			if (draft.nextId() !== ids().get('')) ids().set('', draft.nextId());
		},
		userChains: table => names.of(table),
		chainView(table, name) {
			const row = base.chain(table, name);
			return row && chainView(base, row, views);
		},
		counted: chain => countedIn(chain, counters()),
		view: table => (base.exists(table) ? tableView(table) : undefined),
	};

	const commit = (touched: Map<string, EditedChain | undefined>, newCounters: Map<string, Counters | undefined>) => {
		references.check(touched);
		names.fresh();
		const counts = counters();
		for (const [key, chain] of touched) {
			const before = rows().get(key);
			if (before && chain && stands(before, chain)) continue;
			if (before) forgetCounters(counts, before, chain?.rules ?? []);
			references.replace(before, chain);
			const [table = '', name = ''] = key.split(' ');
			if (!chain ? before !== undefined : chain.policy === '-' && !before) names.change(table as TableName, name, chain !== undefined);
			if (chain) rows().set(key, {table: chain.table, name: chain.name, policy: chain.policy, rules: chain.rules});
			else {
				rows().delete(key);
				counts.delete(`policy ${key}`);
			}
		}
		references.settled();
		names.settled();
		for (const [key, value] of newCounters) {
			if (value) counts.set(key, value);
			else counts.delete(key);
		}
	};
	return base;
}

function countIn(counters: Table<Counters>, key: string, bytes: number): void {
	const old = counters.get(key);
	counters.set(key, old ? [old[0] + 1, old[1] + bytes] : [1, bytes]);
}

/** Only counters were touched. What is derived from a chain of thousands of rules stays good. */
const stands = (before: ChainRow, {policy, rules}: EditedChain): boolean =>
	policy === before.policy && rules.length === before.rules.length && rules.every((rule, at) => rule === before.rules[at]);

/** Rules that are gone, and those that were written anew, count from zero. */
function forgetCounters(counts: Table<Counters>, before: ChainRow, after: readonly RuleRow[]): void {
	const counted = countedIn(before, counts);
	if (counted.length === 0) return;
	const kept = new Set(after.map(({id}) => id));
	for (const id of counted) if (!kept.has(id)) counts.delete(id);
}

const idsOfChain = new WeakMap<ChainRow, ReadonlySet<string>>();

function countedIn(chain: ChainRow, counts: Table<Counters>): readonly string[] {
	if (counts.size >= chain.rules.length) return chain.rules.flatMap(({id}) => (counts.has(id) ? id : []));
	if (counts.size === 0) return [];
	// Thousands of rules, of which few packets met any.
	let ids = idsOfChain.get(chain);
	if (!ids) idsOfChain.set(chain, (ids = new Set(chain.rules.map(({id}) => id))));
	return [...counts.keys()].filter(key => ids.has(key));
}
