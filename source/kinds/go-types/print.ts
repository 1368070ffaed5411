import {goQuote} from '../../api/field-error.js';
import type {GoValue} from './value.js';

/** As fmt prints a Go value with %#v. */
export function goSyntax(value: GoValue): string {
	switch (value.kind) {
		case 'basic':
		case 'stringer':
			return typeof value.value === 'string' ? goQuote(value.value) : String(value.value);
		case 'time':
			return 'time.Date(1, time.January, 1, 0, 0, 0, 0, time.UTC)';
		case 'struct':
			return `${value.type}{${value.fields.map(([name, field]) => `${name}:${goSyntax(field)}`).join(', ')}}`;
		case 'slice':
			return value.items ? `${value.type}{${value.items.map(goSyntax).join(', ')}}` : `${value.type}(nil)`;
		case 'map':
			return value.entries
				? `${value.type}{${value.entries.map(([key, item]) => `${goSyntax(key)}:${goSyntax(item)}`).join(', ')}}`
				: `${value.type}(nil)`;
		case 'pointer':
			return pointer(value);
	}
}

/** Where a value lies in the server's memory means nothing; that it lies somewhere does. */
function pointer(value: Extract<GoValue, {kind: 'pointer'}>): string {
	if (value.type === '*v1.Time') return '<nil>';
	if (!value.to) return `(${value.type})(nil)`;
	let hash = 0;
	for (const char of JSON.stringify(value)) hash = (hash * 31 + char.charCodeAt(0)) >>> 0;
	return `(${value.type})(0xc00${(hash & 0xfff_fff8).toString(16).padStart(7, '0')})`;
}
