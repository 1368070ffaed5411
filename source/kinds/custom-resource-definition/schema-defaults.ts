import {copy, isObject} from '../../api/values/plain.js';

/** Defaults from an OpenAPI schema, outermost first. Models apiextensions-apiserver/pkg/apiserver/schema/defaulting. */
export function fillDefaults(value: any, schema: any): void {
	if (!schema) return;
	if (Array.isArray(value)) {
		for (const item of value) fillDefaults(item, schema.items);
		return;
	}

	if (!isObject(value)) return;
	for (const [name, property] of Object.entries<any>(schema.properties ?? {})) {
		if (value[name] === undefined && property.default !== undefined) value[name] = copy(property.default);
		fillDefaults(value[name], property);
	}

	if (!isObject(schema.additionalProperties)) return;
	for (const [name, inner] of Object.entries(value)) if (!schema.properties?.[name]) fillDefaults(inner, schema.additionalProperties);
}
