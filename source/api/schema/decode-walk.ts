import {goQuote} from '../field-error.js';
import {fillZeros, vanishes} from '../values/go-zero.js';
import {isObject, setOwn} from '../values/plain.js';
import {parseQuantity, printQuantity} from '../values/quantity.js';
import {structSchema, type TypeSchema} from './schema.js';
import {parseRfc3339, rfc3339, rfc3339Micro} from '../values/time.js';

export const sortOf = (value: unknown): string =>
	value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;

/** One pass over one object, collecting what is unknown and the first thing that is of a wrong type. */
export class Walk {
	readonly unknown: string[] = [];
	failure = '';
	/** The same in the words of the unstructured converter, where that differs. */
	restoreFailure = '';

	struct(value: Record<string, any>, name: string, path: readonly string[], shown: string): Record<string, any> {
		const struct = structSchema(name);
		const result: Record<string, any> = {};
		for (const key of Object.keys(value)) {
			const field = struct?.fields.get(key);
			const at = shown ? `${shown}.${key}` : key;
			if (!field) {
				if (struct) this.unknown.push(`unknown field ${goQuote(at)}`);
				continue;
			}

			const inner = value[key];
			if (inner === undefined || inner === null) continue;
			const decoded = this.#value(inner, field.type, name, [...path, key], at);
			// An empty list does not outlive protobuf, in which objects are stored.
			if (!vanishes(field, decoded)) result[key] = field.printed && Array.isArray(decoded) && decoded.length === 0 ? null : decoded;
		}

		// The metadata of the object itself is the server's to fill.
		if (struct && shown !== 'metadata') fillZeros(result, struct);
		return result;
	}

	#value(value: any, type: TypeSchema, owner: string, path: readonly string[], shown: string): any {
		switch (type.shape) {
			case 'struct':
				if (!isObject(value)) return this.#wrong(value, type, owner, path);
				return this.struct(value, type.name, path, shown);
			case 'list':
				if (!Array.isArray(value)) return this.#wrong(value, type, owner, path);
				return value.map((item, index) =>
					item === null ? zeroOf(type.item) : this.#value(item, type.item, owner, path, `${shown}[${index}]`),
				);
			case 'map': {
				if (!isObject(value)) return this.#wrong(value, type, owner, path);
				const result: Record<string, any> = {};
				for (const [key, inner] of Object.entries(value)) {
					setOwn(result, key, inner === null ? zeroOf(type.item) : this.#value(inner, type.item, owner, path, `${shown}.${key}`));
				}

				return result;
			}

			default:
				return this.#scalar(value, type, owner, path);
		}
	}

	#scalar(value: any, type: TypeSchema & {shape: 'scalar'}, owner: string, path: readonly string[]): any {
		switch (type.scalar) {
			case 'string':
				return typeof value === 'string' ? value : this.#wrong(value, type, owner, path);
			case 'bool':
				return typeof value === 'boolean' ? value : this.#wrong(value, type, owner, path);
			case 'int32':
			case 'int64': {
				const limit = type.scalar === 'int32' ? 2 ** 31 : 2 ** 63;
				return Number.isInteger(value) && value >= -limit && value < limit ? value : this.#wrong(value, type, owner, path);
			}

			case 'double':
				return typeof value === 'number' ? value : this.#wrong(value, type, owner, path);
			case 'intstr':
				return this.#intOrString(value);
			case 'quantity':
				return this.#quantity(value);
			case 'time':
			case 'microtime':
				return this.#time(value, type.scalar);
			case 'bytes':
				return this.#bytes(value, type, owner, path);
			default:
				return value;
		}
	}

	#intOrString(value: any): any {
		if (typeof value === 'string' || (Number.isInteger(value) && Math.abs(value) <= 2 ** 31)) return value;
		const what =
			typeof value === 'number' ? `number ${value} into Go value of type int32` : `${sortOf(value)} into Go value of type string`;
		return this.fail(`json: cannot unmarshal ${what}`, value);
	}

	#quantity(value: any): any {
		if (typeof value !== 'string' && typeof value !== 'number')
			return this.fail(`json: cannot unmarshal ${sortOf(value)} into Go value of type string`, value);
		try {
			return printQuantity(parseQuantity(String(value).trim()));
		} catch (error) {
			return this.fail((error as Error).message, value);
		}
	}

	#time(value: any, scalar: 'time' | 'microtime'): any {
		if (typeof value !== 'string') return this.fail(`json: cannot unmarshal ${sortOf(value)} into Go value of type string`, value);
		const ms = parseRfc3339(value);
		const layout = scalar === 'time' ? '2006-01-02T15:04:05Z07:00' : '2006-01-02T15:04:05.000000Z07:00';
		if (ms === undefined)
			return this.fail(`parsing time ${goQuote(value)} as ${goQuote(layout)}: cannot parse ${goQuote(value)} as "2006"`, value);
		return scalar === 'time' ? rfc3339(ms) : rfc3339Micro(ms);
	}

	#bytes(value: any, type: TypeSchema, owner: string, path: readonly string[]): any {
		if (typeof value !== 'string') return this.#wrong(value, type, owner, path);
		const at = illegalBase64At(value);
		return at === undefined ? value.replace(/[\r\n]/g, '') : this.fail(`illegal base64 data at input byte ${at}`, value);
	}

	/** The first failure wins; decoding goes on. */
	fail(text: string, value: any): any {
		this.failure ||= text;
		return value;
	}

	#wrong(value: any, type: TypeSchema, owner: string, path: readonly string[]): any {
		const number =
			type.shape === 'scalar' && typeof value === 'number' && (type.scalar === 'int32' || type.scalar === 'int64')
				? `number ${value}`
				: sortOf(value);
		const struct = owner.slice(owner.lastIndexOf('.') + 1);
		if (!this.failure) this.restoreFailure = cannotRestore(value, type);
		return this.fail(`json: cannot unmarshal ${number} into Go struct field ${struct}.${path.join('.')} of type ${goType(type)}`, value);
	}
}

export function cannotRestore(value: any, type: TypeSchema): string {
	const kindOf =
		typeof value === 'number'
			? Number.isInteger(value)
				? 'int64'
				: 'float64'
			: Array.isArray(value)
				? 'slice'
				: isObject(value)
					? 'map'
					: sortOf(value);
	if (type.shape === 'map') return `cannot restore map from ${kindOf}`;
	if (type.shape === 'list') return `cannot restore slice from ${kindOf}`;
	if (type.shape === 'struct') return `cannot restore struct from: ${kindOf}`;
	const wanted = goType(type);
	const convertible = typeof value === 'number' && wanted !== 'bool' && !(kindOf === 'float64' && wanted === 'string');
	return convertible ? `cannot convert ${kindOf} to ${wanted}` : `unrecognized type: ${wanted}`;
}

/** What a null in a list or map decodes to. */
export function zeroOf(type: TypeSchema): any {
	if (type.shape === 'struct' || type.shape === 'map') return {};
	if (type.shape === 'list') return [];
	const {scalar} = type as {scalar: string};
	return {bool: false, int32: 0, int64: 0, double: 0, intstr: 0, any: null}[scalar] ?? (scalar === 'quantity' ? '0' : '');
}

export function goType(type: TypeSchema): string {
	if (type.shape === 'list') return `[]${goType(type.item)}`;
	if (type.shape === 'map')
		return type.item.shape === 'scalar' && type.item.scalar === 'quantity' ? 'v1.ResourceList' : `map[string]${goType(type.item)}`;
	if (type.shape === 'struct') {
		const [, version, name] = /([^.]+)\.([^.]+)$/.exec(type.name)!;
		return `${version}.${name}`;
	}

	return (
		{
			double: 'float64',
			bytes: '[]uint8',
			any: 'interface {}',
			quantity: 'resource.Quantity',
			time: 'v1.Time',
			microtime: 'v1.MicroTime',
			intstr: 'intstr.IntOrString',
		}[(type as {scalar: string}).scalar] ?? (type as {scalar: string}).scalar
	);
}

/** Where encoding/base64 stops, or undefined when all is well. Line ends are skipped. */
export function illegalBase64At(text: string): number | undefined {
	let count = 0;
	for (let at = 0; at < text.length; at++) {
		const char = text[at]!;
		if (char === '\n' || char === '\r') continue;
		if (char === '=') {
			const rest = text.slice(at).replace(/[\r\n]/g, '');
			const wanted = count % 4 === 2 ? '==' : count % 4 === 3 ? '=' : undefined;
			if (wanted === undefined) return at;
			if (rest === wanted) return undefined;
			return rest.startsWith(wanted) ? at + wanted.length : text.length;
		}

		if (!/[A-Za-z0-9+/]/.test(char)) return at;
		count++;
	}

	return count % 4 === 0 ? undefined : text.length - (count % 4);
}
