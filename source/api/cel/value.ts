import {isObject} from '../values/plain.js';

const reserved = new Set(
	'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(' '),
);
const signs: Readonly<Record<string, string>> = {__: '__underscores__', '.': '__dot__', '-': '__dash__', '/': '__slash__'};

/** A field's name as an expression writes it: `namespace` is `__namespace__`, `a-b` is `a__dash__b`. Models apiserver/pkg/cel/escaping.go. */
export const escapeName = (name: string): string => (reserved.has(name) ? `__${name}__` : name.replace(/__|[./-]/g, sign => signs[sign]!));

/** JSON as an expression sees it where no schema tells more: whole numbers are `int`. */
export function celValue(value: unknown): unknown {
	if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
	if (Array.isArray(value)) return value.map(celValue);
	if (!isObject(value)) return value;
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, celValue(inner)]));
}

/** Back again, for what an expression answers. */
export function jsonValue(value: unknown): unknown {
	if (typeof value === 'bigint') return Number(value);
	if (Array.isArray(value)) return value.map(jsonValue);
	return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, jsonValue(inner)])) : value;
}
