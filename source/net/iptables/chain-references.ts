import type {Table} from '../../sim/state.js';
import {IptablesError, type TableName} from './iptables.js';
import type {ChainRow, EditedChain, RuleRow} from './table.js';

interface Counts {
	/** By table, then by chain. */
	readonly jumps: Map<TableName, Map<string, number>>;
	/** By ipset. */
	readonly sets: Map<string, number>;
}

const noCounts = (): Counts => ({jumps: new Map(), sets: new Map()});

interface Rules {
	readonly table: TableName;
	readonly rules: readonly RuleRow[];
}

function addRange(counts: Counts, {table, rules}: Rules, from: number, to: number, step: number): void {
	let inTable = counts.jumps.get(table);
	if (!inTable) counts.jumps.set(table, (inTable = new Map()));
	for (let i = from; i < to; i++) {
		const {jump, sets} = rules[i]!.spec;
		if (jump !== undefined) inTable.set(jump, (inTable.get(jump) ?? 0) + step);
		if (sets) for (const set of sets) counts.sets.set(set, (counts.sets.get(set) ?? 0) + step);
	}
}

/** Counts what changed only: most rules of a chain that is written anew stand where they stood. */
function addChange(counts: Counts, before: Rules | undefined, after: Rules | undefined): void {
	const old = before?.rules ?? [];
	const now = after?.rules ?? [];
	const most = Math.min(old.length, now.length);
	let head = 0;
	while (head < most && old[head]!.spec === now[head]!.spec) head++;
	let tail = 0;
	while (tail < most - head && old[old.length - 1 - tail]!.spec === now[now.length - 1 - tail]!.spec) tail++;
	if (before) addRange(counts, before, head, old.length - tail, -1);
	if (after) addRange(counts, after, head, now.length - tail, 1);
}

/** How many rules jump to each chain and ask each ipset. Kept up with each edit; counted anew after a restore of the world. */
export function referenceCounts(rows: () => Table<ChainRow>) {
	let counts = noCounts();
	let table: Table<ChainRow> | undefined;
	let version = -1;
	const fresh = () => {
		if (table === rows() && version === table.version) return counts;
		counts = noCounts();
		for (const row of rows().values()) addRange(counts, row, 0, row.rules.length, 1);
		table = rows();
		version = table.version;
		return counts;
	};
	return {
		count: (name: TableName, chain: string): number => fresh().jumps.get(name)?.get(chain) ?? 0,
		countSet: (set: string): number => fresh().sets.get(set) ?? 0,
		/** Refuses to delete what is still jumped to. */
		check(touched: Map<string, EditedChain | undefined>) {
			fresh();
			const gone = [...touched.keys()].filter(key => touched.get(key) === undefined && rows().has(key));
			if (gone.length === 0) return;
			const delta = noCounts();
			for (const [key, chain] of touched) addChange(delta, rows().get(key), chain);
			for (const key of gone) {
				const [name = '', chain = ''] = key.split(' ');
				const left = (counts.jumps.get(name as TableName)?.get(chain) ?? 0) + (delta.jumps.get(name as TableName)?.get(chain) ?? 0);
				if (left > 0) throw new BusyChain(chain);
			}
		},
		replace: (before: ChainRow | undefined, after: EditedChain | undefined) => addChange(counts, before, after),
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
