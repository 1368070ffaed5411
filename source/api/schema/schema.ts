import schema from '../../../generated/schema.json' with {type: 'json'};

/** The fields of every built-in type, compiled from kubernetes-types by scripts/schema/build.mjs; each type is parsed when first asked for. */
export interface FieldSchema {
	readonly name: string;
	readonly type: TypeSchema;
	readonly required: boolean;
	/** A pointer in Go, where an explicit zero is something else than nothing. */
	readonly pointer: boolean;
	/** Has no omitempty: Go prints it though it is empty. */
	readonly printed: boolean;
	/** Keys of an associative list, for server-side apply. */
	readonly listKeys?: readonly string[];
	readonly set: boolean;
	readonly atomic: boolean;
	/** Strategic merge: `merge`, `retainKeys`, both or none. */
	readonly merge: boolean;
	readonly retainKeys: boolean;
	readonly mergeKey?: string;
	readonly enum?: readonly string[];
	/** What a custom resource's field is when it is left out. */
	readonly initial?: unknown;
}

export type Scalar = 'string' | 'int32' | 'int64' | 'bool' | 'double' | 'bytes' | 'quantity' | 'intstr' | 'time' | 'microtime' | 'any';

export type TypeSchema =
	| {readonly shape: 'scalar'; readonly scalar: Scalar}
	| {readonly shape: 'list' | 'map'; readonly item: TypeSchema}
	/** `of`: of a custom resource, whose structs have no name. */
	| {readonly shape: 'struct'; readonly name: string; readonly of?: StructSchema};

export interface StructSchema {
	readonly name: string;
	readonly fields: ReadonlyMap<string, FieldSchema>;
	readonly atomic: boolean;
	/** Takes fields that are not declared. */
	readonly open?: boolean;
}

const lines: Readonly<Record<string, string>> = schema;
const parsed = new Map<string, StructSchema>();
const scalars = new Set(['string', 'int32', 'int64', 'bool', 'double', 'bytes', 'quantity', 'intstr', 'time', 'microtime', 'any']);

/** `core.v1.Service`; undefined for a type nobody compiled (custom resources). */
export function structSchema(name: string): StructSchema | undefined {
	const known = parsed.get(name);
	if (known) return known;
	const line = Object.hasOwn(lines, name) ? lines[name] : undefined;
	return line === undefined ? undefined : defineStruct(name, line);
}

export const structOf = (type: TypeSchema | undefined): StructSchema | undefined =>
	type?.shape === 'struct' ? (type.of ?? structSchema(type.name)) : undefined;

/** Adds a type in the compact notation. */
export function defineStruct(name: string, line: string): StructSchema {
	const atomic = line.startsWith('@');
	const fields = (atomic ? line.slice(1) : line).split(';').filter(Boolean).map(parseField);
	const struct = {name, atomic, fields: new Map(fields.map(field => [field.name, field]))};
	parsed.set(name, struct);
	return struct;
}

/** What tells the items of a list apart when fields are owned. `hostIPs` is merged by `ip` in a strategic patch, and yet owned as a whole. */
export const itemKeys = (field: FieldSchema | undefined): readonly string[] | undefined =>
	field?.atomic ? undefined : (field?.listKeys ?? (field?.mergeKey ? [field.mergeKey] : undefined));

export function parseType(text: string): TypeSchema {
	if (text.startsWith('[]')) return {shape: 'list', item: parseType(text.slice(2))};
	if (text.startsWith('{}')) return {shape: 'map', item: parseType(text.slice(2))};
	return scalars.has(text) ? {shape: 'scalar', scalar: text as Scalar} : {shape: 'struct', name: text};
}

function parseField(text: string): FieldSchema {
	const [name, type, ...attributes] = text.split(' ') as [string, string, ...string[]];
	const valueFor = (key: string) => attributes.find(attribute => attribute.startsWith(`${key}=`))?.slice(2);
	const [strategies, mergeKey] = valueFor('p')?.split(':') ?? [];
	const keys = valueFor('k')?.split(',');
	const values = valueFor('e')?.split('|');
	const required = attributes.includes('!');
	const pointer = attributes.includes('*');
	return {
		name,
		type: parseType(type),
		required,
		pointer,
		// A time is a struct, and those are never empty to Go.
		printed: required || attributes.includes('+') || (!pointer && (type === 'time' || type === 'microtime')),
		set: attributes.includes('s'),
		atomic: attributes.includes('a'),
		merge: strategies?.includes('merge') ?? false,
		retainKeys: strategies?.includes('retainKeys') ?? false,
		...(mergeKey && {mergeKey}),
		...(keys && {listKeys: keys}),
		...(values && {enum: values}),
	};
}
