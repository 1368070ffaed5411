import type {Machine} from '../../../node/host/machine.js';
import {FileError} from '../../../os/files.js';
import type {Io, Run} from '../../../shell/command.js';
import {busyboxBanner} from '../flavour.js';
import {headerOf, type HttpResponse, type HttpUrl, parseUrl, resolveUrl, toBytes, toText} from '../http/message.js';
import {resolve} from '../resolve/resolve.js';
import {openConnection, request} from './fetch.js';

const usage = `\nUsage: wget [-cqS] [--spider] [-O FILE] [-o LOGFILE] [--header STR]\n\t[--post-data STR | --post-file FILE] [-Y on/off]\n\t[--no-check-certificate] [-P DIR] [-U AGENT] [-T SEC] URL...\n\nRetrieve files via HTTP or FTP\n\n\t--spider\tOnly check URL existence: $? is 0 if exists\n\t--header STR\tAdd STR (of form 'header: value') to headers\n\t--post-data STR\tSend STR using POST method\n\t--post-file FILE\tSend FILE using POST method\n\t--no-check-certificate\tDon't validate the server's certificate\n\t-c\t\tContinue retrieval of aborted transfer\n\t-q\t\tQuiet\n\t-P DIR\t\tSave to DIR (default .)\n\t-S    \t\tShow server response\n\t-T SEC\t\tNetwork read timeout is SEC seconds\n\t-O FILE\t\tSave to FILE ('-' for stdout)\n\t-o LOGFILE\tLog messages to FILE\n\t-U STR\t\tUse STR for User-Agent header\n\t-Y on/off\tUse proxy\n`;
const longValued = ['header', 'post-data', 'post-file', 'user-agent', 'timeout', 'output-document'];
const longSwitches = ['spider', 'no-check-certificate', 'quiet'];
const redirectsMax = 10;

/** BusyBox wget (networking/wget.c): one line for each failure, status 1. */
export function* busyboxWget(io: Io<Machine>): Run {
	const values = new Map<string, string>();
	const flags = new Set<string>();
	const headers: string[] = [];
	const urls: string[] = [];
	const words = io.argv.slice(1);
	for (let i = 0; i < words.length; i++) {
		const word = words[i]!;
		const long = /^--([a-z-]+)(?:=(.*))?$/.exec(word);
		if (long && longSwitches.includes(long[1]!)) flags.add(long[1] === 'quiet' ? 'q' : long[1]!);
		else if (long && longValued.includes(long[1]!)) {
			const value = long[2] ?? words[++i] ?? '';
			if (long[1] === 'header') headers.push(value);
			else values.set({'output-document': 'O', timeout: 'T', 'user-agent': 'U'}[long[1]!] ?? long[1]!, value);
		} else if (word.startsWith('--')) {
			io.err(`wget: unrecognized option '${word}'\n${busyboxBanner}\n${usage}`);
			return 1;
		} else if (!word.startsWith('-')) urls.push(word);
		else {
			for (let at = 1; at < word.length; at++) {
				const letter = word[at]!;
				if ('OoPTUYt'.includes(letter)) {
					values.set(letter, word.slice(at + 1) || (words[++i] ?? ''));
					break;
				}

				if (!'cqSs'.includes(letter)) {
					io.err(`wget: invalid option -- '${letter}'\n${busyboxBanner}\n${usage}`);
					return 1;
				}

				flags.add(letter === 's' ? 'spider' : letter);
			}
		}
	}

	if (urls.length === 0) {
		io.err(`${busyboxBanner}\n${usage}`);
		return 1;
	}

	for (const url of urls) {
		const status: number = yield* fetchUrl(io, url, {values, flags, headers});
		if (status !== 0) return status;
	}

	return 0;
}

interface Options {
	readonly values: ReadonlyMap<string, string>;
	readonly flags: ReadonlySet<string>;
	readonly headers: readonly string[];
}

function* fetchUrl(io: Io<Machine>, text: string, options: Options): Run {
	const {values, flags} = options;
	const fail = (message: string) => {
		io.err(`wget: ${message}\n`);
		return 1;
	};
	const quiet = flags.has('q');
	const data = values.has('post-file') ? io.machine.files.readText(io.path(values.get('post-file')!)) : values.get('post-data');
	const timeoutMs = 1000 * Number(values.get('T') ?? 900);
	let address = text;
	for (let redirects = 0; redirects <= redirectsMax; redirects++) {
		const url = parseUrl(address);
		if (!url || (url.scheme !== 'http' && url.scheme !== 'https')) return fail(`not an http or ftp url: ${address}`);
		const found = yield* resolve(io.machine, url.host);
		if ('error' in found) return fail(`bad address '${url.host}'`);
		const ip = found.addresses[0]!;
		if (!quiet) io.err(`Connecting to ${url.host}${url.portGiven ? `:${url.port}` : ''} (${ip}:${url.port})\n`);
		const opened = yield* openConnection(io.machine, {url, address: ip, timeoutMs});
		if ('why' in opened)
			return fail(
				opened.why === 'Connection timed out' && values.has('T')
					? 'download timed out'
					: `can't connect to remote host (${ip}): ${opened.why}`,
			);
		const done = yield* request(io.machine, opened.connection, {
			...{url, address: ip, timeoutMs, insecure: true},
			method: flags.has('spider') ? 'HEAD' : data === undefined ? 'GET' : 'POST',
			headers: requestHeaders(url, options, data),
			...(data !== undefined && {body: toBytes(data)}),
		});
		if ('failed' in done) {
			if (done.failed === 'timeout') return fail('download timed out');
			if (done.failed === 'tls') return fail('error getting response: Connection reset by peer');
			return fail(done.failed === 'no-data' ? 'error getting response' : 'bad header line');
		}

		const {response} = done;
		if (flags.has('S')) for (const line of response.head.trimEnd().split('\r\n')) io.err(`  ${line}\n`);
		const location = headerOf(response, 'location');
		if ([301, 302, 303, 307, 308].includes(response.status) && location !== undefined) {
			address = resolveUrl(url, location);
			continue;
		}

		if (response.status !== 200 && response.status !== 201 && response.status !== 204) {
			return fail(`server returned error: HTTP/${response.version} ${response.status} ${response.reason}`);
		}

		return save(io, url, response, options);
	}

	return fail('too many redirections');
}

function requestHeaders(url: HttpUrl, {values, headers}: Options, data: string | undefined): string[] {
	const own = (name: string) => headers.some(header => header.toLowerCase().startsWith(`${name.toLowerCase()}:`));
	const lines = own('Host') ? [] : [`Host: ${url.host}${url.portGiven ? `:${url.port}` : ''}`];
	if (!own('User-Agent')) lines.push(`User-Agent: ${values.get('U') ?? 'Wget'}`);
	lines.push('Connection: close', ...headers);
	if (data !== undefined) lines.push('Content-Type: application/x-www-form-urlencoded', `Content-Length: ${toBytes(data).length}`);
	return lines;
}

function save(io: Io<Machine>, url: HttpUrl, response: HttpResponse, {values, flags}: Options): number {
	const quiet = flags.has('q');
	if (flags.has('spider')) {
		if (!quiet) io.err('remote file exists\n');
		return 0;
	}

	const path =
		values.get('O') ?? `${values.has('P') ? `${values.get('P')}/` : ''}${url.path.replace(/[?].*/, '').split('/').at(-1) || 'index.html'}`;
	if (path !== '-' && !values.has('O') && io.machine.files.exists(io.path(path))) {
		io.err(`wget: can't open '${path}': File exists\n`);
		return 1;
	}

	const shown = path === '-' ? 'stdout' : `'${path}'`;
	if (!quiet) io.err(path === '-' ? 'writing to stdout\n' : `saving to ${shown}\n`);
	try {
		if (path === '-') io.out(toText(response.body));
		else if (path !== '/dev/null') io.machine.files.write(io.path(path), toText(response.body));
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		io.err(`wget: can't open '${path}': ${error.message}\n`);
		return 1;
	}

	if (!quiet) {
		io.err(
			`${path.slice(0, 20).padEnd(20)} 100% |********************************| ${String(response.body.length).padStart(5)}  0:00:00 ETA\n`,
		);
		io.err(path === '-' ? 'written to stdout\n' : `${shown} saved\n`);
	}

	return 0;
}
