import {gunzipSync} from 'node:zlib';
import type {Machine} from '../../../node/host/machine.js';
import {FileError} from '../../../os/files.js';
import type {Io} from '../../../shell/command.js';
import {headerOf, type HttpResponse, parseUrl, toBytes, toText} from '../http/message.js';
import {CurlError} from './errors.js';
import type {CurlOptions} from './options.js';
import type {Screen} from './screen.js';

/** What has come, to where `-o`, `-O` or nothing says: the name of that file. */
export function deliver(
	io: Io<Machine>,
	options: CurlOptions,
	output: {path?: string; remote?: boolean},
	url: string,
	given: HttpResponse,
	screen: Screen,
	resumeFrom: number,
): string {
	const {flags} = options;
	const packed = flags.has('compressed') && headerOf(given, 'content-encoding')?.toLowerCase() === 'gzip' && given.body !== '';
	const response = packed ? {...given, body: gunzipSync(Buffer.from(given.body, 'latin1')).toString('latin1')} : given;
	const headPath = options.values.get('dump-header');
	if (headPath === '-') io.out(response.head);
	else if (headPath !== undefined) io.machine.files.write(io.path(headPath), response.head);
	const told = flags.has('remote-header-name') ? announcedName(response) : undefined;
	const name = output.remote
		? (told ??
			parseUrl(url)
				?.path.replace(/[?#].*/, '')
				.split('/')
				.at(-1) ??
			'')
		: output.path;
	if (output.remote && !name) throw new CurlError(23, 'Remote file name has no length!');
	const folder = options.values.get('output-dir');
	const path = folder === undefined || name === undefined || name === '-' ? name : `${folder}/${name}`;
	const text = `${screen.head(response)}${toText(response.body)}`;
	if (path === undefined || path === '-') {
		// Standard output is buffered when it is no terminal: it comes when all is said, unless that is said there, too.
		const buffered = !io.stdoutIsTerminal && options.values.get('trace') !== '-' && options.values.get('trace-ascii') !== '-';
		if (!buffered) io.out(text);
		screen.progress(response);
		if (buffered) io.out(text);
		return '';
	}

	if (path !== '/dev/null') {
		try {
			if (flags.has('create-dirs'))
				io.machine.files.makeFolder(io.path(path).replace(/\/[^/]*$/, '') || '/', {recursive: true, mode: 0o750});
			const isText = toBytes(toText(response.body)) === response.body;
			const bytes = toBytes(screen.head(response)) + response.body;
			io.machine.files.write(io.path(path), isText ? text : Uint8Array.from(bytes, char => char.charCodeAt(0)), {append: resumeFrom > 0});
		} catch (error) {
			if (!(error instanceof FileError)) throw error;
			screen.progress(response);
			throw new CurlError(23, `Failure writing output to destination`);
		}
	}

	screen.progress(response);
	return path;
}

/** `Content-Disposition: attachment; filename="NAME"`, without a path. */
const announcedName = (response: HttpResponse): string | undefined =>
	/filename="?([^";]*)/i
		.exec(headerOf(response, 'content-disposition') ?? '')?.[1]
		?.split(/[/\\]/)
		.at(-1) || undefined;
