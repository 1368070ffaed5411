import {copy, equal} from '../../../api/values/plain.js';
import type {GoFunction} from '../../go-template/functions.js';
import {GoStruct, isMap, isNil, isTrue, kindName, ownValue, setKey, sortedKeys, typeName} from '../../go-template/go-value.js';
import {fail, toInt, toText} from './cast.js';

type Table = Readonly<Record<string, GoFunction>>;
type Map = Record<string, unknown>;

const listOf =
	(name: string, run: (list: unknown[], ...more: any[]) => unknown) =>
	(list: unknown, ...more: unknown[]) => {
		if (isNil(list)) return fail(`Cannot ${name} on nil list`);
		return Array.isArray(list) ? run(list, ...more) : fail(`Cannot ${name} on type ${kindName(list)}`);
	};
const same = (a: unknown, b: unknown): boolean =>
	isNil(a) || isNil(b) ? isNil(a) && isNil(b) : typeof a === 'object' ? typeof b === 'object' && equal(a, b) : a === b;
const unique = (list: readonly unknown[]) => list.filter((item, at) => list.findIndex(other => same(other, item)) === at);

const rangeMax = 100_000;
function steps(start: bigint, stop: bigint, step: bigint): bigint[] {
	const list: bigint[] = [];
	if (step === 0n || (stop > start && step < 0n) || (stop < start && step > 0n)) return list;
	for (let at = start; step > 0n ? at < stop : at > stop; at += step) {
		if (list.push(at) > rangeMax) return fail('kubelab: not simulated: a list of this length');
	}

	return list;
}

const until = (count: unknown) => {
	const to = toInt(count);
	return steps(0n, to, to < 0n ? -1n : 1n);
};

/** `seq` is written as the shell's tool. */
function seq(...numbers: bigint[]): string {
	const [first = 0n, second = 0n, third = 0n] = numbers;
	if (numbers.length === 0 || numbers.length > 3) return '';
	const [start, step, stop] =
		numbers.length === 1
			? [1n, first < 1n ? -1n : 1n, first]
			: numbers.length === 2
				? [first, second < first ? -1n : 1n, second]
				: [first, second, third];
	return steps(start, stop + (step > 0n ? 1n : -1n), step).join(' ');
}

/** mergo: the first one wins, nested maps are merged; with `overwrite`, the last. What is empty counts as missing. */
function mergeInto(into: Map, from: Map, overwrite: boolean): Map {
	for (const key of Object.keys(from)) {
		const [own, other] = [ownValue(into, key), from[key]];
		if (isMap(own) && isMap(other)) mergeInto(own, other, overwrite);
		else if (overwrite ? isTrue(other) || own === undefined : !isTrue(own))
			setKey(into, key, isMap(other) ? mergeInto({}, other, true) : other);
	}

	return into;
}

function dict(...pairs: unknown[]): Map {
	const map: Map = {};
	for (let at = 0; at < pairs.length; at += 2) setKey(map, toText(pairs[at]), at + 1 < pairs.length ? (pairs[at + 1] ?? null) : '');
	return map;
}

const pickedKeys = (keys: readonly unknown[]) => new Set(keys.flatMap(key => (Array.isArray(key) ? key.map(toText) : [toText(key)])));
const filtered = (map: Map, keep: (key: string) => boolean) => Object.fromEntries(Object.entries(map ?? {}).filter(([key]) => keep(key)));

/** `dig "a" "b" default map`. */
function dig(...args: unknown[]): unknown {
	if (args.length < 3) return fail('dig needs at least three arguments');
	let map: unknown = args.at(-1);
	const fallback = args.at(-2);
	for (const key of args.slice(0, -2)) {
		if (!isMap(map))
			return fail(`interface conversion: interface {} is ${typeName(map).replace('<nil>', 'nil')}, not map[string]interface {}`);
		if (!Object.hasOwn(map, toText(key))) return fallback;
		map = map[toText(key)];
	}

	return map;
}

const chunk = (size: bigint, list: unknown) => {
	if (!Array.isArray(list)) return fail(`Cannot chunk type ${kindName(list)}`);
	const by = Math.max(1, Number(size));
	return Array.from({length: Math.ceil(list.length / by)}, (_, at) => list.slice(at * by, at * by + by));
};

function sliceOf(list: unknown[], ...indexes: unknown[]): unknown {
	if (list.length === 0) return undefined;
	const [from = 0, to = list.length] = indexes.map(index => Number(toInt(index)));
	return from < 0 || to > list.length || from > to ? fail('runtime error: slice bounds out of range') : list.slice(from, to);
}

export const lists: Table = {
	list: ['a*', (...items) => items.map(item => item ?? null)],
	tuple: ['a*', (...items) => items.map(item => item ?? null)],
	first: ['a', listOf('find first', list => list[0])],
	last: ['a', listOf('find last', list => list.at(-1))],
	rest: ['a', listOf('find rest', list => (list.length === 0 ? undefined : list.slice(1)))],
	initial: ['a', listOf('find initial', list => (list.length === 0 ? undefined : list.slice(0, -1)))],
	append: ['aa', listOf('push', (list, item) => [...list, item ?? null])],
	push: ['aa', listOf('push', (list, item) => [...list, item ?? null])],
	prepend: ['aa', listOf('prepend', (list, item) => [item ?? null, ...list])],
	concat: [
		'a*',
		(...all) => all.flatMap(list => (Array.isArray(list) ? list : isNil(list) ? [] : fail(`Cannot concat type ${kindName(list)} as list`))),
	],
	reverse: ['a', listOf('find reverse', list => [...list].reverse())],
	uniq: ['a', listOf('find uniq', unique)],
	without: ['aa*', listOf('find without', (list, ...omit) => list.filter(item => !omit.some(other => same(item, other))))],
	has: [
		'aa',
		(needle, list) =>
			isNil(list) ? false : Array.isArray(list) ? list.some(item => same(item, needle)) : fail(`Cannot find has on type ${kindName(list)}`),
	],
	compact: ['a', listOf('compact', list => list.filter(isTrue))],
	slice: ['aa*', listOf('slice', sliceOf)],
	chunk: ['ia', chunk],
	until: ['a', until],
	untilStep: ['iii', steps],
	seq: ['i*', seq],
	mustFirst: ['a', listOf('find first', list => list[0])],
	mustLast: ['a', listOf('find last', list => list.at(-1))],
	mustRest: ['a', listOf('find rest', list => (list.length === 0 ? undefined : list.slice(1)))],
	mustInitial: ['a', listOf('find initial', list => (list.length === 0 ? undefined : list.slice(0, -1)))],
	mustAppend: ['aa', listOf('push', (list, item) => [...list, item ?? null])],
	mustPush: ['aa', listOf('push', (list, item) => [...list, item ?? null])],
	mustPrepend: ['aa', listOf('prepend', (list, item) => [item ?? null, ...list])],
	mustReverse: ['a', listOf('find reverse', list => [...list].reverse())],
	mustUniq: ['a', listOf('find uniq', unique)],
	mustWithout: ['aa*', listOf('find without', (list, ...omit) => list.filter(item => !omit.some(other => same(item, other))))],
	mustHas: ['aa', (needle, list) => Array.isArray(list) && list.some(item => same(item, needle))],
	mustCompact: ['a', listOf('compact', list => list.filter(isTrue))],
	mustSlice: ['aa*', listOf('slice', sliceOf)],
	mustChunk: ['ia', chunk],
};

export const dicts: Table = {
	dict: ['a*', dict],
	get: ['ms', (map: Map | undefined, key: string) => (map && Object.hasOwn(map, key) ? map[key] : '')],
	set: [
		'msa',
		(map: Map | undefined, key: string, value: unknown) => {
			if (!map) return fail('assignment to entry in nil map');
			setKey(map, key, value ?? null);
			return map;
		},
	],
	unset: [
		'ms',
		(map: Map | undefined, key: string) => {
			if (map) delete map[key];
			return map;
		},
	],
	hasKey: ['ms', (map: Map | undefined, key: string) => map !== undefined && Object.hasOwn(map, key)],
	pluck: ['sm*', (key: string, ...maps: Map[]) => maps.filter(map => map && Object.hasOwn(map, key)).map(map => map[key])],
	keys: ['m*', (...maps: Map[]) => maps.flatMap(map => sortedKeys(map ?? {}))],
	values: ['m', (map: Map | undefined) => sortedKeys(map ?? {}).map(key => map![key])],
	pick: ['ms*', (map: Map, ...keys: string[]) => filtered(map, key => pickedKeys(keys).has(key))],
	omit: ['ms*', (map: Map, ...keys: string[]) => filtered(map, key => !pickedKeys(keys).has(key))],
	merge: ['mm*', (into: Map | undefined, ...more: Map[]) => more.reduce<Map>((map, from) => mergeInto(map, from ?? {}, false), into ?? {})],
	mustMerge: [
		'mm*',
		(into: Map | undefined, ...more: Map[]) => more.reduce<Map>((map, from) => mergeInto(map, from ?? {}, false), into ?? {}),
	],
	mergeOverwrite: [
		'mm*',
		(into: Map | undefined, ...more: Map[]) => more.reduce<Map>((map, from) => mergeInto(map, from ?? {}, true), into ?? {}),
	],
	mustMergeOverwrite: [
		'mm*',
		(into: Map | undefined, ...more: Map[]) => more.reduce<Map>((map, from) => mergeInto(map, from ?? {}, true), into ?? {}),
	],
	deepCopy: ['a', value => (value instanceof GoStruct ? value : copy(value))],
	mustDeepCopy: ['a', value => (value instanceof GoStruct ? value : copy(value))],
	dig: ['a*', dig],
};
