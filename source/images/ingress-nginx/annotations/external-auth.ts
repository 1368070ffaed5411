import type {ExternalAuth} from '../location-settings.js';
import {type AnnotationReader, LocationDenied} from './reader.js';
import {keyIn, type Resolver} from './resolver.js';
import {readUrl} from './url.js';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE'];
const headerName = /^[a-zA-Z\d\-_]+$/;
const headerValue = /^[a-zA-Z\d_ :;.,\\/"'?!(){}[\]@<>=\-+*#$&`|~^%]+$/;

export const isMethod = (method: string): boolean => methods.includes(method);
export const isHeaderName = (header: string): boolean => headerName.test(header);
export const isHeaderValue = (value: string): boolean => headerValue.test(value);

const defaultCacheDuration = '200 202 401 5m';

/** `200 202 10m,401 5m`; throws the controller's words. */
export function cacheDurations(text: string): readonly string[] {
	if (text === '') return [defaultCacheDuration];
	return text.split(',').map(part => {
		const words = part.trim().split(/\s+/).filter(Boolean);
		const time = words.at(-1) ?? '';
		if (!/^[0-9]+(ms|s|m|h|d|w|M|y)?$/.test(time)) throw new LocationDenied(`invalid cache duration: ${part.trim()}`);
		if (words.slice(0, -1).some(code => !/^[0-9]+$/.test(code) && code !== 'any'))
			throw new LocationDenied(`invalid cache duration: ${part.trim()}`);
		return words.join(' ');
	});
}

/** annotations/authreq/main.go */
export function externalAuth({text, boolean, int, ingress, log}: AnnotationReader, resolver: Resolver): ExternalAuth | undefined {
	const url = text('auth-url');
	if (url === undefined) return undefined;
	const parsed = readUrl(url);
	if ('error' in parsed) throw new LocationDenied(`could not parse auth-url annotation: ${parsed.error}`);
	const method = text('auth-method') ?? '';
	if (method !== '' && !isMethod(method)) throw new LocationDenied('invalid HTTP method');
	const responseHeaders = (text('auth-response-headers') ?? '')
		.split(',')
		.map(header => header.trim())
		.filter(Boolean);
	if (responseHeaders.some(header => !isHeaderName(header))) throw new LocationDenied('invalid headers list');
	const keepalive = int('auth-keepalive') ?? 0;
	if (keepalive < 0) log.plain('W', 'main.go:336', 'auth-keepalive annotation not set to a positive value, keepalive will be disabled');
	return {
		url,
		host: parsed.host,
		signinUrl: text('auth-signin') ?? '',
		signinRedirectParam: text('auth-signin-redirect-param') ?? 'rd',
		method,
		responseHeaders,
		requestRedirect: text('auth-request-redirect') ?? '',
		snippet: text('auth-snippet') ?? '',
		cacheKey: text('auth-cache-key') ?? '',
		cacheDuration: cacheDurations(text('auth-cache-duration') ?? ''),
		proxySetHeaders: proxySetHeaders(text('auth-proxy-set-headers'), ingress.metadata.namespace ?? 'default', resolver),
		alwaysSetCookie: boolean('auth-always-set-cookie') ?? false,
		keepaliveConnections: Math.max(0, keepalive),
	};
}

function proxySetHeaders(reference: string | undefined, namespace: string, resolver: Resolver): Readonly<Record<string, string>> {
	if (reference === undefined) return {};
	const key = keyIn(reference, namespace);
	const found = key && resolver.configMap(key);
	if (!found) throw new LocationDenied(`error reading configmap ${JSON.stringify(key ?? reference)}`);
	const headers: Readonly<Record<string, string>> = found['data'] ?? {};
	for (const [name, value] of Object.entries(headers))
		if (!isHeaderName(name) || !isHeaderValue(value)) throw new LocationDenied('invalid proxy-set-headers in configmap');
	return headers;
}
