import {formatNumber, pad} from '../c-number.js';
import {AwkFatal} from './errors.js';
import {numberOf, type Value} from './values.js';

const directive = /%(?:(\d+)\$)?([-+ #0']*)(\*|\d+)?(?:\.(\*|-?\d+)?)?[hlL]*([a-zA-Z%])/gs;
const kinds = 'diouxXeEfFgGcs';

/** printf's text. `text` says how a value reads. */
export function formatText(format: string, values: readonly Value[], text: (value: Value) => string): string {
	let taken = 0;
	return format.replaceAll(directive, (whole, position, flags: string, widthText, precisionText, kind: string, offset: number) => {
		if (kind === '%') return '%';
		const next = (): Value => {
			if (taken < values.length) return values[taken++];
			const at = ' '.repeat(offset + 1);
			throw new AwkFatal(`not enough arguments to satisfy format string\n\t\`${format}'\n\t${at}^ ran out for this one`);
		};
		const size = (given: string | undefined) => (given === '*' ? Math.trunc(numberOf(next())) : Number(given ?? 0));
		const given = size(widthText);
		const width = Math.min(Math.abs(given), 65_536);
		const marks = given < 0 ? `${flags}-` : flags;
		const dotted = /\./.test(whole.slice(1 + flags.length + (widthText?.length ?? 0)));
		const chosen = dotted ? size(precisionText) : undefined;
		const precision = chosen !== undefined && chosen < 0 ? undefined : chosen;
		if (!kinds.includes(kind)) return whole;
		const value = position === undefined ? next() : values[Number(position) - 1];
		if (kind === 's') return pad(precision === undefined ? text(value) : [...text(value)].slice(0, precision).join(''), marks, width);
		if (kind === 'c') return pad(character(value), marks, width);
		return convertNumber(numberOf(value), kind, marks, width, precision);
	});
}

function convertNumber(number: number, kind: string, flags: string, width: number, precision: number | undefined): string {
	if (!Number.isFinite(number)) {
		const name = `${number < 0 ? '-' : '+'}${Number.isNaN(number) ? 'nan' : 'inf'}`;
		return pad(name, flags, width);
	}

	return formatNumber(number, kind, {flags, width, precision});
}

/** `%c`: the first character of a text, or the one with that number. */
function character(value: Value): string {
	if (typeof value === 'number') return String.fromCodePoint(Math.min(Math.max(0, Math.trunc(value)), 0x10ffff));
	const whole = typeof value === 'string' ? value : (value?.text ?? '');
	if (typeof value === 'object') return String.fromCodePoint(Math.min(Math.max(0, Math.trunc(value.number)), 0x10ffff));
	return [...whole][0] ?? '\0';
}
