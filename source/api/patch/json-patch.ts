import {copy, equal, isObject, setOwn} from '../values/plain.js';

/** RFC 6902, with the texts of evanphx/json-patch v4, which the API server uses. Throws a plain `Error`. */
export interface Operation {
	readonly op: string;
	readonly path: string;
	readonly from?: string;
	readonly value?: unknown;
}

export function jsonPatch(document: unknown, operations: readonly Operation[]): any {
	let result = copy(document);
	for (const operation of operations) result = apply(result, operation);
	return result;
}

function apply(document: any, operation: Operation): any {
	const {op, path} = operation;
	if (typeof path !== 'string') throw new Error(`${op} operation failed to decode path: missing field`);
	switch (op) {
		case 'add':
			return write(document, path, copy(operation.value ?? null), 'add');
		case 'replace':
			return write(document, path, copy(operation.value ?? null), 'replace');
		case 'remove':
			return removeAt(document, path);
		case 'move': {
			const value = read(document, operation.from ?? '', 'move', operation.from ?? '');
			return write(removeAt(document, operation.from ?? ''), path, value, 'add', 'move');
		}
		case 'copy':
			return write(document, path, copied(document, operation.from ?? ''), 'add', 'copy');
		case 'test':
			if (!equal(find(document, path) ?? null, operation.value ?? null)) throw new Error(`testing value ${path} failed: test failed`);
			return document;
		default:
			throw new Error(`Unexpected kind: ${op}`);
	}
}

/** json-patch v4 copies a key that is not there as null. */
function copied(document: any, from: string): unknown {
	const parent = container(document, from);
	return isObject(parent) ? copy(find(document, from) ?? null) : copy(read(document, from, 'copy', from));
}

/** What stands before the first slash is not looked at. */
const parts = (path: string): string[] =>
	path
		.split('/')
		.slice(1)
		.map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'));

function container(document: any, path: string): any {
	if (!path.includes('/')) return undefined;
	let at = document;
	for (const part of parts(path).slice(0, -1)) {
		at = Array.isArray(at) ? at[Number(part)] : isObject(at) && Object.hasOwn(at, part) ? at[part] : undefined;
		if (at === undefined || at === null || typeof at !== 'object') return undefined;
	}

	return at;
}

function find(document: any, path: string): unknown {
	if (path === '') return document;
	const parent = container(document, path);
	const key = parts(path).at(-1)!;
	if (parent === undefined) return undefined;
	return Array.isArray(parent) ? parent[Number(key)] : Object.hasOwn(parent, key) ? parent[key] : undefined;
}

function read(document: any, path: string, op: string, shown: string): unknown {
	const value = find(document, path);
	if (value === undefined) throw new Error(`${op} operation does not apply: doc is missing from path: ${shown}: missing value`);
	return value;
}

function write(document: any, path: string, value: unknown, op: 'add' | 'replace', shownOp: string = op): any {
	if (path === '') return value;
	const parent = container(document, path);
	const key = parts(path).at(-1)!;
	if (parent === undefined) {
		throw new Error(
			op === 'add'
				? `${shownOp} operation does not apply: doc is missing path: "${path}": missing value`
				: `replace operation does not apply: doc is missing path: ${path}: missing value`,
		);
	}

	if (Array.isArray(parent)) {
		if (op === 'replace') parent[index(parent, key, 'replace', path)] = value;
		else parent.splice(key === '-' ? parent.length : index(parent, key, 'add', path), 0, value);
	} else {
		// json-patch v4 lets `replace` add a key that is not there.
		setOwn(parent, key, value);
	}

	return document;
}

function removeAt(document: any, path: string): any {
	const parent = container(document, path);
	const key = parts(path).at(-1)!;
	if (parent === undefined) throw new Error(`remove operation does not apply: doc is missing path: "${path}": missing value`);
	if (Array.isArray(parent)) parent.splice(index(parent, key, 'remove', path), 1);
	else {
		if (!Object.hasOwn(parent, key))
			throw new Error(`error in remove for path: '${path}': Unable to remove nonexistent key: ${key}: missing value`);
		delete parent[key];
	}

	return document;
}

function index(list: readonly unknown[], key: string, op: string, path = key): number {
	if (!/^-?\d+$/.test(key)) throw new Error(`error in ${op} for path: '${path}': strconv.Atoi: parsing "${key}": invalid syntax`);
	const at = Number(key);
	const max = op === 'add' ? list.length : list.length - 1;
	const real = at < 0 ? at + list.length : at;
	if (real < 0 || real > max) {
		throw new Error(
			op === 'replace'
				? `replace operation does not apply: doc is missing key: ${path}: missing value`
				: `error in ${op} for path: '${path}': Unable to access invalid index: ${at}: invalid index referenced`,
		);
	}

	return real;
}
