import type {GoFunction} from './functions.js';
import {goText, GoStruct, isMap, isNil, isTrue, ownValue, typeName} from './go-value.js';
import {sprintf} from './printf.js';

const fail = (text: string): never => {
	throw new Error(text);
};

const basic = (value: unknown): string | undefined =>
	typeof value === 'bigint' ? 'int' : typeof value === 'number' ? 'float' : typeof value === 'object' ? undefined : typeof value;

const equalGo = (a: unknown, b: unknown): boolean => {
	if (isNil(a) || isNil(b)) return isNil(a) && isNil(b);
	const [one, other] = [basic(a), basic(b)];
	for (const value of [a, b]) {
		if (basic(value) === undefined && !(value instanceof GoStruct)) fail(`non-comparable type ${goText(value)}: ${typeName(value)}`);
	}

	if (one !== other) return fail('incompatible types for comparison');
	return a === b;
};

const lessGo = (a: any, b: any): boolean => {
	const [one, other] = [basic(a), basic(b)];
	if (isNil(a) || isNil(b) || one === undefined || other === undefined) return fail('invalid type for comparison');
	if (one !== other) return fail('incompatible types for comparison');
	if (one === 'boolean') return fail('invalid type for comparison');
	return a < b;
};

function lengthOf(value: unknown): bigint {
	if (typeof value === 'string') return BigInt(new TextEncoder().encode(value).length);
	if (Array.isArray(value)) return BigInt(value.length);
	if (isMap(value)) return BigInt(Object.keys(value).length);
	return isNil(value) ? fail('reflect: call of reflect.Value.Type on zero Value') : fail(`len of type ${typeName(value)}`);
}

function element(value: unknown, key: unknown): unknown {
	if (isNil(value)) return fail('index of untyped nil');
	if (Array.isArray(value) || typeof value === 'string') {
		const items = typeof value === 'string' ? [...new TextEncoder().encode(value)].map(BigInt) : value;
		const at = indexOf(key, items.length);
		return at >= items.length ? fail(`index out of range: ${at}`) : items[at];
	}

	if (!isMap(value)) return fail(`can't index item of type ${typeName(value)}`);
	if (typeof key !== 'string')
		return fail(isNil(key) ? 'value is nil; should be string' : `value has type ${typeName(key)}; should be string`);
	return ownValue(value, key);
}

function indexOf(key: unknown, length: number): number {
	if (isNil(key)) return fail('cannot index slice/array with nil');
	if (typeof key !== 'bigint') return fail(`cannot index slice/array with type ${typeName(key)}`);
	if (key < 0n || key > BigInt(length)) return fail(`index out of range: ${key}`);
	return Number(key);
}

function slice(value: unknown, ...indexes: unknown[]): unknown {
	if (isNil(value)) return fail('slice of untyped nil');
	if (indexes.length > 3) return fail(`too many slice indexes: ${indexes.length}`);
	if (typeof value !== 'string' && !Array.isArray(value)) return fail(`can't slice item of type ${typeName(value)}`);
	if (typeof value === 'string' && indexes.length === 3) return fail('cannot 3-index slice a string');
	const [from = 0, to = value.length] = indexes.map(index => indexOf(index, value.length));
	return from > to ? fail(`invalid slice index: ${from} > ${to}`) : value.slice(from, to);
}

const htmlWords: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;', '\0': '\uFFFD'};
/** HTML, JS and URL escapers print what is absent as templates do. */
const shown = (values: readonly unknown[]): string => printed(values.map(value => (isNil(value) ? '<no value>' : value)));

/** fmt.Sprint: blanks only between two operands that are both no strings. */
export const printed = (values: readonly unknown[]): string =>
	values
		.map((value, at) => (at > 0 && typeof value !== 'string' && typeof values[at - 1] !== 'string' ? ' ' : '') + goText(value))
		.join('');

const escapeJs = (text: string): string =>
	text.replace(/[\\'"<>&=\n\r\t\x00-\x1f]/g, char => {
		if (char === '\\' || char === "'" || char === '"') return `\\${char}`;
		if (char === '\n') return '\\n';
		if (char === '\r') return '\\r';
		if (char === '\t') return '\\t';
		return `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
	});

const escapeUrl = (text: string): string =>
	encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD'))
		.replaceAll('%20', '+')
		.replace(/[!'()*]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/** text/template/funcs.go, without `and` and `or`, which need not evaluate all. */
export const builtins: Readonly<Record<string, GoFunction>> = {
	not: ['a', value => !isTrue(value)],
	len: ['a', lengthOf],
	index: ['aa*', (value, ...keys) => keys.reduce(element, value)],
	slice: ['aa*', slice],
	print: ['a*', (...values) => printed(values)],
	println: ['a*', (...values) => `${values.map(goText).join(' ')}\n`],
	printf: ['sa*', (format, ...values) => sprintf(format, values)],
	eq: [
		'aa*',
		(first, ...others) => {
			if (others.length === 0) return fail('missing argument for comparison');
			return others.some(other => equalGo(first, other));
		},
	],
	ne: ['aa', (a, b) => !equalGo(a, b)],
	lt: ['aa', lessGo],
	le: ['aa', (a, b) => lessGo(a, b) || equalGo(a, b)],
	gt: ['aa', (a, b) => !(lessGo(a, b) || equalGo(a, b))],
	ge: ['aa', (a, b) => !lessGo(a, b)],
	html: ['a*', (...values) => shown(values).replace(/[&<>"'\0]/g, char => htmlWords[char]!)],
	js: ['a*', (...values) => escapeJs(shown(values))],
	urlquery: ['a*', (...values) => escapeUrl(shown(values))],
	// No value that kubectl or helm hands to a template is a function.
	call: ['aa*', called => fail(isNil(called) ? 'call of nil' : `non-function ${shown([called])} of type ${typeName(called)}`)],
};
