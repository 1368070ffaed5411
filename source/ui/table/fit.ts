import type {PanelColumn} from '../panels/panel.js';
import {shorten, widthOf} from '../text/width.js';

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

/** Chooses columns and shortens values so that the table is at most `width` wide. */
export function fitTable(columns: readonly PanelColumn[], rows: ReadonlyArray<readonly string[]>, width: number): FittedTable {
	const wide = columns.map(({name, quiet}, index) =>
		rows.reduce((most, row) => Math.max(most, widthOf(row[index]!)), Math.max(name.length, quiet ? ageWidth : 0)),
	);
	const total = (indexes: readonly number[]) => 1 + indexes.reduce((sum, index) => sum + wide[index]! + frame, 0);
	let kept = columns.map((_, index) => index);
	while (total(kept) > width) {
		const worst = kept.reduce((chosen, index) => (columns[index]!.drop >= columns[chosen]!.drop ? index : chosen));
		if (columns[worst]!.drop === 0) break;
		kept = kept.filter(index => index !== worst);
	}
	shrink(columns, wide, kept, total(kept) - width);
	const value = (text: string, index: number) => {
		const short = shorten(text, wide[index]!);
		return columns[index]!.right ? short.padStart(wide[index]!) : short;
	};
	return {
		columns: kept.map(index => shorten(columns[index]!.name, wide[index]!)),
		kept,
		widths: kept.map(index => wide[index]!),
		rows: rows.map(row => kept.map(index => value(row[index]!, index))),
	};
}

const narrowest = 6;

/** Takes columns from the widest of those that may shrink, until enough is saved. */
function shrink(columns: readonly PanelColumn[], wide: number[], kept: readonly number[], surplus: number) {
	for (let left = surplus; left > 0; left--) {
		const widest = kept
			.filter(index => columns[index]!.shrink)
			.reduce<number | undefined>((chosen, index) => (chosen === undefined || wide[index]! > wide[chosen]! ? index : chosen), undefined);
		if (widest === undefined || wide[widest]! <= narrowest) return;
		wide[widest]!--;
	}
}
