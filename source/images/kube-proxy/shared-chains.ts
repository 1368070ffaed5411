import type {Iptables} from '../../net/iptables/iptables.js';
import type {ChainRow} from '../../net/iptables/table.js';
import type {IptablesView} from '../../net/iptables/view.js';
import type {State, Table} from '../../sim/state.js';
import type {Settings} from './settings.js';

/** Lines of one shared chain, without `-A CHAIN `. */
export interface SharedChain {
	readonly table: 'filter' | 'nat';
	readonly name: string;
	readonly rules: readonly string[];
}

/** What a sync left in the tables: for each shared chain a mark that any later edit of it changes. Part of the world's state. */
export type ChainMarks = Table<string>;

/** More changed lines than this are written as a whole chain. */
const editsMax = 64;

/** The lines behind the marks. Derived from the service map as of the last sync; gone when the world is rewound. */
let remembered = new WeakMap<Iptables, {settings: Settings; chains: readonly SharedChain[]}>();
const watched = new WeakSet<State>();

/** Makes sure that the lines of the last sync are known, before the service map moves on. */
export function recallShared(iptables: Iptables, state: State, settings: Settings, compute: () => readonly SharedChain[]): void {
	if (!watched.has(state)) {
		watched.add(state);
		state.onRestore(() => {
			remembered = new WeakMap();
		});
	}

	if (remembered.get(iptables)?.settings !== settings) remembered.set(iptables, {settings, chains: compute()});
}

/** All shared chains as the last sync wrote them, if every one still stands as it was left. */
export function standingChains(iptables: Iptables, settings: Settings, marks: ChainMarks | undefined): readonly SharedChain[] | undefined {
	const last = remembered.get(iptables);
	if (!marks || last?.settings !== settings) return undefined;
	return last.chains.every(chain => isUntouched(iptables, chain, marks)) ? last.chains : undefined;
}

/**
 * Lines for iptables-restore that bring a shared chain to its rules. kube-proxy writes all of it at every sync; when the chain stands as it
 * was left, writing only what differs gives the same table, and a change then costs what it changes.
 */
export function sharedChainLines(iptables: Iptables, chain: SharedChain, marks: ChainMarks | undefined, whole: boolean): string[] {
	const {table, name, rules} = chain;
	const before = remembered.get(iptables)?.chains.find(each => each.table === table && each.name === name);
	const spare = !whole && marks && before && isUntouched(iptables, chain, marks);
	const edits = spare ? editsBetween(name, before.rules, rules) : undefined;
	// What is written anew counts from zero.
	if (edits && wasUsed(iptables, chain)) return [...edits, `-Z ${name}`];
	return edits ?? [`:${name} - [0:0]`, ...rules.map(rule => `-A ${name} ${rule}`)];
}

export function noteWritten(iptables: Iptables, settings: Settings, marks: ChainMarks | undefined, chains: readonly SharedChain[]): void {
	if (!marks) return;
	remembered.set(iptables, {settings, chains});
	for (const chain of chains) marks.set(`${chain.table} ${chain.name}`, markOf(rowOf(iptables, chain)) ?? '');
}

const rowOf = (iptables: Iptables, {table, name}: SharedChain): ChainRow | undefined =>
	(iptables as Partial<IptablesView>).base?.chain(table, name);

const markOfRow = new WeakMap<ChainRow, string>();

/** Rules are numbered as they are made: how many there are and the sum of their numbers tell one content from any other. */
function markOf(row: ChainRow | undefined): string | undefined {
	if (!row) return undefined;
	let mark = markOfRow.get(row);
	if (mark === undefined) {
		mark = `${row.rules.length}/${row.rules.reduce((sum, rule) => sum + Number(rule.id), 0)}`;
		markOfRow.set(row, mark);
	}
	return mark;
}

const isUntouched = (iptables: Iptables, chain: SharedChain, marks: ChainMarks): boolean => {
	const mark = markOf(rowOf(iptables, chain));
	return mark !== undefined && mark === marks.get(`${chain.table} ${chain.name}`);
};

/** Packets went through it since it was written. */
function wasUsed(iptables: Iptables, chain: SharedChain): boolean {
	const {base} = iptables as Partial<IptablesView>;
	return base !== undefined && base.counted(rowOf(iptables, chain)!).length > 0;
}

/** Deletions from the back and insertions by number; undefined when there are too many to be worth it. */
function editsBetween(chain: string, before: readonly string[], after: readonly string[]): string[] | undefined {
	if (before === after) return [];
	let start = 0;
	while (start < before.length && start < after.length && before[start] === after[start]) start++;
	let end = 0;
	while (end < before.length - start && end < after.length - start && before[before.length - 1 - end] === after[after.length - 1 - end])
		end++;
	const gone = before.length - start - end;
	const come = after.slice(start, after.length - end);
	if (gone + come.length > editsMax) return undefined;
	return [
		...Array.from({length: gone}, (_, i) => `-D ${chain} ${start + gone - i}`),
		...come.map((rule, i) => `-I ${chain} ${start + i + 1} ${rule}`),
	];
}
