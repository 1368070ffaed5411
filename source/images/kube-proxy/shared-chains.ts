import type {Iptables} from '../../net/iptables.js';
import type {IptablesView} from '../../net/iptables-view.js';
import type {Settings} from './settings.js';

/** Lines of one shared chain, without `-A CHAIN `. */
export interface SharedChain {
	readonly table: 'filter' | 'nat';
	readonly name: string;
	readonly rules: readonly string[];
}

interface Written {
	/** The chain as the kernel held it after our last write: still the same object if nobody touched it since. */
	readonly row: unknown;
	readonly rules: readonly string[];
}

/** More changed lines than this are written as a whole chain. */
const editsMax = 64;

/** What was written where. Derived: a chain that is not known here is simply written anew. */
const memory = new WeakMap<Iptables, {settings: Settings; chains: readonly SharedChain[]; written: Map<string, Written>}>();

/**
 * All shared chains of the last sync, if it was made with the same settings and every chain still stands as it was left. Otherwise
 * somebody edited a table, or the world was rewound, and what is remembered is of another time.
 */
export function lastWritten(iptables: Iptables, settings: Settings): readonly SharedChain[] | undefined {
	const last = memory.get(iptables);
	if (!last || last.settings !== settings) return undefined;
	const untouched = last.chains.every(({table, name}) => {
		const row = rowOf(iptables, table, name);
		return row !== undefined && row === last.written.get(`${table} ${name}`)?.row;
	});
	return untouched ? last.chains : undefined;
}

/**
 * Lines for iptables-restore that bring a shared chain to `rules`. kube-proxy writes all of it at every sync; when the chain stands as it
 * was left, writing only what differs gives the same table, and a change then costs what it changes.
 */
export function sharedChainLines(iptables: Iptables, {table, name, rules}: SharedChain, whole: boolean): string[] {
	const known = memory.get(iptables)?.written.get(`${table} ${name}`);
	const row = rowOf(iptables, table, name);
	const edits =
		!whole && known && row !== undefined && known.row === row && !wasUsed(iptables) ? editsBetween(name, known.rules, rules) : undefined;
	return edits ?? [`:${name} - [0:0]`, ...rules.map(rule => `-A ${name} ${rule}`)];
}

export function noteWritten(iptables: Iptables, settings: Settings, chains: readonly SharedChain[]): void {
	const written = new Map(chains.map(({table, name, rules}) => [`${table} ${name}`, {row: rowOf(iptables, table, name), rules}]));
	memory.set(iptables, {settings, chains, written});
}

const rowOf = (iptables: Iptables, table: 'filter' | 'nat', name: string): unknown =>
	(iptables as Partial<IptablesView>).base?.chain(table, name);

/** Counters of rewritten chains start at zero, so a chain that packets went through is written whole. */
const wasUsed = (iptables: Iptables): boolean => ((iptables as Partial<IptablesView>).base?.counters().size ?? 0) > 0;

/** Deletions from the back and insertions by number; undefined when there are too many to be worth it. */
function editsBetween(chain: string, before: readonly string[], after: readonly string[]): string[] | undefined {
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
