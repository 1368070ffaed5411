import {gzipSync} from 'node:zlib';
import {isOn, setting, settings, sizeOf, word} from '../config/levels.js';
import type {Exchange, Header} from '../request/exchange.js';

interface Page {
	readonly status: number;
	readonly type: string | undefined;
	/** Undefined when nobody knows how long it becomes. */
	readonly length: number | undefined;
	readonly headers: readonly Header[];
}

/** What `gzip` has to do with a page (ngx_http_gzip_header_filter): nothing, it would pack it for another client, or it does for this one. */
export function gzipOf(exchange: Exchange, {status, type, length, headers}: Page): 'none' | 'could' | 'packs' {
	const {levels, request} = exchange;
	if (!isOn('gzip', levels) || ![200, 403, 404].includes(status) || headers.some(([name]) => name.toLowerCase() === 'content-encoding'))
		return 'none';
	if (length !== undefined && length < sizeOf(word('gzip_min_length', levels) ?? '20')!) return 'none';
	const types = ['text/html', ...settings('gzip_types', levels).flatMap(({args}) => args)];
	if (type === undefined || !(types.includes('*') || types.includes(type.split(';')[0]!))) return 'none';
	const version = word('gzip_http_version', levels) ?? '1.1';
	return accepts(request.headers['accept-encoding'] ?? '') && request.version >= version && passesProxies(exchange, headers)
		? 'packs'
		: 'could';
}

/** `gzip`, unless with a quality of nothing; a star is not understood. */
const accepts = (header: string): boolean =>
	header.split(',').some(each => {
		const [, quality] = /^\s*gzip\s*(?:;\s*q=([\d.]+))?\s*$/i.exec(each) ?? [];
		return /^\s*gzip\s*(;|$)/i.test(each) && (quality === undefined || Number(quality) > 0);
	});

/** `gzip_proxied`: for a client that says by `Via` that it is a proxy. */
function passesProxies({levels, request}: Exchange, headers: readonly Header[]): boolean {
	if (request.headers['via'] === undefined) return true;
	const when = setting('gzip_proxied', levels)?.args ?? ['off'];
	const has = (wanted: string, text = '') =>
		headers.some(([name, value]) => name.toLowerCase() === wanted && value.toLowerCase().includes(text));
	if (when.includes('off')) return false;
	return (
		when.includes('any') ||
		(when.includes('auth') && request.headers['authorization'] !== undefined) ||
		['no-cache', 'no-store', 'private'].some(word => when.includes(word) && has('cache-control', word)) ||
		(when.includes('no_etag') && !has('etag')) ||
		(when.includes('no_last_modified') && !has('last-modified'))
	);
}

export const packed = ({levels}: Exchange, body: string): string =>
	gzipSync(Buffer.from(body, 'latin1'), {level: Number(word('gzip_comp_level', levels) ?? 1)}).toString('latin1');

/** The packed page is another one: its ETag is weak, and no part of it can be asked for. */
export const packedHeaders = (headers: readonly Header[]): Header[] => [
	...headers
		.filter(([name]) => name.toLowerCase() !== 'accept-ranges')
		.map(([name, value]): Header => (name.toLowerCase() === 'etag' ? [name, value.replace(/^"/, 'W/"')] : [name, value])),
	['Content-Encoding', 'gzip'],
];
