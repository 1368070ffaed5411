import type {Machine} from '../../../node/host/machine.js';
import type {Effect, Io, Run} from '../../../shell/command.js';
import {headerOf, type HttpUrl} from '../http/message.js';
import {createCookieJar, type CookieJar} from './cookies.js';
import {deliver} from './deliver.js';
import {CurlError} from './errors.js';
import {follow} from './follow.js';
import type {CurlOptions} from './options.js';
import {targets} from './prepare.js';
import {parallelLine, parallelTitle} from './meter.js';
import {sideBySide} from './parallel.js';
import {createScreen} from './screen.js';
import {type Pool, secondsMs} from './transfer.js';
import {warning} from './warning.js';
import {type Facts, writeOut} from './write-out.js';

/** All URLs of one operation; `pool` holds what earlier ones left open. */
export function* fetchAll(io: Io<Machine>, options: CurlOptions, pool: Pool): Run {
	const cookieFile = options.values.get('cookie') ?? '';
	const isPair = cookieFile.includes('=');
	const path = io.path(cookieFile);
	const text = !isPair && cookieFile && io.machine.files.exists(path) ? io.machine.files.readText(path) : '';
	const jar = createCookieJar(isPair ? cookieFile : '', text, options.values.has('cookie') || options.values.has('cookie-jar'));
	const status = yield* options.flags.has('parallel') ? inParallel(io, options, jar, pool) : oneByOne(io, options, jar, pool);
	const jarPath = options.values.get('cookie-jar');
	if (jarPath === '-') io.out(jar.text());
	else if (jarPath) io.machine.files.write(io.path(jarPath), jar.text());
	return status;
}

function* oneByOne(io: Io<Machine>, options: CurlOptions, jar: CookieJar, pool: Pool): Generator<Effect, number, unknown> {
	let status = 0;
	let number = 0;
	for (const {url, output, title} of targets(io, options)) {
		if (title) io.err(title.err);
		if (title) io.out(title.out);
		if (url === undefined) return 3;
		({status} = yield* untilDone(io, options, url, {...output, number: number++}, jar, pool));
		if (status !== 0 && options.flags.has('fail-early')) break;
	}

	return status;
}

/** `-Z`: all at once, with one meter for the whole. */
function* inParallel(io: Io<Machine>, options: CurlOptions, jar: CookieJar, pool: Pool): Generator<Effect, number, unknown> {
	const {sim} = io.machine;
	const found = [...targets(io, options)];
	const quiet = {...options, flags: new Set([...options.flags, 'no-progress-meter'])};
	const shown = !options.flags.has('silent') && !options.flags.has('no-progress-meter');
	const startedMs = sim.clock.now();
	let status = found.some(({url}) => url === undefined) ? 3 : 0;
	let received = 0;
	const tasks = found.flatMap(({url, output}, number) =>
		url === undefined ? [] : [() => untilDone(io, quiet, url, {...output, number}, jar, pool)],
	);
	if (shown) io.err(parallelTitle + parallelLine(0, tasks.length, tasks.length, undefined));
	yield* sideBySide(sim, tasks, Number(options.values.get('parallel-max') ?? 50), result => {
		if (result.status !== 0) status = result.status;
		received += result.received;
	});
	const speed = Math.floor((received * 1000) / Math.max(1, sim.clock.now() - startedMs));
	if (shown) io.err(`${parallelLine(received, tasks.length, 0, speed)}\n`);
	return status;
}

interface Result {
	readonly status: number;
	readonly transient: boolean;
	/** Why it may be tried again, as curl tells it. */
	readonly problem: string;
	readonly retryAfterMs: number;
	readonly received: number;
}

/** One URL, as often as `--retry` allows. */
function* untilDone(
	io: Io<Machine>,
	options: CurlOptions,
	url: string,
	output: {path?: string; remote?: boolean; number: number},
	jar: CookieJar,
	pool: Pool,
): Generator<Effect, Result, unknown> {
	const {clock} = io.machine.sim;
	const startedMs = clock.now();
	const retries = Number(options.values.get('retry') ?? 0);
	const longestMs = secondsMs(options.values.get('retry-max-time')) || Number.POSITIVE_INFINITY;
	for (let attempt = 0; ; attempt++) {
		const result: Result = yield* fetchOne(io, options, url, {...output, again: attempt > 0}, jar, pool);
		const delayMs = Math.max(secondsMs(options.values.get('retry-delay')) || Math.min(1000 * 2 ** attempt, 600_000), result.retryAfterMs);
		if (!result.transient || attempt >= retries || clock.now() - startedMs + delayMs > longestMs) return result;
		const left = retries - attempt;
		if (!options.flags.has('silent'))
			io.err(warning(`Problem : ${result.problem}. Will retry in ${delayMs / 1000} seconds. ${left} retries left.`));
		yield {sleepMs: delayMs};
	}
}

/** One URL with its redirects; errors become text and status. */
function* fetchOne(
	io: Io<Machine>,
	options: CurlOptions,
	url: string,
	output: {path?: string; remote?: boolean; number: number; again: boolean},
	jar: CookieJar,
	pool: Pool,
): Generator<Effect, Result, unknown> {
	const {flags} = options;
	const resumeFrom = resumeAt(io, options, output.path);
	const screen = createScreen(io, options, output.path !== undefined || output.remote === true, output.again);
	const run: {facts: Facts; target?: HttpUrl} = {facts: noFacts(url)};
	let status = 0;
	let message = '';
	let file = output.path ?? '';
	try {
		const response = yield* follow(io, options, url, {jar, screen, run, pool, resumeFrom});
		if (resumeFrom > 0 && response.status !== 206 && response.status < 400)
			throw new CurlError(33, "HTTP server doesn't seem to support byte ranges. Cannot resume.");
		if ((flags.has('fail') || flags.has('fail-with-body')) && response.status >= 400) {
			if (flags.has('fail-with-body')) deliver(io, options, output, url, response, screen, resumeFrom);
			else screen.failed(response);
			throw new CurlError(22, `The requested URL returned error: ${response.status}`);
		}

		file = deliver(io, options, output, url, response, screen, resumeFrom);
	} catch (error) {
		if (!(error instanceof CurlError)) throw error;
		status = error.exitCode;
		message = error.message;
		screen.error(error);
	}

	const format = options.values.get('write-out');
	if (format !== undefined) {
		const facts = {...run.facts, number: output.number, file, exitCode: status, error: message};
		writeOut(format, facts, {out: text => io.out(text), err: text => io.err(text)});
	}

	const {response} = run.facts;
	const known =
		status === 28
			? 'timeout'
			: status === 7 && flags.has('retry-connrefused')
				? 'connection refused'
				: [408, 429, 500, 502, 503, 504].includes(response?.status ?? 0)
					? 'HTTP error'
					: undefined;
	const after = response && headerOf(response, 'retry-after');
	return {
		status,
		transient: known !== undefined || (status !== 0 && flags.has('retry-all-errors')),
		problem: known ?? '(retrying all errors)',
		retryAfterMs: /^\d+$/.test(after ?? '') ? Number(after) * 1000 : 0,
		received: response?.body.length ?? 0,
	};
}

/** `-C N`, `-C -`: as many bytes as the file has. */
function resumeAt({machine: {files}, path}: Io<Machine>, {values}: CurlOptions, file: string | undefined): number {
	const given = values.get('continue-at');
	if (given !== '-') return Number(given ?? 0);
	return file !== undefined && files.exists(path(file)) ? (files.stat(path(file))?.size ?? 0) : 0;
}

const noFacts = (url: string): Facts => ({
	...{
		url,
		method: 'GET',
		scheme: '',
		number: 0,
		referer: '',
		file: '',
		exitCode: 0,
		error: '',
		connects: 0,
		redirects: 0,
		redirectUrl: '',
		sentBytes: 0,
		requestBytes: 0,
	},
	remote: {address: '', port: 0},
	local: {address: '', port: 0},
	times: {namelookup: 0, connect: 0, appconnect: 0, starttransfer: 0, total: 0},
});
