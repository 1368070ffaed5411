import type {Machine} from '../../../node/host/machine.js';
import {FileError} from '../../../os/files.js';
import type {Effect, Io} from '../../../shell/command.js';
import {CurlError} from './errors.js';
import type {CurlOptions} from './options.js';
import {expandUrl, nameOf} from './url-glob.js';

/** What must be read before the first transfer: a password, headers and the format of `-w` from files. */
export function* prepared(io: Io<Machine>, options: CurlOptions): Generator<Effect, CurlOptions, unknown> {
	const values = new Map(options.values);
	const format = values.get('write-out');
	if (format?.startsWith('@'))
		values.set('write-out', fileText(io, format.slice(1)) ?? warned(io, options, `Failed to read ${format.slice(1)}`));
	const headers = options.headers.flatMap(header => {
		if (!header.startsWith('@')) return [header];
		const text = fileText(io, header.slice(1)) ?? warned(io, options, `Failed to open ${header.slice(1)}!\n`);
		return text.split(/\r?\n/).filter(line => line !== '');
	});
	const user = values.get('user');
	if (user !== undefined && !user.includes(':') && !user.includes(';')) {
		io.err(`Enter host password for user '${user}':`);
		const password = (yield {read: 'line'}) as string | undefined;
		io.err('\n');
		values.set('user', `${user}:${(password ?? '').replace(/\n$/, '')}`);
	}

	const netrc =
		values.get('netrc-file') ?? (options.flags.has('netrc') || options.flags.has('netrc-optional') ? `${home(io)}/.netrc` : undefined);
	const accounts = netrc === undefined ? undefined : fileText(io, netrc);
	return {...options, headers, values, ...(accounts !== undefined && {netrc: accounts})};
}

const home = ({env}: Io<Machine>): string => env['HOME'] ?? '/root';

export function fileText(io: Io<Machine>, name: string): string | undefined {
	if (name === '-') return io.stdin;
	try {
		return io.machine.files.readText(io.path(name));
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		return undefined;
	}
}

function warned(io: Io<Machine>, {flags}: CurlOptions, text: string): string {
	if (!flags.has('silent')) io.err(`Warning: ${text}`);
	return '';
}

interface Target {
	/** Absent: a pattern that cannot be read, of which was told. */
	readonly url?: string;
	readonly output: {readonly path?: string; readonly remote?: boolean};
	/** Above each of several that one pattern stands for. */
	readonly title?: {readonly err: string; readonly out: string};
}

/** Every transfer: a pattern stands for many, which share its `-o`. */
export function* targets(io: Io<Machine>, {urls, outputs, flags, values}: CurlOptions): Generator<Target> {
	const remote: Target['output'] = flags.has('remote-name-all') ? {remote: true} : {};
	const scheme = values.get('proto-default');
	for (const [i, given] of urls.entries()) {
		const output = outputs[i] ?? remote;
		const pattern = scheme === undefined || /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `${scheme}://${given}`;
		if (flags.has('globoff')) {
			yield {url: pattern, output};
			continue;
		}

		try {
			const all = expandUrl(pattern);
			const toFile = output.remote === true || (output.path !== undefined && output.path !== '-');
			for (const [at, {url, parts}] of all.entries()) {
				const path = output.path === undefined ? undefined : nameOf(output.path, parts);
				const err = `\n[${at + 1}/${all.length}]: ${url} --> ${path ?? (output.remote ? url.split('/').at(-1) : '<stdout>')}\n`;
				const title = all.length > 1 && !flags.has('silent') ? {err, out: toFile ? '' : `--_curl_--${url}\n`} : undefined;
				yield {url, output: path === undefined ? output : {path}, ...(title && {title})};
			}
		} catch (error) {
			if (!(error instanceof CurlError)) throw error;
			if (!flags.has('silent') || flags.has('show-error')) io.err(`curl: (3) ${error.message}\n`);
			yield {output};
		}
	}
}
