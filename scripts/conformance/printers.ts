import {parseRfc3339} from '../../source/api/values/time.js';
import {idOf, type Line, type Result, tally} from './case.js';
import {kindOf} from './types.js';

/** The server-side table of an object or a list. */
export function run(lines: readonly Line[]): Result {
	return tally(
		lines,
		({given, expected}) => {
			const isList = Array.isArray(given.object.items);
			const objects: any[] = isList ? given.object.items : [given.object];
			const of = isList ? {apiVersion: given.object.apiVersion, kind: given.object.kind.replace(/List$/, '')} : given.object;
			const kind = kindOf(of);
			if (!kind) return `no kind ${of.kind}`;
			const columns = kind.columns.map(({name, priority, type}) => `${name}|${priority ?? 0}|${type ?? 'string'}`);
			const wanted = expected.columns.map(({name, priority, type}: any) => `${name}|${priority}|${type}`);
			if (String(columns) !== String(wanted)) return `columns ${columns} are not ${wanted}`;
			const shown = kind.columns.filter(column => given.wide || !column.priority);
			const context = {nowMs: parseRfc3339(given.now)!, wide: given.wide};
			const wantedRows: any[][] = (expected.rows ?? []).map((row: any[]) => pick(row, kind.columns, given.wide));
			// A printer may end early; the cells it gives count.
			const rows = objects.map((object, index) =>
				shown.map(column => column.cell({metadata: {}, ...object}, context)).slice(0, wantedRows[index]?.length),
			);
			return (
				JSON.stringify(rows) === JSON.stringify(wantedRows) ||
				`${JSON.stringify(rows)}\n    not ${JSON.stringify(wantedRows)} ${JSON.stringify(given.object).slice(0, 1500)}`
			);
		},
		idOf,
	);
}

/** Some printers leave wide cells out, others always give them. */
const pick = (row: any[], columns: ReadonlyArray<{priority?: number}>, wide: boolean): any[] =>
	row.length === columns.length ? row.filter((_, index) => wide || !columns[index]!.priority) : row;
