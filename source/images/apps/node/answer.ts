import {createHash} from 'node:crypto';
import {type HttpAnswer, httpDate, lengthOf} from '../../http/answer.js';
import {toWire} from '../../http/bytes.js';

type Header = readonly [name: string, value: string];

const chunk = (text: string): string => (text === '' ? '' : `${toWire(text).length.toString(16)}\r\n${text}\r\n`);

/** `response.write` and `response.end` of Node's http: it does not know how long all of it will be. */
export const chunkedAnswer = (
	nowMs: number,
	pieces: readonly string[],
	headers: readonly Header[],
	after: readonly Header[] = [],
): HttpAnswer => ({
	status: 200,
	headers: [...headers, ['Date', httpDate(nowMs)], ['Connection', 'keep-alive'], ...after, ['Transfer-Encoding', 'chunked']],
	body: `${pieces.map(chunk).join('')}0\r\n\r\n`,
});

/** `response.send` of Express. */
export const expressAnswer = (nowMs: number, body: string, type: string, status = 200): HttpAnswer => ({
	status,
	headers: [
		['X-Powered-By', 'Express'],
		['Content-Type', `${type}; charset=utf-8`],
		['Content-Length', lengthOf(body)],
		['ETag', etagOf(body)],
		['Date', httpDate(nowMs)],
		['Connection', 'keep-alive'],
		['Keep-Alive', 'timeout=5'],
	],
	body,
});

const etagLength = 27;

/** Weak, as the package etag makes it: the length, and the beginning of a digest. */
export function etagOf(body: string): string {
	const bytes = Buffer.from(body, 'utf8');
	return `W/"${bytes.length.toString(16)}-${createHash('sha1').update(bytes).digest('base64').slice(0, etagLength)}"`;
}
