import type {Machine} from '../../../node/host/machine.js';
import type {Effect, Io} from '../../../shell/command.js';
import {headerOf, type HttpResponse, type HttpUrl, parseUrl, resolveUrl} from '../http/message.js';
import {dataFile, payloadOf} from './body.js';
import type {CookieJar} from './cookies.js';
import {CurlError} from './errors.js';
import type {CurlOptions} from './options.js';
import {checkProtocol} from './protocols.js';
import {proxyFor} from './proxy.js';
import {accountFor, bodyOf, buildRequest, type CurlRequest} from './request.js';
import type {Screen} from './screen.js';
import {type Pool, type Transfer, transfer} from './transfer.js';
import type {Facts} from './write-out.js';

function readTarget(text: string, options: CurlOptions, redirected: boolean): HttpUrl {
	checkProtocol(/^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase() ?? 'http', options, redirected);
	const url = parseUrl(text);
	if (!url) throw new CurlError(3, 'URL using bad/illegal format or missing URL');
	return url;
}

/** What lives longer than one transfer. */
export interface Trip {
	readonly jar: CookieJar;
	readonly screen: Screen;
	readonly run: {facts: Facts};
	readonly pool: Pool;
	readonly resumeFrom: number;
}

/** The URL and where it is redirected to. */
export function* follow(io: Io<Machine>, options: CurlOptions, first: string, trip: Trip): Generator<Effect, HttpResponse, unknown> {
	const {machine} = io;
	const {jar, screen, run, pool, resumeFrom} = trip;
	const {flags, values} = options;
	const startedMs = machine.sim.clock.now();
	const redirectsMax = Number(values.get('max-redirs') ?? 50);
	const {body, boundary} = payloadOf(io, options, `${'-'.repeat(24)}${machine.sim.random.fork(`curl/${machine.name}`).hex(16)}`);
	let text = withUpload(
		withQuery(first, options, path => dataFile(io, options, path)),
		values.get('upload-file'),
	);
	let asGet = false;
	let origin: HttpUrl | undefined;
	for (let redirects = 0; ; redirects++) {
		const url = readTarget(text, options, redirects > 0);
		const proxy = values.has('unix-socket') ? undefined : proxyFor(url, options, io.env);
		origin ??= url;
		const own = sameServer(origin, url) || flags.has('location-trusted') ? options : forStrangers(options);
		const request = buildRequest(url, own, body, jar.header(url), asGet, {proxy, boundary, resumeFrom});
		run.facts = {...run.facts, url: canonical(text), method: request.method, scheme: url.scheme, redirects};
		screen.begin(resumeFrom);
		const way = {...options, path: io.path, env: io.env, ...(proxy && {proxy})};
		const account = accountFor(url, own)?.split(':')[0];
		const sent = (made: CurlRequest) => {
			if (account !== undefined) screen.note(`Server auth using ${flags.has('digest') ? 'Digest' : 'Basic'} with user '${account}'`);
			screen.sent(made);
		};
		const report = {...screen, sent, received: (response: HttpResponse) => screen.received(response, follows(response, flags))};
		const done: Transfer = yield* transfer(machine, url, request, way, startedMs, report, pool);
		const {response, connection, times} = done;
		jar.keep(url, response);
		const location = headerOf(response, 'location');
		const redirectUrl = location === undefined ? '' : resolveUrl(url, location);
		run.facts = {
			...run.facts,
			...{response, times, redirectUrl},
			remote: connection.remote,
			local: connection.local,
			connects: run.facts.connects + (done.reused ? 0 : 1),
			sentBytes: request.bodyLength,
			requestBytes: request.bytes.length - request.bodyLength,
		};
		if (flags.has('digest') && response.status === 401 && /^digest/i.test(headerOf(response, 'www-authenticate') ?? ''))
			machine.sim.notes.notSimulated('curl --digest: the second request');
		screen.closed(proxy ?? url);
		if (!follows(response, flags)) return response;
		screen.passing(response);
		if (redirectsMax >= 0 && redirects >= redirectsMax) throw new CurlError(47, `Maximum (${redirectsMax}) redirects followed`);
		if (becomesGet(response.status, request.method, flags)) asGet = true;
		text = redirectUrl;
		screen.note(`Issue another request to this URL: '${text}'`);
	}
}

const sameServer = (one: HttpUrl, other: HttpUrl): boolean =>
	one.host.toLowerCase() === other.host.toLowerCase() && one.port === other.port && one.scheme === other.scheme;

/** Where a redirect leads to is told no secret (lib/http.c, Curl_allow_auth_to_host). */
const forStrangers = (options: CurlOptions): CurlOptions => ({
	...options,
	headers: options.headers.filter(header => !/^(?:authorization|cookie):/i.test(header)),
	values: new Map([...options.values].filter(([name]) => name !== 'user' && name !== 'oauth2-bearer')),
});

const follows = (response: HttpResponse, flags: ReadonlySet<string>): boolean =>
	(flags.has('location') || flags.has('location-trusted')) &&
	[301, 302, 303, 307, 308].includes(response.status) &&
	headerOf(response, 'location') !== undefined;

/** A POST does, after all but 307 and 308, unless `--post301` and its like say no. */
const becomesGet = (status: number, method: string, flags: ReadonlySet<string>): boolean =>
	status <= 303 && (status === 303 || method === 'POST') && !(method === 'POST' && flags.has(`post${status}`));

/** A folder's name is completed by that of the file. */
const withUpload = (url: string, file: string | undefined): string =>
	file === undefined || file === '-' || !/^(?:[a-z]+:\/\/)?[^/?#]+(?:\/|$|\/[^?#]*\/$)$/i.test(url)
		? url
		: `${url.replace(/\/?$/, '/')}${encodeURIComponent(file.split('/').at(-1)!)}`;

const canonical = (text: string) => {
	const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
	return /^[a-z]+:\/\/[^/?#]*$/i.test(full) ? `${full}/` : full;
};

/** `-G` moves the data into the query, `--url-query` adds to it. */
function withQuery(url: string, options: CurlOptions, read: (path: string) => string): string {
	const data = options.flags.has('get') ? bodyOf(options, read) : undefined;
	// With -G curl 7.88 forgets the others.
	const asked = (data === undefined ? options.queries : []).map(query =>
		query.startsWith('+')
			? query.slice(1)
			: (bodyOf({...options, data: [{kind: 'data-urlencode', value: query}]}, read) ?? '').replaceAll(/%[\dA-F]{2}/g, code =>
					code.toLowerCase(),
				),
	);
	return [...(data === undefined ? [] : [data]), ...asked].reduce((text, query) => `${text}${text.includes('?') ? '&' : '?'}${query}`, url);
}
