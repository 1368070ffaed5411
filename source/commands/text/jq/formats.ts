import {isList, JqError, print, typeOf, type Value} from './value.js';

const textOf = (value: Value): string => (typeof value === 'string' ? value : print(value));

const escaped = (text: string, table: Readonly<Record<string, string>>): string => [...text].map(char => table[char] ?? char).join('');
const html = {'<': '&lt;', '>': '&gt;', '&': '&amp;', "'": '&#39;', '"': '&quot;'};

function row(name: string, value: Value, cell: (text: string) => string, separator: string): string {
	if (!isList(value))
		throw new JqError(`${typeOf(value)} (${print(value).slice(0, 11)}) cannot be ${name}-formatted, only an array can be`);
	return value
		.map(each => {
			if (typeof each === 'string') return cell(each);
			if (each === null) return '';
			if (typeof each === 'object') throw new JqError(`${typeOf(each)} (${print(each)}) is not valid in a ${name} row`);
			return String(each);
		})
		.join(separator);
}

/** What `@name` makes of a value. */
export const formats: Readonly<Record<string, (value: Value) => string>> = {
	'@text': textOf,
	'@json': value => print(value),
	'@html': value => escaped(textOf(value), html),
	'@uri': value =>
		[...new TextEncoder().encode(textOf(value))]
			.map(byte =>
				/[\w.~-]/.test(String.fromCharCode(byte)) && byte < 128
					? String.fromCharCode(byte)
					: `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
			)
			.join(''),
	'@csv': value => row('csv', value, text => `"${text.replaceAll('"', '""')}"`, ','),
	'@tsv': value => row('tsv', value, text => escaped(text, {'\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r'}), '\t'),
	'@sh'(value) {
		return (isList(value) ? value : [value])
			.map(each => {
				if (typeof each === 'object' && each !== null) throw new JqError(`${typeOf(each)} (${print(each)}) can not be escaped for shell`);
				return typeof each === 'string' ? `'${each.replaceAll("'", "'\\''")}'` : print(each);
			})
			.join(' ');
	},
	'@base64': value => base64(new TextEncoder().encode(textOf(value))),
	'@base64d'(value) {
		const bytes = unbase64(textOf(value));
		if (!bytes) throw new JqError(`${typeOf(value)} (${print(value).slice(0, 11)}) is not valid base64 data`);
		return new TextDecoder().decode(bytes);
	},
};

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function base64(bytes: Uint8Array): string {
	let text = '';
	for (let at = 0; at < bytes.length; at += 3) {
		const [a = 0, b, c] = bytes.subarray(at, at + 3);
		const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
		text +=
			letters[bits >> 18]! +
			letters[(bits >> 12) & 63]! +
			(b === undefined ? '=' : letters[(bits >> 6) & 63]!) +
			(c === undefined ? '=' : letters[bits & 63]!);
	}

	return text;
}

function unbase64(text: string): Uint8Array | undefined {
	const plain = text.replace(/=+$/, '');
	if (/[^A-Za-z0-9+/]/.test(plain) || (plain.length % 4 === 1 && plain.length > 0)) return undefined;
	const bytes: number[] = [];
	let [bits, held] = [0, 0];
	for (const char of plain) {
		bits = ((bits << 6) | letters.indexOf(char)) & 0xff_ffff;
		held += 6;
		if (held < 8) continue;
		held -= 8;
		bytes.push((bits >> held) & 255);
	}

	return Uint8Array.from(bytes);
}
