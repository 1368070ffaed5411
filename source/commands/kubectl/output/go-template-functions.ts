import {base64Bytes, utf8} from '../config/identity.js';
import {goNumber} from './yaml-print.js';
import {goQuote, goValue} from './go-syntax.js';

type GoFunction = (...args: any[]) => unknown;

/** What Go calls true: not empty, not zero. */
export function isTrue(value: unknown): boolean {
	if (value === null || value === undefined) return false;
	if (Array.isArray(value)) return value.length > 0;
	if (typeof value === 'object') return Object.keys(value).length > 0;
	return Boolean(value);
}

const fail = (text: string): never => {
	throw new Error(text);
};

const compare =
	(test: (a: any, b: any) => boolean): GoFunction =>
	(a, b) => {
		if (typeof a !== typeof b) fail('incompatible types for comparison');
		return test(a, b);
	};

/** Go's predefined functions, and the two that kubectl adds (`exists`, `base64decode`). */
export const goFunctions: Readonly<Record<string, GoFunction>> = {
	not: value => !isTrue(value),
	len: value =>
		typeof value === 'string'
			? new TextEncoder().encode(value).length
			: Array.isArray(value)
				? value.length
				: Object.keys(value ?? {}).length,
	index: (value, ...keys) => keys.reduce(element, value),
	slice: (value, from = 0, to = value.length) => value.slice(from, to),
	print: (...args) =>
		args.map((arg, at) => (at > 0 && typeof arg !== 'string' && typeof args[at - 1] !== 'string' ? ' ' : '') + goValue(arg)).join(''),
	println: (...args) => `${args.map(goValue).join(' ')}\n`,
	printf: (format: string, ...args) => sprintf(format, args),
	eq: (first, ...others) => others.some(other => compare((a, b) => a === b)(first, other)),
	ne: compare((a, b) => a !== b),
	lt: compare((a, b) => a < b),
	le: compare((a, b) => a <= b),
	gt: compare((a, b) => a > b),
	ge: compare((a, b) => a >= b),
	html: value => goValue(value).replace(/[&<>"']/g, char => ({'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;'})[char] ?? '&#39;'),
	urlquery: value => encodeURIComponent(goValue(value)).replaceAll('%20', '+'),
	js: value => goValue(value).replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('"', '\\"'),
	exists: (value, ...keys) => {
		let current = value;
		for (const key of keys) {
			if (current === null || current === undefined || typeof current !== 'object' || !(key in current)) return false;
			current = current[key];
		}

		return true;
	},
	base64decode: (value: string) => {
		const bad = value.search(/[^A-Za-z0-9+/=\r\n]/);
		const at = bad === -1 && value.replace(/[\r\n]/g, '').length % 4 !== 0 ? value.length - (value.length % 4) : bad;
		if (at !== -1) fail(`base64 decode failed: illegal base64 data at input byte ${at}`);
		return utf8(base64Bytes(value));
	},
};

function element(value: any, key: any): unknown {
	if (Array.isArray(value)) {
		if (typeof key !== 'number') return fail(`cannot index slice/array with type ${typeof key}`);
		if (key < 0 || key >= value.length) return fail(`index out of range: ${key}`);
		return value[key];
	}

	if (value === null || value === undefined) return fail('index of untyped nil');
	return typeof value === 'object' ? value[key] : fail(`can't index item of type ${typeof value}`);
}

/** The verbs of fmt.Sprintf that templates use. */
export function sprintf(format: string, args: readonly unknown[]): string {
	let at = 0;
	const text = format.replace(
		/%([-+ 0#]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/g,
		(whole, flags: string, width: string | undefined, precision: string | undefined, verb: string) => {
			if (verb === '%') return '%';
			if (at >= args.length) return `%!${verb}(MISSING)`;
			const value = args[at++];
			let out: string;
			if (verb === 's' || verb === 'v') out = goValue(value).slice(0, verb === 's' && precision ? Number(precision) : undefined);
			else if (verb === 'q') out = goQuote(goValue(value));
			else if (verb === 'd') out = typeof value === 'number' ? goNumber(Math.trunc(value)) : `%!d(${typeof value}=${goValue(value)})`;
			else if (verb === 'f') out = Number(value).toFixed(precision ? Number(precision) : 6);
			else if (verb === 'x')
				out =
					typeof value === 'number'
						? value.toString(16)
						: [...new TextEncoder().encode(String(value))].map(byte => byte.toString(16).padStart(2, '0')).join('');
			else if (verb === 't') out = String(value);
			else return whole;
			const padding = Number(width ?? 0);
			return flags.includes('-') ? out.padEnd(padding) : out.padStart(padding, flags.includes('0') ? '0' : ' ');
		},
	);
	return at < args.length
		? `${text}%!(EXTRA ${args
				.slice(at)
				.map(arg => `${typeof arg}=${goValue(arg)}`)
				.join(', ')})`
		: text;
}
