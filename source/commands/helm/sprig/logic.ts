import {equal} from '../../../api/values/plain.js';
import type {GoFunction} from '../../go-template/functions.js';
import {GoStruct, isNil, isTrue, kindName, typeName} from '../../go-template/go-value.js';
import {fail, toFloat, toInt} from './cast.js';

type Table = Readonly<Record<string, GoFunction>>;

const sameType = (a: unknown, b: unknown) => typeName(a) === typeName(b);
const deepEqual = (a: unknown, b: unknown): boolean =>
	isNil(a) || isNil(b) ? isNil(a) && isNil(b) : typeof a === 'object' ? sameType(a, b) && !(a instanceof GoStruct) && equal(a, b) : a === b;

export const logic: Table = {
	default: ['aa*', (fallback, ...given) => (given.length > 0 && isTrue(given[0]) ? given[0] : fallback)],
	empty: ['a', value => !isTrue(value)],
	coalesce: ['a*', (...values) => values.find(isTrue)],
	all: ['a*', (...values) => values.every(isTrue)],
	any: ['a*', (...values) => values.some(isTrue)],
	ternary: ['aab', (yes, no, test: boolean) => (test ? yes : no)],
	fail: ['s', (text: string) => fail(`HELM_ERR_START${text}HELM_ERR_END`)],
	typeOf: ['a', typeName],
	typeIs: ['sa', (name: string, value) => name === typeName(value)],
	typeIsLike: ['sa', (name: string, value) => name === typeName(value) || `*${name}` === typeName(value)],
	kindOf: ['a', kindName],
	kindIs: ['sa', (name: string, value) => name === kindName(value)],
	deepEqual: ['aa', deepEqual],
};

const divisor = (value: unknown) => {
	const by = toInt(value);
	return by === 0n ? fail('runtime error: integer divide by zero') : by;
};
const wrap = (value: bigint) => BigInt.asIntN(64, value);
const most = (list: readonly bigint[]) => list.reduce((a, b) => (a > b ? a : b));
const least = (list: readonly bigint[]) => list.reduce((a, b) => (a < b ? a : b));
/** sprig's round: half away from zero from `roundOn` on. */
const round = (value: unknown, places: bigint, on?: unknown) => {
	const power = 10 ** Number(places);
	const digit = power * toFloat(value);
	const fraction = Math.abs(digit % 1);
	const away = fraction >= (isNil(on) ? 0.5 : toFloat(on));
	return (away ? (digit < 0 ? Math.floor(digit) : Math.ceil(digit)) : Math.trunc(digit)) / power;
};
/** Sums of decimals are exact in Sprig (shopspring/decimal). */
const exact = (value: number) => Number(value.toPrecision(15));

export const numbers: Table = {
	float64: ['a', toFloat],
	add1: ['a', value => wrap(toInt(value) + 1n)],
	add: ['a*', (...values) => wrap(values.reduce<bigint>((sum, value) => sum + toInt(value), 0n))],
	sub: ['aa', (a, b) => wrap(toInt(a) - toInt(b))],
	div: ['aa', (a, b) => toInt(a) / divisor(b)],
	mod: ['aa', (a, b) => toInt(a) % divisor(b)],
	mul: ['aa*', (first, ...values) => wrap(values.reduce<bigint>((product, value) => product * toInt(value), toInt(first)))],
	max: ['aa*', (...values) => most(values.map(toInt))],
	min: ['aa*', (...values) => least(values.map(toInt))],
	biggest: ['aa*', (...values) => most(values.map(toInt))],
	maxf: ['aa*', (...values) => Math.max(...values.map(toFloat))],
	minf: ['aa*', (...values) => Math.min(...values.map(toFloat))],
	add1f: ['a', value => exact(toFloat(value) + 1)],
	addf: ['a*', (...values) => exact(values.reduce<number>((sum, value) => sum + toFloat(value), 0))],
	subf: ['aa*', (first, ...values) => exact(values.reduce<number>((rest, value) => rest - toFloat(value), toFloat(first)))],
	divf: ['aa*', (first, ...values) => exact(values.reduce<number>((rest, value) => rest / toFloat(value), toFloat(first)))],
	mulf: ['aa*', (first, ...values) => exact(values.reduce<number>((rest, value) => rest * toFloat(value), toFloat(first)))],
	ceil: ['a', value => Math.ceil(toFloat(value))],
	floor: ['a', value => Math.floor(toFloat(value))],
	round: ['aia*', round],
};
