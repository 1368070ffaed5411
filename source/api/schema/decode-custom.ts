import {goQuote} from '../field-error.js';
import type {Kind} from '../kind.js';
import {isObject, setOwn} from '../values/plain.js';
import type {Walk} from './decode-walk.js';

/** A custom resource: metadata is typed, the rest is pruned to its OpenAPI schema. Models apiextensions-apiserver/pkg/apiserver/schema/pruning. */
export function decodeCustom(kind: Kind, body: Record<string, any>, walk: Walk): Record<string, any> {
	const schema = kind.customSchema;
	const pruned = prune(body, schema, '', walk, true) as Record<string, any>;
	pruned.metadata = walk.struct(isObject(body.metadata) ? body.metadata : {}, 'meta.v1.ObjectMeta', ['metadata'], 'metadata');
	return pruned;
}

function prune(value: any, schema: any, path: string, walk: Walk, root = false): any {
	if (Array.isArray(value)) return value.map((item, index) => prune(item, schema?.items, `${path}[${index}]`, walk));
	if (!isObject(value)) return value;
	const keepsAll =
		!schema ||
		schema['x-kubernetes-preserve-unknown-fields'] ||
		(!schema.properties && !schema.additionalProperties && schema.type === undefined && !root);
	const result: Record<string, any> = {};
	for (const [key, inner] of Object.entries(value)) {
		const at = path ? `${path}.${key}` : key;
		const typeMeta = (root || schema?.['x-kubernetes-embedded-resource']) && (key === 'apiVersion' || key === 'kind' || key === 'metadata');
		const property = schema?.properties && Object.hasOwn(schema.properties, key) ? schema.properties[key] : undefined;
		const additional = isObject(schema?.additionalProperties) ? schema.additionalProperties : undefined;
		if (property !== undefined || additional || typeMeta || keepsAll || schema?.additionalProperties === true) {
			// A field that may not be null is as good as absent; its default may take its place (schema/defaulting/prune.go).
			const declared = property ?? additional;
			if (inner === null && declared && !declared.nullable) continue;
			setOwn(result, key, typeMeta ? inner : prune(inner, property ?? additional, at, walk));
		} else walk.unknown.push(`unknown field ${goQuote(at)}`);
	}

	return result;
}
