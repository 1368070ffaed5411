import type {GoFunction} from '../../go-template/functions.js';
import {goTemplate} from '../../kubectl/output/go-template.js';
import {failure} from './failure.js';
import {table} from './text.js';

const functions: Readonly<Record<string, GoFunction>> = {
	json: ['a', (value: unknown) => JSON.stringify(value ?? null, (_key, inner) => (typeof inner === 'bigint' ? Number(inner) : inner))],
	lower: ['s', (value: string) => value.toLowerCase()],
	upper: ['s', (value: string) => value.toUpperCase()],
	title: ['s', (value: string) => value.replace(/\b\w/g, char => char.toUpperCase())],
	split: ['ss', (value: string, by: string) => value.split(by)],
	join: ['ls', (list: readonly string[], by: string) => list.join(by)],
	pad: ['sii', (value: string, before: bigint, after: bigint) => ' '.repeat(Number(before)) + value + ' '.repeat(Number(after))],
	truncate: ['si', (value: string, most: bigint) => value.slice(0, Number(most))],
	trim: ['s', (value: string) => value.trim()],
};

/** One template filled with one value. */
export function fill(template: string, data: unknown): string {
	try {
		return goTemplate(template, {allowMissingKeys: false, functions})(plain(data));
	} catch (error) {
		const text = (error as Error).message;
		if (text.startsWith('kubelab:')) throw failure(text, 125);
		throw failure(`template parsing error: ${text.replaceAll('"output"', '""').replace('template: output:', 'template: :')}`);
	}
}

/** Go's integers are `bigint` to templates. */
function plain(value: unknown): unknown {
	if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
	if (Array.isArray(value)) return value.map(plain);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
}

export interface Column<Row> {
	readonly title: string;
	readonly field: string;
	cell(row: Row): string;
}

/** Rows as docker lists them: its own table, `table {{.A}}\t{{.B}}`, `json`, or a template a line. */
export function listRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], shown: readonly string[], format?: string): string {
	const valuesOf = (row: Row) => Object.fromEntries(columns.map(column => [column.field, column.cell(row)]));
	if (format === undefined || format === '' || format === 'table') {
		const chosen = shown.map(field => columns.find(column => column.field === field)!);
		return table(
			chosen.map(column => column.title),
			rows.map(row => chosen.map(column => column.cell(row))),
		);
	}

	if (format === 'json') return rows.map(row => `${JSON.stringify(valuesOf(row))}\n`).join('');
	const text = format.replaceAll('\\t', '\t').replaceAll('\\n', '\n');
	if (!text.startsWith('table ')) return rows.map(row => `${fill(text, valuesOf(row))}\n`).join('');
	const inner = text.slice('table '.length);
	const titles = Object.fromEntries(columns.map(column => [column.field, column.title]));
	const lines = [fill(inner, titles), ...rows.map(row => fill(inner, valuesOf(row)))].map(line => line.split('\t'));
	return table(lines[0]!, lines.slice(1));
}
