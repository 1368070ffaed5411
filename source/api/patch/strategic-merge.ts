import {equal, isObject, own, setOwn} from '../values/plain.js';
import {type StructSchema, structSchema, type TypeSchema} from '../schema/schema.js';
import {type Json, keepOrder, partition} from '../schema/element-order.js';

/**
 * Applies a strategic merge patch. Throws a plain `Error` in the server's words. Both arguments are private copies and are used up.
 * Models k8s.io/apimachinery/pkg/util/strategicpatch/patch.go, mergeMap and mergeSlice.
 */
export const directive = '$patch';
export const deletePrefix = '$deleteFromPrimitiveList/';
export const orderPrefix = '$setElementOrder/';
export const retainKeys = '$retainKeys';

export function strategicMerge(original: Json, patch: Json, type: TypeSchema | undefined): Json {
	return mergeMap(original, patch, type);
}

/** How one field merges. A map's values all follow the map's item type. */
export function lookup(
	type: TypeSchema | undefined,
	key: string,
): {type?: TypeSchema; merge: boolean; replace: boolean; retain: boolean; mergeKey: string} {
	const none = {merge: false, replace: false, retain: false, mergeKey: ''};
	if (type?.shape === 'map') return {...none, type: type.item};
	if (type?.shape !== 'struct') return none;
	const struct = structSchema(type.name);
	const field = struct?.fields.get(key);
	if (!field) {
		if (struct) throw new Error(`unable to find api field in struct ${shortName(struct)} for the json field "${key}"`);
		return none;
	}

	return {type: field.type, merge: field.merge, replace: false, retain: field.retainKeys, mergeKey: field.mergeKey ?? ''};
}

const shortName = (struct: StructSchema): string => struct.name.slice(struct.name.lastIndexOf('.') + 1);
export const itemOf = (type: TypeSchema | undefined): TypeSchema | undefined => (type?.shape === 'list' ? type.item : undefined);

function mergeMap(original: Json, patch: Json, type: TypeSchema | undefined): Json {
	if (directive in patch) {
		const {[directive]: asked, ...rest} = patch;
		if (asked === 'replace') return rest;
		if (asked === 'delete') return {};
		throw new Error(`unknown patch type: ${asked} in map: ${goMap(patch)}`);
	}

	retainOnly(original, patch);
	mergeOrdered(original, patch, type);
	for (const [written, value] of Object.entries(patch)) {
		const isDelete = written.startsWith(deletePrefix);
		const key = isDelete ? written.slice(deletePrefix.length) : written;
		const before = own(original, key);
		if (value === null) delete original[key];
		else if (before === undefined) {
			if (!isDelete) setOwn(original, key, dropDirectives(value));
		} else if (sort(before) !== sort(value)) setOwn(original, key, dropDirectives(value));
		else if (isObject(value)) setOwn(original, key, mergeMap(before, value, lookup(type, key).type));
		else if (Array.isArray(value)) setOwn(original, key, mergeList(before, value, type, key, isDelete));
		else setOwn(original, key, value);
	}

	return original;
}

const sort = (value: unknown): string => (Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value);

function mergeList(original: any[], patch: any[], type: TypeSchema | undefined, key: string, isDelete: boolean): any[] {
	const {merge, mergeKey, type: listType} = lookup(type, key);
	if (!merge) return patch;
	return mergeSlice(original, patch, itemOf(listType), mergeKey, isDelete);
}

function mergeSlice(original: any[], patch: any[], item: TypeSchema | undefined, mergeKey: string, isDelete: boolean): any[] {
	if (original.length === 0 && patch.length === 0) return original;
	const ofMaps = isObject(original[0] ?? patch[0]);
	checkElements([original, patch]);
	if (!ofMaps) {
		if (isDelete) return original.filter(value => !patch.includes(value));
		return keepOrder(partition([...new Set([...original, ...patch])], patch, ''), patch, original, '');
	}

	if (!mergeKey) throw new Error(`cannot merge lists without merge key for ${item?.shape === 'struct' ? item.name : ''}`);
	const {kept, added} = applyDirectives(original, patch, mergeKey);
	const merged = [...kept];
	for (const value of added) {
		if (value[mergeKey] === undefined) throw noMergeKey(value, mergeKey);
		const at = merged.findIndex(candidate => candidate[mergeKey] === value[mergeKey]);
		if (at === -1) merged.push(dropDirectives(value));
		else merged[at] = mergeMap(merged[at], value, item);
	}

	return keepOrder(partition(merged, added, mergeKey), added, kept, mergeKey);
}

/** Elements that carry `$patch`: delete takes one away, replace replaces the list. */
function applyDirectives(original: any[], patch: any[], mergeKey: string): {kept: any[]; added: any[]} {
	let kept = original;
	let replace = false;
	const added: any[] = [];
	for (const value of patch) {
		const asked = value[directive];
		if (asked === undefined) added.push(value);
		else if (asked === 'delete') {
			if (value[mergeKey] === undefined) throw noMergeKey(value, mergeKey);
			kept = kept.filter(candidate => candidate[mergeKey] !== value[mergeKey]);
		} else if (asked === 'replace') replace = true;
		else if (asked === 'merge') throw new Error('merging lists cannot yet be specified in the patch');
		else throw new Error(`unknown patch type: ${asked} in map: ${goMap(value)}`);
	}

	return replace ? {kept: added, added: []} : {kept, added};
}

function retainOnly(original: Json, patch: Json): void {
	if (!(retainKeys in patch)) return;
	const list = patch[retainKeys];
	delete patch[retainKeys];
	if (!Array.isArray(list)) throw badRetainKeys();
	const keys = new Set(list);
	for (const [key, value] of Object.entries(patch)) {
		if (value !== null && !key.startsWith(deletePrefix) && !key.startsWith(orderPrefix) && !keys.has(key)) throw badRetainKeys();
	}

	for (const key of Object.keys(original)) if (!keys.has(key)) delete original[key];
}

const badRetainKeys = () => new Error('invalid patch format of retainKeys');

/** Lists that come with a `$setElementOrder` are merged and ordered at once, then leave the patch. */
function mergeOrdered(original: Json, patch: Json, type: TypeSchema | undefined): void {
	for (const key of Object.keys(patch).filter(name => name.startsWith(orderPrefix))) {
		const order = patch[key];
		delete patch[key];
		const name = key.slice(orderPrefix.length);
		const [before, wanted] = [original[name], patch[name]];
		if (before === undefined && wanted === undefined) continue;
		const {mergeKey} = lookup(type, name);
		if (!Array.isArray(order)) throw new Error(`expected a []interface {}, but received a ${goTypeName(order)}`);
		if (Array.isArray(wanted)) checkOrder(wanted, order, mergeKey);
		let merged: any[];
		if (wanted === undefined) merged = before;
		else if (before === undefined || before === null) merged = dropDirectives(wanted);
		else merged = mergeList(before, wanted, type, name, false);
		original[name] = keepOrder(partition(merged, order, mergeKey), order, before ?? [], mergeKey);
		delete patch[name];
	}
}

const goTypeName = (value: unknown): string =>
	value === null ? '%!s(<nil>)' : isObject(value) ? 'map[string]interface {}' : typeof value === 'boolean' ? 'bool' : goKind(value);

function checkOrder(list: any[], order: any[], mergeKey: string): void {
	const kept = mergeKey ? list.filter(value => value?.[directive] !== 'delete') : list;
	let at = 0;
	for (const value of order) {
		if (at < kept.length && (mergeKey ? equal(kept[at]?.[mergeKey], value?.[mergeKey]) : kept[at] === value)) at++;
	}

	if (list.length > 0 && order.length > 0 && at < kept.length)
		throw new Error(`The order in patch list:\n${goList(list)}\n doesn't match ${orderPrefix.slice(0, -1)} list:\n${goList(order)}\n`);
}

function checkElements(lists: readonly any[][]): void {
	const elements = lists.flat();
	if (Array.isArray(elements[0])) throw new Error('lists of lists are not supported');
	if (new Set(elements.map(goKind)).size > 1) throw new Error(`list element types are not identical: ${goList(lists)}`);
}

const goKind = (value: unknown): string =>
	typeof value === 'number'
		? Number.isInteger(value)
			? 'int64'
			: 'float64'
		: value === null
			? 'nil'
			: Array.isArray(value)
				? 'slice'
				: typeof value;

/** What is new is taken as it stands, without the directives that may be inside. */
function dropDirectives(value: any): any {
	if (Array.isArray(value)) {
		return value
			.filter(item => !(isObject(item) && directive in item && Object.keys(item).length >= 1 && item[directive] !== undefined))
			.map(dropDirectives);
	}

	if (!isObject(value)) return value;
	const result: Json = {};
	for (const [key, inner] of Object.entries(value)) {
		if (inner === null || key === directive || key === retainKeys || key.startsWith(orderPrefix) || key.startsWith(deletePrefix)) continue;
		setOwn(result, key, dropDirectives(inner));
	}

	return result;
}

const noMergeKey = (value: Json, mergeKey: string) => new Error(`map: ${goMap(value)} does not contain declared merge key: ${mergeKey}`);

/** As Go prints a map with %v: sorted keys. */
export function goMap(value: any): string {
	if (Array.isArray(value)) return goList(value);
	if (!isObject(value)) return value === null ? '<nil>' : String(value);
	return `map[${Object.keys(value)
		.sort()
		.map(key => `${key}:${goMap(value[key])}`)
		.join(' ')}]`;
}

const goList = (list: any): string => `[${list.map(goMap).join(' ')}]`;
