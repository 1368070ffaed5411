import {base64, base64Text} from '../../../api/values/base64.js';
import type {GoFunction} from '../../go-template/functions.js';
import {isNil} from '../../go-template/go-value.js';
import {goQuote} from '../../kubectl/output/go-syntax.js';
import {fail, toInt, toText, toTexts} from './cast.js';

type Table = Readonly<Record<string, GoFunction>>;

const trimSet = (set: string, text: string, left: boolean, right: boolean): string => {
	let from = 0;
	let to = text.length;
	while (left && from < to && set.includes(text[from]!)) from++;
	while (right && to > from && set.includes(text[to - 1]!)) to--;
	return text.slice(from, to);
};

const indent = (by: bigint, text: string): string => {
	const pad = ' '.repeat(Math.max(0, Math.min(1000, Number(by))));
	return pad + text.replaceAll('\n', `\n${pad}`);
};

const repeatMax = 1_000_000;
const repeat = (count: bigint, text: string): string =>
	count < 0n
		? fail('strings: negative Repeat count')
		: Number(count) * text.length > repeatMax
			? fail('kubelab: not simulated: a text of this length')
			: text.repeat(Number(count));

const truncate = (length: bigint, text: string): string => {
	const most = Number(length);
	if (most < 0) return text.length + most > 0 ? text.slice(text.length + most) : text;
	return text.slice(0, most);
};

const substring = (from: bigint, to: bigint, text: string): string => {
	const [start, end] = [Number(from), Number(to)];
	if (start < 0) return text.slice(0, Math.max(0, end));
	return end < 0 || end > text.length ? text.slice(start) : text.slice(start, end);
};

const abbreviate = (width: number, text: string): string => (width < 4 || text.length <= width ? text : `${text.slice(0, width - 3)}...`);

/** Words of a name in any case (github.com/huandu/xstrings). */
const wordsOf = (text: string): string[] =>
	text
		.replace(/([a-z\d])([A-Z])/g, '$1 $2')
		.replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
		.split(/[\s_.-]+/)
		.filter(Boolean);
const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);

function wrap(length: number, text: string, by: string): string {
	const lines: string[] = [];
	let line = '';
	for (const word of text.trim().split(/\s+/)) {
		if (line !== '' && line.length + 1 + word.length > length) {
			lines.push(line);
			line = word;
		} else line = line === '' ? word : `${line} ${word}`;
	}

	return [...lines, line].join(by);
}

const splitMap = (parts: readonly string[]) => Object.fromEntries(parts.map((part, at) => [`_${at}`, part]));

/** strings.SplitN. */
function splitAtMost(by: string, count: number, text: string): string[] {
	const parts = text.split(by);
	if (count < 0 || parts.length <= count) return parts;
	return count === 0 ? [] : [...parts.slice(0, count - 1), parts.slice(count - 1).join(by)];
}

const base32Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
function base32(text: string): string {
	let bits = '';
	for (const byte of new TextEncoder().encode(text)) bits += byte.toString(2).padStart(8, '0');
	const out = (bits.match(/.{1,5}/g) ?? []).map(five => base32Alphabet[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
	return out.padEnd(Math.ceil(out.length / 8) * 8, '=');
}

function fromBase32(text: string): string {
	if (/[^A-Z2-7=]/.test(text)) return `illegal base32 data at input byte ${text.search(/[^A-Z2-7=]/)}`;
	const bits = [...text.replaceAll('=', '')].map(char => base32Alphabet.indexOf(char).toString(2).padStart(5, '0')).join('');
	return new TextDecoder().decode(Uint8Array.from((bits.match(/.{8}/g) ?? []).map(byte => Number.parseInt(byte, 2))));
}

function fromBase64(text: string): string {
	const plain = text.replace(/[\r\n]/g, '');
	const bad = plain.search(/[^A-Za-z0-9+/=]/);
	if (bad !== -1) return `illegal base64 data at input byte ${bad}`;
	return plain.length % 4 === 0 ? base64Text(plain) : `illegal base64 data at input byte ${plain.length - (plain.length % 4)}`;
}

/** http://masterminds.github.io/sprig/strings.html */
export const strings: Table = {
	upper: ['s', (text: string) => text.toUpperCase()],
	lower: ['s', (text: string) => text.toLowerCase()],
	title: [
		's',
		(text: string) =>
			text
				.replace(/(^|[\s_-])(\p{Ll})/gu, (_, before: string, char: string) => before + char.toUpperCase())
				.replace(/(_)(\p{Lu})/gu, '$1$2'),
	],
	untitle: ['s', (text: string) => text.replace(/(^|\s)(\p{Lu})/gu, (_, before: string, char: string) => before + char.toLowerCase())],
	trim: ['s', (text: string) => text.trim()],
	trimAll: ['ss', (set: string, text: string) => trimSet(set, text, true, true)],
	trimall: ['ss', (set: string, text: string) => trimSet(set, text, true, true)],
	trimPrefix: ['ss', (prefix: string, text: string) => (text.startsWith(prefix) ? text.slice(prefix.length) : text)],
	trimSuffix: ['ss', (suffix: string, text: string) => (suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text)],
	nospace: ['s', (text: string) => text.replace(/\s/g, '')],
	initials: ['s', (text: string) => (text.match(/\S+/g) ?? []).map(word => [...word][0]).join('')],
	swapcase: [
		's',
		(text: string) => [...text].map(char => (char === char.toUpperCase() ? char.toLowerCase() : char.toUpperCase())).join(''),
	],
	snakecase: ['s', (text: string) => wordsOf(text).join('_').toLowerCase()],
	kebabcase: ['s', (text: string) => wordsOf(text).join('-').toLowerCase()],
	camelcase: [
		's',
		(text: string) =>
			wordsOf(text.replace(/^_+/, ''))
				.map(word => capital(word.toLowerCase()))
				.join(''),
	],
	repeat: ['is', repeat],
	substr: ['iis', substring],
	trunc: ['is', truncate],
	abbrev: ['is', (width: bigint, text: string) => abbreviate(Number(width), text)],
	abbrevboth: [
		'iis',
		(left: bigint, right: bigint, text: string) =>
			right < 4n || (left > 0n && right < 7n)
				? text
				: left < 4n
					? abbreviate(Number(right), text)
					: `...${abbreviate(Number(right) - 3, text.slice(Number(left)))}`,
	],
	contains: ['ss', (part: string, text: string) => text.includes(part)],
	hasPrefix: ['ss', (part: string, text: string) => text.startsWith(part)],
	hasSuffix: ['ss', (part: string, text: string) => text.endsWith(part)],
	quote: [
		'a*',
		(...values) =>
			values
				.filter(value => !isNil(value))
				.map(value => goQuote(toText(value)))
				.join(' '),
	],
	squote: [
		'a*',
		(...values) =>
			values
				.filter(value => !isNil(value))
				.map(value => `'${toText(value)}'`)
				.join(' '),
	],
	cat: [
		'a*',
		(...values) =>
			values
				.filter(value => !isNil(value))
				.map(toText)
				.join(' '),
	],
	indent: ['is', indent],
	nindent: ['is', (by: bigint, text: string) => `\n${indent(by, text)}`],
	replace: ['sss', (old: string, by: string, text: string) => text.replaceAll(old, () => by)],
	plural: ['ssi', (one: string, many: string, count: bigint) => (count === 1n ? one : many)],
	wrap: ['is', (length: bigint, text: string) => wrap(Number(length), text, '\n')],
	wrapWith: ['iss', (length: bigint, by: string, text: string) => wrap(Number(length), text, by)],
	split: ['ss', (by: string, text: string) => splitMap(text.split(by))],
	splitn: ['sis', (by: string, count: bigint, text: string) => splitMap(splitAtMost(by, Number(count), text))],
	splitList: ['ss', (by: string, text: string) => text.split(by)],
	toStrings: ['a', (list: unknown) => toTexts(list)],
	toString: ['a', (value: unknown) => toText(value)] as GoFunction,
	join: ['sa', (by: string, list: unknown) => toTexts(list).join(by)],
	sortAlpha: ['a', (list: unknown) => (Array.isArray(list) ? toTexts(list).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)) : [toText(list)])],
	b64enc: ['s', (text: string) => base64(text)],
	b64dec: ['s', fromBase64],
	b32enc: ['s', base32],
	b32dec: ['s', fromBase32],
	base: ['s', (path: string) => (path === '' ? '.' : path.replace(/\/+$/, '').replace(/^.*\//s, '') || '/')],
	dir: ['s', (path: string) => cleanPath(path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : '')],
	clean: ['s', (path: string) => cleanPath(path)],
	ext: ['s', (path: string) => /\.[^./]*$/.exec(path)?.[0] ?? ''],
	isAbs: ['s', (path: string) => path.startsWith('/')],
	osBase: ['s', (path: string) => (path === '' ? '.' : path.replace(/\/+$/, '').replace(/^.*\//s, '') || '/')],
	osDir: ['s', (path: string) => cleanPath(path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : '')],
	osClean: ['s', (path: string) => cleanPath(path)],
	osExt: ['s', (path: string) => /\.[^./]*$/.exec(path)?.[0] ?? ''],
	osIsAbs: ['s', (path: string) => path.startsWith('/')],
	hello: ['', () => 'Hello!'],
	toDecimal: ['a', value => (/^[0-7]+$/.test(toText(value)) ? BigInt(`0o${toText(value)}`) : 0n)],
	int: ['a', toInt],
	int64: ['a', toInt],
	atoi: ['s', (text: string) => (/^[-+]?\d+$/.test(text) ? BigInt(text.replace(/^\+/, '')) : 0n)],
};

/** path.Clean */
export function cleanPath(path: string): string {
	const parts: string[] = [];
	const absolute = path.startsWith('/');
	for (const part of path.split('/')) {
		if (part === '' || part === '.') continue;
		if (part !== '..') parts.push(part);
		else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
		else if (!absolute) parts.push('..');
	}

	return (absolute ? '/' : '') + parts.join('/') || (absolute ? '/' : '.');
}
