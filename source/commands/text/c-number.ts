import {bounded} from '../../shell/run/stream.js';

export interface NumberFormat {
	/** Any of `-+ #0`. */
	readonly flags: string;
	readonly width: number;
	readonly precision: number | undefined;
}

/** A number as C's printf writes it; `kind` is one of `diouxXeEfFgG`. */
export function formatNumber(value: number, kind: string, {flags, width, precision}: NumberFormat): string {
	checked(width);
	checked(precision ?? 0);
	const floating = 'eEfFgG'.includes(kind);
	const digits = floating ? decimal(Math.abs(value), kind, precision ?? 6, flags.includes('#')) : integer(value, kind, flags, precision);
	const sign = value < 0 || Object.is(value, -0) ? ((floating || value !== 0) && 'dieEfFgG'.includes(kind) ? '-' : '') : '';
	const plus = 'dieEfFgG'.includes(kind) ? (flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '') : '';
	const front = sign || plus;
	if (flags.includes('-')) return (front + digits).padEnd(width);
	const zeros = flags.includes('0') && Number.isFinite(value) && (floating || precision === undefined);
	return zeros ? front + digits.padStart(width - front.length, '0') : (front + digits).padStart(width);
}

/** `printf %999999999d` */
function checked(width: number): number {
	bounded(width, 'the output');
	return width;
}

/** Pads text as `%s` and `%c` do. */
export const pad = (text: string, flags: string, width: number): string => {
	const missing = ' '.repeat(Math.max(0, checked(width) - [...text].length));
	return flags.includes('-') ? text + missing : missing + text;
};

function integer(value: number, kind: string, flags: string, precision = 1): string {
	const radix = kind === 'o' ? 8 : kind === 'x' || kind === 'X' ? 16 : 10;
	const whole = BigInt(Math.trunc(Number.isFinite(value) ? value : 0));
	const unsigned = 'ouxX'.includes(kind) && whole < 0n ? BigInt.asUintN(64, whole) : whole < 0n ? -whole : whole;
	const text = unsigned === 0n && precision === 0 ? '' : unsigned.toString(radix).padStart(precision, '0');
	const prefix = flags.includes('#') && unsigned !== 0n ? (radix === 16 ? '0x' : radix === 8 ? '0' : '') : '';
	return kind === 'X' ? (prefix + text).toUpperCase() : prefix + text;
}

function decimal(value: number, kind: string, precision: number, keepZeros: boolean): string {
	if (!Number.isFinite(value)) {
		const name = Number.isNaN(value) ? 'nan' : 'inf';
		return kind < 'a' ? name.toUpperCase() : name;
	}

	const places = Math.min(precision, 100);
	const lower = kind.toLowerCase();
	const text = lower === 'f' ? fixed(value, places) : lower === 'e' ? exponential(value, places) : general(value, places || 1, keepZeros);
	return kind === lower ? text : text.toUpperCase();
}

const fixed = (value: number, places: number): string =>
	value < 1e21 ? value.toFixed(places) : BigInt(value).toString() + (places > 0 ? `.${'0'.repeat(places)}` : '');

const exponential = (value: number, places: number): string => value.toExponential(places).replace(/e([-+])(\d)$/, 'e$10$2');

function general(value: number, significant: number, keepZeros: boolean): string {
	const exponent = Number(value.toExponential(significant - 1).split('e')[1]);
	const small = exponent < -4 || exponent >= significant;
	const text = small ? exponential(value, significant - 1) : fixed(value, significant - 1 - exponent);
	return keepZeros ? text : text.replace(/(\.\d*?)0+(?=e|$)/, '$1').replace(/\.(?=e|$)/, '');
}
