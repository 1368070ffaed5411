import type {Column} from '../../api/kind.js';
import {ageOf} from '../age.js';
import {ageColumn, nameColumn} from '../cells.js';

/** `additionalPrinterColumns`, or just the age. Models apiextensions-apiserver/pkg/registry/customresource/tableconvertor. */
export function customColumns(columns: readonly any[] | undefined): readonly Column[] {
	if (!columns?.length) return [nameColumn, ageColumn];
	return [
		nameColumn,
		...columns.map(
			({name, type, format, description, priority, jsonPath}): Column => ({
				name,
				type,
				...(format && {format}),
				...(description && {description}),
				priority: priority ? 1 : 0,
				cell: (object, {nowMs}) => cellText(read(object, jsonPath), type, nowMs),
			}),
		),
	];
}

function cellText(found: unknown[], type: string, nowMs: number): any {
	const value = found[0];
	if (value === undefined || value === null) return type === 'date' ? '<unknown>' : '';
	if (type === 'date') return typeof value === 'string' ? ageOf(value, nowMs) : '<invalid>';
	if (type === 'string') return found.length > 1 ? found.map(text).join(',') : text(value);
	return typeof value === 'object' ? text(value) : value;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The simple JSONPath that definitions may use: fields, indexes, `[*]` and one kind of filter. */
export function read(object: unknown, path: string): unknown[] {
	let values: any[] = [object];
	for (const [, field, quoted, filter, index] of path.matchAll(
		/\.([\w-]+(?:\\\.[\w-]+)*)|\['([^']*)'\]|\[\?\(@\.(.*?)\)\]|\[(\d+|\*)\]/g,
	)) {
		const name = field?.replaceAll('\\.', '.') ?? quoted;
		if (name !== undefined) values = values.map(value => value?.[name]);
		else if (index === '*') values = values.flatMap(value => (Array.isArray(value) ? value : Object.values(value ?? {})));
		else if (index !== undefined) values = values.map(value => value?.[Number(index)]);
		else if (filter !== undefined)
			values = values.flatMap(value => (Array.isArray(value) ? value.filter(item => passes(item, filter)) : []));
		values = values.filter(value => value !== undefined);
	}

	return values;
}

function passes(item: any, filter: string): boolean {
	const match = /^([\w.-]+)\s*(==|!=)\s*["']?(.*?)["']?$/.exec(filter);
	if (!match) return item?.[filter] !== undefined;
	const value = String(match[1]!.split('.').reduce((inner, key) => inner?.[key], item));
	return (value === match[3]) === (match[2] === '==');
}
