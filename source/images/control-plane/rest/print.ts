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

/** JSON, indented for the programs that people read: curl, wget and browsers. Models apiserver/pkg/endpoints/handlers/negotiation isPrettyPrint. */
export function answerOf(shown: Shown, code: number, body: unknown, warnings: readonly string[] = []): HttpAnswer {
	const {request} = shown;
	const asked = new URLSearchParams(request.query).get('pretty');
	const isPretty =
		asked === null ? /^(?:curl|Wget|Mozilla\/5\.0)/.test(request.headers['user-agent'] ?? '') : asked !== 'false' && asked !== '0';
	const text = goJson(typeFirst(body), isPretty ? '  ' : undefined);
	return withHeaders(shown, code, isPretty ? text : `${text}\n`, 'application/json', warnings, code === 403 ? [noSniff] : []);
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

/** Go escapes what could end a script element. */
const goJson = (value: unknown, indent: string | undefined): string =>
	JSON.stringify(value, undefined, indent).replace(/[<>&\u2028\u2029]/g, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** TypeMeta comes first in every Go type. */
function typeFirst(body: unknown): unknown {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
	const {kind, apiVersion, ...rest} = body as Record<string, unknown>;
	return {...(kind !== undefined && {kind}), ...(apiVersion !== undefined && {apiVersion}), ...rest};
}
