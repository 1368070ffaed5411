import type {KubeObject} from '../../../api/object.js';
import {goSorted} from '../../../api/values/go-sort.js';
import {failure, rawFailure} from '../failure.js';
import {jsonPath, relaxed} from '../output/jsonpath.js';
import {logLine} from '../klog.js';
import type {Session} from '../session.js';
import type {Table} from '../output/table.js';

/** `--sort-by` over objects (`-o json` and the like): a field that nobody has is an error. */
export function sortObjects(objects: readonly KubeObject[], field: string): readonly KubeObject[] {
	if (field === '') return objects;
	const keys = keysOf(objects, field);
	if (objects.length > 0 && keys.every(key => key === undefined)) throw notFound(field);
	return ordered(objects, keys);
}

/** Of several tables kubectl sorts not the rows, but the tables, which have next to no field that anybody would ask for (NewRuntimeSorter). */
export function checkTables(tables: readonly object[], field: string): void {
	if (field === '' || tables.length < 2) return;
	const seen = tables.map(table => ({kind: 'Table', apiVersion: 'meta.k8s.io/v1', metadata: {resourceVersion: ''}, ...table}));
	if (keysOf(seen, field).every(key => key === undefined)) throw notFound(field);
}

/** `--sort-by` over the rows of a table; undefined where they cannot be sorted: kubectl says that there is nothing, and is content. */
export function sortRows(session: Session, table: Table, field: string): Table | undefined {
	if (field === '' || table.rows.length < 2) return table;
	let keys: unknown[];
	try {
		keys = keysOf(
			table.rows.map(row => row.object),
			field,
		);
	} catch {
		return undefined;
	}

	if (keys.every(key => key === undefined)) return undefined;

	const unsortable = keys.find(key => typeof key === 'object' && key !== null);
	if (unsortable !== undefined) {
		const type = Array.isArray(unsortable) ? '[]interface {}' : 'map[string]interface {}';
		throw rawFailure(
			`${logLine(session, 'F', 'sorter.go:375', '').slice(0, -1)}Field ${relaxed(field)} in [][][]reflect.Value is an unsortable type: interface, err: unsortable type: ${type}`,
		);
	}

	return {...table, rows: ordered(table.rows, keys)};
}

const notFound = (field: string) => failure(`couldn't find any field with path "${relaxed(field)}" in the list of objects`);

function keysOf(objects: ReadonlyArray<unknown>, field: string): unknown[] {
	let path: ReturnType<typeof jsonPath>;
	try {
		path = jsonPath(relaxed(field), {allowMissingKeys: true});
	} catch (error) {
		throw failure((error as Error).message);
	}

	return objects.map(object => path.find(object)[0]?.[0]);
}

/** A row without the field counts as less than any other, even one like it. */
function ordered<T>(items: readonly T[], keys: readonly unknown[]): T[] {
	const pairs = items.map((item, at) => ({item, key: keys[at]}));
	return goSorted(pairs, ({key: a}, {key: b}) => a === undefined || (b !== undefined && compareKeys(a, b) < 0)).map(({item}) => item);
}

/** What is null comes first; texts that are quantities compare as such, others byte by byte (kubectl/pkg/cmd/get/sorter.go). */
function compareKeys(a: unknown, b: unknown): number {
	if (a === null || b === null) return Number(a !== null) - Number(b !== null);
	if (typeof a === 'number' && typeof b === 'number') return a - b;
	if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
	const [left, right] = [String(a), String(b)];
	const quantities = [quantity(left), quantity(right)];
	if (quantities[0] !== undefined && quantities[1] !== undefined) return quantities[0] - quantities[1];
	return left < right ? -1 : left > right ? 1 : 0;
}

const factors: Record<string, number> = {
	'': 1,
	n: 1e-9,
	u: 1e-6,
	m: 1e-3,
	k: 1e3,
	M: 1e6,
	G: 1e9,
	T: 1e12,
	P: 1e15,
	E: 1e18,
	Ki: 2 ** 10,
	Mi: 2 ** 20,
	Gi: 2 ** 30,
	Ti: 2 ** 40,
	Pi: 2 ** 50,
	Ei: 2 ** 60,
};

function quantity(text: string): number | undefined {
	const match = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:[eE]([+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)$/.exec(text);
	if (!match) return undefined;
	return match[2] ? Number(`${match[1]}e${match[2]}`) : Number(match[1]) * factors[match[3] ?? '']!;
}
