import type {RequestHead} from './request.js';

/** Indented for the programs that people read: curl, wget and browsers. Models apiserver/pkg/endpoints/handlers/negotiation isPrettyPrint. */
export function isPretty(query: URLSearchParams, userAgent: RequestHead['headers'][string]): boolean {
	const asked = query.get('pretty');
	return asked ? /^(?:1|t|T|true|TRUE|True)$/.test(asked) : /^(?:curl|Wget|Mozilla\/5\.0)/.test(String(userAgent ?? ''));
}

/** A body as the server writes it: a line, or without an end when it is indented. */
export const jsonText = (body: unknown, pretty: boolean): string => {
	const text = goJson(typeFirst(body), pretty ? '  ' : undefined);
	return pretty ? text : `${text}\n`;
};

/** Go escapes what could end a script element. */
const goJson = (value: unknown, indent: string | undefined): string =>
	JSON.stringify(value, undefined, indent).replace(/[<>&\u2028\u2029]/g, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** TypeMeta comes first in every Go type. */
function typeFirst(body: unknown): unknown {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
	const {kind, apiVersion, ...rest} = body as Record<string, unknown>;
	return {...(kind !== undefined && {kind}), ...(apiVersion !== undefined && {apiVersion}), ...rest};
}
