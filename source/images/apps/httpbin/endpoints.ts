import type {Endpoint} from '../../../net/socket.js';
import type {ProgramContext} from '../../../node/program/program.js';
import type {HttpRequest} from '../../http/answer.js';
import {sortedFields, targetOf} from '../go/request.js';

/** What both editions of httpbin have to say; each writes it in its own way. */
export interface Said {
	readonly status?: number;
	readonly data?: unknown;
	readonly text?: string;
	readonly delayMs?: number;
}

export interface Edition {
	/** Go's edition gives a list for each field and each argument. */
	readonly lists: boolean;
	readonly index: string;
}

const methods: Readonly<Record<string, string>> = {'/get': 'GET', '/post': 'POST', '/put': 'PUT', '/patch': 'PATCH', '/delete': 'DELETE'};

const delayMaxSeconds = 10;

/** What they have besides. */
const others =
	/^\/(?:absolute-redirect|base64|basic-auth|bearer|brotli|bytes|cache|cookies|deflate|deny|digest-auth|drip|dump|encoding|env|etag|forms|gzip|hidden-basic-auth|html|image|json|links|range|redirect|redirect-to|relative-redirect|response-headers|robots\.txt|sse|stream|stream-bytes|trailers|unstable|uuid|websocket|xml)(?:\/|$)/;

export function httpbin(context: ProgramContext, request: HttpRequest, peer: Endpoint, {lists, index}: Edition): Said {
	const {path, method} = request;
	const wrap = (value: string) => (lists ? [value] : value);
	const host = request.headers['host'] ?? '';
	const headers = Object.fromEntries(
		[...sortedFields(request), ['Host', host] as const].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => [name, wrap(value)]),
	);
	const origin = request.headers['x-forwarded-for']?.split(',')[0] ?? peer.address;
	const about = () => ({
		args: valuesOf(new URLSearchParams(request.query), lists),
		...(method === 'GET' || method === 'DELETE' ? {} : bodyOf(request, lists)),
		headers,
		...(lists || path.startsWith('/anything') ? {method} : {}),
		origin,
		url: `http://${host}${targetOf(request)}`,
	});
	const wanted = methods[path];
	if (wanted !== undefined) return wanted === method || (wanted === 'GET' && method === 'HEAD') ? {data: about()} : {status: 405};
	if (path === '/') return {text: index};
	if (path === '/headers') return {data: {headers}};
	if (path === '/ip') return {data: {origin}};
	if (path === '/user-agent') return {data: {'user-agent': request.headers['user-agent'] ?? (lists ? '' : null)}};
	if (path === '/hostname' && lists)
		return {data: {hostname: context.env['USE_REAL_HOSTNAME'] === 'true' ? context.machine.hostname : 'dummy-hostname'}};
	if (/^\/anything(\/|$)/.test(path)) return {data: about()};
	const status = /^\/status\/(\d{3})/.exec(path);
	if (status) return {status: Number(status[1]), text: status[1] === '418' ? teapot : ''};
	const delay = /^\/delay\/(\d+(?:\.\d+)?)s?$/.exec(path);
	if (delay) return {data: about(), delayMs: 1000 * Math.min(delayMaxSeconds, Number(delay[1]))};
	if (!others.test(path)) return {status: 404};
	context.machine.sim.notes.notSimulated(`httpbin ${path}`);
	return {status: 501, text: `kubelab: not simulated: httpbin ${path}\n`};
}

const valuesOf = (values: URLSearchParams, lists: boolean): Record<string, string | string[]> =>
	Object.fromEntries(
		[...new Set(values.keys())].map(key => [key, lists || values.getAll(key).length > 1 ? values.getAll(key) : values.get(key)!]),
	);

function bodyOf({body, headers}: HttpRequest, lists: boolean) {
	const type = headers['content-type'] ?? '';
	const isForm = type.startsWith('application/x-www-form-urlencoded');
	let json: unknown = null;
	try {
		if (type.includes('json')) json = JSON.parse(body);
	} catch {}

	return {data: isForm ? '' : body, files: {}, form: isForm ? valuesOf(new URLSearchParams(body), lists) : {}, json};
}

const teapot =
	'\n    -=[ teapot ]=-\n\n       _...._\n     .\'  _ _ `.\n    | ."` ^ `". _,\n    \\_;`"---"`|//\n      |       ;/\n      \\_     _/\n        `"""`\n';
