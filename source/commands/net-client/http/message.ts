/** One HTTP/1.1 answer. Bytes are latin-1 text. */
export interface HttpResponse {
	readonly version: string;
	readonly status: number;
	readonly reason: string;
	/** In order, names as sent. */
	readonly headers: ReadonlyArray<readonly [name: string, value: string]>;
	/** The status line and headers as they came, with the blank line. */
	readonly head: string;
	readonly body: string;
	/** Bytes of a body that was announced and did not come. */
	readonly missing: number;
}

export const headerOf = ({headers}: Pick<HttpResponse, 'headers'>, name: string): string | undefined =>
	headers.find(([own]) => own.toLowerCase() === name.toLowerCase())?.[1];

/** Undefined when the bytes do not begin as an HTTP answer. */
export function parseHttpResponse(bytes: string, headOnly = false): HttpResponse | undefined {
	const end = bytes.indexOf('\r\n\r\n');
	const head = end < 0 ? bytes : bytes.slice(0, end + 4);
	const [line = '', ...rows] = head.replace(/\r\n\r\n$/, '').split('\r\n');
	const match = /^HTTP\/(\d(?:\.\d)?) (\d{3}) ?(.*)$/.exec(line);
	if (!match) return undefined;
	const headers = rows.filter(Boolean).map(row => [row.slice(0, row.indexOf(':')), row.slice(row.indexOf(':') + 1).trim()] as const);
	const status = Number(match[2]);
	const shape = {version: match[1]!, status, reason: match[3]!, headers, head};
	const rest = end < 0 ? '' : bytes.slice(end + 4);
	// The answer proper is still to come.
	if (status === 100 && rest !== '') return parseHttpResponse(rest, headOnly);
	if (headOnly || status === 204 || status === 304 || status < 200) return {...shape, body: '', missing: 0};
	const find = (name: string) => headerOf({headers}, name);
	if (find('transfer-encoding')?.toLowerCase() === 'chunked') return {...shape, body: joinChunks(rest), missing: 0};
	const length = find('content-length');
	if (length === undefined) return {...shape, body: rest, missing: 0};
	return {...shape, body: rest.slice(0, Number(length)), missing: Math.max(0, Number(length) - rest.length)};
}

function joinChunks(text: string): string {
	let body = '';
	for (let at = 0; at < text.length; ) {
		const end = text.indexOf('\r\n', at);
		const size = Number.parseInt(text.slice(at, end), 16);
		if (end < 0 || !(size > 0)) break;
		body += text.slice(end + 2, end + 2 + size);
		at = end + 2 + size + 2;
	}

	return body;
}

export interface HttpUrl {
	readonly scheme: string;
	readonly user?: string;
	readonly host: string;
	readonly port: number;
	/** True when the port stands in the URL. */
	readonly portGiven: boolean;
	/** Path with query, `/` at least. */
	readonly path: string;
}

const defaultPorts: Readonly<Record<string, number>> = {http: 80, https: 443};

/** Undefined when it is none. A URL without scheme is an http one. */
export function parseUrl(text: string): HttpUrl | undefined {
	const match = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:([^/?#@]*)@)?(\[[0-9a-fA-F:]+\]|[^/?#:@\s]*)(?::(\d*))?([/?][^#\s]*)?(?:#.*)?$/i.exec(
		text,
	);
	const host = match?.[3];
	// `http:` is no host with an empty port.
	if (!match || !host || (match[1] === undefined && /^[a-z][a-z0-9+.-]*:\/\//i.test(text))) return undefined;
	const scheme = (match[1] ?? 'http').toLowerCase();
	const port = match[4] ? Number(match[4]) : (defaultPorts[scheme] ?? 0);
	if (port > 65_535) return undefined;
	const path = match[5] ?? '/';
	return {
		scheme,
		...(match[2] !== undefined && {user: match[2]}),
		host: host.replace(/^\[|\]$/g, '').toLowerCase() === host.toLowerCase() ? host : host.replace(/^\[|\]$/g, ''),
		port,
		portGiven: Boolean(match[4]),
		path: path.startsWith('/') ? path : `/${path}`,
	};
}

/** Where a Location header leads, seen from `base`. */
export function resolveUrl(base: HttpUrl, location: string): string {
	if (/^[a-z][a-z0-9+.-]*:\/\//i.test(location)) return location;
	if (location.startsWith('//')) return `${base.scheme}:${location}`;
	const origin = `${base.scheme}://${base.host}${base.portGiven ? `:${base.port}` : ''}`;
	if (location.startsWith('/')) return origin + location;
	return origin + base.path.replace(/[?].*$/, '').replace(/[^/]*$/, '') + location;
}

export const base64 = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('base64');
/** What a terminal shows is text; what travels is bytes. */
export const toBytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
export const toText = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8');
