import {detached, Remembered} from '../../sim/remembered.js';
import type {Table} from '../../sim/state.js';
import type {Chain, IptablesTable, TableName} from './iptables.js';
import type {RuleSpec} from './rule-spec.js';

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
const chainKeys = new Map<TableName, Remembered<string>>();

export function chainKey(table: TableName, chain: string): string {
	let known = chainKeys.get(table);
	if (!known) chainKeys.set(table, (known = new Remembered(20_000)));
	return known.get(chain) ?? known.set(chain, detached(`${table} ${chain}`));
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
	countAll(keys: readonly string[], bytes: number): void;
	/** Tables whose chain at a hook can do anything to a packet. */
	busyAt(hook: string): ReadonlySet<string>;
	/** In byte order. */
	userChains(table: TableName): readonly string[];
	view(table: TableName): IptablesTable | undefined;
	chainView(table: TableName, name: string): Chain | undefined;
	/** Numbers of its rules that have counted something. */
	counted(chain: ChainRow): readonly string[];
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
