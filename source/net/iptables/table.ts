import type {Table} from '../../sim/state.js';
import {sortedNames} from './chain-names.js';
import {referenceCounts, setCounts} from './chain-references.js';
import {viewOf} from './chain-view.js';
import {createDraft} from './draft.js';
import type {Chain, IptablesTable, TableName} from './iptables.js';
import type {RuleSpec} from './rule-spec.js';
import type {Space} from '../space.js';

/** Built-in chains in the order in which they are printed. */
export const builtinChains: Readonly<Record<TableName, readonly string[]>> = {
	mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
	raw: ['PREROUTING', 'OUTPUT'],
	filter: ['INPUT', 'FORWARD', 'OUTPUT'],
	nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
	security: ['INPUT', 'FORWARD', 'OUTPUT'],
};

/** As iptables-nft-save prints them, whatever was made first. */
export const tableOrder: readonly TableName[] = ['mangle', 'raw', 'filter', 'nat', 'security'];

export interface ChainRow {
	readonly table: TableName;
	readonly name: string;
	readonly policy: 'ACCEPT' | 'DROP' | '-';
	readonly rules: readonly RuleRow[];
}

/** `id` finds the counters: they move with every packet, the rule does not. */
export interface RuleRow {
	readonly id: string;
	readonly spec: RuleSpec;
}

export type Counters = readonly [packets: number, bytes: number];
/** Keys are made once: a fresh string must be hashed anew at each look-up, and a packet makes hundreds of them. */
const chainKeys = new Map<TableName, Map<string, string>>();
const chainKeysMax = 200_000;

export function chainKey(table: TableName, chain: string): string {
	let known = chainKeys.get(table);
	if (!known) chainKeys.set(table, (known = new Map()));
	let key = known.get(chain);
	if (key === undefined) {
		key = `${table} ${chain}`;
		if (known.size >= chainKeysMax) known.clear();
		known.set(chain, key);
	}
	return key;
}

export const policyKey = (table: TableName, chain: string): string => `policy ${table} ${chain}`;

/** The rows of one family's tables, changed only by whole edits: an edit that throws changes nothing. */
export interface RuleBase {
	readonly family: 4 | 6;
	readonly rows: () => Table<ChainRow>;
	readonly counters: () => Table<Counters>;
	exists(table: TableName): boolean;
	chain(table: TableName, name: string): ChainRow | undefined;
	/** Rules that jump there. */
	references(table: TableName, chain: string): number;
	/** Rules that ask this ipset. */
	setReferences(set: string): number;
	edit(change: (edit: Edit) => void): void;
	count(key: string, bytes: number): void;
	/** In byte order. */
	userChains(table: TableName): readonly string[];
	view(table: TableName): IptablesTable | undefined;
}

/** One transaction. Chains are copied when first touched. */
export interface Edit {
	/** Makes a table's built-in chains. */
	open(table: TableName): void;
	chain(table: TableName, name: string): EditedChain | undefined;
	/** Whether it will be there, without touching it. */
	exists(table: TableName, name: string): boolean;
	/** Whether rules jumped there before this edit. */
	isReferenced(table: TableName, name: string): boolean;
	/** Rules of a chain as they will be, without touching it. */
	rules(table: TableName, name: string): readonly RuleRow[];
	create(table: TableName, name: string): EditedChain;
	remove(table: TableName, name: string): void;
	newRule(spec: RuleSpec, counters?: {packets: number; bytes: number}): RuleRow;
	setCounters(key: string, counters: Counters | undefined): void;
	userChains(table: TableName): string[];
}

export interface EditedChain {
	readonly table: TableName;
	name: string;
	policy: ChainRow['policy'];
	rules: RuleRow[];
}

export function createRuleBase(space: Space, family: 4 | 6): RuleBase {
	const prefix = family === 4 ? 'iptables' : 'ip6tables';
	const rows = space.table<ChainRow>(prefix);
	const counters = space.table<Counters>(`${prefix}-counters`);
	const ids = space.table<number>(`${prefix}-ids`);
	const references = referenceCounts(rows);
	const names = sortedNames(rows);
	const sets = setCounts(rows);
	const views = new WeakMap<ChainRow, Chain>();
	const tableViews = new Map<TableName, {rows: Table<ChainRow>; version: number; view: IptablesTable}>();
	const tableView = (table: TableName): IptablesTable => {
		const known = tableViews.get(table);
		if (known?.rows === rows() && known.version === rows().version) return known.view;
		const view = viewOf(base, table, views);
		tableViews.set(table, {rows: rows(), version: rows().version, view});
		return view;
	};

	const base: RuleBase = {
		family,
		rows,
		counters,
		exists: table => rows().has(chainKey(table, builtinChains[table][0]!)),
		chain: (table, name) => rows().get(chainKey(table, name)),
		references: (table, chain) => references.count(table, chain),
		setReferences: set => sets.count(set),
		count(key, bytes) {
			const table = counters();
			const old = table.get(key);
			table.set(key, old ? [old[0] + 1, old[1] + bytes] : [1, bytes]);
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
		view: table => (base.exists(table) ? tableView(table) : undefined),
	};

	const commit = (touched: Map<string, EditedChain | undefined>, newCounters: Map<string, Counters | undefined>) => {
		references.check(touched);
		names.fresh();
		const counts = counters();
		for (const [key, chain] of touched) {
			const before = rows().get(key);
			if (counts.size > 0 && before) forgetCounters(counts, before.rules, chain?.rules ?? []);
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

/** Rules that are gone, and those that were written anew, count from zero. */
function forgetCounters(counts: Table<Counters>, before: readonly RuleRow[], after: readonly RuleRow[]): void {
	const kept = new Set(after);
	for (const rule of before) {
		if (!kept.has(rule)) counts.delete(rule.id);
	}
}
