import {goQuote} from '../kubectl/output/go-syntax.js';

/**
 * What templates work with: decoded JSON (numbers are float64), `bigint` for Go's ints, and structs. Maps are plain objects of which
 * only own keys count.
 */
export type GoValue = unknown;

/** A Go struct: fields and methods that a template may name, and a type that errors print. */
export class GoStruct {
	readonly type: string;
	readonly fields: Readonly<Record<string, unknown>>;
	readonly methods: Readonly<Record<string, (...args: any[]) => unknown>>;
	/** `%v`. */
	readonly text: string | undefined;

	constructor(
		type: string,
		fields: Readonly<Record<string, unknown>>,
		methods: Readonly<Record<string, (...args: any[]) => unknown>> = {},
		text?: string,
	) {
		this.type = type;
		this.fields = fields;
		this.methods = methods;
		this.text = text;
	}
}

export type GoMap = Record<string, unknown>;

export const isMap = (value: unknown): value is GoMap =>
	typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof GoStruct);
export const isNil = (value: unknown): value is null | undefined => value === null || value === undefined;
export const ownValue = (map: GoMap, key: string): unknown => (Object.hasOwn(map, key) ? map[key] : undefined);
export const sortedKeys = (map: GoMap): string[] => Object.keys(map).sort(byBytes);
export const byBytes = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Sets an own key whatever it is called. */
export function setKey(map: GoMap, key: string, value: unknown): void {
	Object.defineProperty(map, key, {value, enumerable: true, configurable: true, writable: true});
}

/** `%T`. */
export function typeName(value: unknown): string {
	if (isNil(value)) return '<nil>';
	if (typeof value === 'string') return 'string';
	if (typeof value === 'boolean') return 'bool';
	if (typeof value === 'bigint') return 'int';
	if (typeof value === 'number') return 'float64';
	if (Array.isArray(value)) return '[]interface {}';
	return value instanceof GoStruct ? value.type : 'map[string]interface {}';
}

/** reflect.Kind. */
export function kindName(value: unknown): string {
	if (isNil(value)) return 'invalid';
	if (Array.isArray(value)) return 'slice';
	if (isMap(value)) return 'map';
	return value instanceof GoStruct ? (value.type.startsWith('*') ? 'ptr' : 'struct') : typeName(value);
}

/** What Go calls true: not empty, not zero. */
export function isTrue(value: unknown): boolean {
	if (isNil(value)) return false;
	if (Array.isArray(value)) return value.length > 0;
	return isMap(value) ? Object.keys(value).length > 0 : Boolean(value);
}

/** `%v`. */
export function goText(value: unknown): string {
	if (isNil(value)) return '<nil>';
	if (typeof value === 'number') return floatText(value);
	if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
	if (value instanceof GoStruct) {
		return value.text ?? `{${Object.values(value.fields).map(goText).join(' ')}}`;
	}

	if (isMap(value))
		return `map[${sortedKeys(value)
			.map(key => `${key}:${goText(value[key])}`)
			.join(' ')}]`;
	return String(value);
}

/** `%#v`, and with strings quoted. */
export function goSyntaxText(value: unknown): string {
	if (isNil(value)) return 'interface {}(nil)';
	if (typeof value === 'string') return goQuote(value);
	if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntaxText).join(', ')}}`;
	if (isMap(value))
		return `map[string]interface {}{${sortedKeys(value)
			.map(key => `${goQuote(key)}:${goSyntaxText(value[key])}`)
			.join(', ')}}`;
	return goText(value);
}

/** From here on the shortest form has an exponent (strconv/ftoa.go). */
const shortestExponentMax = 6;

/** strconv.FormatFloat(value, 'g', -1, 64): large and small exponents turn up early (1e+06). */
export function floatText(value: number): string {
	if (Number.isNaN(value)) return 'NaN';
	if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
	if (value === 0) return Object.is(value, -0) ? '-0' : '0';
	const [mantissa = '', exponentText = '0'] = value.toExponential().split('e');
	const exponent = Number(exponentText);
	const digits = mantissa.replace(/[-.]/g, '').length;
	return exponent >= -4 && exponent < shortestExponentMax
		? value.toFixed(Math.max(0, digits - 1 - exponent))
		: exponentForm(mantissa, exponent);
}

const exponentForm = (mantissa: string, exponent: number) =>
	`${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;

/** strconv's own `%g` and `%e`, for printf. */
export function floatIn(verb: string, value: number, precision: number | undefined): string {
	if (verb === 'f' || verb === 'F') return value.toFixed(Math.min(100, precision ?? 6));
	if (verb === 'e' || verb === 'E') {
		const [mantissa = '', exponent = '0'] = value.toExponential(Math.min(100, precision ?? 6)).split('e');
		const text = exponentForm(mantissa, Number(exponent));
		return verb === 'E' ? text.toUpperCase() : text;
	}

	if (precision === undefined) return floatText(value);
	const rounded = Number(value.toPrecision(Math.max(1, Math.min(100, precision))));
	const exponent = rounded === 0 ? 0 : Number(rounded.toExponential().split('e')[1]);
	return exponent < -4 || exponent >= Math.max(1, precision) ? exponentForm(...split(rounded)) : String(rounded);
}

function split(value: number): [string, number] {
	const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
	return [mantissa, Number(exponent)];
}
