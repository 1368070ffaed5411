import {type Exchange, type Found, type Modules, reply} from '../nginx/request/exchange.js';
import type {HttpMatch} from './conf/locations.js';

const matchesPath = '/etc/nginx/conf.d/matches.json';

/** The njs module of NGINX Gateway Fabric: sends a request on to the location of the first match that it fits. */
function redirect(exchange: Exchange): Found {
	const {files} = exchange.context.machine;
	const all: Readonly<Record<string, readonly HttpMatch[]>> = files.exists(matchesPath) ? JSON.parse(files.readText(matchesPath)) : {};
	const list = all[exchange.vars.get('match_key') ?? ''];
	if (!list) return reply(500);
	const found = list.find(match => fits(exchange, match));
	return found ? {internal: found.redirectPath, args: exchange.args} : reply(404);
}

function fits({request, args}: Exchange, {any, method, headers = [], params = []}: HttpMatch): boolean {
	if (any) return true;
	if (method && request.method !== method) return false;
	return headers.every(each => hasHeader(request.headers, each)) && params.every(each => hasParameter(args, each));
}

function hasHeader(headers: Readonly<Record<string, string>>, wanted: string): boolean {
	const colon = wanted.indexOf(':');
	const value = headers[wanted.slice(0, colon).toLowerCase()];
	return value?.split(',').includes(wanted.slice(colon + 1)) ?? false;
}

/** Of a parameter that is there twice, the first counts. */
function hasParameter(args: string, wanted: string): boolean {
	const equals = wanted.indexOf('=');
	const name = wanted.slice(0, equals);
	const found = args.split('&').find(each => decode(each.split('=')[0]!) === name);
	return found !== undefined && decode(found.slice(found.indexOf('=') + 1)) === wanted.slice(equals + 1);
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text.replaceAll('+', ' '));
	} catch {
		return text;
	}
}

export const scripts: NonNullable<Modules['scripts']> = {'httpmatches.redirect': redirect, 'httpmatches.match': redirect};
