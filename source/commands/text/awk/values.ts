/** Text that came from outside and looks like a number: it compares as one. */
export class NumericText {
	readonly text: string;
	readonly number: number;

	constructor(text: string) {
		this.text = text;
		this.number = toNumber(text);
	}
}

/** `undefined`: never set, both 0 and empty. */
export type Value = number | string | NumericText | undefined;

const leading = /^[ \t\n\r\f\v]*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/;
const whole = /^[ \t\n\r\f\v]*(?:[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[-+](?:inf|nan))[ \t\n\r\f\v]*$/i;
const unusual = /^\s*([-+])(inf|nan)\s*$/i;

function toNumber(text: string): number {
	const found = leading.exec(text);
	if (found) return Number(found[0]);
	const named = unusual.exec(text);
	if (!named) return 0;
	return named[2]!.toLowerCase() === 'nan' ? Number.NaN : named[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** A field, a line read, an argument: what a user gave. */
export const fromOutside = (text: string): Value => (whole.test(text) ? new NumericText(text) : text);

export function numberOf(value: Value): number {
	if (typeof value === 'number') return value;
	if (value === undefined) return 0;
	return typeof value === 'string' ? toNumber(value) : value.number;
}

/** `format` is CONVFMT or OFMT; whole numbers never need it. */
export function textOf(value: Value, format: (value: number) => string): string {
	if (typeof value === 'string') return value;
	if (value === undefined) return '';
	if (typeof value !== 'number') return value.text;
	if (Number.isInteger(value)) return Math.abs(value) < 1e15 ? String(value) : BigInt(value).toString();
	if (Number.isFinite(value)) return format(value);
	return Number.isNaN(value) ? '+nan' : value < 0 ? '-inf' : '+inf';
}

export function isTrue(value: Value): boolean {
	if (value === undefined) return false;
	return typeof value === 'string' ? value !== '' : numberOf(value) !== 0;
}

/** Negative, zero or positive. Numbers compare as numbers unless one side is text. */
export function compare(left: Value, right: Value, format: (value: number) => string): number {
	if (typeof left !== 'string' && typeof right !== 'string') return numberOf(left) - numberOf(right);
	const [one, two] = [textOf(left, format), textOf(right, format)];
	return one < two ? -1 : one > two ? 1 : 0;
}
