import type {ServiceAnswer} from '../../net/socket.js';
import {type HttpRequest, httpDate, lengthOf, sendAnswer} from '../http/answer.js';

export type Headers = ReadonlyArray<readonly [string, string]>;

/** Go's names of statuses, where nginx has others. */
const goTexts: Readonly<Record<number, string>> = {
	202: 'Accepted',
	405: 'Method Not Allowed',
	409: 'Conflict',
	415: 'Unsupported Media Type',
};

export function json(request: HttpRequest, nowMs: number, body: unknown, status = 200, headers: Headers = []): ServiceAnswer {
	const text = typeof body === 'string' ? body : `${JSON.stringify(body)}\n`;
	const own = headers.some(([name]) => name === 'Content-Type') ? [] : ([['Content-Type', 'application/json; charset=utf-8']] as const);
	return sendAnswer(request, {
		status,
		statusText: goTexts[status],
		headers: [
			...own,
			['Docker-Distribution-Api-Version', 'registry/2.0'],
			...headers,
			['Date', httpDate(nowMs)],
			['Content-Length', lengthOf(text)],
		],
		body: text,
	});
}

/** An error of the distribution API. */
export const refusal = (
	request: HttpRequest,
	nowMs: number,
	status: number,
	code: string,
	message: string,
	detail?: unknown,
	headers?: Headers,
) => json(request, nowMs, {errors: [{code, message, ...(detail !== undefined && {detail})}]}, status, headers);
