/** Plain JSON values: copying, freezing and comparing them, faster than `structuredClone` since nothing but JSON occurs. */
export function copy<T>(value: T): T {
	if (value === null || typeof value !== 'object') return value;
	if (Array.isArray(value)) {
		const list = new Array(value.length);
		for (let i = 0; i < value.length; i++) list[i] = copy(value[i]);
		return list as T;
	}

	const result: Record<string, unknown> = {};
	for (const key in value) {
		if (key === '__proto__') setOwn(result, key, copy(value[key]));
		else result[key] = copy(value[key]);
	}

	return result as T;
}

/** A key called `__proto__` is data like any other. */
export function setOwn(target: Record<string, unknown>, key: string, value: unknown): void {
	if (key === '__proto__') Object.defineProperty(target, key, {value, writable: true, enumerable: true, configurable: true});
	else target[key] = value;
}

/** Freezes a value and all below it; what is frozen already is not entered again. */
export function freeze<T>(value: T): T {
	if (value === null || typeof value !== 'object' || Object.isFrozen(value)) return value;
	Object.freeze(value);
	if (Array.isArray(value)) for (let i = 0; i < value.length; i++) freeze(value[i]);
	else for (const key in value) freeze(value[key]);
	return value;
}

/** Equal as JSON: the order of keys does not matter, and an undefined field is an absent one. */
export function equal(a: any, b: any): boolean {
	if (a === b) return true;
	if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
	if (Array.isArray(a)) {
		if (!Array.isArray(b) || a.length !== b.length) return false;
		for (let i = 0; i < a.length; i++) if (!equal(a[i], b[i])) return false;
		return true;
	}

	if (Array.isArray(b)) return false;
	for (const key in a) if (!equal(a[key], own(b, key))) return false;
	for (const key in b) if (b[key] !== undefined && own(a, key) === undefined) return false;
	return true;
}

/** JSON holds no functions: one that is found was inherited, as `constructor` is. */
export function own(object: any, key: string): any {
	const value = object[key];
	return typeof value === 'function' || (key === '__proto__' && !Object.hasOwn(object, key)) ? undefined : value;
}

export const isObject = (value: unknown): value is Record<string, any> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a path, or undefined where the path ends early. */
export function valueAt(value: any, path: readonly string[]): any {
	for (const part of path) {
		if (value === null || typeof value !== 'object') return undefined;
		value = own(value, part);
	}

	return value;
}

/** With the keys of each object in order, as Go writes a map. */
export const inKeyOrder = (value: unknown): unknown =>
	Array.isArray(value)
		? value.map(inKeyOrder)
		: isObject(value)
			? Object.fromEntries(
					Object.keys(value)
						.sort()
						.map(key => [key, inKeyOrder((value as Record<string, unknown>)[key])]),
				)
			: value;
