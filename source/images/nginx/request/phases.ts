import {allOf, isOn, setting, settings, sizeOf, word} from '../config/levels.js';
import {findLocation, lacksSlash} from '../config/find-location.js';
import type {Location} from '../config/server-table.js';
import {staticFile, tryFiles} from '../content/static-file.js';
import {logError} from '../log/error-log.js';
import {pass} from '../upstream/proxy.js';
import {capture} from '../variables/captures.js';
import {expand} from '../variables/variables.js';
import {checkAccess} from './access.js';
import {enter, type Exchange, type Found, type Header, reply, type Reply} from './exchange.js';
import {holdConnection, limitRequest} from './limits.js';
import {runLua} from './lua.js';
import {realIp} from './real-ip.js';
import {rewrite} from './rewrite.js';
import {decodeUri, escapeUri} from './uri.js';

const redirectsMax = 10;

/** What is decided before the body is needed: the rewrite phase of the server, the location, and the announced size of the body. */
export function beforeBody(exchange: Exchange): Reply | undefined {
	exchange.client = realIp(exchange);
	const uri = decodeUri(exchange.request.path);
	if (uri === undefined) return reply(400);
	exchange.uri = uri;
	return fromServer(exchange);
}

/** The rewrite phase of the server, which each internal redirect goes through again; then the location. */
function fromServer(exchange: Exchange): Reply | undefined {
	enter(exchange, undefined);
	const early = rewrite(exchange, exchange.server.directives);
	return typeof early === 'object' ? early : findConfig(exchange);
}

/** nginx's phases in order; the first that answers ends them. */
export function answer(exchange: Exchange): Reply {
	const early = beforeBody(exchange);
	return conclude(exchange, early ?? inLocation(exchange));
}

/** Finds the location of `$uri`. */
function findConfig(exchange: Exchange): Reply | undefined {
	const {locations} = exchange.server;
	const {uri, args, rewritten, redirects} = exchange;
	if (lacksSlash(locations, uri, ({directives}) => passes.some(name => allOf(directives, name).length > 0)))
		return reply(301, [['Location', `${escapeUri(uri)}/${args === '' ? '' : `?${args}`}`]]);
	const location = findLocation(locations, uri);
	enter(exchange, location);
	if (!location) return undefined;
	const isInternal = allOf(location.directives, 'internal').length > 0;
	if (isInternal && redirects === 0 && !rewritten && exchange.subrequest === undefined) return reply(404);
	for (const each of wayTo(locations, location) ?? []) if (each.pattern) capture(exchange, each.pattern.exec(uri));
	return checkSize(exchange);
}

/** A location, and those it stands in, the outermost first: the captures of all of them are known. */
function wayTo(locations: readonly Location[], wanted: Location): readonly Location[] | undefined {
	if (locations.includes(wanted)) return [wanted];
	for (const each of locations) {
		const inner = wayTo(each.locations, wanted);
		if (inner) return [each, ...inner];
	}

	return undefined;
}

const passes = ['proxy_pass', 'grpc_pass', 'fastcgi_pass', 'uwsgi_pass'];

function checkSize(exchange: Exchange): Reply | undefined {
	const max = sizeOf(word('client_max_body_size', exchange.levels) ?? '1m') ?? sizeOf('1m')!;
	const {headers, body} = exchange.request;
	const length = headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : body.length;
	if (max === 0 || length <= max || exchange.subrequest !== undefined) return undefined;
	logError(
		exchange,
		headers['transfer-encoding'] === undefined
			? `client intended to send too large body: ${length} bytes`
			: 'client intended to send too large chunked body',
	);
	return reply(413);
}

/** The phases of a location, from its rewrites on; a rewrite may lead to another one. */
function inLocation(exchange: Exchange, named = false): Found {
	for (let turn = 0; turn <= redirectsMax; turn++) {
		const rewritten = rewrite(exchange, exchange.own[0] ?? []);
		if (typeof rewritten === 'object') return rewritten;
		if (rewritten !== 'again' || named)
			return runLua(exchange, 'rewrite') ?? limitRequest(exchange) ?? checkAccess(exchange) ?? content(exchange);
		const early = findConfig(exchange);
		if (early) return early;
	}

	logError(exchange, `rewrite or internal redirection cycle while processing "${exchange.uri}"`);
	return reply(500);
}

/** Whoever is in charge of the location answers. */
function content(exchange: Exchange): Found {
	const {own, levels, server} = exchange;
	for (const {args} of settings('mirror', levels)) if (args[0] !== 'off' && exchange.subrequest === undefined) exchange.ask(args[0]!);
	const files = setting('try_files', [own[0] ?? server.directives]);
	const tried = files && tryFiles(exchange, files.args);
	if (tried) return tried;
	for (const name of passes) {
		const target = word(name, own);
		if (target === undefined) continue;
		if (name !== 'proxy_pass') exchange.context.machine.sim.notes.notSimulated(`nginx directive ${name}`);
		const answered = pass(exchange, target);
		holdConnection(exchange);
		return answered;
	}

	const script = word('js_content', own);
	if (script !== undefined) return runScript(exchange, script);
	if (setting('content_by_lua_block', own)) return runLua(exchange, 'content') ?? {status: 200, headers: [], body: ''};
	if (setting('stub_status', own) && !['GET', 'HEAD'].includes(exchange.method)) return reply(405);
	if (setting('stub_status', own)) return {status: 200, headers: [], type: 'text/plain', body: statusPage(exchange)};
	if (!['GET', 'HEAD', 'POST'].includes(exchange.method)) return reply(405);
	return staticFile(exchange);
}

function runScript(exchange: Exchange, name: string): Found {
	const run = exchange.nginx.modules.scripts?.[name];
	if (run) return run(exchange);
	exchange.context.machine.sim.notes.notSimulated(`nginx directive js_content ${name}`);
	return reply(500);
}

function statusPage({nginx}: Exchange): string {
	const {accepted, requests} = nginx.memory();
	return `Active connections: 1 \nserver accepts handled requests\n ${accepted} ${accepted} ${requests} \nReading: 0 Writing: 1 Waiting: 0 \n`;
}

/**
 * Goes on inside (ngx_http_internal_redirect, ngx_http_named_location), and gives an error the page that `error_page` has for it
 * (ngx_http_special_response_handler). What the page is sent with is the status of the error, or that of `error_page 404 =200`.
 */
export function conclude(exchange: Exchange, given: Found): Reply {
	let found = given;
	let challenge: readonly Header[] = [];
	for (;;) {
		if ('internal' in found) {
			found = goOn(exchange, found.internal, found.args);
			continue;
		}

		const page = errorPageOf(exchange, found);
		if (found.body === undefined || page) exchange.errorStatus = found.cause?.code ?? found.status;
		if (!page) break;
		challenge = found.headers.filter(([name]) => name.toLowerCase() === 'www-authenticate');
		const next = showError(exchange, page.args);
		if ('status' in next) return next;
		found = next;
	}

	if (found.body === undefined) return found;
	const {reason, ...rest} = found;
	const status = exchange.errorStatus === 0 ? found.status : exchange.errorStatus;
	return {...rest, ...(reason !== undefined && exchange.errorStatus === 0 && {reason}), status, headers: [...challenge, ...found.headers]};
}

const redirectStatuses = new Set([301, 302, 303, 307, 308]);

function showError(exchange: Exchange, args: readonly string[]): Found {
	exchange.failing = !isOn('recursive_error_pages', exchange.levels);
	const other = args.slice(0, -1).find(arg => /^=\d*$/.test(arg));
	if (other !== undefined) exchange.errorStatus = Number(other.slice(1));
	const target = expand(exchange, args.at(-1)!);
	if (target.startsWith('@')) return {internal: target};
	if (!target.startsWith('/'))
		return reply(redirectStatuses.has(exchange.errorStatus) ? exchange.errorStatus : 302, [['Location', target]]);
	if (exchange.method !== 'HEAD') exchange.method = 'GET';
	return {internal: target};
}

/** An answer of an upstream is left alone unless `proxy_intercept_errors` says otherwise. */
function errorPageOf({levels, failing}: Exchange, found: Reply) {
	const code = found.cause?.code ?? found.status;
	if (failing || code < 300 || (found.body !== undefined && !(found.fromUpstream && isOn('proxy_intercept_errors', levels))))
		return undefined;
	return settings('error_page', levels).find(({args}) => args.slice(0, -1).includes(String(code)));
}

function goOn(exchange: Exchange, target: string, withArgs?: string): Found {
	exchange.lua.clear();
	if (++exchange.redirects > redirectsMax) {
		logError(exchange, `rewrite or internal redirection cycle while internally redirecting to "${target}"`);
		return reply(500);
	}

	if (target.startsWith('@')) {
		const named = exchange.server.locations.find(({modifier, path}) => modifier === '@' && path === target);
		if (named) return inNamed(exchange, named);
		logError(exchange, `could not find named location "${target}"`);
		return reply(500);
	}

	const [path = '', query = ''] = withArgs === undefined ? target.split(/\?(.*)/s) : [target, withArgs];
	exchange.uri = path;
	exchange.args = query;
	exchange.rewritten = true;
	exchange.broken = false;
	return fromServer(exchange) ?? inLocation(exchange);
}

function inNamed(exchange: Exchange, named: Location): Found {
	enter(exchange, named);
	return inLocation(exchange, true);
}

/** auth_request and mirror: another URI of this server is asked, with the variables of this request. */
export function subrequest(exchange: Exchange, target: string): {readonly reply: Reply; readonly exchange: Exchange} {
	const inner: Exchange = {
		...exchange,
		subrequest: target,
		method: 'GET',
		uri: target,
		args: '',
		rewritten: false,
		own: [],
		lua: new Map(),
		redirects: 0,
		failing: false,
		errorStatus: 0,
		broken: false,
		tries: [],
		headers: [],
		cookies: [],
		elapsedMs: 0,
	};
	return {reply: conclude(inner, fromServer(inner) ?? inLocation(inner)), exchange: inner};
}
