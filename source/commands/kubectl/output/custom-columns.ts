import {alignTabs, tableTabs} from '../../../kinds/describe/tabwriter.js';
import {failure} from '../failure.js';
import {goValue} from './go-syntax.js';
import {jsonPath, relaxed} from './jsonpath.js';

interface ColumnSpec {
	readonly header: string;
	readonly path: string;
}

/** `NAME:.metadata.name,IMAGE:.spec.containers[*].image` */
export function customColumns(spec: string): ColumnSpec[] {
	if (spec === '') throw failure('custom-columns format specified but no custom columns given');
	return spec.split(',').map(part => {
		const colon = part.indexOf(':');
		if (colon === -1) throw failure(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`);
		return {header: part.slice(0, colon), path: relaxedPath(part.slice(colon + 1))};
	});
}

/** A file whose first line holds headers and whose second holds paths. */
export function customColumnsFile(text: string): ColumnSpec[] {
	const [headers = '', paths = ''] = text.split('\n');
	const names = headers.trim().split(/\s+/).filter(Boolean);
	const specs = paths.trim().split(/\s+/).filter(Boolean);
	if (names.length !== specs.length)
		throw failure(`number of headers (${names.length}) and field specifications (${specs.length}) don't match`);
	return names.map((header, at) => ({header, path: relaxedPath(specs[at]!)}));
}

function relaxedPath(path: string): string {
	try {
		return relaxed(path);
	} catch (error) {
		throw failure((error as Error).message);
	}
}

export function printCustomColumns(columns: readonly ColumnSpec[], objects: readonly unknown[], noHeaders: boolean): string {
	const paths = columns.map(column => {
		try {
			return jsonPath(column.path, {allowMissingKeys: true});
		} catch (error) {
			throw failure((error as Error).message);
		}
	});
	const lines = objects.map(object =>
		paths
			.map(path => {
				const results = path.find(object)[0] ?? [];
				return results.length === 0 ? '<none>' : results.map(goValue).join(',');
			})
			.join('\t'),
	);
	const header = noHeaders ? [] : [columns.map(column => column.header).join('\t')];
	const all = [...header, ...lines];
	return all.length === 0 ? '' : alignTabs(`${all.join('\n')}\n`, tableTabs);
}
