import type {Machine} from '../../../../node/host/machine.js';
import {FileError} from '../../../../os/files.js';
import type {Io, Run} from '../../../../shell/command.js';
import {headerOf, type HttpResponse, type HttpUrl, parseUrl, resolveUrl, toBytes, toText} from '../../http/message.js';
import {resolve} from '../../resolve/resolve.js';
import {openConnection, request} from '../fetch.js';
import {type Options, readOptions} from './options.js';

const redirectsMax = 15;

/** BusyBox wget (networking/wget.c): one line for each failure, status 1. */
export function* busyboxWget(io: Io<Machine>): Run {
	const options = readOptions(io.argv.slice(1));
	if (typeof options === 'string') {
		io.err(options);
		return 1;
	}
	for (const url of options.urls) {
		const status: number = yield* fetchUrl(io, url, options);
		if (status !== 0) return status;
	}
	return 0;
}

/** What a terminal would see; into a file with `-o`. */
function say(io: Io<Machine>, {values, flags}: Options, text: string): void {
	if (flags.has('q')) return;
	const file = values.get('o');
	if (file === undefined) io.err(text);
	else io.machine.files.write(io.path(file), text, {append: true});
}

const pathOf = (url: HttpUrl, {values}: Options): string =>
	values.get('O') ?? `${values.has('P') ? `${values.get('P')}/` : ''}${url.path.split('/').at(-1) || 'index.html'}`;

function* fetchUrl(io: Io<Machine>, text: string, options: Options): Run {
	const {values, flags} = options;
	const fail = (message: string) => {
		io.err(`wget: ${message}\n`);
		return 1;
	};
	const data = values.has('post-file') ? io.machine.files.readText(io.path(values.get('post-file')!)) : values.get('post-data');
	const timeoutMs = 1000 * Number(values.get('T') ?? 900);
	let address = text;
	for (let redirects = 0; redirects <= redirectsMax; redirects++) {
		const url = parseUrl(address);
		if (!url || (url.scheme !== 'http' && url.scheme !== 'https')) return fail(`not an http or ftp url: ${address}`);
		const found = yield* resolve(io.machine, url.host);
		if ('error' in found) return fail(`bad address '${url.host}'`);
		const ip = found.addresses[0]!;
		say(io, options, `Connecting to ${url.host}${url.portGiven ? `:${url.port}` : ''} (${ip}:${url.port})\n`);
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
			headers: requestHeaders(io, url, options, data),
			...(data !== undefined && {body: toBytes(data)}),
		});
		if ('failed' in done) {
			if (done.failed === 'timeout') return fail('download timed out');
			if (done.failed === 'tls') return fail('error getting response: Connection reset by peer');
			return fail(done.failed === 'no-data' ? 'error getting response' : 'bad header line');
		}

		const {response} = done;
		if (flags.has('S')) for (const line of [...response.head.trimEnd().split('\r\n'), '']) io.err(`  ${line}\n`);
		const location = headerOf(response, 'location');
		if ([301, 302, 303, 307, 308].includes(response.status) && location !== undefined) {
			address = resolveUrl(url, location);
			continue;
		}

		if (![200, 201, 204, 206].includes(response.status)) {
			return fail(`server returned error: HTTP/${response.version} ${response.status} ${response.reason}`);
		}

		return save(io, url, response, options);
	}

	return fail('too many redirections');
}

function requestHeaders(io: Io<Machine>, url: HttpUrl, options: Options, data: string | undefined): string[] {
	const {values, headers, flags} = options;
	const own = (name: string) => headers.some(header => header.toLowerCase().startsWith(`${name.toLowerCase()}:`));
	const lines = own('Host') ? [] : [`Host: ${url.host}${url.portGiven ? `:${url.port}` : ''}`];
	if (!own('User-Agent')) lines.push(`User-Agent: ${values.get('U') ?? 'Wget'}`);
	lines.push('Connection: close');
	const path = pathOf(url, options);
	if (flags.has('c') && path !== '-' && io.machine.files.exists(io.path(path)))
		lines.push(`Range: bytes=${io.machine.files.stat(io.path(path)).size}-`);
	lines.push(...headers);
	if (data !== undefined) lines.push('Content-Type: application/x-www-form-urlencoded', `Content-Length: ${toBytes(data).length}`);
	return lines;
}

function save(io: Io<Machine>, url: HttpUrl, response: HttpResponse, options: Options): number {
	const {values, flags} = options;
	const tell = (text: string) => say(io, options, text);
	if (flags.has('spider')) {
		tell('remote file exists\n');
		return 0;
	}
	const path = pathOf(url, options);
	const goesOn = flags.has('c') && response.status === 206;
	if (path !== '-' && !values.has('O') && !flags.has('c') && io.machine.files.exists(io.path(path))) {
		io.err(`wget: can't open '${path}': File exists\n`);
		return 1;
	}
	try {
		if (path === '-') io.out(toText(response.body));
		else if (path !== '/dev/null') io.machine.files.write(io.path(path), toText(response.body), {append: goesOn});
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		io.err(`wget: can't open '${path}': ${error.message}\n`);
		return 1;
	}
	const shown = path === '-' ? 'stdout' : `'${path}'`;
	tell(path === '-' ? 'writing to stdout\n' : `saving to ${shown}\n`);
	const title = path.split('/').at(-1)!.slice(0, 20).padEnd(20);
	tell(`${title} 100% |********************************| ${String(response.body.length).padStart(5)}  0:00:00 ETA\n`);
	tell(path === '-' ? 'written to stdout\n' : `${shown} saved\n`);
	return 0;
}
