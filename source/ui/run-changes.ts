import {keyOf} from './panel-table.js';
import {sliceRows} from './panel.js';
import panels from './panels/index.js';
import type {Tables} from './run-tables.js';

/** Rows further down are not looked at. */
const watchedRows = 100;

/** How long a changed row stays marked, in real milliseconds that the pump hands in. */
const flashMs = 1500;

export interface Changes {
	/** Compares with what was there; call it when the world has moved and when time passes. */
	look(nowMs: number): void;
	rows(): ReadonlyMap<string, ReadonlySet<string>>;
}

/** Which rows of the tables are new or different. */
export function createChanges(tables: Tables, host: () => string): Changes {
	const before = new Map<string, ReadonlySet<string>>();
	const marked = new Map<string, Map<string, number>>();
	let shown: ReadonlyMap<string, ReadonlySet<string>> = new Map();
	return {
		look(nowMs) {
			for (const [index, panel] of panels.entries()) {
				const id = panel.ofHost ? `${panel.title} ${host()}` : panel.title;
				const rows = new Set(sliceRows(tables(index, host()), 0, watchedRows).map(row => keyOf(panel.columns, row)));
				const old = before.get(id);
				const flashing = new Map([...(marked.get(panel.title) ?? [])].filter(([row, until]) => until > nowMs && rows.has(row)));
				if (old) for (const row of rows) if (!old.has(row)) flashing.set(row, nowMs + flashMs);
				before.set(id, rows);
				marked.set(panel.title, flashing);
			}
			shown = new Map([...marked].map(([title, rows]) => [title, new Set(rows.keys())]));
		},
		rows: () => shown,
	};
}
