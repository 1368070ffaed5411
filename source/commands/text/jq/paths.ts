import {bounds, indexOf} from './operations.js';
import {compare, isList, isObject, JqError, type Path, typeOf, type Value} from './value.js';

export function getPath(value: Value, path: Path): Value {
	return path.reduce<Value>((at, key) => (at === null ? null : indexOf(at, key)), value);
}

export function setPath(value: Value, path: Path, wanted: Value): Value {
	const [key, ...rest] = path;
	if (key === undefined) return wanted;
	if (isObject(key)) {
		if (value !== null && !isList(value)) throw new JqError(`Cannot update field at object index of ${typeOf(value)}`);
		const list = value ?? [];
		const [start, end] = bounds(list.length, key.get('start') ?? null, key.get('end') ?? null);
		const part = setPath(list.slice(start, end), rest, wanted);
		if (!isList(part)) throw new JqError('A slice of an array can only be assigned another array');
		return [...list.slice(0, start), ...part, ...list.slice(end)];
	}

	if (typeof key === 'string' && (value === null || isObject(value))) {
		return new Map(value ?? []).set(key, setPath(value?.get(key) ?? null, rest, wanted));
	}

	if (typeof key === 'number' && (value === null || isList(value))) {
		const list = [...(value ?? [])];
		const at = key < 0 ? key + list.length : Math.floor(key);
		if (at < 0) throw new JqError('Out of bounds negative array index');
		while (list.length <= at) list.push(null);
		list[at] = setPath(list[at]!, rest, wanted);
		return list;
	}

	throw new JqError(
		typeof key === 'string' ? `Cannot index ${typeOf(value)} with "${key}"` : `Cannot index ${typeOf(value)} with ${typeOf(key)}`,
	);
}

/** The last ones first, so that those before them keep their places. */
export function deletePaths(value: Value, paths: readonly Path[]): Value {
	return [...paths].sort((a, b) => compare(b, a)).reduce<Value>(deletePath, value);
}

function deletePath(value: Value, path: Path): Value {
	const [key, ...rest] = path;
	if (key === undefined || value === null) return null;
	if (rest.length > 0) {
		const inner = indexOf(value, key);
		return inner === null ? value : setPath(value, [key], deletePath(inner, rest));
	}

	if (isObject(value) && typeof key === 'string') {
		const result = new Map(value);
		result.delete(key);
		return result;
	}

	if (isList(value) && typeof key === 'number') {
		const at = key < 0 ? key + value.length : key;
		return value.filter((_, index) => index !== at);
	}

	if (isList(value) && isObject(key)) {
		const [start, end] = bounds(value.length, key.get('start') ?? null, key.get('end') ?? null);
		return [...value.slice(0, start), ...value.slice(end)];
	}

	throw new JqError(
		isObject(value) ? `Cannot delete field at object index of ${typeOf(key)}` : `Cannot delete field at array index of ${typeOf(value)}`,
	);
}
