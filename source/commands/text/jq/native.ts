import {strftime} from '../../../sim/strftime.js';
import {indexes, iterate} from './operations.js';
import {matches} from './match.js';
import {deletePaths, setPath} from './paths.js';
import {compare, isList, isObject, JqError, parseAll, print, sortedKeys, typeOf, type Value} from './value.js';
import {Halt, short} from './halt.js';

type Native = (value: Value, args: readonly Value[]) => Value;

const bad = (value: Value, why: string): never => {
	throw new JqError(`${typeOf(value)} (${short(value)}) ${why}`);
};
const list = (value: Value, why: string): readonly Value[] => (isList(value) ? value : bad(value, why));
const text = (value: Value, why: string): string => (typeof value === 'string' ? value : bad(value, why));
const number = (value: Value): number => (typeof value === 'number' ? value : bad(value, 'number required'));

const maths: Readonly<Record<string, (x: number) => number>> = {
	floor: Math.floor,
	ceil: Math.ceil,
	round: x => Math.sign(x) * Math.round(Math.abs(x)),
	sqrt: Math.sqrt,
	fabs: Math.abs,
	trunc: Math.trunc,
	log: Math.log,
	log2: Math.log2,
	log10: Math.log10,
	exp: Math.exp,
	exp2: x => 2 ** x,
	exp10: x => 10 ** x,
	sin: Math.sin,
	cos: Math.cos,
	tan: Math.tan,
};

function contains(a: Value, b: Value): boolean {
	if (isObject(a) && isObject(b)) return [...b].every(([key, each]) => a.has(key) && contains(a.get(key)!, each));
	if (isList(a) && isList(b)) return b.every(each => a.some(other => contains(other, each)));
	if (typeof a === 'string' && typeof b === 'string') return a.includes(b);
	if (typeOf(a) === typeOf(b)) return compare(a, b) === 0;
	throw new JqError(`${typeOf(a)} (${short(a)}) and ${typeOf(b)} (${short(b)}) cannot have their containment checked`);
}

function length(value: Value): Value {
	if (value === null) return 0;
	if (typeof value === 'string') return [...value].length;
	if (typeof value === 'number') return Math.abs(value);
	if (isList(value)) return value.length;
	return isObject(value) ? value.size : bad(value, 'has no length');
}

function flatten(value: Value, depth: number): Value[] {
	return [...iterate(value)].flatMap(([, each]) => (isList(each) && depth > 0 ? flatten(each, depth - 1) : [each]));
}

function keys(value: Value, sorted: boolean): Value {
	if (isList(value)) return [...value.keys()];
	if (!isObject(value)) return bad(value, 'has no keys');
	return sorted ? sortedKeys(value) : [...value.keys()];
}

function has(value: Value, key: Value): boolean {
	if (isObject(value) && typeof key === 'string') return value.has(key);
	if (isList(value) && typeof key === 'number') return key >= 0 && key < value.length;
	throw new JqError(`Cannot check whether ${typeOf(value)} has a ${typeof key === 'string' ? 'string' : typeOf(key)} key`);
}

/** Values beside what they are sorted by, in that order; equal ones keep theirs. */
function ranked(value: Value, by: Value): ReadonlyArray<readonly [Value, Value]> {
	const items = list(value, 'cannot be sorted, as it is not an array');
	return items.map((each, at) => [(by as readonly Value[])[at]!, each] as const).sort((a, b) => compare(a[0], b[0]));
}

function groups(value: Value, by: Value): Value {
	const result: Value[][] = [];
	let last: Value | undefined;
	for (const [key, each] of isList(value) ? ranked(value, by) : bad(value, 'cannot be grouped, as it is not an array')) {
		if (last !== undefined && compare(last, key) === 0) result.at(-1)!.push(each);
		else result.push([each]);
		last = key;
	}

	return result;
}

function extreme(value: Value, by: Value, sign: number): Value {
	let best: readonly [Value, Value] | undefined;
	for (const [at, each] of list(value, 'cannot be iterated over').entries()) {
		const key = (by as readonly Value[])[at]!;
		if (!best || (sign > 0 ? compare(key, best[0]) >= 0 : compare(key, best[0]) < 0)) best = [key, each];
	}

	return best?.[1] ?? null;
}

function parsed(value: Value): Value {
	const source = text(value, 'only strings can be parsed');
	try {
		const [first, ...more] = parseAll(source);
		if (more.length > 0) throw new JqError('Unexpected extra JSON values');
		return first ?? null;
	} catch (error) {
		if (!(error instanceof JqError)) throw error;
		throw new JqError(`${error.message} (while parsing '${source}')`);
	}
}

function toNumber(value: Value): Value {
	if (typeof value === 'number') return value;
	if (typeof value !== 'string') return bad(value, 'cannot be parsed as a number');
	if (!/^\s*-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$/.test(value))
		throw new JqError(`Invalid numeric literal at EOF at line 1, column ${value.length} (while parsing '${value}')`);
	return Number(value);
}

/** Broken-down time: seconds may have a fraction, months begin with 0. */
function broken(seconds: number): Value {
	const date = new Date(Math.floor(seconds) * 1000);
	const yearStart = Date.UTC(date.getUTCFullYear(), 0, 1);
	const day = Math.floor((date.getTime() - yearStart) / 86_400_000);
	return [
		date.getUTCFullYear(),
		date.getUTCMonth(),
		date.getUTCDate(),
		date.getUTCHours(),
		date.getUTCMinutes(),
		date.getUTCSeconds() + (seconds - Math.floor(seconds)),
		date.getUTCDay(),
		day,
	];
}

function epoch(value: Value): number {
	if (typeof value === 'number') return value;
	const [year = 0, month = 0, day = 1, hour = 0, minute = 0, second = 0] = list(value, 'requires array of 6 numbers').map(number);
	return Date.UTC(year, month, day, hour, minute, Math.floor(second)) / 1000;
}

function fromIso(value: Value, [format]: readonly Value[]): Value {
	const source = text(value, 'cannot be parsed as a date');
	const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z$/.exec(source);
	if (format !== '%Y-%m-%dT%H:%M:%SZ') throw new JqError(`kubelab: not simulated: strptime("${String(format)}")`);
	if (!found) throw new JqError(`date "${source}" does not match format "${format}"`);
	const [year, month, day, hour, minute, second] = found.slice(1).map(Number) as [number, number, number, number, number, number];
	return broken(Date.UTC(year, month - 1, day, hour, minute, second) / 1000);
}

const trim = (value: Value, part: Value, atEnd: boolean): Value => {
	if (typeof value !== 'string' || typeof part !== 'string') return value;
	if (atEnd) return part !== '' && value.endsWith(part) ? value.slice(0, -part.length) : value;
	return value.startsWith(part) ? value.slice(part.length) : value;
};

/** Functions of values alone; `name/arity`. */
export const native: Readonly<Record<string, Native>> = {
	...Object.fromEntries(Object.entries(maths).map(([name, run]) => [`${name}/0`, (value: Value) => run(number(value))])),
	'pow/2': (_, [base, exponent]) => number(base!) ** number(exponent!),
	'log/2': (_, [a, b]) => Math.log(number(a!)) / Math.log(number(b!)),
	'fmin/2': (_, [a, b]) => Math.min(number(a!), number(b!)),
	'fmax/2': (_, [a, b]) => Math.max(number(a!), number(b!)),
	'infinite/0': () => Number.POSITIVE_INFINITY,
	'nan/0': () => Number.NaN,
	'isinfinite/0': value => !Number.isFinite(number(value)) && !Number.isNaN(value),
	'isnan/0': value => Number.isNaN(number(value)),
	'isnormal/0': value => Number.isFinite(number(value)) && value !== 0,
	'not/0': value => value === null || value === false,
	'length/0': length,
	'utf8bytelength/0': value => new TextEncoder().encode(text(value, 'only strings have UTF-8 byte length')).length,
	'type/0': typeOf,
	'keys/0': value => keys(value, true),
	'keys_unsorted/0': value => keys(value, false),
	'has/1': (value, [key]) => has(value, key!),
	'contains/1': (value, [part]) => contains(value, part!),
	'tostring/0': value => (typeof value === 'string' ? value : print(value)),
	'tonumber/0': toNumber,
	'tojson/0': value => print(value),
	'fromjson/0': parsed,
	'ascii_downcase/0': value => text(value, 'ascii_downcase input must be a string').replaceAll(/[A-Z]/g, char => char.toLowerCase()),
	'ascii_upcase/0': value => text(value, 'ascii_upcase input must be a string').replaceAll(/[a-z]/g, char => char.toUpperCase()),
	'explode/0': value => [...text(value, 'cannot be exploded')].map(char => char.codePointAt(0)!),
	'implode/0': value =>
		list(value, 'cannot be imploded')
			.map(code => String.fromCodePoint(number(code)))
			.join(''),
	'startswith/1': (value, [part]) =>
		typeof value === 'string' && typeof part === 'string' ? value.startsWith(part) : fail('startswith() requires string inputs'),
	'endswith/1': (value, [part]) =>
		typeof value === 'string' && typeof part === 'string' ? value.endsWith(part) : fail('endswith() requires string inputs'),
	'ltrimstr/1': (value, [part]) => trim(value, part!, false),
	'rtrimstr/1': (value, [part]) => trim(value, part!, true),
	'split/1': (value, [part]) =>
		typeof value === 'string' && typeof part === 'string'
			? value === ''
				? []
				: part === ''
					? [...value]
					: value.split(part)
			: fail('split input and separator must be strings'),
	'sort/0': value => ranked(value, value).map(([, each]) => each),
	'_by/1': (value, [by]) => ranked(value, by!),
	'_groups/1': (value, [by]) => groups(value, by!),
	'_extreme/2': (value, [by, sign]) => extreme(value, by!, sign as number),
	'reverse/0': value =>
		value === null
			? []
			: typeof value === 'string'
				? [...value].reverse().join('')
				: [...list(value, 'cannot be reversed, as it is not an array')].reverse(),
	'flatten/1': (value, [depth]) => (number(depth!) < 0 ? fail('flatten depth must not be negative') : flatten(value, depth as number)),
	'indices/1': (value, [part]) => indexes(value, part!),
	'transpose/0': value => {
		const rows = list(value, 'cannot be transposed').map(row => list(row, 'cannot be transposed'));
		return Array.from({length: Math.max(0, ...rows.map(row => row.length))}, (_, at) => rows.map(row => row[at] ?? null));
	},
	'setpath/2': (value, [path, wanted]) => setPath(value, list(path!, 'Path must be specified as an array'), wanted!),
	'delpaths/1': (value, [paths]) =>
		deletePaths(
			value,
			list(paths!, 'Paths must be specified as an array').map(path => list(path, 'Path must be specified as an array')),
		),
	'_match/2': (value, [pattern, flags]) => matches(value, pattern!, flags!),
	'gmtime/0': value => broken(number(value)),
	'localtime/0': value => broken(number(value)),
	'mktime/0': value => (isList(value) ? epoch(value) : fail('mktime requires array of 6 numbers')),
	'strftime/1': (value, [format]) =>
		typeof value === 'number' || isList(value)
			? strftime(text(format!, 'strftime/1 requires a string format'), epoch(value) * 1000)
			: fail('strftime/1 requires parsed datetime inputs'),
	'strptime/1': fromIso,
	'halt/0': () => {
		throw new Halt(undefined, 0);
	},
	'input_filename/0': () => null,
	'builtins/0': () => Object.keys(native).filter(name => !name.startsWith('_')),
	'abs/0': value => (typeof value === 'number' ? Math.abs(value) : bad(value, 'has no absolute value')),
	'toarray/0': value => (isList(value) ? value : [value]),
	'trim/0': value => text(value, 'cannot be trimmed').trim(),
	'ltrim/0': value => text(value, 'cannot be trimmed').trimStart(),
	'rtrim/0': value => text(value, 'cannot be trimmed').trimEnd(),
};

function fail(why: string): never {
	throw new JqError(why);
}
