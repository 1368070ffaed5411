import {setting, settings} from '../config/levels.js';
import type {Exchange, Header, Reply} from '../request/exchange.js';
import {expand} from '../variables/variables.js';
import type {UpstreamAnswer} from './upstream-exchange.js';
import type {Way} from './way.js';

/** Headers between two neighbours, and those that nginx writes itself. */
const hidden = new Set(['date', 'server', 'connection', 'keep-alive', 'transfer-encoding', 'x-pad']);

/** An upstream's answer as it goes to the client. */
export function passOn(exchange: Exchange, {status, reason, headers, body, sized}: UpstreamAnswer, way: Way): Reply {
	const {levels} = exchange;
	const named = (directive: string) => new Set(settings(directive, levels).map(({args}) => args[0]!.toLowerCase()));
	const [hides, passes] = [named('proxy_hide_header'), named('proxy_pass_header')];
	const isHidden = (name: string) => hides.has(name) || ((name.startsWith('x-accel-') || hidden.has(name)) && !passes.has(name));
	const kept = headers.filter(([name]) => !isHidden(name.toLowerCase())).map((header): Header => changed(exchange, way, header));
	const type = kept.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
	return {status, reason, headers: kept, body, ...(type !== undefined && {type}), ...(!sized && {unsized: true}), fromUpstream: true};
}

function changed(exchange: Exchange, way: Way, [name, value]: Header): Header {
	const lower = name.toLowerCase();
	if (lower === 'location') return [name, redirected(exchange, way, value)];
	return lower === 'set-cookie' ? [name, cookie(exchange, value)] : [name, value];
}

/** proxy_redirect: by default the address of proxy_pass in a Location becomes that of nginx's own location. */
function redirected(exchange: Exchange, {base}: Way, value: string): string {
	const {levels, location, secure, local, request} = exchange;
	const [from = 'default', to] = setting('proxy_redirect', levels)?.args ?? [];
	if (from === 'off') return value;
	const [old, now] = from === 'default' ? [base, location?.path ?? '/'] : [from, expand(exchange, to ?? '')];
	if (old === '' || !value.startsWith(old)) return value;
	const rest = now + value.slice(old.length);
	const port = local.port === (secure ? 443 : 80) ? '' : `:${local.port}`;
	return rest.startsWith('/') ? `${secure ? 'https' : 'http'}://${(request.headers['host'] ?? '').split(':')[0]}${port}${rest}` : rest;
}

/** proxy_cookie_domain and proxy_cookie_path */
function cookie({levels}: Exchange, value: string): string {
	const [oldDomain, newDomain] = setting('proxy_cookie_domain', levels)?.args ?? [];
	const [oldPath, newPath] = setting('proxy_cookie_path', levels)?.args ?? [];
	return value
		.replace(/(; *domain=)([^;]*)/i, (all, word: string, domain: string) =>
			newDomain !== undefined && domain === oldDomain ? word + newDomain : all,
		)
		.replace(/(; *path=)([^;]*)/i, (all, word: string, path: string) =>
			newPath !== undefined && path.startsWith(oldPath!) ? word + newPath + path.slice(oldPath!.length) : all,
		);
}
