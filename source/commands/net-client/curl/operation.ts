import type {Machine} from '../../../node/host/machine.js';
import type {Effect, Io, Run} from '../../../shell/command.js';
import type {HttpUrl} from '../http/message.js';
import {createCookieJar, type CookieJar} from './cookies.js';
import {deliver} from './deliver.js';
import {CurlError} from './errors.js';
import {follow} from './follow.js';
import type {CurlOptions} from './options.js';
import {targets} from './prepare.js';
import {createScreen} from './screen.js';
import {type Pool, secondsMs} from './transfer.js';
import {type Facts, writeOut} from './write-out.js';

/** All URLs of one operation; `pool` holds what earlier ones left open. */
export function* fetchAll(io: Io<Machine>, options: CurlOptions, pool: Pool): Run {
	const cookieFile = options.values.get('cookie') ?? '';
	const isPair = cookieFile.includes('=');
	const path = io.path(cookieFile);
	const text = !isPair && cookieFile && io.machine.files.exists(path) ? io.machine.files.readText(path) : '';
	const jar = createCookieJar(isPair ? cookieFile : '', text, options.values.has('cookie') || options.values.has('cookie-jar'));
	let status = 0;
	let number = 0;
	for (const {url, output, title} of targets(io, options)) {
		if (title) io.err(title.err);
		if (title) io.out(title.out);
		if (url === undefined) {
			status = 3;
			break;
		}

		const retries = Number(options.values.get('retry') ?? 0);
		for (let attempt = 0; ; attempt++) {
			const result: {status: number; transient: boolean} = yield* fetchOne(io, options, url, {...output, number}, jar, pool);
			status = result.status;
			if (!result.transient || attempt >= retries) {
				number++;
				break;
			}

			const delayMs = secondsMs(options.values.get('retry-delay')) || 1000 * 2 ** attempt;
			if (!options.flags.has('silent')) {
				io.err(
					`Warning: Problem: ${result.status === 7 ? 'connection refused' : result.status === 28 ? 'timeout' : 'HTTP error'}. Will retry in ${delayMs / 1000} seconds. ${retries - attempt} ${retries - attempt === 1 ? 'retry' : 'retries'} \nWarning: left.\n`,
				);
			}

			yield {sleepMs: delayMs};
		}

		if (status !== 0 && options.flags.has('fail-early')) break;
	}

	const jarPath = options.values.get('cookie-jar');
	if (jarPath === '-') io.out(jar.text());
	else if (jarPath) io.machine.files.write(io.path(jarPath), jar.text());
	return status;
}

/** One URL with its redirects; errors become text and status. */
function* fetchOne(
	io: Io<Machine>,
	options: CurlOptions,
	url: string,
	output: {path?: string; remote?: boolean; number: number},
	jar: CookieJar,
	pool: Pool,
): Generator<Effect, {status: number; transient: boolean}, unknown> {
	const {flags} = options;
	const resumeFrom = resumeAt(io, options, output.path);
	const screen = createScreen(io, options, output.path !== undefined || output.remote === true);
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

	const code = run.facts.response?.status ?? 0;
	const transient = status === 28 || (status === 7 && flags.has('retry-connrefused')) || [408, 429, 500, 502, 503, 504].includes(code);
	return {status, transient: transient || (status !== 0 && flags.has('retry-all-errors'))};
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
