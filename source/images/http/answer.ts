import type {ServiceAnswer} from '../../net/socket.js';
import type {HttpRequest} from '../kube-proxy/http.js';
import {httpDate, parseHttpRequest} from '../kube-proxy/http.js';
import {toWire} from './bytes.js';
import {nginxWords} from './status-words.js';

export {httpDate, type HttpRequest, parseHttpRequest};

const statusTexts: Readonly<Record<number, string>> = {...nginxWords, 418: "I'm a teapot"};

export interface HttpAnswer {
	readonly status: number;
	/** In the order in which the server sends them. */
	readonly headers: ReadonlyArray<readonly [name: string, value: string]>;
	/** UTF-16 text; sent as UTF-8. */
	readonly body: string;
	readonly statusText?: string;
	readonly delayMs?: number;
	/** Of a server that closes after each answer. */
	readonly version?: '1.0';
}

/** The bytes of an answer to `request`; the connection stays open as HTTP/1.1 has it. */
export function sendAnswer(request: HttpRequest | undefined, answer: HttpAnswer): ServiceAnswer {
	const lines = answer.headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
	const text = answer.statusText ?? statusTexts[answer.status] ?? 'Unknown';
	const body = request?.method === 'HEAD' || answer.status === 304 || answer.status === 204 ? '' : toWire(answer.body);
	const close = request?.headers['connection']?.toLowerCase() === 'close' || !request || answer.version === '1.0';
	return {
		bytes: `HTTP/${answer.version ?? '1.1'} ${answer.status} ${text}\r\n${lines}\r\n${body}`,
		end: close ? 'closed' : 'open',
		delayMs: answer.delayMs ?? 1,
	};
}

export const lengthOf = (body: string): string => String(toWire(body).length);

/** A plain Go-like text answer. */
export function textAnswer(
	request: HttpRequest | undefined,
	nowMs: number,
	body: string,
	status = 200,
	type = 'text/plain; charset=utf-8',
): ServiceAnswer {
	return sendAnswer(request, {
		status,
		headers: [
			['Date', httpDate(nowMs)],
			['Content-Length', lengthOf(body)],
			['Content-Type', type],
		],
		body,
		...(status === 404 && {statusText: 'Not Found'}),
	});
}
