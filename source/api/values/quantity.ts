/** Quantities such as `100m`, `1.5Gi`, `2e3`. Models k8s.io/apimachinery/pkg/api/resource: exact decimals, canonical printing. */
export type Format = 'DecimalSI' | 'BinarySI' | 'DecimalExponent';

export interface Quantity {
	/** The value is `digits * 10^exponent`. */
	readonly digits: bigint;
	readonly exponent: number;
	readonly format: Format;
	/** As it was written; Go keeps this while nothing is calculated and the digits are those of the canonical form. */
	readonly text?: string;
	/** Go holds it in an int64; the rest needs arbitrary precision and overflows otherwise. */
	readonly small?: boolean;
}

export const badFormat = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const badSuffix = "unable to parse quantity's suffix";
const decimalSuffixes: Record<string, number> = {n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18};
const decimalNames = new Map(Object.entries(decimalSuffixes).map(([name, exponent]) => [exponent, name]));
const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const maxValue = (1n << 63n) - 1n;
/** Nothing is finer than one billionth. */
const finest = -9;

/** Throws a plain `Error` in the server's words. */
export function parseQuantity(text: string): Quantity {
	const {sign, whole, fraction, suffix} = split(text);
	const {base, power, format} = interpretSuffix(suffix);
	let digits = BigInt(whole + fraction || '0') * sign;
	let exponent = -fraction.length;
	if (base === 2) digits *= 1n << BigInt(10 * power);
	else exponent += power;
	const length = whole.length + fraction.length;
	const precision = base === 10 ? 18 - length : fraction ? -1 : 14 - whole.length - Math.trunc(power * 3);
	if (precision >= 0 && exponent >= finest) {
		const asWritten = base === 10 && whole !== '0' && exponent % 3 === 0 && digits % 1000n !== 0n;
		return {digits, exponent, format, small: true, ...(asWritten && {text})};
	}

	const rounded = base === 2 ? cap(roundUp({digits, exponent, format})) : roundUp({digits, exponent, format});
	// Less than one cannot be said in Ki.
	return base === 2 && scaledValue(rounded, finest) < 10n ** 9n && scaledValue(rounded, finest) > -(10n ** 9n)
		? {...rounded, format: 'DecimalSI'}
		: rounded;
}

export function isQuantity(text: string): boolean {
	try {
		parseQuantity(text);
		return true;
	} catch {
		return false;
	}
}

function split(text: string): {sign: 1n | -1n; whole: string; fraction: string; suffix: string} {
	if (text === '') throw new Error(badFormat);
	let at = 0;
	const sign = text[0] === '-' ? -1n : 1n;
	if (text[0] === '-' || text[0] === '+') at++;
	const digitsFrom = (from: number) => {
		let to = from;
		while (to < text.length && text[to]! >= '0' && text[to]! <= '9') to++;
		return to;
	};
	const wholeEnd = digitsFrom(at);
	const whole = text.slice(at, wholeEnd).replace(/^0+/, '') || '0';
	at = wholeEnd;
	let fraction = '';
	if (text[at] === '.') {
		const end = digitsFrom(at + 1);
		fraction = text.slice(at + 1, end);
		at = end;
	}

	const suffix = text.slice(at);
	if (!/^[eEinumkKMGTP]*[-+]?[0-9]*$/.test(suffix)) throw new Error(badFormat);
	return {sign, whole, fraction, suffix};
}

function interpretSuffix(suffix: string): {base: 2 | 10; power: number; format: Format} {
	const binary = binarySuffixes.indexOf(suffix);
	if (binary > 0) return {base: 2, power: binary, format: 'BinarySI'};
	if (Object.hasOwn(decimalSuffixes, suffix)) return {base: 10, power: decimalSuffixes[suffix]!, format: 'DecimalSI'};
	const exponent = /^[eE]([-+]?\d+)$/.exec(suffix);
	if (exponent) return {base: 10, power: Number(exponent[1]), format: 'DecimalExponent'};
	throw new Error(badSuffix);
}

function roundUp(quantity: Quantity): Quantity {
	const {digits, exponent, format} = quantity;
	if (exponent >= finest) return quantity;
	return {digits: ceilDivide(digits, 10n ** BigInt(finest - exponent)), exponent: finest, format};
}

/** Away from zero, as inf.RoundUp. */
function ceilDivide(value: bigint, divisor: bigint): bigint {
	const whole = value / divisor;
	if (whole * divisor === value) return whole;
	return value > 0n ? whole + 1n : whole - 1n;
}

function cap(quantity: Quantity): Quantity {
	const {digits, exponent, format} = quantity;
	const limit = maxValue;
	const scaled = exponent >= 0 ? digits * 10n ** BigInt(Math.min(exponent, 400)) : digits / 10n ** BigInt(-exponent);
	if (scaled > limit) return {digits: limit, exponent: 0, format};
	if (scaled < -limit) return {digits: -limit, exponent: 0, format};
	return quantity;
}

/** Rounded up to a whole number of `10^scale`: `scaledValue(q, -3)` is its milli value. */
export function scaledValue({digits, exponent}: Quantity, scale: number): bigint {
	const shift = exponent - scale;
	return shift >= 0 ? digits * 10n ** BigInt(shift) : ceilDivide(digits, 10n ** BigInt(-shift));
}

export const intValueOf = (quantity: Quantity): bigint => int64(quantity, 0);
export const milliValueOf = (quantity: Quantity): bigint => int64(quantity, -3);

/** Go's overflow: 0 for what it keeps as an int64, the low 64 bits for the rest. */
function int64(quantity: Quantity, scale: number): bigint {
	const value = scaledValue(quantity, scale);
	if (value <= maxValue && value >= -maxValue - 1n) return value;
	return quantity.small ? 0n : BigInt.asIntN(64, value);
}

export const signOf = ({digits}: Quantity): -1 | 0 | 1 => (digits > 0n ? 1 : digits < 0n ? -1 : 0);

export function compareQuantities(a: Quantity, b: Quantity): -1 | 0 | 1 {
	const scale = Math.min(a.exponent, b.exponent);
	const [x, y] = [scaledValue(a, scale), scaledValue(b, scale)];
	return x < y ? -1 : x > y ? 1 : 0;
}

/** The sum keeps the format of the first, or of the second while the first is zero. */
export function addQuantities(a: Quantity, b: Quantity): Quantity {
	const scale = Math.min(a.exponent, b.exponent);
	return {digits: scaledValue(a, scale) + scaledValue(b, scale), exponent: scale, format: a.digits === 0n ? b.format : a.format};
}

export function subtractQuantities(a: Quantity, b: Quantity): Quantity {
	const scale = Math.min(a.exponent, b.exponent);
	return {digits: scaledValue(a, scale) - scaledValue(b, scale), exponent: scale, format: a.digits === 0n ? b.format : a.format};
}

/** The canonical form: no fraction, the largest suffix that allows it. */
export function printQuantity(quantity: Quantity): string {
	const {digits, exponent, format, text} = quantity;
	if (text !== undefined) return text;
	if (digits === 0n) return '0';
	if (format === 'BinarySI') {
		const value = scaledValue(quantity, 0);
		const whole = exponent >= 0 || digits % 10n ** BigInt(-exponent) === 0n;
		if (whole && (value <= -1024n || value >= 1024n)) return printBinary(value);
		return printDecimal(digits, exponent, 'DecimalSI');
	}

	return printDecimal(digits, exponent, format);
}

function printBinary(value: bigint): string {
	let suffix = 0;
	let rest = value;
	while (suffix < binarySuffixes.length - 1 && rest !== 0n && rest % 1024n === 0n) {
		rest /= 1024n;
		suffix++;
	}

	return `${rest}${binarySuffixes[suffix]}`;
}

function printDecimal(digits: bigint, exponent: number, format: Format): string {
	let value = digits;
	let power = exponent;
	while (value % 10n === 0n) {
		value /= 10n;
		power++;
	}

	// Exponents are multiples of three; DecimalSI has names up to 10^18 only.
	const max = format === 'DecimalSI' ? 18 : Number.POSITIVE_INFINITY;
	let target = Math.min(Math.floor(power / 3) * 3, max);
	if (format === 'DecimalSI') target = Math.max(target, -9);
	const shown = value * 10n ** BigInt(power - target);
	if (format === 'DecimalSI') return `${shown}${decimalNames.get(target)}`;
	return target === 0 ? `${shown}` : `${shown}e${target}`;
}

/** Canonical text of a quantity as written; what cannot be parsed stays. */
export function canonical(text: string | number): string {
	try {
		const {digits, exponent, format} = parseQuantity(String(text));
		return printQuantity({digits, exponent, format});
	} catch {
		return String(text);
	}
}
