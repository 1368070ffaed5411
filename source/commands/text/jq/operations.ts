import {compare, isList, isObject, JqError, print, typeOf, type Value} from './value.js';

const cut = (value: Value): string => {
	const text = print(value);
	return text.length > 14 ? `${text.slice(0, 11)}...` : text;
};
const named = (value: Value): string => `${typeOf(value)} (${cut(value)})`;

export function indexOf(of: Value, key: Value): Value {
	if (isObject(of) && typeof key === 'string') return of.get(key) ?? null;
	if (isList(of) && typeof key === 'number') {
		const at = Math.floor(key);
		return of[at < 0 ? at + of.length : at] ?? null;
	}

	if (of === null && (typeof key === 'string' || typeof key === 'number' || key === null)) return null;
	if (isObject(key) && (of === null || isList(of) || typeof of === 'string'))
		return slice(of, key.get('start') ?? null, key.get('end') ?? null);
	if (isList(of) && isList(key)) return indexes(of, key);
	if (typeof key === 'string') throw new JqError(`Cannot index ${typeOf(of)} with "${key}"`);
	throw new JqError(`Cannot index ${typeOf(of)} with ${typeOf(key)}`);
}

/** Where a list occurs in another, or a text in another. */
export function indexes(of: Value, part: Value): Value {
	if (of === null) return null;
	if (typeof of === 'string' && typeof part === 'string') {
		const found: number[] = [];
		if (part !== '') for (let at = of.indexOf(part); at !== -1; at = of.indexOf(part, at + 1)) found.push(at);
		return found;
	}

	if (isList(of) && isList(part)) {
		if (part.length === 0) return null;
		return of.flatMap((_, at) =>
			part.every((each, offset) => at + offset < of.length && compare(of[at + offset]!, each) === 0) ? [at] : [],
		);
	}

	if (isList(of)) return of.flatMap((each, at) => (compare(each, part) === 0 ? [at] : []));
	return indexOf(of, part);
}

export function bounds(length: number, from: Value, to: Value): [number, number] {
	if ((from !== null && typeof from !== 'number') || (to !== null && typeof to !== 'number'))
		throw new JqError('Start and end indices of an array slice must be numbers');
	const clamp = (at: number) => Math.max(0, Math.min(length, at < 0 ? at + length : at));
	const [start, end] = [clamp(Math.floor(from ?? 0)), clamp(Math.ceil(to ?? length))];
	return [start, Math.max(start, end)];
}

export function slice(of: Value, from: Value, to: Value): Value {
	if (of === null) return null;
	if (typeof of === 'string') {
		const chars = [...of];
		return chars.slice(...bounds(chars.length, from, to)).join('');
	}

	if (!isList(of)) throw new JqError(`Cannot index ${typeOf(of)} with object`);
	return of.slice(...bounds(of.length, from, to));
}

export function iterate(of: Value): Iterable<readonly [Value, Value]> {
	if (isList(of)) return of.entries();
	if (isObject(of)) return [...of];
	throw new JqError(`Cannot iterate over ${of === null ? 'null' : named(of)}`);
}

export function without(of: readonly Value[], gone: readonly Value[]): Value[] {
	return of.filter(each => !gone.some(other => compare(each, other) === 0));
}

export function merge(a: ReadonlyMap<string, Value>, b: ReadonlyMap<string, Value>): Value {
	const result = new Map(a);
	for (const [key, value] of b) {
		const old = result.get(key);
		result.set(key, old !== undefined && isObject(old) && isObject(value) ? merge(old, value) : value);
	}

	return result;
}

const tests: Readonly<Record<string, (order: number) => boolean>> = {
	'==': order => order === 0,
	'!=': order => order !== 0,
	'<': order => order < 0,
	'<=': order => order <= 0,
	'>': order => order > 0,
	'>=': order => order >= 0,
};

export function arithmetic(operator: string, a: Value, b: Value): Value {
	const test = tests[operator];
	if (test) return test(compare(a, b));
	const numbers = typeof a === 'number' && typeof b === 'number';
	if (operator === '+') {
		if (a === null) return b;
		if (b === null) return a;
		if (numbers || (typeof a === 'string' && typeof b === 'string')) return ((a as number) + (b as number)) as Value;
		if (isList(a) && isList(b)) return [...a, ...b];
		if (isObject(a) && isObject(b)) return new Map([...a, ...b]);
		throw new JqError(`${named(a)} and ${named(b)} cannot be added`);
	}

	if (operator === '-') {
		if (numbers) return (a as number) - (b as number);
		if (isList(a) && isList(b)) return without(a, b);
		throw new JqError(`${named(a)} and ${named(b)} cannot be subtracted`);
	}

	if (operator === '*') {
		if (numbers) return (a as number) * (b as number);
		const [text, count] = typeof a === 'string' ? [a, b] : [b, a];
		if (typeof text === 'string' && typeof count === 'number')
			return count <= 0 ? null : text.repeat(Math.max(1, Math.min(100_000, Math.ceil(count))));
		if (isObject(a) && isObject(b)) return merge(a, b);
		throw new JqError(`${named(a)} and ${named(b)} cannot be multiplied`);
	}

	if (operator === '/') {
		if (numbers && b === 0) throw new JqError(`${named(a)} and ${named(b)} cannot be divided because the divisor is zero`);
		if (numbers) return (a as number) / (b as number);
		if (typeof a === 'string' && typeof b === 'string') return a === '' ? [] : b === '' ? [...a] : a.split(b);
		throw new JqError(`${named(a)} and ${named(b)} cannot be divided`);
	}

	if (!numbers) throw new JqError(`${named(a)} and ${named(b)} cannot be divided`);
	if (Math.trunc(b as number) === 0) throw new JqError(`${named(a)} and ${named(b)} cannot be divided because the divisor is zero`);
	return Math.trunc(a as number) % Math.abs(Math.trunc(b as number)) || 0;
}
