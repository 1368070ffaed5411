import type {HttpRequest} from '../../http/answer.js';

export interface NginxRequest extends HttpRequest {
	/** `$request`: the request line as it came. */
	readonly line: string;
	/** `$request_uri`: as it came, not decoded. */
	readonly target: string;
	readonly version: '0.9' | '1.0' | '1.1';
	/** In the order and spelling of the client. */
	readonly fields: ReadonlyArray<readonly [name: string, value: string]>;
	/** Bytes up to the body. */
	readonly headLength: number;
}

/** Why nginx answers without looking at any location. 494 and 497 are shown as 400 with a text of their own. */
export interface Refusal {
	readonly status: 400 | 405 | 414 | 494 | 501 | 505;
	readonly line: string;
	/** What had been read; for the log. */
	readonly method: string;
	readonly headers: Readonly<Record<string, string>>;
	/** A line of HTTP/0.9. */
	readonly old: boolean;
}

export interface HeadLimits {
	/** `large_client_header_buffers 4 8k` */
	readonly buffers: number;
	readonly bufferSize: number;
	readonly underscores: boolean;
}

export const defaultLimits: HeadLimits = {buffers: 4, bufferSize: 8192, underscores: false};

/** Of a request that could not be read, only the line is known; the connection ends with it. */
export const unreadRequest = ({line, method, headers, old}: Refusal): NginxRequest => ({
	line,
	target: '',
	method,
	path: '/',
	query: '',
	version: old ? '0.9' : '1.1',
	headers: {...headers, connection: 'close'},
	fields: [],
	headLength: 0,
	body: '',
});

/** Headers of which a second one is refused. */
const single = new Set(['host', 'content-length', 'if-modified-since', 'user-agent', 'referer', 'range', 'authorization']);

/** Reads a request line and its headers by the rules of ngx_http_parse.c and ngx_http_request.c (1.25). */
export function readHead(
	received: string,
	limits: HeadLimits = defaultLimits,
): {readonly request: NginxRequest} | {readonly refused: Refusal} | {readonly incomplete: true} {
	// Empty lines in front count for nothing.
	const bytes = received.replace(/^[\r\n]+/, '');
	const lineEnd = bytes.indexOf('\n');
	const line = (lineEnd < 0 ? bytes : bytes.slice(0, lineEnd)).replace(/\r$/, '');
	const old = !/ HTTP\//.test(line) && /^[A-Z_-]+ +\/\S* *$/.test(line);
	const refuse = (status: Refusal['status'], headers: Refusal['headers'] = {}) => ({
		refused: {status, old, line: line.slice(0, limits.bufferSize), method: /^[A-Z_-]+/.exec(line)?.[0] ?? '', headers},
	});
	if (line.length > limits.bufferSize) return refuse(414);
	// A line that has not ended is waited for, as long as it can still become one.
	if (lineEnd < 0 && /^[A-Z_-]*( |$)/.test(line)) return {incomplete: true};
	const match = /^([A-Z_-]+) +(\S+) +HTTP\/(\d{1,3})\.(\d{1,3}) *$/.exec(line) ?? /^(GET) +(\S+) *$/.exec(line);
	if (!match || [...match[2]!].some(char => char < ' ' || char === '\u007F')) return refuse(400);
	const [, method = '', target = '', major = '0', minor = ''] = match;
	if (Number(major) > 1) return refuse(505);
	const {path, query, authority, bad} = splitTarget(target);
	if (bad) return refuse(400);
	if (minor === '')
		return {request: {line, method, target, path, query, version: '0.9', headers: {}, fields: [], headLength: lineEnd + 1, body: ''}};
	const end = endOfHead(bytes, lineEnd + 1);
	if (!end) return {incomplete: true};
	const read = readFields(bytes.slice(lineEnd + 1, end.fields), limits);
	if ('status' in read) return refuse(read.status, read.headers);
	const version = Number(minor) === 0 ? '1.0' : '1.1';
	const headers = authority === undefined ? read.headers : {...read.headers, host: authority};
	const wrong = contradiction(version, headers, method);
	if (wrong) return refuse(wrong, headers);
	return {
		request: {line, method, target, path, query, version, headers, fields: read.fields, headLength: end.body, body: bytes.slice(end.body)},
	};
}

/** `/path?query`, or a whole URL as a proxy gets it. */
function splitTarget(target: string): {path: string; query: string; authority?: string; bad?: boolean} {
	const absolute = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/([^/?#]+)(.*)$/.exec(target);
	const rest = absolute ? (absolute[2]!.startsWith('/') ? absolute[2]! : `/${absolute[2]}`) : target;
	if (!rest.startsWith('/')) return {path: '/', query: '', bad: true};
	const bare = rest.replace(/#.*$/, '');
	const mark = bare.indexOf('?');
	return {
		path: mark < 0 ? bare : bare.slice(0, mark),
		query: mark < 0 ? '' : bare.slice(mark + 1),
		...(absolute && {authority: absolute[1]!}),
	};
}

/** Lines may end in CRLF or LF alone. */
function endOfHead(bytes: string, from: number): {fields: number; body: number} | undefined {
	const found = /^\r?\n|\n\r?\n/.exec(bytes.slice(from)) ?? undefined;
	return found && {fields: from + found.index, body: from + found.index + found[0].length};
}

type Fields =
	| {readonly fields: Array<readonly [string, string]>; readonly headers: Record<string, string>}
	| {readonly status: 400 | 494; readonly headers: Record<string, string>};

function readFields(text: string, limits: HeadLimits): Fields {
	const fields: Array<readonly [string, string]> = [];
	const headers: Record<string, string> = {};
	if (text.length > limits.buffers * limits.bufferSize) return {status: 494, headers};
	for (const line of text === '' ? [] : text.split(/\r?\n/)) {
		if (line.length > limits.bufferSize) return {status: 494, headers};
		const colon = line.indexOf(':');
		const name = colon < 0 ? line : line.slice(0, colon);
		if (colon === 0 || /[\0-\u0020\u007F]/.test(name)) return {status: 400, headers};
		const value = line.slice(colon + 1).trim();
		if (value.includes('\0')) return {status: 400, headers};
		const key = name.toLowerCase();
		// ignore_invalid_headers: a name of other characters is dropped, and so is one with an underscore unless allowed.
		if (colon < 0 || !(limits.underscores ? /^[a-z0-9_-]+$/ : /^[a-z0-9-]+$/).test(key)) continue;
		if (key in headers && single.has(key)) return {status: 400, headers};
		fields.push([name, value]);
		headers[key] = key in headers ? `${headers[key]}${key === 'cookie' ? '; ' : ', '}${value}` : value;
	}

	return {fields, headers};
}

function contradiction(version: string, headers: Readonly<Record<string, string>>, method: string): Refusal['status'] | undefined {
	const {host, 'content-length': length, 'transfer-encoding': encoding} = headers;
	if (host === undefined ? version === '1.1' : !isHost(host)) return 400;
	if (length !== undefined && !/^\d{1,18}$/.test(length)) return 400;
	if (encoding !== undefined) {
		if (version === '1.0' || length !== undefined) return 400;
		if (encoding.toLowerCase() !== 'chunked') return 501;
	}

	return method === 'TRACE' || method === 'CONNECT' ? 405 : undefined;
}

/** ngx_http_validate_host */
function isHost(host: string): boolean {
	if (host === '' || host.startsWith(':') || /[\0-\u0020/\u007F]/.test(host)) return false;
	const name = hostName(host);
	return name !== '' && !name.includes('..');
}

/** `$host`: lower case, without port and last dot. */
export const hostName = (host: string): string =>
	(host.startsWith('[') ? host.replace(/\].*$/, ']') : host.split(':')[0]!).toLowerCase().replace(/\.$/, '');

/** The body as it is meant, chunks joined, and what comes behind it. Undefined while some of it is still to come. */
export function wholeBody({headers, body}: NginxRequest): {readonly body: string; readonly rest: string} | 'broken' | undefined {
	if (headers['transfer-encoding'] === undefined) {
		const length = Number(headers['content-length'] ?? 0);
		return body.length < length ? undefined : {body: body.slice(0, length), rest: body.slice(length)};
	}

	const chunks = readChunks(body);
	return typeof chunks !== 'object' ? chunks : {body: chunks.text, rest: body.slice(chunks.end)};
}

/** Undefined when the last chunk is not there. */
export function joinChunks(text: string): string | undefined {
	const chunks = readChunks(text);
	return typeof chunks === 'object' ? chunks.text : undefined;
}

function readChunks(text: string): {readonly text: string; readonly end: number} | 'broken' | undefined {
	let joined = '';
	for (let at = 0; ; ) {
		const end = text.indexOf('\r\n', at);
		if (end < 0) return undefined;
		const size = Number.parseInt(text.slice(at, end), 16);
		if (Number.isNaN(size)) return 'broken';
		if (size === 0) {
			const last = text.indexOf('\r\n\r\n', end);
			return {text: joined, end: last < 0 ? text.length : last + 4};
		}

		if (end + 2 + size > text.length) return undefined;
		joined += text.slice(end + 2, end + 2 + size);
		at = end + 4 + size;
	}
}
