import type {Exchange} from '../request/exchange.js';
import {escapeUri} from '../request/uri.js';
import {expand} from '../variables/variables.js';

/** Where `proxy_pass` of a location leads, and the URI that goes there. */
export interface Way {
	readonly scheme: string;
	/** An upstream's name, or a host. */
	readonly host: string;
	readonly port: string;
	/** `$proxy_host`: as the configuration has it. */
	readonly authority: string;
	/** The request line's URI. */
	readonly uri: string;
	/** What `proxy_redirect default` makes of a Location; nothing where the configuration cannot tell. */
	readonly redirect?: {readonly from: string; readonly to: string};
	/** The host is not in the configuration: nginx asks its own resolver. */
	readonly byVariable: boolean;
}

export function wayOf(exchange: Exchange, target: string): Way | undefined {
	const {request, uri, args, rewritten, broken, location, subrequest} = exchange;
	const match = /^(?:(\w+):\/\/)?([^/:?]+|\[[^\]]*\])(?::(\d+))?([/?].*)?$/.exec(expand(exchange, target));
	const scheme = schemes[match?.[1] ?? (match && location ? 'fastcgi' : '')];
	if (!match || !scheme) return undefined;
	const [, , host = '', port = scheme === 'https' ? '443' : '80', base] = match;
	const variable = /^\w*:?(?:\/\/)?[^/]*\$/.test(target.replace(/^\$scheme/, 'http'));
	const way = {
		scheme,
		host,
		port,
		authority: match[3] === undefined || port === (scheme === 'https' ? '443' : '80') ? host : `${host}:${port}`,
		byVariable: variable && !exchange.nginx.table.upstreams.has(host),
	};
	const query = args ? `?${args}` : '';
	const own = rewritten || subrequest !== undefined ? escapeUri(uri) + query : request.target.replace(/^[a-z]+:\/\/[^/]+/i, '') || '/';
	// With variables in it, its URI is the whole of what is asked for.
	if (target.includes('$')) return {...way, uri: base === undefined ? own : base.startsWith('/') ? base : `/${base}`};
	if (base === undefined) return {...way, uri: own, redirect: {from: `${target}/`, to: '/'}};
	const mapped = broken ? own : escapeUri(base + uri.slice((location?.path ?? '').length)) + query;
	return {...way, uri: mapped, redirect: {from: target, to: location?.path ?? '/'}};
}

/** gRPC and FastCGI are spoken as HTTP here, and noted. */
const schemes: Readonly<Record<string, string>> = {http: 'http', https: 'https', grpc: 'http', grpcs: 'https', fastcgi: 'http'};
