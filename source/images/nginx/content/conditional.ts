import {fromWire, toWire} from '../../http/bytes.js';

type Headers = Readonly<Record<string, string>>;

interface Stand {
	readonly etag: string;
	/** `Last-Modified` */
	readonly modified: string;
}

const lists = (header: string, etag: string): boolean =>
	header.trim() === '*' ||
	header
		.split(',')
		.map(each => each.trim().replace(/^W\//, ''))
		.includes(etag);

/** Models ngx_http_not_modified_header_filter with `if_modified_since exact`. */
export function conditional(headers: Headers, {etag, modified}: Stand): 304 | 412 | undefined {
	const header = (name: string) => headers[name];
	const [unmodifiedSince, match] = [header('if-unmodified-since'), header('if-match')];
	if (unmodifiedSince !== undefined && isBefore(unmodifiedSince, modified)) return 412;
	if (match !== undefined && !lists(match, etag)) return 412;
	const [modifiedSince, noneMatch] = [header('if-modified-since'), header('if-none-match')];
	if (modifiedSince === undefined && noneMatch === undefined) return undefined;
	if (modifiedSince !== undefined && modifiedSince !== modified) return undefined;
	return noneMatch !== undefined && !lists(noneMatch, etag) ? undefined : 304;
}

/** An HTTP date in an order that text can be compared by. */
const sortable = (date: string): string => {
	const [, day = '', month = '', year = '', time = ''] = /^\w{3}, (\d\d) (\w{3}) (\d{4}) ([\d:]{8})/.exec(date) ?? [];
	return `${year}${String('JanFebMarAprMayJunJulAugSepOctNovDec'.indexOf(month) / 3).padStart(2, '0')}${day}${time}`;
};
const isBefore = (one: string, other: string): boolean => sortable(one) < sortable(other);

interface Whole extends Stand {
	readonly type: string;
	readonly size: number;
	read(): string;
}

interface Part {
	readonly type: string;
	readonly body: string;
	/** `bytes 0-4/612`; several ranges say it in each part. */
	readonly range?: string;
}

/** `Range: bytes=0-99,-5` (ngx_http_range_filter_module.c): undefined when all of it is to be sent. */
export function partOf(headers: Headers, {etag, modified, type, size, read}: Whole): Part | {readonly unsatisfiable: true} | undefined {
	const {range, 'if-range': ifRange} = headers;
	if (range === undefined || !/^bytes=./i.test(range)) return undefined;
	if (ifRange !== undefined && ifRange !== etag && ifRange !== modified) return undefined;
	const ranges = readRanges(range.slice('bytes='.length), size);
	if (ranges.length === 0) return {unsatisfiable: true};
	// Together more than the whole: the whole is sent.
	if (ranges.reduce((sum, [from, to]) => sum + to - from + 1, 0) > size) return undefined;
	const bytes = toWire(read());
	const cut = ([from, to]: readonly [number, number]) => bytes.slice(from, to + 1);
	const told = ([from, to]: readonly [number, number]) => `bytes ${from}-${to}/${size}`;
	if (ranges.length === 1) return {type, body: fromWire(cut(ranges[0]!)), range: told(ranges[0]!)};
	const boundary = '00000000000000000001';
	const parts = ranges.map(each => `\r\n--${boundary}\r\nContent-Type: ${type}\r\nContent-Range: ${told(each)}\r\n\r\n${cut(each)}`);
	return {type: `multipart/byteranges; boundary=${boundary}`, body: fromWire(`${parts.join('')}\r\n--${boundary}--\r\n`)};
}

/** First and last byte of each; what begins behind the end or cannot be read counts for nothing. */
function readRanges(text: string, size: number): Array<readonly [number, number]> {
	return text.split(',').flatMap(each => {
		const match = /^\s*(\d*)\s*-\s*(\d*)\s*$/.exec(each);
		if (!match || (match[1] === '' && match[2] === '')) return [];
		const [from, to] =
			match[1] === ''
				? [Math.max(0, size - Number(match[2])), size - 1]
				: [Number(match[1]), match[2] === '' ? size - 1 : Number(match[2])];
		return from > to || from >= size ? [] : [[from, Math.min(to, size - 1)] as const];
	});
}
