import {failure} from '../failure.js';
import {equal, isObject} from '../../../api/values/plain.js';
import type {TypeSchema} from '../../../api/schema/schema.js';
import {deletePrefix, directive, itemOf, lookup, orderPrefix, retainKeys} from '../../../api/patch/strategic-merge.js';

type Json = any;
type JsonMap = Record<string, Json>;

export interface DiffOptions {
	readonly ignoreDeletions: boolean;
	readonly ignoreChanges: boolean;
	/** The field above asks for `$retainKeys`. */
	readonly retain?: boolean;
}

/** The strategic merge patch that leads from one object to another. Models strategicpatch.diffMaps. */
export function diffMaps(original: JsonMap, modified: JsonMap, type: TypeSchema | undefined, options: DiffOptions): JsonMap {
	const patch: JsonMap = {};
	const kept: string[] = [];
	for (const [key, value] of Object.entries(modified)) {
		if (options.retain && value !== null) kept.push(key);
		if (!(key in original)) {
			if (!options.ignoreChanges) patch[key] = value;
		} else if (key === directive) {
			if (!equal(original[key], value)) patch[key] = value;
		} else if (kindOf(original[key]) !== kindOf(value)) {
			if (!options.ignoreChanges) patch[key] = value;
		} else diffValue(key, original[key], value, patch, type, options);
	}

	if (!options.ignoreDeletions) {
		for (const key of Object.keys(original)) if (!(key in modified)) patch[key] = null;
	}

	const hasMore = Object.keys(original).some(key => !(key in modified));
	if (kept.length > 0 && (Object.keys(patch).length > 0 || hasMore)) patch[retainKeys] = kept.sort();
	return patch;
}

const kindOf = (value: Json): string => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value);

function diffValue(key: string, original: Json, modified: Json, patch: JsonMap, type: TypeSchema | undefined, options: DiffOptions): void {
	const replace = () => {
		if (!options.ignoreChanges && !equal(original, modified)) patch[key] = modified;
	};

	// Equal values need no schema: fields that it does not know only matter when they differ.
	if (equal(original, modified)) return;
	if (isObject(modified)) {
		const field = lookup(type, key);
		if (field.replace) {
			if (!options.ignoreChanges) patch[key] = modified;
			return;
		}

		const inner = diffMaps(original, modified, field.type, {...options, retain: field.retain});
		if (Object.keys(inner).length > 0) patch[key] = inner;
	} else if (Array.isArray(modified)) {
		const field = lookup(type, key);
		if (!field.merge) {
			replace();
			return;
		}

		const lists = diffLists(original, modified, itemOf(field.type), field.mergeKey, {...options, retain: field.retain});
		if (lists.patch.length > 0) patch[key] = lists.patch;
		if (lists.deletions.length > 0) patch[deletePrefix + key] = lists.deletions;
		if (lists.order.length > 0) patch[orderPrefix + key] = lists.order;
	} else replace();
}

interface ListDiff {
	readonly patch: Json[];
	readonly deletions: Json[];
	readonly order: Json[];
}

const none: ListDiff = {patch: [], deletions: [], order: []};

function diffLists(original: Json[], modified: Json[], item: TypeSchema | undefined, mergeKey: string, options: DiffOptions): ListDiff {
	if (original.length === 0) return modified.length === 0 || options.ignoreChanges ? none : {...none, patch: modified};
	const isMaps = isObject(original[0] ?? modified[0]);
	return isMaps ? diffMapLists(original, modified, item, mergeKey, options) : diffScalarLists(original, modified, options);
}

function diffScalarLists(original: Json[], modified: Json[], options: DiffOptions): ListDiff {
	const patch = options.ignoreChanges ? [] : modified.filter(value => !original.includes(value));
	const deletions = options.ignoreDeletions ? [] : [...new Set(original.filter(value => !modified.includes(value)))].sort();
	const changed = (!options.ignoreDeletions && deletions.length > 0) || (!options.ignoreChanges && !equal(original, modified));
	return {patch, deletions, order: changed ? modified : []};
}

function diffMapLists(original: Json[], modified: Json[], item: TypeSchema | undefined, mergeKey: string, options: DiffOptions): ListDiff {
	for (const entry of [...original, ...modified]) {
		if (!isObject(entry) || !(mergeKey in entry)) throw failure(`map: ${goText(entry)} does not contain declared merge key: ${mergeKey}`);
	}

	const byKey = new Map(original.map(entry => [String(entry[mergeKey]), entry]));
	const patch: Json[] = [];
	for (const entry of modified) {
		const old = byKey.get(String(entry[mergeKey]));
		if (!old) {
			if (!options.ignoreChanges) patch.push(entry);
			continue;
		}

		const inner = diffMaps(old, entry, item, options);
		if (Object.keys(inner).length > 0) patch.push({...inner, [mergeKey]: entry[mergeKey]});
	}

	const present = new Set(modified.map(entry => String(entry[mergeKey])));
	const gone = options.ignoreDeletions ? [] : original.filter(entry => !present.has(String(entry[mergeKey])));
	for (const entry of gone.sort((a, b) => (String(a[mergeKey]) < String(b[mergeKey]) ? -1 : 1)))
		patch.push({[directive]: 'delete', [mergeKey]: entry[mergeKey]});
	const sameOrder = orderIsSame(original, modified, mergeKey);
	const changed = (!options.ignoreDeletions && patch.length > 0) || (!options.ignoreChanges && (patch.length > 0 || !sameOrder));
	return {patch, deletions: [], order: changed ? modified.map(entry => ({[mergeKey]: entry[mergeKey]})) : []};
}

/** Only elements that both have are compared. */
function orderIsSame(original: Json[], modified: Json[], mergeKey: string): boolean {
	if (original.length !== modified.length) return false;
	return modified.every((entry, at) => entry[mergeKey] === original[at][mergeKey]);
}

const goText = (value: Json): string =>
	isObject(value)
		? `map[${Object.keys(value)
				.sort()
				.map(key => `${key}:${goText(value[key])}`)
				.join(' ')}]`
		: Array.isArray(value)
			? `[${value.map(goText).join(' ')}]`
			: String(value);
