import type {Kind} from '../kind.js';
import {isObject} from '../values/plain.js';
import {type FieldSchema, type StructSchema, structSchema, type TypeSchema} from '../schema/schema.js';

/**
 * How the fields of a kind merge and are owned: as compiled for a built-in kind, as its definition says for a custom one
 * (apimachinery/pkg/util/managedfields/internal/typeconverter.go).
 */
export function shapeOf(kind: Kind): TypeSchema | undefined {
	if (!kind.customSchema) return structSchema(kind.schema) && {shape: 'struct', name: kind.schema};
	const known = customShapes.get(kind.customSchema);
	if (known) return known;
	const {fields, ...root} = structFrom(kind.customSchema);
	const of = {...root, fields: new Map([...fields, ...typeMeta.map((field): [string, FieldSchema] => [field.name, field])])};
	const shape: TypeSchema = {shape: 'struct', name: kind.kind, of};
	customShapes.set(kind.customSchema, shape);
	return shape;
}

/** Derived from a definition that does not change: never state. */
const customShapes = new WeakMap<object, TypeSchema>();

const plain = {required: false, pointer: true, printed: false, set: false, atomic: false, merge: false, retainKeys: false};
const string: TypeSchema = {shape: 'scalar', scalar: 'string'};
const typeMeta: FieldSchema[] = [
	{...plain, name: 'apiVersion', type: string},
	{...plain, name: 'kind', type: string},
	{...plain, name: 'metadata', type: {shape: 'struct', name: 'meta.v1.ObjectMeta'}},
];

function structFrom(schema: any): StructSchema {
	const names = Object.keys(schema.properties ?? {});
	return {
		name: '',
		atomic: schema['x-kubernetes-map-type'] === 'atomic',
		open: schema['x-kubernetes-preserve-unknown-fields'] === true,
		fields: new Map(names.map(name => [name, fieldFrom(name, schema.properties[name])])),
	};
}

function fieldFrom(name: string, schema: any): FieldSchema {
	const list = schema.type === 'array' ? (schema['x-kubernetes-list-type'] ?? 'atomic') : '';
	return {
		...plain,
		name,
		type: typeFrom(schema),
		set: list === 'set',
		atomic: list === 'atomic' || schema['x-kubernetes-map-type'] === 'atomic',
		...(list === 'map' && {listKeys: schema['x-kubernetes-list-map-keys'] ?? []}),
		...(schema.default !== undefined && {initial: schema.default}),
	};
}

const scalars: Readonly<Record<string, TypeSchema>> = {
	string,
	integer: {shape: 'scalar', scalar: 'int64'},
	number: {shape: 'scalar', scalar: 'double'},
	boolean: {shape: 'scalar', scalar: 'bool'},
};

function typeFrom(schema: any): TypeSchema {
	if (schema['x-kubernetes-int-or-string']) return {shape: 'scalar', scalar: 'intstr'};
	// A format other than bytes makes a string one that is not looked at.
	if (schema.type === 'string' && schema.format && schema.format !== 'byte') return {shape: 'scalar', scalar: 'time'};
	if (schema.type === 'array') return {shape: 'list', item: typeFrom(schema.items ?? {})};
	if (schema.type !== 'object') return scalars[schema.type] ?? {shape: 'scalar', scalar: 'any'};
	if (schema['x-kubernetes-embedded-resource']) {
		const of = structFrom(schema);
		return {
			shape: 'struct',
			name: '',
			of: {...of, fields: new Map([...of.fields, ...typeMeta.map((f): [string, FieldSchema] => [f.name, f])])},
		};
	}

	if (!schema.properties && isObject(schema.additionalProperties)) return {shape: 'map', item: typeFrom(schema.additionalProperties)};
	return {shape: 'struct', name: '', of: structFrom(schema)};
}
