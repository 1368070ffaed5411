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

const expectedForm = 'Expected format is one line of space separated headers, one line of space separated column specs.';

/** A file whose first line holds headers and whose second holds paths. */
export function customColumnsFile(text: string): ColumnSpec[] {
	const [headers = '', paths = ''] = text.split('\n');
	if (text === '') throw failure(`invalid template, missing header line. ${expectedForm}`);
	if (text.replace(/\n$/, '').split('\n').length < 2) throw failure(`invalid template, missing spec line. ${expectedForm}`);
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

/** Rows before the one that fails are shown, and the header first of all: `out` gets what there is, then the failure is thrown. */
export function printCustomColumns(
	columns: readonly ColumnSpec[],
	objects: readonly unknown[],
	noHeaders: boolean,
	out: (text: string) => void,
): string {
	const lines = noHeaders ? [] : [columns.map(column => column.header).join('\t')];
	const aligned = () => (lines.length === 0 ? '' : alignTabs(`${lines.join('\n')}\n`, tableTabs));
	try {
		const paths = columns.map(column => jsonPath(column.path, {allowMissingKeys: true}));
		for (const object of objects) lines.push(paths.map(path => cellOf(path.find(object)[0] ?? [])).join('\t'));
	} catch (error) {
		out(aligned());
		throw failure((error as Error).message);
	}

	return aligned();
}

const cellOf = (results: readonly unknown[]): string => (results.length === 0 ? '<none>' : results.map(goValue).join(','));
