import type {Cors} from '../location-settings.js';
import {type Exchange, type Header, locationOf, type Reply} from './exchange.js';

/** Compiled once for a setting: only a cache. */
const patterns = new WeakMap<readonly string[], RegExp>();

/** buildOriginRegex: `*` stands for one label, and only the end is anchored. */
function patternOf(origins: readonly string[]): RegExp {
	let pattern = patterns.get(origins);
	if (!pattern) {
		const each = origins
			.map(origin => origin.trim())
			.filter(Boolean)
			.map(origin => `(${origin.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&').replace('\\*', '[A-Za-z0-9-]+')})`);
		patterns.set(origins, (pattern = new RegExp(`(${each.join('|')})$`, 'i')));
	}

	return pattern;
}

const headersOf = (cors: Cors, origin: string): Header[] => [
	['Access-Control-Allow-Origin', origin],
	...(cors.allowCredentials ? [['Access-Control-Allow-Credentials', 'true'] as const] : []),
	['Access-Control-Allow-Methods', cors.allowMethods],
	['Access-Control-Allow-Headers', cors.allowHeaders],
	...(cors.exposeHeaders ? [['Access-Control-Expose-Headers', cors.exposeHeaders] as const] : []),
	['Access-Control-Max-Age', String(cors.maxAge)],
];

/** Adds the headers to whatever the answer will be; a preflight is answered at once, before any redirect or authentication. */
export function applyCors(exchange: Exchange): Reply | undefined {
	const cors = locationOf(exchange)?.cors;
	if (!cors) return undefined;
	const any = cors.allowOrigin.length === 1 && cors.allowOrigin[0] === '*';
	const origin = any ? '*' : (exchange.request.headers['origin'] ?? '');
	if (!any && !patternOf(cors.allowOrigin).test(origin)) return undefined;
	exchange.added.push(...headersOf(cors, origin));
	if (exchange.request.method !== 'OPTIONS') return undefined;
	// headers-more writes it even where nginx itself would not.
	exchange.added.push(['Content-Length', '0']);
	return {status: 204, headers: [], type: 'text/plain charset=UTF-8', body: ''};
}
