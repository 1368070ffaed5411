import {setting, settings} from '../config/levels.js';
import {readPattern} from '../config/pattern.js';
import type {Exchange, Header, Reply} from '../request/exchange.js';
import {capture} from '../variables/captures.js';
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
	let relocated = false;
	const kept = headers
		.filter(([name]) => !isHidden(name.toLowerCase()))
		.map((header): Header => {
			const [name, value] = header;
			const lower = name.toLowerCase();
			if (lower === 'set-cookie') return [name, cookie(exchange, value)];
			const moved = lower === 'location' ? redirected(exchange, way, value) : undefined;
			relocated ||= moved !== undefined;
			return moved === undefined ? header : [name, moved];
		});
	const type = kept.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
	return {
		status,
		reason,
		headers: kept,
		body,
		...(type !== undefined && {type}),
		...(!sized && {unsized: true}),
		fromUpstream: true,
		relocated,
	};
}

/** proxy_redirect, the first that fits; by default the address of proxy_pass in a Location becomes that of nginx's own location. */
function redirected(exchange: Exchange, {redirect}: Way, value: string): string | undefined {
	const given = settings('proxy_redirect', exchange.levels).map(({args}) => args);
	for (const [from = '', to] of given.length > 0 ? given : [['default']]) {
		if (from === 'off') return undefined;
		if (from === 'default') {
			if (redirect && value.startsWith(redirect.from)) return redirect.to + value.slice(redirect.from.length);
		} else if (from.startsWith('~')) {
			const match = readPattern(from).exec(value);
			if (!match) continue;
			capture(exchange, match);
			return expand(exchange, to ?? '');
		} else {
			const old = expand(exchange, from);
			if (value.startsWith(old)) return expand(exchange, to ?? '') + value.slice(old.length);
		}
	}

	return undefined;
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
