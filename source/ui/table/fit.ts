import type {PanelColumn} from '../panels/panel.js';
import {shorten, shortenMiddle, widthOf} from '../text/width.js';

export interface FittedTable {
	readonly columns: readonly string[];
	/** Index of each kept column in the panel's own columns. */
	readonly kept: readonly number[];
	/** Of each kept column. */
	readonly widths: readonly number[];
	readonly rows: ReadonlyArray<readonly string[]>;
}

/** ink-table draws each column as wide as its longest value, plus a blank on both sides and a line. */
const frame = 3;

/** `9m59s`: while an age grows and shrinks within this, the table stands still. */
const ageWidth = 5;

/** A value may be cut to this before another column is left out for it: what tells one pod from another still stands there. */
const enough = {name: 20, text: 32, rule: 32};

/** Chooses columns and shortens values so that the table is at most `width` wide. */
export function fitTable(columns: readonly PanelColumn[], rows: ReadonlyArray<readonly string[]>, width: number): FittedTable {
	const wide = columns.map(({name, quiet}, index) =>
		rows.reduce((most, row) => Math.max(most, widthOf(row[index]!)), Math.max(name.length, quiet ? ageWidth : 0)),
	);
	const kept = choose(columns, wide, width);
	const total = kept.reduce((sum, index) => sum + wide[index]! + frame, 1);
	shrink(columns, wide, kept, total - width);
	const value = (text: string, index: number) => {
		const short = shortened(text, wide[index]!, columns[index]!.shrink);
		return columns[index]!.right ? short.padStart(wide[index]!) : short;
	};
	return {
		columns: kept.map(index => shorten(columns[index]!.name, wide[index]!)),
		kept,
		widths: kept.map(index => wide[index]!),
		rows: rows.map(row => kept.map(index => value(row[index]!, index))),
	};
}

/** The most important first, and of the others each that still fits when long values are cut a little. */
function choose(columns: readonly PanelColumn[], wide: readonly number[], width: number): number[] {
	const least = wide.map((most, index) => Math.min(most, leastOf(columns[index]!) ?? most));
	const byNeed = columns.map((_, index) => index).sort((a, b) => columns[a]!.drop - columns[b]!.drop || a - b);
	let used = 1;
	const fits = byNeed.filter(index => {
		const needed = least[index]! + frame;
		if (columns[index]!.drop > 0 && used + needed > width) return false;
		used += needed;
		return true;
	});
	return fits.sort((a, b) => a - b);
}

/** What a ReplicaSet puts behind a pod's name. */
const nameEnd = 6;

function shortened(text: string, width: number, shrink: PanelColumn['shrink']): string {
	if (shrink === 'name') return shortenMiddle(text, width, nameEnd);
	return shrink === 'rule' ? shortenMiddle(text, width, Math.floor(width * 0.6)) : shorten(text, width);
}

const leastOf = ({shrink}: PanelColumn) => shrink && enough[shrink];

const narrowest = 6;

/** Takes columns from whichever has most beyond what is enough for it, until enough is saved. */
function shrink(columns: readonly PanelColumn[], wide: number[], kept: readonly number[], surplus: number) {
	const spare = (index: number) => wide[index]! - (leastOf(columns[index]!) ?? 0);
	for (let left = surplus; left > 0; left--) {
		const able = kept.filter(index => columns[index]!.shrink && wide[index]! > narrowest);
		if (able.length === 0) return;
		wide[able.reduce((chosen, index) => (spare(index) > spare(chosen) ? index : chosen))]!--;
	}
}
