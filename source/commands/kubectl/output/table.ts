import {alignTabs, tableTabs} from '../../../kinds/describe/tabwriter.js';

/** What the server answers to `as=Table`. */
export interface Table {
	readonly columnDefinitions: ReadonlyArray<{name: string; type?: string; format?: string; priority?: number}>;
	readonly rows: ReadonlyArray<{cells: readonly unknown[]; object?: any}>;
}

export interface TableOptions {
	readonly wide: boolean;
	readonly noHeaders: boolean;
	readonly withNamespace: boolean;
	/** `deployment.apps` before each name; absent: names alone. */
	readonly kindPrefix?: string;
	readonly showLabels: boolean;
	readonly labelColumns: readonly string[];
	/** First cell of each row, for --output-watch-events. */
	readonly event?: string;
}

/** One table as `kubectl get` prints it. `remembered` keeps column widths over the rows of a watch. */
export function printTable(table: Table, options: TableOptions, remembered?: number[]): string {
	if (table.rows.length === 0) return '';
	const shown = table.columnDefinitions.map((column, at) => ({column, at})).filter(({column}) => options.wide || !column.priority);
	const lines: string[] = [];
	if (!options.noHeaders)
		lines.push(
			headerOf(
				shown.map(({column}) => column.name),
				options,
			),
		);
	for (const row of table.rows) {
		const cells = shown.map(({column, at}) => {
			const cell = cellText(row.cells[at]);
			return options.kindPrefix && column.format === 'name' ? `${options.kindPrefix}/${cell}` : cell;
		});
		lines.push([...leading(row.object, options), ...cells, ...labelCells(row.object?.metadata?.labels ?? {}, options)].join('\t'));
	}

	return alignTabs(lines.join('\n') + '\n', remembered ? {...tableTabs, remembered} : tableTabs);
}

function headerOf(names: readonly string[], options: TableOptions): string {
	const labels = options.labelColumns.map(label => label.slice(label.lastIndexOf('/') + 1).toUpperCase());
	return [
		...(options.event === undefined ? [] : ['EVENT']),
		...(options.withNamespace ? ['NAMESPACE'] : []),
		...names.map(name => name.toUpperCase()),
		...labels,
		...(options.showLabels ? ['LABELS'] : []),
	].join('\t');
}

const leading = (object: any, options: TableOptions): string[] => [
	...(options.event === undefined ? [] : [options.event]),
	...(options.withNamespace ? [object?.metadata?.namespace ?? ''] : []),
];

function labelCells(labels: Readonly<Record<string, string>>, options: TableOptions): string[] {
	const cells = options.labelColumns.map(label => (Object.hasOwn(labels, label) ? labels[label]! : ''));
	if (options.showLabels) cells.push(labelList(labels));
	return cells;
}

/** `a=1,b=2`, or `<none>`. */
export const labelList = (labels: Readonly<Record<string, string>>): string => {
	const keys = Object.keys(labels).sort();
	return keys.length === 0 ? '<none>' : keys.map(key => `${key}=${labels[key]}`).join(',');
};

/** Only the first line of a cell is shown. */
function cellText(value: unknown): string {
	if (value === null || value === undefined) return '<nil>';
	const text = String(value);
	const at = text.search(/[\f\n\r]/);
	return (at === -1 ? text : `${text.slice(0, at)}...`).replaceAll('\t', ' ');
}
