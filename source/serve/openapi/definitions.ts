import type {Kind} from '../../api/kind.js';
import {anyNames} from '../../commands/kubectl/explain/open-api.js';
import {docOf} from '../../api/schema/schema-docs.js';
import {type FieldSchema, type Scalar, structSchema, type TypeSchema} from '../../api/schema/schema.js';
import {customName, openApiName} from './names.js';

/** The two versions of OpenAPI differ in where types lie and in how a reference may be described. */
export interface Dialect {
	/** `#/components/schemas/` or `#/definitions/`. */
	readonly refs: string;
	/** Only in version 3 is a `$ref` wrapped, so that it may have a description beside it. */
	readonly wraps: boolean;
}

export type Definitions = Record<string, object>;

interface Walk {
	readonly dialect: Dialect;
	readonly found: Definitions;
}

const quantity = 'io.k8s.apimachinery.pkg.api.resource.Quantity';
const intOrString = 'io.k8s.apimachinery.pkg.util.intstr.IntOrString';
const time = 'io.k8s.apimachinery.pkg.apis.meta.v1.Time';
const microTime = 'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime';
const plain: Partial<Record<Scalar, object>> = {
	string: {type: 'string'},
	int32: {type: 'integer', format: 'int32'},
	int64: {type: 'integer', format: 'int64'},
	bool: {type: 'boolean'},
	double: {type: 'number', format: 'double'},
	bytes: {type: 'string', format: 'byte'},
	any: {type: 'object'},
};
const named: Partial<Record<Scalar, string>> = {quantity, intstr: intOrString, time, microtime: microTime};

/** Where the types live that hold any value. */
const anyHome = (name: string) =>
	openApiName(name === 'FieldsV1' ? `meta.v1.${name}` : `apiextensions.v1.${name}`).replace(
		/^.*\.RawExtension$/,
		'io.k8s.apimachinery.pkg.runtime.RawExtension',
	);

/** Types that are no structs; without a `type` of their own, explain calls them by their names. */
function wellKnown(name: string, {wraps}: Dialect): object {
	if (name === time || name === microTime)
		return {...describedBy(name === time ? 'time' : 'microtime'), type: 'string', format: 'date-time'};
	if (name === quantity) return {...describedBy('quantity'), ...(wraps ? {oneOf: [{type: 'string'}, {type: 'number'}]} : {type: 'string'})};
	const form = wraps ? {oneOf: [{type: 'integer'}, {type: 'string'}]} : {type: 'string'};
	return {...describedBy('intstr'), ...form, format: 'int-or-string'};
}

const describedBy = (type: string): {description?: string} => {
	const description = docOf(type);
	return description ? {description} : {};
};

/** The types of these kinds with all that they refer to. */
export function definitionsOf(kinds: readonly Kind[], dialect: Dialect): Definitions {
	const walk: Walk = {dialect, found: {}};
	for (const kind of kinds) {
		const gvk = {group: kind.group, kind: kind.kind, version: kind.version};
		const name = kind.customSchema ? customName(kind.group, kind.version, kind.kind) : openApiName(kind.schema);
		if (kind.customSchema) walk.found[name] = customType(kind.customSchema, walk);
		else addStruct(kind.schema, walk);
		if (!walk.found[name]) continue;
		walk.found[name] = {...walk.found[name], 'x-kubernetes-group-version-kind': [gvk]};
		if (kind.verbs && !kind.verbs.includes('list')) continue;
		walk.found[`${name}List`] ??= listType(name, walk);
		walk.found[`${name}List`] = {...walk.found[`${name}List`], 'x-kubernetes-group-version-kind': [{...gvk, kind: `${gvk.kind}List`}]};
	}

	return walk.found;
}

function addStruct(schema: string, walk: Walk): void {
	const name = openApiName(schema);
	const struct = structSchema(schema);
	if (walk.found[name] || !struct) return;
	walk.found[name] = {};
	const fields = [...struct.fields.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
	const required = fields.filter(field => field.required).map(field => field.name);
	const description = docOf(schema);
	walk.found[name] = {
		...(description && {description}),
		type: 'object',
		...(required.length > 0 && {required}),
		...(fields.length > 0 && {properties: Object.fromEntries(fields.map(field => [field.name, property(schema, field, walk)]))}),
		...(struct.atomic && {'x-kubernetes-map-type': 'atomic'}),
	};
}

function property(schema: string, field: FieldSchema, walk: Walk): object {
	const description = docOf(schema, field.name);
	const strategy = [field.merge && 'merge', field.retainKeys && 'retainKeys'].filter(Boolean).join(',');
	const anyName = anyNames[`${schema.slice(schema.lastIndexOf('.') + 1)}.${field.name}`];
	const type = typeOf(field.type, walk, anyName);
	const isRef = '$ref' in type;
	return {
		...(description && {description}),
		...(isRef && walk.dialect.wraps ? {allOf: [type], ...(field.required && {default: {}})} : type),
		...(field.enum && {enum: [...field.enum]}),
		...(field.listKeys && {'x-kubernetes-list-map-keys': [...field.listKeys], 'x-kubernetes-list-type': 'map'}),
		...(field.set && {'x-kubernetes-list-type': 'set'}),
		...(field.atomic && {[field.type.shape === 'list' ? 'x-kubernetes-list-type' : 'x-kubernetes-map-type']: 'atomic'}),
		...(field.mergeKey && {'x-kubernetes-patch-merge-key': field.mergeKey}),
		...(strategy && {'x-kubernetes-patch-strategy': strategy}),
	};
}

function typeOf(type: TypeSchema, walk: Walk, anyName?: string): object {
	if (type.shape === 'list') return {type: 'array', items: item(type.item, walk, anyName)};
	if (type.shape === 'map') return {type: 'object', additionalProperties: item(type.item, walk)};
	if (type.shape === 'struct') {
		addStruct(type.name, walk);
		return {$ref: walk.dialect.refs + openApiName(type.name)};
	}

	const {scalar} = type as {scalar: Scalar};
	if (scalar === 'any' && anyName) return anyType(anyName, walk);
	const name = named[scalar];
	if (!name) return {...plain[scalar]};
	walk.found[name] ??= wellKnown(name, walk.dialect);
	return {$ref: walk.dialect.refs + name};
}

/** A type that says nothing of its values but what they are for; only FieldsV1 and RawExtension are objects for sure. */
function anyType(short: string, walk: Walk): object {
	const name = anyHome(short);
	const described = describedBy(short === 'FieldsV1' ? `meta.v1.${short}` : `apiextensions.v1.${short}`);
	walk.found[name] ??= {...described, ...(name.startsWith('io.k8s.apimachinery') && {type: 'object'})};
	return {$ref: walk.dialect.refs + name};
}

function item(type: TypeSchema, walk: Walk, anyName?: string): object {
	const inner = typeOf(type, walk, anyName);
	return '$ref' in inner && walk.dialect.wraps ? {allOf: [inner], default: {}} : inner;
}

/** A custom resource's own schema, with the fields that every object has. */
function customType(schema: any, walk: Walk): object {
	const scalars = {
		apiVersion: {type: 'string', description: docOf('core.v1.Pod', 'apiVersion')},
		kind: {type: 'string', description: docOf('core.v1.Pod', 'kind')},
	};
	const metadata = property('core.v1.Pod', structSchema('core.v1.Pod')!.fields.get('metadata')!, walk);
	return {...schema, type: 'object', properties: {...schema.properties, ...scalars, metadata}};
}

function listType(name: string, walk: Walk): object {
	const fields = structSchema('core.v1.PodList')!.fields;
	return {
		type: 'object',
		required: ['items'],
		properties: {
			apiVersion: property('core.v1.PodList', fields.get('apiVersion')!, walk),
			items: {
				type: 'array',
				items: walk.dialect.wraps ? {allOf: [{$ref: walk.dialect.refs + name}], default: {}} : {$ref: walk.dialect.refs + name},
			},
			kind: property('core.v1.PodList', fields.get('kind')!, walk),
			metadata: property('core.v1.PodList', fields.get('metadata')!, walk),
		},
	};
}
