import type {Machine} from '../../../../node/host/machine.js';
import type {Io} from '../../../../shell/command.js';
import {base64, type HttpUrl, toBytes} from '../../http/message.js';
import {strftime} from '../../../../sim/strftime.js';
import type {WgetOptions} from './options.js';

/** What is asked of a server; undefined bodies are not sent. */
export interface Asked {
	readonly method: string;
	readonly headers: readonly string[];
	readonly body?: string;
}

/** `existing`: the file that is gone on with, or that must have become older. */
export function requestOf(io: Io<Machine>, url: HttpUrl, options: WgetOptions, existing?: string): Asked {
	const {flags, values} = options;
	const posted = values.get('post-data') ?? fileText(io, values.get('post-file'));
	const text = posted ?? values.get('body-data') ?? fileText(io, values.get('body-file'));
	const body = text === undefined ? undefined : toBytes(text);
	const method = values.get('method')?.toUpperCase() ?? (flags.has('spider') ? 'HEAD' : posted === undefined ? 'GET' : 'POST');
	return {method, headers: headerLines(io, url, options, body, existing), ...(body !== undefined && {body})};
}

const fileText = (io: Io<Machine>, name: string | undefined): string | undefined =>
	name === undefined ? undefined : io.machine.files.readText(io.path(name));

function headerLines(io: Io<Machine>, url: HttpUrl, {flags, values, headers}: WgetOptions, body?: string, existing?: string): string[] {
	const lines = [`Host: ${url.host}${url.portGiven ? `:${url.port}` : ''}`, `User-Agent: ${values.get('user-agent') ?? 'Wget/1.21.3'}`];
	if (values.has('referer')) lines.push(`Referer: ${values.get('referer')}`);
	if (flags.has('no-cache')) lines.push('Cache-Control: no-cache', 'Pragma: no-cache');
	if (existing !== undefined) {
		const {size, mtimeMs} = io.machine.files.stat(existing);
		if (flags.has('continue')) lines.push(`Range: bytes=${size}-`);
		if (flags.has('timestamping')) lines.push(`If-Modified-Since: ${strftime('%a, %d %b %Y %T GMT', mtimeMs)}`);
	}
	lines.push('Accept: */*', 'Accept-Encoding: identity', `Connection: ${flags.has('no-http-keep-alive') ? 'Close' : 'Keep-Alive'}`);
	const named = (line: string) => line.split(':')[0]!.toLowerCase();
	const kept = lines.filter(line => !headers.some(header => named(header) === named(line)));
	const user = values.get('user');
	if (user !== undefined) kept.push(`Authorization: Basic ${base64(toBytes(`${user}:${values.get('password') ?? ''}`))}`);
	if (body !== undefined) kept.push('Content-Type: application/x-www-form-urlencoded', `Content-Length: ${body.length}`);
	return [...kept, ...headers];
}
