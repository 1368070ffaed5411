import {isPretty, jsonText} from '../../../api/http/answer-text.js';
import type {ApiServer} from '../../../api/server.js';
import {type HttpAnswer, type HttpRequest, httpDate, lengthOf} from '../../http/answer.js';

export interface Shown {
	readonly request: HttpRequest;
	readonly api: ApiServer;
}

const reasons: Readonly<Record<number, string>> = {
	405: 'Method Not Allowed',
	406: 'Not Acceptable',
	409: 'Conflict',
	410: 'Gone',
	415: 'Unsupported Media Type',
	422: 'Unprocessable Entity',
	429: 'Too Many Requests',
	503: 'Service Unavailable',
	504: 'Gateway Timeout',
};

export function answerOf(shown: Shown, code: number, body: unknown, warnings: readonly string[] = [], indented = false): HttpAnswer {
	const {query, headers} = shown.request;
	const pretty = indented || isPretty(new URLSearchParams(query), headers['user-agent']);
	return withHeaders(shown, code, jsonText(body, pretty), 'application/json', warnings, code === 403 ? [noSniff] : []);
}

export const textOf = (shown: Shown, code: number, text: string): HttpAnswer =>
	withHeaders(shown, code, text, 'text/plain; charset=utf-8', [], [noSniff]);

const noSniff: Header = ['X-Content-Type-Options', 'nosniff'];

type Header = readonly [name: string, value: string];

/** Go writes headers by name, then those of the message's frame. */
function withHeaders(
	{api}: Shown,
	status: number,
	body: string,
	type: string,
	warnings: readonly string[],
	more: readonly Header[] = [],
): HttpAnswer {
	const quoted = (text: string) => text.replace(/[\\"]/g, '\\$&').replace(/[^\u0020-\u007e]/g, '?');
	const headers: Header[] = [
		['Audit-Id', api.sim.random.fork('kube-apiserver/audit').uuid()],
		['Cache-Control', 'no-cache, private'],
		['Content-Type', type],
		...more,
		...warnings.map(text => ['Warning', `299 - "${quoted(text)}"`] as const),
	];
	for (const what of ['Flowschema', 'Prioritylevel']) {
		const uid = api.sim.state.cell(`kube-apiserver/${what}`, '');
		if (uid.get() === '') uid.set(api.sim.random.fork('kube-apiserver/flow').uuid());
		headers.push([`X-Kubernetes-Pf-${what}-Uid`, uid.get()]);
	}

	headers.push(['Date', httpDate(api.sim.clock.now())], ['Content-Length', lengthOf(body)]);
	const statusText = reasons[status];
	return {status, headers, body, ...(statusText && {statusText}), delayMs: 2};
}
