import {base64, type HttpUrl, toBytes} from '../http/message.js';
import type {CurlOptions, HttpProxy} from './options.js';
import {netrcAccount} from './netrc.js';
import {proxyAuthorization} from './proxy.js';

export interface CurlRequest {
	readonly method: string;
	/** Bytes on the wire. */
	readonly bytes: string;
	/** The request line and headers, as `-v` shows them. */
	readonly lines: readonly string[];
	readonly bodyLength: number;
}

export const userAgent = 'curl/7.88.1';
export const libraryVersion = 'libcurl/7.88.1 OpenSSL/3.0.17 zlib/1.2.13';

/** The request for one URL. `redirected`: a POST has become a GET. */
export function buildRequest(
	url: HttpUrl,
	options: CurlOptions,
	body: string | undefined,
	cookies: string,
	redirected: boolean,
	rest: {readonly proxy?: HttpProxy | undefined; readonly boundary?: string | undefined; readonly resumeFrom?: number | undefined} = {},
): CurlRequest {
	const {proxy, boundary, resumeFrom} = rest;
	const {flags, values} = options;
	const payload = redirected ? undefined : body;
	const method = (redirected ? undefined : values.get('request')) ?? methodOf(flags, payload, values.has('upload-file') && !redirected);
	const own = new Map<string, string>();
	const removed = new Set<string>();
	const custom = options.headers.flatMap(header => {
		const name = header.split(/[:;]/)[0]!.trim().toLowerCase();
		if (/^[^:]+:\s*$/.test(header)) removed.add(name);
		else if (header.endsWith(';')) return [`${header.slice(0, -1)}:`];
		else if (!header.includes(':')) return [];
		else own.set(name, header.slice(header.indexOf(':') + 1).trim());
		return header.endsWith(':') || own.get(name) === undefined ? [] : [header];
	});
	const skip = (name: string) => own.has(name) || removed.has(name);
	const user = accountFor(url, options);
	const defaultPort = url.scheme === 'https' ? 443 : 80;
	const place = url.port === defaultPort ? url.host : `${url.host}:${url.port}`;
	const host = own.get('host') ?? place;
	const through = proxy && !proxy.tunnel ? proxy : undefined;
	const path = through ? `${url.scheme}://${place}${url.path}` : url.path;
	const lines = [`${method} ${values.get('request-target') ?? path} HTTP/${flags.has('http1.0') ? '1.0' : '1.1'}`];
	const add = (name: string, value: string | undefined) => {
		if (value !== undefined && value !== '' && !skip(name.toLowerCase())) lines.push(`${name}: ${value}`);
	};

	if (!removed.has('host')) lines.push(`Host: ${host}`);
	if (through) add('Proxy-Authorization', proxyAuthorization(through));
	// With --digest the first request asks without: the server says what it wants.
	if (user !== undefined && !flags.has('digest')) add('Authorization', `Basic ${base64(toBytes(user.includes(':') ? user : `${user}:`))}`);
	if (values.has('oauth2-bearer')) add('Authorization', `Bearer ${values.get('oauth2-bearer')}`);
	const range = resumeFrom ? `${resumeFrom}-` : values.get('range');
	if (range !== undefined && !values.has('upload-file')) add('Range', `bytes=${range}`);
	add('User-Agent', values.get('user-agent') ?? userAgent);
	const json = options.data.some(({kind}) => kind === 'json');
	if (json) add('Content-Type', 'application/json');
	add('Accept', json ? 'application/json' : '*/*');
	// No server here compresses, so that there is nothing to unpack.
	if (options.flags.has('compressed')) add('Accept-Encoding', 'deflate, gzip, br, zstd');
	add('Referer', values.get('referer'));
	if (through) add('Proxy-Connection', 'Keep-Alive');
	add('Cookie', cookies);
	lines.push(...custom.filter(header => !/^host:/i.test(header)));
	if (payload !== undefined) {
		add('Content-Length', String(payload.length));
		if (boundary !== undefined) add('Content-Type', `multipart/form-data; boundary=${boundary}`);
		else if (!values.has('upload-file') && !json) add('Content-Type', 'application/x-www-form-urlencoded');
	}

	return {method, bytes: `${lines.join('\r\n')}\r\n\r\n${payload ?? ''}`, lines, bodyLength: payload?.length ?? 0};
}

/** `-u`, the URL, or --netrc, which with --netrc-optional comes last. */
export function accountFor(url: HttpUrl, {flags, values, netrc}: CurlOptions): string | undefined {
	const found = netrc === undefined ? undefined : netrcAccount(netrc, url.host);
	const listed = found && `${found.login ?? ''}:${found.password ?? ''}`;
	const given = values.get('user') ?? (url.user && decoded(url.user));
	return flags.has('netrc') && !values.has('user') ? (listed ?? given) : (given ?? listed);
}

/** Of the URL only; what is no escape stays. */
const decoded = (user: string): string =>
	user.replaceAll(/(?:%[\da-f]{2})+/gi, escaped => {
		try {
			return decodeURIComponent(escaped);
		} catch {
			return escaped;
		}
	});

function methodOf(flags: ReadonlySet<string>, body: string | undefined, upload: boolean): string {
	if (flags.has('head')) return 'HEAD';
	if (upload) return 'PUT';
	return body === undefined ? 'GET' : 'POST';
}

/** The body of `-d` and its kin in bytes; `read` gives a file's text. */
export function bodyOf(options: CurlOptions, read: (path: string) => string): string | undefined {
	if (options.data.length === 0) return undefined;
	const parts = options.data.map(({kind, value}) => {
		if (kind === 'data-raw') return toBytes(value);
		if (kind === 'data-urlencode') return urlEncoded(value, read);
		if (!value.startsWith('@')) return toBytes(value);
		const text = read(value.slice(1));
		return toBytes(kind === 'data-binary' || kind === 'json' ? text : text.replaceAll(/[\r\n]/g, ''));
	});
	return parts.join(options.data.some(({kind}) => kind === 'json') ? '' : '&');
}

function urlEncoded(value: string, read: (path: string) => string): string {
	const match = /^([^=@]*)([=@])(.*)$/s.exec(value);
	const encode = (text: string) =>
		encodeURIComponent(text)
			.replaceAll('%20', '+')
			.replaceAll(/[!'()*]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
	if (!match) return encode(value);
	const content = match[2] === '@' ? read(match[3]!) : match[3]!;
	return match[1] ? `${match[1]}=${encode(content)}` : encode(content);
}
