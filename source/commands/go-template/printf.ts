import {goQuote} from '../kubectl/output/go-syntax.js';
import {floatIn, goSyntaxText, goText, isMap, isNil, sortedKeys, typeName} from './go-value.js';

const verbPattern = /%([-+# 0]*)(?:\[(\d+)\])?(\*|\d+)?(?:\.(\*|\d*))?(?:\[(\d+)\])?([\s\S])?/gu;

/** fmt.Sprintf. */
export function sprintf(format: string, args: readonly unknown[]): string {
	let at = 0;
	let reordered = false;
	const text = format.replace(verbPattern, (_whole, flags: string, before, width, precision, after, verb: string | undefined) => {
		if (before !== undefined || after !== undefined) {
			at = Number(after ?? before) - 1;
			reordered = true;
		}

		const wide = width === '*' ? Number(args[at++]) : Number(width ?? 0);
		const precise = precision === undefined ? undefined : precision === '*' ? Number(args[at++]) : Number(precision || 0);
		if (verb === undefined) return '%!(NOVERB)';
		if (verb === '%') return '%';
		if (at >= args.length || at < 0) return `%!${verb}(${reordered ? 'BADINDEX' : 'MISSING'})`;
		const value = args[at++];
		const numeric = typeof value === 'number' || typeof value === 'bigint';
		return pad(formatted(verb, flags, precise, value), Math.min(wide, 10_000), flags, numeric);
	});
	if (reordered || at >= args.length) return text;
	const extra = args.slice(at).map(arg => (isNil(arg) ? '<nil>' : `${typeName(arg)}=${goText(arg)}`));
	return `${text}%!(EXTRA ${extra.join(', ')})`;
}

function pad(text: string, width: number, flags: string, numeric: boolean): string {
	const length = [...text].length;
	if (length >= width) return text;
	const fill = width - length;
	if (flags.includes('-')) return text + ' '.repeat(fill);
	if (!flags.includes('0')) return ' '.repeat(fill) + text;
	const sign = numeric && /^[-+]/.test(text) ? text[0]! : '';
	return sign + '0'.repeat(fill) + text.slice(sign.length);
}

const wrong = (verb: string, value: unknown) => (isNil(value) ? `%!${verb}(<nil>)` : `%!${verb}(${typeName(value)}=${goText(value)})`);

function formatted(verb: string, flags: string, precision: number | undefined, value: unknown): string {
	if (verb === 'v') return flags.includes('#') && !isNil(value) ? goSyntaxText(value) : goText(value);
	if (verb === 'T') return typeName(value);
	if (Array.isArray(value)) return `[${value.map(each => formatted(verb, flags, precision, each)).join(' ')}]`;
	if (isMap(value) && verb !== 'p')
		return `map[${sortedKeys(value)
			.map(key => `${formatted(verb, flags, precision, key)}:${formatted(verb, flags, precision, value[key])}`)
			.join(' ')}]`;
	if (typeof value === 'string') return stringText(verb, flags, precision, value);
	if (typeof value === 'bigint') return integerText(verb, flags, value);
	if (typeof value === 'number') return floatVerb(verb, flags, precision, value);
	if (typeof value === 'boolean') return verb === 't' ? String(value) : wrong(verb, value);
	return isNil(value) || verb !== 's' ? wrong(verb, value) : goText(value);
}

const signed = (flags: string, text: string) =>
	text.startsWith('-') || text.startsWith('+') ? text : flags.includes('+') ? `+${text}` : flags.includes(' ') ? ` ${text}` : text;

function stringText(verb: string, flags: string, precision: number | undefined, value: string): string {
	const text = precision === undefined ? value : [...value].slice(0, precision).join('');
	if (verb === 's') return text;
	if (verb === 'q') return flags.includes('#') && !text.includes('`') ? `\`${text}\`` : goQuote(text);
	if (verb !== 'x' && verb !== 'X') return wrong(verb, value);
	const hex = [...new TextEncoder().encode(text)].map(byte => byte.toString(16).padStart(2, '0')).join(flags.includes(' ') ? ' ' : '');
	return verb === 'X' ? hex.toUpperCase() : hex;
}

const radixes: Readonly<Record<string, number>> = {d: 10, b: 2, o: 8, O: 8, x: 16, X: 16};
const prefixes: Readonly<Record<string, string>> = {b: '0b', o: '0', x: '0x', X: '0X'};

function integerText(verb: string, flags: string, value: bigint): string {
	const radix = radixes[verb];
	if (radix !== undefined) {
		const digits = (value < 0n ? -value : value).toString(radix);
		const prefix = verb === 'O' ? '0o' : flags.includes('#') ? (prefixes[verb] ?? '') : '';
		return signed(flags, `${value < 0n ? '-' : ''}${prefix}${verb === 'X' ? digits.toUpperCase() : digits}`);
	}

	const code = value >= 0n && value <= 0x10ffffn ? Number(value) : 0xfffd;
	if (verb === 'c') return String.fromCodePoint(code);
	if (verb === 'q') return code < 32 ? `'\\x${code.toString(16).padStart(2, '0')}'` : `'${String.fromCodePoint(code)}'`;
	if (verb === 'U') return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
	return wrong(verb, value);
}

function floatVerb(verb: string, flags: string, precision: number | undefined, value: number): string {
	if (!/[eEfFgG]/.test(verb)) return wrong(verb, value);
	const text = floatIn(verb.replace('G', 'g'), value, precision);
	return signed(flags, verb === 'G' ? text.toUpperCase() : text);
}
