import {type FieldSchema, type StructSchema, structSchema} from '../schema/schema.js';

/** True when Go would not print this value of a field: omitempty, and it is empty. */
export function vanishes(field: FieldSchema, value: unknown): boolean {
	if (value === null) return !field.printed;
	if (field.printed) return false;
	const {type} = field;
	if (value === '' || value === 0 || value === false) return !field.pointer && !(type.shape === 'scalar' && type.scalar === 'intstr');
	if (typeof value !== 'object') return false;
	if (Array.isArray(value)) return value.length === 0;
	return type.shape === 'map' && Object.keys(value as object).length === 0;
}

const printed = new WeakMap<StructSchema, readonly FieldSchema[]>();

/** Fields that Go prints though nobody set them. A raw value is the kind's own to fill. */
function printedFields(struct: StructSchema): readonly FieldSchema[] {
	let known = printed.get(struct);
	if (!known) {
		known = [...struct.fields.values()].filter(({printed, type}) => printed && !(type.shape === 'scalar' && type.scalar === 'any'));
		printed.set(struct, known);
	}

	return known;
}

const scalarZeros: Readonly<Record<string, unknown>> = {string: '', bool: false, int32: 0, int64: 0, double: 0, intstr: 0, quantity: '0'};

/** What Go prints for a field that nobody set; undefined where it prints nothing. */
export function printedZero({printed, pointer, type}: FieldSchema): any {
	if (!printed) return undefined;
	if (pointer) return null;
	if (type.shape === 'scalar') return scalarZeros[type.scalar] ?? null;
	return type.shape === 'struct' ? zeroStruct(type.name) : null;
}

/** An empty struct as Go prints it. */
export function zeroStruct(name: string): Record<string, any> {
	const struct = structSchema(name);
	return struct ? fillZeros({}, struct) : {};
}

/** Adds what Go prints though nobody set it. */
export function fillZeros(object: Record<string, any>, struct: StructSchema): Record<string, any> {
	for (const field of printedFields(struct)) if (!(field.name in object)) object[field.name] = printedZero(field);
	return object;
}
