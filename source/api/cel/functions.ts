import type {Environment} from '@marcbachmann/cel-js';
import {
	addQuantities,
	compareQuantities,
	intValueOf,
	isQuantity,
	parseQuantity,
	type Quantity,
	signOf,
	subtractQuantities,
} from '../values/quantity.js';
import {equal} from '../values/plain.js';
import {addressFunctions, CelCidr, CelIp, IpNamespace} from './addresses.js';
import {compileRe2, findAllRe2} from '../../regex/re2.js';
import {re2Matches} from './literals.js';
import {CelUrl, urlFunctions} from './urls.js';

class CelQuantity {
	readonly value: Quantity;
	constructor(value: Quantity) {
		this.value = value;
	}
}

class Sets {}

const number = (value: CelQuantity | bigint): Quantity => (typeof value === 'bigint' ? parseQuantity(String(value)) : value.value);
const holds = (list: readonly any[], wanted: any) => list.some(item => equal(item, wanted));
const sorted = (list: readonly any[]) => list.every((item, at) => at === 0 || list[at - 1] <= item);
const least = (list: readonly any[], of: string, better: (a: any, b: any) => boolean) => {
	if (list.length === 0) throw new Error(`${of} called on empty list`);
	return list.reduce((a, b) => (better(b, a) ? b : a));
};

/** `%s %d %5.2f ...`: the format strings of cel-go's ext.Strings. */
function format(text: string, values: readonly any[]): string {
	let at = 0;
	return text.replace(/%%|%(?:\.(\d+))?([a-zA-Z])/g, (whole, digits: string | undefined, verb: string | undefined) => {
		if (!verb) return '%';
		const value = values[at++];
		if (value === undefined) throw new Error('index out of range');
		if (verb === 'f') return Number(value).toFixed(digits === undefined ? 6 : Number(digits));
		if (verb === 'e') return Number(value).toExponential(digits === undefined ? 6 : Number(digits));
		if (verb === 'x' || verb === 'X' || verb === 'b' || verb === 'o') {
			const shown = BigInt(value).toString(verb === 'b' ? 2 : verb === 'o' ? 8 : 16);
			return verb === 'X' ? shown.toUpperCase() : shown;
		}

		return verb === 's' || verb === 'd' ? shownText(value) : whole;
	});
}

const shownText = (value: any): string => (Array.isArray(value) ? `[${value.map(shownText).join(', ')}]` : String(value));

/** What Kubernetes adds to the language: signature and meaning. Models apiserver/pkg/cel/library. */
const functions: Readonly<Record<string, (...args: any[]) => unknown>> = {
	'list.isSorted(): bool': sorted,
	'list.sum(): dyn': list => list.reduce((a: any, b: any) => a + b, typeof list[0] === 'number' ? 0 : 0n),
	'list.min(): dyn': list => least(list, 'min', (a, b) => a < b),
	'list.max(): dyn': list => least(list, 'max', (a, b) => a > b),
	'list.indexOf(dyn): int': (list, wanted) => BigInt(list.findIndex((item: any) => equal(item, wanted))),
	'list.lastIndexOf(dyn): int': (list, wanted) => BigInt(list.findLastIndex((item: any) => equal(item, wanted))),
	'string.find(string): string': (text, pattern) => compileRe2(pattern).exec(text)?.[0] ?? '',
	'string.findAll(string): list<string>': (text, pattern) => findAllRe2(pattern, text),
	'string.findAll(string, int): list<string>': (text, pattern, limit) => findAllRe2(pattern, text, limit < 0n ? undefined : Number(limit)),
	[`string.${re2Matches}(string): bool`]: (text, pattern) => compileRe2(pattern).test(text),
	'string.replace(string, string): string': (text, from, to) => text.replaceAll(from, to),
	'string.charAt(int): string': (text, at) => [...text][Number(at)] ?? '',
	'string.format(list): string': format,
	'SetsNamespace.contains(list, list): bool': (_, a, b) => b.every((item: any) => holds(a, item)),
	'SetsNamespace.equivalent(list, list): bool': (_, a, b) => [...b].every(item => holds(a, item)) && a.every((item: any) => holds(b, item)),
	'SetsNamespace.intersects(list, list): bool': (_, a, b) => a.some((item: any) => holds(b, item)),
	'isQuantity(string): bool': isQuantity,
	'quantity(string): kubernetes.Quantity': text => new CelQuantity(parseQuantity(text)),
	'kubernetes.Quantity.isGreaterThan(kubernetes.Quantity): bool': (a, b) => compareQuantities(a.value, b.value) > 0,
	'kubernetes.Quantity.isLessThan(kubernetes.Quantity): bool': (a, b) => compareQuantities(a.value, b.value) < 0,
	'kubernetes.Quantity.compareTo(kubernetes.Quantity): int': (a, b) => BigInt(compareQuantities(a.value, b.value)),
	'kubernetes.Quantity.sign(): int': a => BigInt(signOf(a.value)),
	'kubernetes.Quantity.asInteger(): int': a => intValueOf(a.value),
	'kubernetes.Quantity.add(kubernetes.Quantity): kubernetes.Quantity': (a, b) => new CelQuantity(addQuantities(number(a), number(b))),
	'kubernetes.Quantity.sub(kubernetes.Quantity): kubernetes.Quantity': (a, b) => new CelQuantity(subtractQuantities(number(a), number(b))),
};

export function addFunctions(environment: Environment): Environment {
	environment.registerType('kubernetes.Quantity', CelQuantity).registerType('SetsNamespace', Sets);
	environment.registerConstant('sets', 'SetsNamespace', new Sets());
	environment.registerType('net.IP', CelIp).registerType('net.CIDR', CelCidr).registerType('kubernetes.URL', CelUrl);
	environment.registerType('IpNamespace', IpNamespace).registerConstant('ip', 'IpNamespace', new IpNamespace());
	for (const [signature, meaning] of Object.entries({...functions, ...addressFunctions, ...urlFunctions}))
		environment.registerFunction(signature, meaning);
	return environment;
}
