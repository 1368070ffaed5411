import type {HttpAnswer} from '../../http/answer.js';
import {addHeaders, connectionOf, head, redirect, special} from '../answer/answers.js';
import {logError} from '../log/error-log.js';
import {type Exchange, type Levels, levelsOf} from './exchange.js';
import {findLocation, lacksSlash} from '../config/find-location.js';
import {capturesOf} from '../config/pattern.js';
import {forward} from '../upstream/proxy.js';
import {rewrite} from './rewrite.js';
import {type Location, type Server, settings} from '../config/server-table.js';
import {type Found, staticFile} from '../content/static-file.js';
import {decodeUri} from './uri.js';
import {expand} from '../variables/variables.js';

const internalRedirectsMax = 10;

/** What nginx answers: the rewrite phase of the server, the location, its own rewrites, and then the content. */
export function answerRequest(exchange: Exchange): HttpAnswer {
	const uri = decodeUri(exchange.request.path);
	if (uri === undefined) return special(exchange, 400, levelsOf(exchange));
	exchange.uri = uri;
	const levels = levelsOf(exchange);
	const early = rewrite(exchange, exchange.server.directives, levels);
	if (typeof early === 'object') return conclude(exchange, early, levels);
	return locate(exchange, exchange.server.locations);
}

/** Finds the location of `$uri` and goes through it. */
function locate(exchange: Exchange, locations: Server['locations'], named?: Location): HttpAnswer {
	for (let turn = 0; turn <= internalRedirectsMax; turn++) {
		if (!named && lacksSlash(locations, exchange.uri, each => each.directives.some(({name}) => name === 'proxy_pass'))) {
			const target = `${exchange.uri}/${exchange.args ? `?${exchange.args}` : ''}`;
			return finish(exchange, redirect(exchange, 301, target, levelsOf(exchange)), levelsOf(exchange));
		}

		const location = named ?? findLocation(locations, exchange.uri);
		const levels = levelsOf(exchange, location);
		if (location && exchange.redirects === 0 && !exchange.rewritten && isInternal(location)) return fail(exchange, 404, levels);
		if (location?.pattern && !named) exchange.captures = capturesOf(location.pattern.exec(exchange.uri));
		const rewritten = rewrite(exchange, location?.directives ?? [], levels);
		if (typeof rewritten === 'object') return conclude(exchange, rewritten, levels);
		if (rewritten === 'again' && !named) continue;
		return content(exchange, location, levels);
	}

	logError(exchange, `rewrite or internal redirection cycle while processing "${exchange.uri}"`);
	return fail(exchange, 500, levelsOf(exchange));
}

const isInternal = ({directives}: Location): boolean => directives.some(({name}) => name === 'internal');

/** ngx_http_internal_redirect and ngx_http_named_location. */
function internal(exchange: Exchange, target: string): HttpAnswer {
	if (++exchange.redirects > internalRedirectsMax) {
		logError(exchange, `rewrite or internal redirection cycle while internally redirecting to "${target}"`);
		return fail(exchange, 500, levelsOf(exchange));
	}

	const {locations} = exchange.server;
	if (target.startsWith('@')) {
		const named = locations.find(({modifier, path}) => modifier === '@' && path === target);
		if (named) return locate(exchange, locations, named);
		logError(exchange, `could not find named location "${target}"`);
		return fail(exchange, 500, levelsOf(exchange));
	}

	const [path = '', query] = target.split(/\?(.*)/s);
	exchange.uri = path;
	if (query !== undefined) exchange.args = query;
	return locate(exchange, locations);
}

/** The content phase: access is decided, then whoever is in charge of the location answers. */
function content(exchange: Exchange, location: Location | undefined, levels: Levels): HttpAnswer {
	const own = (name: string) => location?.directives.find(each => each.name === name);
	if (own('deny')?.args[0] === 'all') return fail(exchange, 403, levels);
	const pass = own('proxy_pass');
	if (pass) {
		return conclude(exchange, forward(exchange, location!, pass.args[0] ?? '', answerOn), levels);
	}

	const script = own('js_content');
	if (script) return runScript(exchange, script.args[0] ?? '', levels);
	if (own('stub_status')) return finish(exchange, statusPage(exchange), levels);
	if (!['GET', 'HEAD', 'POST'].includes(exchange.request.method)) return fail(exchange, 405, levels);
	return conclude(exchange, staticFile(exchange, levels, location), levels);
}

function conclude(exchange: Exchange, found: Found, levels: Levels): HttpAnswer {
	if ('internal' in found) return internal(exchange, found.internal);
	return 'headers' in found ? finish(exchange, found, levels) : fail(exchange, found.status, levels);
}

function runScript(exchange: Exchange, name: string, levels: Levels): HttpAnswer {
	const run = exchange.scripts[name];
	if (!run) {
		exchange.context.machine.sim.notes.notSimulated(`nginx directive js_content ${name}`);
		return fail(exchange, 500, levels);
	}

	return conclude(exchange, run(exchange), levels);
}

/** A server that listens on a socket of the file system answers one that is its upstream. */
const answerOn = (exchange: Exchange, server: Server): HttpAnswer =>
	answerRequest({...exchange, server, vars: new Map(), redirects: 0, rewritten: false, failing: false});

const finish = (exchange: Exchange, answer: HttpAnswer, levels: Levels): HttpAnswer => addHeaders(exchange, answer, levels);

/** The page of an error: `error_page 404 /404.html;`, `error_page 404 =200 /ok;`, or nginx's own. */
function fail(exchange: Exchange, status: number, levels: Levels): HttpAnswer {
	const page = settings('error_page', ...levels).find(each => each.args.slice(0, -1).includes(String(status)));
	const target = page?.args.at(-1);
	if (target === undefined || exchange.failing) return finish(exchange, special(exchange, status, levels), levels);
	exchange.failing = true;
	const other = page!.args.slice(0, -1).find(arg => /^=\d*$/.test(arg));
	if (/^https?:/.test(target))
		return finish(exchange, redirect(exchange, Number(other?.slice(1)) || 302, expand(exchange, target), levels), levels);
	const answer = internal(exchange, expand(exchange, target));
	return {...answer, status: other === undefined ? status : Number(other.slice(1)) || answer.status};
}

function statusPage(exchange: Exchange): HttpAnswer {
	const body = 'Active connections: 1 \nserver accepts handled requests\n 1 1 1 \nReading: 0 Writing: 1 Waiting: 0 \n';
	return {
		status: 200,
		headers: [
			...head(exchange),
			['Content-Type', 'text/plain'],
			['Content-Length', String(body.length)],
			['Connection', connectionOf(exchange)],
		],
		body,
	};
}
