import {keyOf} from '../table/panel-table.js';
import {type PanelColumn, type PanelRows, sliceRows} from '../panels/panel.js';
import panels from '../panels/index.js';
import type {Tables} from './tables.js';

/** Rows further down are not looked at. */
const watchedRows = 100;

/** How long a changed row stays marked, in real milliseconds that the pump hands in. */
const flashMs = 1500;

export interface Changes {
	/** What is looked at from now on: what nobody sees needs no marks. */
	watch(panels: readonly number[], host: string): void;
	/** Compares with what was there; call it when the world has moved and when time passes. */
	look(nowMs: number): void;
	rows(): ReadonlyMap<string, ReadonlySet<string>>;
}

/** Which rows of the tables in sight are new or different. */
export function createChanges(tables: Tables): Changes {
	let watched: readonly number[] = [];
	let host = '';
	const before = new Map<string, ReadonlySet<string>>();
	const marked = new Map<string, Map<string, number>>();
	let shown: ReadonlyMap<string, ReadonlySet<string>> = new Map();
	return {
		watch(indexes, name) {
			watched = indexes;
			host = name;
		},
		look(nowMs) {
			const seen = new Set<string>();
			for (const index of watched) {
				const panel = panels[index]!;
				const id = panel.ofHost ? `${panel.title} ${host}` : panel.title;
				seen.add(id);
				const rows = readRows(() => tables(index, host), panel.columns);
				const old = before.get(id);
				const flashing = new Map([...(marked.get(panel.title) ?? [])].filter(([row, until]) => until > nowMs && rows.has(row)));
				if (old) for (const row of rows) if (!old.has(row)) flashing.set(row, nowMs + flashMs);
				before.set(id, rows);
				marked.set(panel.title, flashing);
			}
			// What was out of sight meanwhile has not just changed.
			for (const id of before.keys()) if (!seen.has(id)) before.delete(id);
			const next = new Map([...marked].filter(([, rows]) => rows.size > 0).map(([title, rows]) => [title, new Set(rows.keys())] as const));
			if (!sameMarks(shown, next)) shown = next;
		},
		rows: () => shown,
	};
}

/** A panel that cannot be read says so where it is drawn. */
function readRows(read: () => PanelRows, columns: readonly PanelColumn[]): ReadonlySet<string> {
	try {
		return new Set(sliceRows(read(), 0, watchedRows).map(row => keyOf(columns, row)));
	} catch {
		return new Set();
	}
}

/** The same marks stay the same value: nothing is drawn again for them. */
const sameMarks = (a: ReadonlyMap<string, ReadonlySet<string>>, b: ReadonlyMap<string, ReadonlySet<string>>) =>
	a.size === b.size && [...b].every(([title, rows]) => a.get(title)?.size === rows.size && [...rows].every(row => a.get(title)!.has(row)));
