import {civilFromDays} from '../../../api/values/time.js';
import type {Machine} from '../../../node/host/machine.js';
import {FileError} from '../../../os/files.js';
import type {Io, Run} from '../../../shell/command.js';
import {base64, headerOf, type HttpResponse, type HttpUrl, parseUrl, resolveUrl, toBytes, toText} from '../http/message.js';
import {refuse} from '../refuse.js';
import {resolve, resolveErrors} from '../resolve/resolve.js';
import type {TlsFailure} from '../http/channel.js';
import {parseWgetOptions, type WgetOptions} from './gnu-options.js';
import {type Fetched, openConnection, request} from './fetch.js';

const networkFailure = 4;
const tlsFailure = 5;
const httpFailure = 8;
const triesDefault = 20;
const redirectsMax = 20;

/** GNU Wget 1.21. */
export function* gnuWget(io: Io<Machine>): Run {
	const parsed = parseWgetOptions(io.argv.slice(1));
	if ('lacking' in parsed) return refuse(io, `wget ${parsed.lacking}`);
	if ('mistake' in parsed) {
		io.err(`wget: ${parsed.mistake}\nUsage: wget [OPTION]... [URL]...\n\nTry \`wget --help' for more options.\n`);
		return parsed.mistake === 'missing URL' ? 1 : 2;
	}

	let status = 0;
	for (const url of parsed.options.urls) {
		const own: number = yield* fetchUrl(io, url, parsed.options);
		if (own !== 0 && (status === 0 || own < status)) status = own;
	}

	return status;
}

function* fetchUrl(io: Io<Machine>, text: string, options: WgetOptions): Run {
	const {flags} = options;
	const say = (message: string) => flags.has('quiet') || io.err(message);
	const spider = flags.has('spider');
	if (spider) say('Spider mode enabled. Check if remote file exists.\n');
	let address = /^[a-z]+:\/\//i.test(text) ? text : `http://${text}`;
	const tries = Number(options.values.get('tries') ?? triesDefault);
	const timeoutMs = 1000 * Number(options.values.get('timeout') ?? 900);
	let redirects = 0;
	let reused = false;
	for (let attempt = 1; ; attempt++) {
		const url = parseUrl(address);
		if (!url) {
			io.err(`${text}: Invalid host name.\n`);
			return 1;
		}

		const shown = /^[a-z]+:\/\/[^/]*$/i.test(address) ? `${address}/` : address;
		say(`--${dateTime(io.machine.sim.clock.now())}--  ${shown}\n`);
		const result: Attempt = yield* tryOnce(io, url, options, timeoutMs, say, reused);
		if ('redirect' in result) {
			if (++redirects > redirectsMax) {
				say(`${redirectsMax} redirections exceeded.\n`);
				return httpFailure;
			}

			say(`Location: ${result.redirect} [following]\n`);
			address = resolveUrl(url, result.redirect);
			const next = parseUrl(address);
			reused = next?.host === url.host && next.port === url.port;
			attempt = 0;
			continue;
		}

		if ('status' in result) return result.status;
		if (tries > 0 && attempt >= tries) {
			say('Giving up.\n\n');
			return networkFailure;
		}

		yield {sleepMs: 1000 * Math.min(10, attempt)};
		say('Retrying.\n\n');
	}
}

type Attempt = {readonly status: number} | {readonly redirect: string} | {readonly retry: true};

function* tryOnce(
	io: Io<Machine>,
	url: HttpUrl,
	options: WgetOptions,
	timeoutMs: number,
	say: (text: string) => unknown,
	reused: boolean,
): Generator<any, Attempt, any> {
	const isAddress = /^[\d.]+$/.test(url.host);
	if (!isAddress && !reused) say(`Resolving ${url.host} (${url.host})... `);
	const found = yield* resolve(io.machine, url.host);
	if ('error' in found) {
		say(`failed: ${resolveErrors[found.error]}.\n`);
		say(`wget: unable to resolve host address ‘${url.host}’\n`);
		return {status: networkFailure};
	}

	const ip = found.addresses[0]!;
	if (!isAddress && !reused) say(`${found.addresses.join(', ')}\n`);
	say(
		reused
			? `Reusing existing connection to ${url.host}:${url.port}.\n`
			: `Connecting to ${isAddress ? '' : `${url.host} (${url.host})|`}${ip}${isAddress ? '' : '|'}:${url.port}... `,
	);
	const opened = yield* openConnection(io.machine, {url, address: ip, timeoutMs});
	if ('why' in opened) {
		say(`failed: ${opened.why}.\n`);
		return opened.why === 'Connection timed out' ? {retry: true} : {status: networkFailure};
	}

	if (!reused) say('connected.\n');
	const done = yield* request(io.machine, opened.connection, {
		...{url, address: ip, timeoutMs, insecure: options.flags.has('no-check-certificate')},
		method: options.flags.has('spider') ? 'HEAD' : options.values.has('post-data') ? 'POST' : 'GET',
		headers: requestHeaders(url, options),
		...(options.values.has('post-data') && {body: toBytes(options.values.get('post-data')!)}),
	});
	if ('failed' in done) return failedAttempt(io, url, done, say);
	const {response} = done;
	say('HTTP request sent, awaiting response... ');
	if (options.flags.has('server-response'))
		for (const line of [
			'',
			...response.head
				.trimEnd()
				.split('\r\n')
				.map(text => `  ${text}`),
		])
			say(`${line}\n`);
	else say(`${response.status} ${response.reason}\n`);
	const location = headerOf(response, 'location');
	if ([301, 302, 303, 307, 308].includes(response.status) && location !== undefined) return {redirect: location};
	if (response.status >= 400) return {status: refused(io, url, response, options, say)};
	return {status: deliver(io, url, response, options, say)};
}

const failureTexts = {
	timeout: 'Read error (Connection timed out) in headers.\n',
	'no-data': 'No data received.\n',
	malformed: '200 No headers, assuming HTTP/0.9\n',
	connect: '',
} as const;

function failedAttempt(
	io: Io<Machine>,
	url: HttpUrl,
	done: Exclude<Fetched, {response: unknown}>,
	say: (text: string) => unknown,
): Attempt {
	if (done.failed !== 'tls') {
		say(`HTTP request sent, awaiting response... ${failureTexts[done.failed]}`);
		return {retry: true};
	}

	io.err(distrustText(url.host, done.tls));
	if (done.tls.hello) io.err(`To connect to ${url.host} insecurely, use \`--no-check-certificate'.\n`);
	return {status: tlsFailure};
}

/** Why a chain is not believed, in the words of src/openssl.c ssl_check_certificate. */
const reasons: Partial<Record<TlsFailure['failure'], string>> = {
	'unknown-ca': "  Unable to locally verify the issuer's authority.\n",
	'self-signed': '  Self-signed certificate encountered.\n',
	expired: '  Issued certificate has expired.\n',
};

function distrustText(host: string, {failure, hello}: TlsFailure): string {
	if (failure !== 'name') {
		const issuer = `ERROR: cannot verify ${host}'s certificate, issued by ‘CN=${hello?.issuer ?? ''}’:\n`;
		return hello ? issuer + (reasons[failure] ?? '') : 'Unable to establish SSL connection.\n';
	}

	return hello && hello.names.length > 0
		? `ERROR: no certificate subject alternative name matches\n\trequested host name ‘${host}’.\n`
		: `ERROR: certificate common name ‘${hello?.subject ?? ''}’ doesn't match requested host name ‘${host}’.\n`;
}

function requestHeaders(url: HttpUrl, {values, headers}: WgetOptions): string[] {
	const lines = [
		`Host: ${url.host}${url.portGiven ? `:${url.port}` : ''}`,
		`User-Agent: ${values.get('user-agent') ?? 'Wget/1.21.3'}`,
		'Accept: */*',
		'Accept-Encoding: identity',
		'Connection: Keep-Alive',
	];
	const named = (line: string) => line.split(':')[0]!.toLowerCase();
	const kept = lines.filter(line => !headers.some(header => named(header) === named(line)));
	const user = values.get('user') ?? values.get('http-user');
	if (user !== undefined)
		kept.push(`Authorization: Basic ${base64(toBytes(`${user}:${values.get('password') ?? values.get('http-password') ?? ''}`))}`);
	if (values.has('post-data'))
		kept.push('Content-Type: application/x-www-form-urlencoded', `Content-Length: ${toBytes(values.get('post-data')!).length}`);
	return [...kept, ...headers];
}

function refused(io: Io<Machine>, _url: HttpUrl, response: HttpResponse, options: WgetOptions, say: (text: string) => unknown): number {
	if (options.flags.has('spider')) say('Remote file does not exist -- broken link!!!\n\n');
	else if (response.status === 401) say('\nUsername/Password Authentication Failed.\n');
	else say(`${dateTime(io.machine.sim.clock.now())} ERROR ${response.status}: ${response.reason}.\n\n`);
	return response.status === 401 ? 6 : httpFailure;
}

function deliver(io: Io<Machine>, url: HttpUrl, response: HttpResponse, options: WgetOptions, say: (text: string) => unknown): number {
	const type = headerOf(response, 'content-type')?.split(';')[0];
	const announced = headerOf(response, 'content-length');
	say(`Length: ${announced === undefined ? 'unspecified' : announced}${type ? ` [${type}]` : ''}\n`);
	if (options.flags.has('spider')) {
		say('Remote file exists.\n\n');
		return 0;
	}

	const path = options.values.get('output-document') ?? freeName(io, url, options);
	const shown = path === '-' ? 'STDOUT' : path;
	say(`Saving to: ‘${shown}’\n\n`);
	try {
		if (path === '-') io.out(toText(response.body));
		else if (path !== '/dev/null') io.machine.files.write(io.path(path), toText(response.body));
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		io.err(`${path}: ${error.message}\n\nCannot write to ‘${path}’ (${error.message}).\n`);
		return 3;
	}

	const bytes = response.body.length;
	const kilobytes = 20 + io.machine.sim.random.fork(`wget/${io.machine.name}`).int(400) / 10;
	say(io.stdoutIsTerminal ? bar(shown, bytes, io.columns) : `     0K${dots(bytes)} ${kilobytes.toFixed(1)}K=0.001s\n`);
	const rate = io.stdoutIsTerminal ? `${(kilobytes / 8).toFixed(2)} MB/s` : `${kilobytes.toFixed(1)} KB/s`;
	say(
		`\n${dateTime(io.machine.sim.clock.now())} (${rate}) - ${path === '-' ? 'written to stdout' : `‘${shown}’ saved`} [${bytes}${announced === undefined ? '' : `/${announced}`}]\n\n`,
	);
	return 0;
}

/** One dot for each kilobyte, ten in a group, fifty in a line; then how much of it is there. */
function dots(bytes: number): string {
	const count = Math.min(50, Math.floor(bytes / 1024));
	let text = '';
	for (let i = 0; i < 50; i++) text += `${i % 10 === 0 ? ' ' : ''}${i < count ? '.' : ' '}`;
	return `${text.slice(0, -1)} 100%`;
}

function bar(name: string, bytes: number, columns: number): string {
	const width = Math.max(10, columns - 70);
	const title = name.slice(0, 20).padEnd(30);
	const half = (percent: string, fill: string, received: number) =>
		`\r${title}${percent}[${fill.padEnd(width)}] ${String(received).padStart(7)}  --.-KB/s  `;
	return `${half('  0%', '', 0)}             ${half('100%', `${'='.repeat(width - 1)}>`, bytes)}  in 0s      \n`;
}

function freeName(io: Io<Machine>, url: HttpUrl, options: WgetOptions): string {
	const folder = options.values.get('directory-prefix');
	const base = `${folder === undefined ? '' : `${folder}/`}${url.path.replace(/[?].*/, '').split('/').at(-1) || 'index.html'}`;
	let name = base;
	for (let i = 1; io.machine.files.exists(io.path(name)); i++) name = `${base}.${i}`;
	return name;
}

/** `2026-11-21 08:56:18` */
function dateTime(ms: number): string {
	const days = Math.floor(ms / 86_400_000);
	const {year, month, day} = civilFromDays(days);
	const seconds = Math.floor((ms - days * 86_400_000) / 1000);
	const two = (value: number) => String(value).padStart(2, '0');
	return `${year}-${two(month)}-${two(day)} ${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
