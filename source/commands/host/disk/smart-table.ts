/** A column of util-linux's tables. */
export interface Column<T> {
	readonly name: string;
	readonly right?: boolean;
	value(row: T): string;
}

export interface TableStyle {
	readonly headless?: boolean;
	/** One blank between cells, none around them. */
	readonly raw?: boolean;
}

/** What stands before the first cell of a row: the branches of a tree. */
export type Branch<T> = (row: T) => string;

/** Models libsmartcols: each column as wide as its widest cell, and the last one only as long as it is. */
export function smartTable<T>(
	columns: readonly Column<T>[],
	rows: readonly T[],
	style: TableStyle = {},
	branch: Branch<T> = () => '',
): string {
	const body = rows.map(row => columns.map((column, index) => (index === 0 && !style.raw ? branch(row) : '') + column.value(row)));
	const all = style.headless ? body : [columns.map(column => column.name), ...body];
	if (style.raw) return all.map(row => `${row.join(' ')}\n`).join('');
	const widths = columns.map((_, index) => Math.max(0, ...all.map(row => row[index]!.length)));
	const last = columns.length - 1;
	const cell = (text: string, index: number) =>
		columns[index]!.right ? text.padStart(widths[index]!) : index === last ? text : text.padEnd(widths[index]!);
	return all.map(row => `${row.map(cell).join(' ')}\n`).join('');
}

/** Whose names `-o` gives, in its order; `+NAME` adds to what is there. */
export function chosen<T>(
	all: readonly Column<T>[],
	usual: readonly string[],
	names: string | undefined,
): readonly Column<T>[] | {readonly unknown: string} {
	const list = names === undefined ? usual : names.startsWith('+') ? [...usual, ...names.slice(1).split(',')] : names.split(',');
	const found = list.map(name => all.find(column => column.name === name.toUpperCase()));
	const unknown = list[found.indexOf(undefined)];
	return unknown === undefined ? (found as Column<T>[]) : {unknown};
}
