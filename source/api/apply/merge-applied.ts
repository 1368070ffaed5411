import {type FieldSet, keyStep} from './field-set.js';
import type {Kind} from '../kind.js';
import type {KubeObject} from '../object.js';
import {copy, isObject} from '../values/plain.js';
import {shapeOf} from './shape.js';
import {type FieldSchema, itemKeys, structOf, type TypeSchema} from '../schema/schema.js';

/** Lays an applied configuration over the present object, lists and maps merging as their schema says. */
export function mergeApplied(kind: Kind, old: KubeObject, config: KubeObject): KubeObject {
	return merge(copy(old), config, shapeOf(kind), undefined) as KubeObject;
}

function merge(old: any, config: any, type: TypeSchema | undefined, field: FieldSchema | undefined): any {
	if (config === null || typeof config !== 'object' || old === null || typeof old !== 'object' || field?.atomic) return copy(config);
	if (Array.isArray(config)) return Array.isArray(old) ? mergeItems(old, config, type, field) : copy(config);
	if (!isObject(old) || structOf(type)?.atomic) return copy(config);
	const struct = structOf(type);
	for (const [key, value] of Object.entries(config)) {
		const inner = struct?.fields.get(key);
		old[key] = key in old ? merge(old[key], value, inner?.type ?? (type?.shape === 'map' ? type.item : undefined), inner) : copy(value);
	}

	return old;
}

function mergeItems(old: any[], config: any[], type: TypeSchema | undefined, field: FieldSchema | undefined): any[] {
	const keys = itemKeys(field);
	if (!keys) return field?.set || (field?.merge && !field.atomic) ? [...new Set([...old, ...config])] : copy(config);
	const item = type?.shape === 'list' ? type.item : undefined;
	const result = [...old];
	for (const value of config) {
		const at = result.findIndex(other => keyStep(keys, other, item) === keyStep(keys, value, item));
		if (at === -1) result.push(copy(value));
		else result[at] = merge(result[at], value, item, undefined);
	}

	return result;
}

/** Takes away the fields of `set`; containers that were only theirs go with them. */
export function removeFields(kind: Kind, object: KubeObject, set: FieldSet): KubeObject {
	strip(object, set, shapeOf(kind), undefined);
	return object;
}

function strip(value: any, set: FieldSet, type: TypeSchema | undefined, field: FieldSchema | undefined): void {
	const keys = itemKeys(field);
	for (const [step, inner] of Object.entries(set)) {
		const leaf = Object.keys(inner).length === 0 || '.' in inner;
		if (step.startsWith('f:') && isObject(value)) {
			const name = step.slice(2);
			const below = structOf(type)?.fields.get(name);
			if (leaf) delete value[name];
			else if (value[name] !== undefined) strip(value[name], inner, below?.type ?? (type?.shape === 'map' ? type.item : undefined), below);
		} else if (Array.isArray(value) && step !== '.') {
			const at = value.findIndex(item =>
				step.startsWith('v:')
					? JSON.stringify(item) === step.slice(2)
					: keys && keyStep(keys, item, type?.shape === 'list' ? type.item : undefined) === step,
			);
			if (at === -1) continue;
			if (leaf) value.splice(at, 1);
			else strip(value[at], inner, type?.shape === 'list' ? type.item : undefined, undefined);
		}
	}
}
