import type {Machine} from '../../../../node/host/machine.js';
import type {Effect, Io, Run} from '../../../../shell/command.js';
import type {Channel} from '../../http/channel.js';
import {headerOf, type HttpResponse, type HttpUrl, parseUrl, resolveUrl} from '../../http/message.js';
import {resolve, resolveErrors} from '../../resolve/resolve.js';
import {exchange, openChannel, openConnection} from '../fetch.js';
import {deliver, lengthLine, placeOf} from './deliver.js';
import {distrustText} from './distrust.js';
import {dateTime, type Log} from './log.js';
import type {WgetOptions} from './options.js';
import {requestOf} from './request.js';

const networkFailure = 4;
const tlsFailure = 5;
const loginFailure = 6;
const httpFailure = 8;
const triesDefault = 20;
const redirectsDefault = 20;
const timeoutSecondsDefault = 900;
const waitMaxDefault = 10;

/** What lasts from one URL to the next. */
export interface Retrieval {
	readonly io: Io<Machine>;
	readonly options: WgetOptions;
	readonly log: Log;
	/** A connection that its server keeps open. */
	open?: {readonly to: string; readonly channel: Channel};
	files: number;
	bytes: number;
}

type Attempt = {readonly status: number} | {readonly redirect: string} | {readonly retry: true};

/** One URL, wherever it leads. Returns the status. */
export function* retrieve(retrieval: Retrieval, text: string): Run {
	const {io, options, log} = retrieval;
	const seconds = (name: string, otherwise: number) => Number.parseFloat(options.values.get(name) ?? String(otherwise));
	const tries = seconds('tries', triesDefault);
	const redirectsMax = seconds('max-redirect', redirectsDefault);
	if (options.flags.has('spider')) log.verbose('Spider mode enabled. Check if remote file exists.\n');
	let address = /^[a-z]+:\/\//i.test(text) ? text : `http://${text}`;
	let redirects = 0;
	for (let attempt = 1; ; attempt++) {
		const url = parseUrl(address);
		if (!url) {
			io.err(`${text}: Invalid host name.\n`);
			return 1;
		}
		if (url.scheme !== 'http' && url.scheme !== 'https') {
			io.err(`${text}: Unsupported scheme ‘${url.scheme}’.\n`);
			return 1;
		}
		const shown = /^[a-z]+:\/\/[^/]*$/i.test(address) ? `${address}/` : address;
		const place = placeOf(io, url, options);
		if (place.exists && options.flags.has('no-clobber')) {
			log.verbose(`File ‘${place.path}’ already there; not retrieving.\n\n`);
			return 0;
		}
		log.verbose(`--${dateTime(io.machine.sim.clock.now())}--  ${attempt > 1 ? `(try:${String(attempt).padStart(2)})  ` : ''}${shown}\n`);
		const result: Attempt = yield* tryOnce(retrieval, url, shown, place, 1000 * seconds('timeout', timeoutSecondsDefault));
		if ('status' in result) return result.status;
		if ('redirect' in result) {
			log.verbose(`Location: ${result.redirect} [following]\n`);
			if (++redirects > redirectsMax) {
				log.loud(`${redirectsMax} redirections exceeded.\n`);
				return httpFailure;
			}
			address = resolveUrl(url, result.redirect);
			attempt = 0;
			continue;
		}
		if (tries > 0 && attempt >= tries) {
			log.loud('Giving up.\n\n');
			return networkFailure;
		}
		yield {sleepMs: 1000 * Math.min(seconds('waitretry', waitMaxDefault), attempt)};
		log.loud('Retrying.\n\n');
	}
}

function* tryOnce(
	retrieval: Retrieval,
	url: HttpUrl,
	shown: string,
	place: ReturnType<typeof placeOf>,
	timeoutMs: number,
): Generator<Effect, Attempt, unknown> {
	const {io, options, log} = retrieval;
	const channel = yield* connected(retrieval, url, timeoutMs);
	if ('status' in channel || 'retry' in channel) return channel;
	const goesOn = place.exists && ['continue', 'timestamping'].some(flag => options.flags.has(flag));
	const asked = requestOf(io, url, options, goesOn ? io.path(place.path) : undefined);
	const done = yield* exchange(channel, {url, timeoutMs, ...asked});
	log.verbose('HTTP request sent, awaiting response... ');
	if ('failed' in done) {
		retrieval.open = undefined;
		log.loud(failureTexts[done.failed]);
		return {retry: true};
	}
	const {response} = done;
	const stays = headerOf(response, 'connection')?.toLowerCase() !== 'close' && !options.flags.has('no-http-keep-alive');
	retrieval.open = stays ? {to: endOf(url), channel} : undefined;
	if (!stays) channel.close();
	if (options.flags.has('server-response')) log.always(headText(response, options));
	else log.verbose(`${response.status} ${response.reason}\n`);
	const location = headerOf(response, 'location');
	if ([301, 302, 303, 307, 308].includes(response.status) && location !== undefined) return {redirect: location};
	return {status: take(retrieval, shown, response, place)};
}

const headText = ({head}: HttpResponse, {flags}: WgetOptions): string => {
	const lines = head.trimEnd().split('\r\n');
	return `${flags.has('quiet') || flags.has('no-verbose') ? '' : '\n'}${lines.map(line => `  ${line}\n`).join('')}`;
};

const endOf = ({scheme, host, port}: HttpUrl) => `${scheme}://${host}:${port}`;

const failureTexts = {
	timeout: 'Read error (Connection timed out) in headers.\n',
	'no-data': 'No data received.\n',
	malformed: '200 No headers, assuming HTTP/0.9\n',
} as const;

/** The connection that is still open, or a new one. */
function* connected(
	retrieval: Retrieval,
	url: HttpUrl,
	timeoutMs: number,
): Generator<Effect, Channel | {readonly status: number} | {readonly retry: true}, unknown> {
	const {io, options, log, open} = retrieval;
	if (open?.to === endOf(url)) {
		log.verbose(`Reusing existing connection to ${url.host}:${url.port}.\n`);
		return open.channel;
	}
	const isAddress = /^[\d.]+$/.test(url.host);
	if (!isAddress) log.verbose(`Resolving ${url.host} (${url.host})... `);
	const found = yield* resolve(io.machine, url.host);
	if ('error' in found) {
		log.verbose(`failed: ${resolveErrors[found.error]}.\n`);
		log.loud(`wget: unable to resolve host address ‘${url.host}’\n`);
		return {status: networkFailure};
	}
	const address = found.addresses[0]!;
	if (!isAddress) log.verbose(`${found.addresses.join(', ')}\n`);
	log.verbose(`Connecting to ${isAddress ? '' : `${url.host} (${url.host})|`}${address}${isAddress ? '' : '|'}:${url.port}... `);
	const opened = yield* openConnection(io.machine, {url, address, timeoutMs});
	if ('why' in opened) {
		log.loud(`failed: ${opened.why}.\n`);
		const again = opened.why === 'Connection timed out' || (opened.why === 'Connection refused' && options.flags.has('retry-connrefused'));
		return again ? {retry: true} : {status: networkFailure};
	}
	log.verbose('connected.\n');
	const channel = openChannel(io.machine, opened.connection, {url, insecure: options.flags.has('no-check-certificate')});
	if (!('failure' in channel)) return channel;
	log.loud(distrustText(url.host, channel));
	return {status: tlsFailure};
}

function take(retrieval: Retrieval, shown: string, response: HttpResponse, place: ReturnType<typeof placeOf>): number {
	const {io, options, log} = retrieval;
	const {status, reason} = response;
	const now = dateTime(io.machine.sim.clock.now());
	if (status === 416 && place.exists && options.flags.has('continue')) {
		log.verbose('\n    The file is already fully retrieved; nothing to do.\n\n');
		return 0;
	}
	if (status === 304) {
		log.verbose(`File ‘${place.path}’ not modified on server. Omitting download.\n\n`);
		return 0;
	}
	if (status >= 400) {
		const told =
			status === 401 ? '\nUsername/Password Authentication Failed.\n' : `${now} ERROR ${status}: ${reason}.\n${log.isBrief ? '' : '\n'}`;
		if (log.isBrief) log.loud(`${shown}:\n`);
		log.loud(options.flags.has('spider') ? 'Remote file does not exist -- broken link!!!\n\n' : told);
		if (!options.flags.has('content-on-error')) return status === 401 ? loginFailure : httpFailure;
	}
	if (options.flags.has('spider')) {
		log.verbose(lengthLine(response) + existsText(response));
		log.brief(`${now} URL: ${shown} ${status} ${reason}\n`);
		return 0;
	}
	const failed = deliver(io, shown, response, options, {
		log,
		path: place.path,
		first: retrieval.files === 0 || !options.values.has('output-document'),
	});
	if (failed === 0) {
		retrieval.files++;
		retrieval.bytes += response.body.length;
	}
	return failed || (status >= 400 ? httpFailure : 0);
}

const existsText = (response: HttpResponse): string =>
	headerOf(response, 'content-type')?.startsWith('text/html')
		? 'Remote file exists and could contain further links,\nbut recursion is disabled -- not retrieving.\n\n'
		: 'Remote file exists.\n\n';
