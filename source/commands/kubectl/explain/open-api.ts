import type {Kind} from '../../../api/kind.js';
import {docOf} from '../../../api/schema/schema-docs.js';
import {type FieldSchema, type Scalar, structSchema, type TypeSchema} from '../../../api/schema/schema.js';

/** As much of an OpenAPI v3 schema as explain reads; one that has a `ref` is looked up when it is needed. */
export interface Schema {
	readonly description?: string;
	readonly type?: string;
	readonly enum?: readonly unknown[];
	readonly required?: readonly string[];
	readonly properties?: Readonly<Record<string, Schema>>;
	readonly items?: Schema;
	readonly additionalProperties?: Schema | boolean;
	readonly allOf?: readonly Schema[];
	readonly $ref?: string;
}

/** The value a kind's objects have. */
export function schemaOf(kind: Kind): Schema | undefined {
	return kind.customSchema ? customType(kind.customSchema) : resolve(kind.schema);
}

/** Types of one value; those without a `type` go by their names (IntOrString, Quantity). */
const plain: Partial<Record<Scalar, string>> = {int32: 'integer', int64: 'integer', bool: 'boolean', double: 'number', any: 'object'};
const wellKnown: Readonly<Record<string, Schema>> = {
	quantity: {},
	intstr: {},
	time: {type: 'string'},
	microtime: {type: 'string'},
};
const names: Readonly<Record<string, string>> = {quantity: 'Quantity', intstr: 'IntOrString'};
/** Values of any form that have a type of their own upstream; the compiled schema knows them only as `any`. */
export const anyNames: Readonly<Record<string, string>> = {
	'ManagedFieldsEntry.fieldsV1': 'FieldsV1',
	'ControllerRevision.data': 'RawExtension',
	'WatchEvent.object': 'RawExtension',
	'CustomResourceSubresources.status': 'CustomResourceSubresourceStatus',
	'JSONSchemaProps.additionalItems': 'JSONSchemaPropsOrBool',
	'JSONSchemaProps.additionalProperties': 'JSONSchemaPropsOrBool',
	'JSONSchemaProps.default': 'JSON',
	'JSONSchemaProps.dependencies': 'JSONSchemaPropsOrStringArray',
	'JSONSchemaProps.enum': 'JSON',
	'JSONSchemaProps.example': 'JSON',
	'JSONSchemaProps.items': 'JSONSchemaPropsOrArray',
};

export function resolve(ref: string | undefined): Schema | undefined {
	if (ref === undefined) return undefined;
	const struct = structSchema(ref);
	if (!struct) return wellKnown[ref] && {...wellKnown[ref], ...describedBy(docOf(ref))};
	const fields = [...struct.fields.values()];
	return {
		...describedBy(docOf(ref)),
		type: 'object',
		required: fields.filter(field => field.required).map(field => field.name),
		properties: Object.fromEntries(fields.map(field => [field.name, property(ref, field)])),
	};
}

/** The last part of a type's name. */
export const shortName = (ref: string): string => names[ref] ?? ref.slice(ref.lastIndexOf('.') + 1);

const describedBy = (description: string | undefined): Schema => (description ? {description} : {});

function property(owner: string, field: FieldSchema): Schema {
	const anyName = anyNames[`${shortName(owner)}.${field.name}`];
	return {...typeOf(field.type, anyName), ...describedBy(docOf(owner, field.name)), ...(field.enum && {enum: field.enum})};
}

/** A reference stands in an `allOf`, so that the field can have a description beside it. */
function typeOf(type: TypeSchema, anyName: string | undefined): Schema {
	if (type.shape === 'struct') return {allOf: [{$ref: type.name}]};
	if (type.shape === 'list') return {type: 'array', items: typeOf(type.item, anyName)};
	if (type.shape !== 'scalar') return {type: 'object', additionalProperties: typeOf(type.item, anyName)};
	if (type.scalar === 'any' && anyName) return {allOf: [{$ref: anyName}]};
	return type.scalar in wellKnown ? {allOf: [{$ref: type.scalar}]} : {type: plain[type.scalar] ?? 'string'};
}

/** A custom resource's own schema, with the fields that every object has. */
function customType(schema: Schema): Schema {
	const pod = structSchema('core.v1.Pod')!.fields;
	const common = ['apiVersion', 'kind', 'metadata'].map(name => [name, property('core.v1.Pod', pod.get(name)!)]);
	return {...schema, type: 'object', properties: {...schema.properties, ...Object.fromEntries(common)}};
}
