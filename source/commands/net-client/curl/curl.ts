import type {Machine} from '../../../node/host/machine.js';
import {FileError} from '../../../os/files.js';
import type {Command, Effect, Io, Run} from '../../../shell/command.js';
import {headerOf, type HttpResponse, type HttpUrl, parseUrl, resolveUrl, toBytes, toText} from '../http/message.js';
import {hasIpv6Host, refuse, refuseIpv6} from '../refuse.js';
import {createCookieJar, type CookieJar} from './cookies.js';
import {CurlError} from './errors.js';
import {type CurlOptions, parseOptions} from './options.js';
import {bodyOf, buildRequest} from './request.js';
import {createScreen, type Screen} from './screen.js';
import {type Pool, secondsMs, type Transfer, transfer} from './transfer.js';
import {prepared, targets} from './prepare.js';
import {type Facts, writeOut} from './write-out.js';

const hint = "curl: try 'curl --help' or 'curl --manual' for more information\n";
const version =
	'curl 7.88.1 (x86_64-pc-linux-gnu) libcurl/7.88.1 OpenSSL/3.0.17 zlib/1.2.13\nRelease-Date: 2023-02-20\nProtocols: http https\nFeatures: IPv6 Largefile SSL\n';
const schemes = ['http', 'https'];
const otherSchemes = [
	'dict',
	'file',
	'ftp',
	'ftps',
	'gopher',
	'imap',
	'ldap',
	'mqtt',
	'pop3',
	'rtsp',
	'scp',
	'sftp',
	'smb',
	'smtp',
	'telnet',
	'tftp',
];

const curl: Command<Machine> = {
	name: 'curl',
	summary: 'transfer a URL',
	*run(io) {
		const parsed = parseOptions(io.argv.slice(1));
		if ('lacking' in parsed) return /^curl (?:-6|--ipv6)$/.test(parsed.lacking) ? refuseIpv6(io, 'curl -6') : refuse(io, parsed.lacking);
		if ('mistake' in parsed) {
			io.err(`curl: ${parsed.mistake}\n${hint}`);
			return 2;
		}

		const {options} = parsed;
		if (options.flags.has('version')) {
			io.out(version);
			return 0;
		}

		const methods = methodsOf(options);
		if (methods.length > 1) {
			if (!options.flags.has('silent')) io.err(twoMethods(methods));
			return 2;
		}

		if (options.flags.has('help')) return refuse(io, 'curl --help');
		if (options.urls.length === 0) {
			io.err(io.argv.length > 1 ? `curl: no URL specified!\n${hint}` : hint);
			return 2;
		}

		const lacking = options.urls.find(url => otherSchemes.some(scheme => url.toLowerCase().startsWith(`${scheme}://`)));
		if (lacking) return refuse(io, `curl ${lacking.split('/')[0]}//`);
		const six = options.urls.find(hasIpv6Host);
		if (six) return refuseIpv6(io, `curl ${six}`);
		// Over plain HTTP it would ask for an upgrade.
		if (options.flags.has('http2') && options.urls.some(url => !/^https:/i.test(url))) return refuse(io, 'curl --http2');
		return yield* fetchAll(io, yield* prepared(io, options));
	},
};

export default curl;

/** What asks for a request of its own kind, as curl names it. */
const methodsOf = ({flags, data, values}: CurlOptions): readonly string[] => [
	...(values.has('upload-file') ? ['PUT (-T, --upload-file)'] : []),
	...(data.length > 0 && !flags.has('get') ? ['POST (-d, --data)'] : []),
	...(flags.has('head') ? ['HEAD (-I, --head)'] : []),
];

/** The warning is broken at 79 columns. */
const twoMethods = ([first = '', second]: readonly string[]): string =>
	`Warning: You can only select one HTTP request method! You asked for both ${first.replace(' ', ' \nWarning: ')} and ${second}.\n`;

function* fetchAll(io: Io<Machine>, options: CurlOptions): Run {
	const cookieFile = options.values.get('cookie') ?? '';
	const isPair = cookieFile.includes('=');
	const path = io.path(cookieFile);
	const text = !isPair && cookieFile && io.machine.files.exists(path) ? io.machine.files.readText(path) : '';
	const jar = createCookieJar(isPair ? cookieFile : '', text, options.values.has('cookie') || options.values.has('cookie-jar'));
	let status = 0;
	let number = 0;
	const pool: Pool = new Map();
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
	}

	for (const {channel} of pool.values()) channel.close();
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
	const screen = createScreen(io, options, output.path !== undefined || output.remote === true);
	const run: {facts: Facts; target?: HttpUrl} = {facts: noFacts(url)};
	let status = 0;
	let message = '';
	try {
		const response = yield* follow(io, options, url, jar, screen, run, pool);
		if ((flags.has('fail') || flags.has('fail-with-body')) && response.status >= 400) {
			if (flags.has('fail-with-body')) deliver(io, options, output, url, response, screen);
			else screen.failed(response);
			throw new CurlError(22, `The requested URL returned error: ${response.status}`);
		}

		deliver(io, options, output, url, response, screen);
	} catch (error) {
		if (!(error instanceof CurlError)) throw error;
		status = error.exitCode;
		message = error.message;
		screen.error(error);
	}

	const format = options.values.get('write-out');
	if (format !== undefined) {
		const facts = {...run.facts, number: output.number, file: output.path ?? '', exitCode: status, error: message};
		writeOut(format, facts, {out: text => io.out(text), err: text => io.err(text)});
	}

	const code = run.facts.response?.status ?? 0;
	const transient = status === 28 || (status === 7 && flags.has('retry-connrefused')) || [408, 429, 500, 502, 503, 504].includes(code);
	return {status, transient: transient || (status !== 0 && flags.has('retry-all-errors'))};
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

function readTarget(text: string): HttpUrl {
	const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
	if (scheme && !schemes.includes(scheme)) throw new CurlError(1, `Protocol "${scheme}" not supported or disabled in libcurl`);
	const url = parseUrl(text);
	if (!url) throw new CurlError(3, 'URL using bad/illegal format or missing URL');
	return url;
}

function* follow(
	io: Io<Machine>,
	options: CurlOptions,
	first: string,
	jar: CookieJar,
	screen: Screen,
	run: {facts: Facts},
	pool: Pool,
): Generator<Effect, HttpResponse, unknown> {
	const {machine} = io;
	const startedMs = machine.sim.clock.now();
	const redirectsMax = Number(options.values.get('max-redirs') ?? 50);
	let text = withQuery(first, options, path => dataFile(io, options, path));
	const upload = options.values.get('upload-file');
	const body =
		upload !== undefined
			? toBytes(readFile(io, upload))
			: options.flags.has('get')
				? undefined
				: bodyOf(options, path => dataFile(io, options, path));
	let asGet = false;
	for (let redirects = 0; ; redirects++) {
		const url = readTarget(text);
		const request = buildRequest(url, options, body, jar.header(url), asGet);
		run.facts = {...run.facts, url: canonical(text), method: request.method, scheme: url.scheme, redirects};
		screen.begin();
		const done: Transfer = yield* transfer(machine, url, request, {...options, path: io.path}, startedMs, screen, pool);
		const {response, connection, times} = done;
		jar.keep(url, response);
		const location = headerOf(response, 'location');
		const redirectUrl = location === undefined ? '' : resolveUrl(url, location);
		const sizes = {sentBytes: request.bodyLength, requestBytes: request.bytes.length - request.bodyLength};
		run.facts = {
			...run.facts,
			response,
			remote: connection.remote,
			local: connection.local,
			times,
			connects: run.facts.connects + (done.reused ? 0 : 1),
			redirectUrl,
			...sizes,
		};
		screen.closed(url, response);
		const following =
			(options.flags.has('location') || options.flags.has('location-trusted')) &&
			location !== undefined &&
			[301, 302, 303, 307, 308].includes(response.status);
		if (!following) return response;
		screen.passing(response);
		if (redirectsMax >= 0 && redirects >= redirectsMax) throw new CurlError(47, `Maximum (${redirectsMax}) redirects followed`);
		if (response.status === 303 || (response.status < 303 && request.method === 'POST')) asGet = true;
		text = redirectUrl;
	}
}

const canonical = (text: string) => {
	const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
	return /^[a-z]+:\/\/[^/?#]*$/i.test(full) ? `${full}/` : full;
};

/** `-G` moves the data into the query. */
function withQuery(url: string, options: CurlOptions, read: (path: string) => string): string {
	const data = options.flags.has('get') ? bodyOf(options, read) : undefined;
	return data === undefined ? url : `${url}${url.includes('?') ? '&' : '?'}${data}`;
}

function readFile(io: Io<Machine>, path: string): string {
	if (path === '-') return io.stdin;
	try {
		return io.machine.files.readText(io.path(path));
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		throw new CurlError(26, `Failed to open ${path}`);
	}
}

/** Data of a file that cannot be read is empty. */
function dataFile(io: Io<Machine>, {flags}: CurlOptions, path: string): string {
	if (path === '-' || io.machine.files.exists(io.path(path))) return readFile(io, path);
	if (!flags.has('silent')) io.err(`Warning: Couldn't read data from file "${path}", this makes an empty POST.\n`);
	return '';
}

function deliver(
	io: Io<Machine>,
	options: CurlOptions,
	output: {path?: string; remote?: boolean},
	url: string,
	response: HttpResponse,
	screen: Screen,
): void {
	const {flags} = options;
	const headPath = options.values.get('dump-header');
	if (headPath === '-') io.out(response.head);
	else if (headPath !== undefined) io.machine.files.write(io.path(headPath), response.head);
	const name = output.remote
		? (parseUrl(url)
				?.path.replace(/[?#].*/, '')
				.split('/')
				.at(-1) ?? '')
		: output.path;
	if (output.remote && !name) throw new CurlError(23, 'Remote file name has no length!');
	const folder = options.values.get('output-dir');
	const path = folder === undefined || name === undefined || name === '-' ? name : `${folder}/${name}`;
	const text = `${screen.head(response)}${toText(response.body)}`;
	if (path === undefined || path === '-') {
		// Standard output is buffered when it is no terminal: it comes when all is said.
		if (io.stdoutIsTerminal) io.out(text);
		screen.progress(response);
		if (!io.stdoutIsTerminal) io.out(text);
		return;
	}

	if (path !== '/dev/null') {
		try {
			if (flags.has('create-dirs'))
				io.machine.files.makeFolder(io.path(path).replace(/\/[^/]*$/, '') || '/', {recursive: true, mode: 0o750});
			const isText = toBytes(toText(response.body)) === response.body;
			const bytes = toBytes(screen.head(response)) + response.body;
			io.machine.files.write(io.path(path), isText ? text : Uint8Array.from(bytes, char => char.charCodeAt(0)));
		} catch (error) {
			if (!(error instanceof FileError)) throw error;
			screen.progress(response);
			throw new CurlError(23, `Failure writing output to destination`);
		}
	}

	screen.progress(response);
}
