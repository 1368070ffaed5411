import {type HttpAnswer, httpDate, type HttpRequest, lengthOf} from '../../http/answer.js';

type Header = readonly [name: string, value: string];

/** Go's words where they are not those of nginx. */
const texts: Readonly<Record<number, string>> = {
	302: 'Found',
	405: 'Method Not Allowed',
	412: 'Precondition Failed',
	417: 'Expectation Failed',
	503: 'Service Unavailable',
	504: 'Gateway Timeout',
};

const notFoundStatus = 404;

/** An answer in the order of Go's net/http: what the handler set, sorted; then date, length and the type it was found to have. */
export function goAnswer(
	nowMs: number,
	body: string,
	{status = 200, headers = []}: {status?: number; headers?: readonly Header[]} = {},
): HttpAnswer {
	const typed = headers.some(([name]) => name === 'Content-Type');
	const text = status === notFoundStatus ? 'Not Found' : texts[status];
	return {
		status,
		...(text !== undefined && {statusText: text}),
		headers: [
			...headers.toSorted(([a], [b]) => (a < b ? -1 : 1)),
			['Date', httpDate(nowMs)],
			['Content-Length', lengthOf(body)],
			...(typed || body === '' ? [] : [['Content-Type', 'text/plain; charset=utf-8'] as const]),
		],
		body,
	};
}

/** `http.Error`. */
export const goError = (nowMs: number, message: string, status: number): HttpAnswer =>
	goAnswer(nowMs, `${message}\n`, {
		status,
		headers: [
			['Content-Type', 'text/plain; charset=utf-8'],
			['X-Content-Type-Options', 'nosniff'],
		],
	});

export const goNotFound = (nowMs: number): HttpAnswer => goError(nowMs, '404 page not found', notFoundStatus);

/** `http.Redirect`: a browser that does not follow is shown a link. */
export function goRedirect(nowMs: number, request: HttpRequest, location: string, status: number): HttpAnswer {
	const shown = location.replaceAll('&', '&amp;').replaceAll('"', '&#34;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
	const title = {301: 'Moved Permanently', 307: 'Temporary Redirect', 308: 'Permanent Redirect'}[status] ?? texts[status] ?? '';
	const linked = request.method === 'GET' || request.method === 'HEAD';
	return goAnswer(nowMs, linked ? `<a href="${shown}">${title}</a>.\n\n` : '', {
		status,
		headers: [...(linked ? [['Content-Type', 'text/html; charset=utf-8'] as const] : []), ['Location', location]],
	});
}
