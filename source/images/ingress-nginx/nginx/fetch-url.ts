import {resolveName} from '../../../node/host/resolve.js';
import {askUpstream, type UpstreamAnswer} from '../../nginx/upstream/upstream-exchange.js';
import {logError} from './error-log.js';
import type {Exchange} from './exchange.js';

/** `proxy_pass` to a URL of variables: nginx's resolver knows no search domains. Undefined when it cannot be had; the log says why. */
export function fetchUrl(exchange: Exchange, url: string, bytes: (path: string, host: string) => string): UpstreamAnswer | undefined {
	const match = /^(https?):\/\/([^/:?]+)(?::(\d+))?(.*)$/.exec(url);
	if (!match) {
		logError(exchange, 'error', `invalid URL prefix in "${url}"`);
		return undefined;
	}

	const [, scheme, host = '', port, rest = ''] = match;
	const address = resolveName(exchange.context.machine, /^[\d.]+$/.test(host) || host.endsWith('.') ? host : `${host}.`);
	if (!address) {
		logError(exchange, 'error', `${host} could not be resolved (3: Host not found)`);
		return undefined;
	}

	const answer = askUpstream(exchange.context.machine, {
		address,
		port: Number(port ?? (scheme === 'https' ? 443 : 80)),
		bytes: bytes(rest.startsWith('/') ? rest : `/${rest}`, port ? `${host}:${port}` : host),
		connectTimeoutMs: 60_000,
		readTimeoutMs: 60_000,
		...(scheme === 'https' && {tlsName: host}),
		head: false,
	});
	exchange.elapsedMs += answer.delayMs;
	if (!('kind' in answer)) return answer;
	logError(exchange, 'error', answer.words, url);
	return undefined;
}
