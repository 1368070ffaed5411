import {strftime} from '../../sim/strftime.js';

export interface HttpRequest {
	readonly method: string;
	/** Without the query. */
	readonly path: string;
	readonly query: string;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

/** One HTTP/1.x request; undefined when the bytes are none. */
export function parseHttpRequest(bytes: string): HttpRequest | undefined {
	const end = bytes.indexOf('\r\n\r\n');
	const [line, ...fields] = (end < 0 ? bytes : bytes.slice(0, end)).split('\r\n');
	const match = /^([A-Z]+) (\S+) HTTP\/1\.[01]$/.exec(line ?? '');
	if (!match) return undefined;
	const headers: Record<string, string> = {};
	for (const field of fields) {
		const colon = field.indexOf(':');
		if (colon > 0) headers[field.slice(0, colon).toLowerCase()] = field.slice(colon + 1).trim();
	}

	const [path = '/', query = ''] = match[2]!.split('?');
	return {method: match[1]!, path, query, headers, body: end < 0 ? '' : bytes.slice(end + 4)};
}

const reasons: Readonly<Record<number, string>> = {
	200: 'OK',
	301: 'Moved Permanently',
	302: 'Found',
	400: 'Bad Request',
	404: 'Not Found',
	405: 'Method Not Allowed',
	503: 'Service Unavailable',
};

/** An answer in the shape of Go's net/http: the given headers, then Date and Content-Length. */
export function httpAnswer(
	nowMs: number,
	status: number,
	headers: Readonly<Record<string, string>>,
	body: string,
	headOnly = false,
): string {
	const fields = {...headers, Date: httpDate(nowMs), 'Content-Length': String(body.length)};
	const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
	return `HTTP/1.1 ${status} ${reasons[status] ?? 'Unknown'}\r\n${lines.join('')}\r\n${headOnly ? '' : body}`;
}

/** `Sat, 21 Nov 2026 09:00:00 GMT` */
export const httpDate = (ms: number): string => strftime('%a, %d %b %Y %T GMT', ms);
