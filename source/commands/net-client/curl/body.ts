import type {Machine} from '../../../node/host/machine.js';
import {FileError} from '../../../os/files.js';
import type {Io} from '../../../shell/command.js';
import {toBytes} from '../http/message.js';
import {CurlError} from './errors.js';
import {formBody} from './form.js';
import type {CurlOptions} from './options.js';
import {bodyOf} from './request.js';

/** What is sent with the request, of `-T`, `-F` or `-d`; with `boundary` it is a form of several parts. */
export function payloadOf(
	io: Io<Machine>,
	options: CurlOptions,
	boundary: string,
): {readonly body?: string | undefined; readonly boundary?: string} {
	const upload = options.values.get('upload-file');
	if (upload !== undefined) return {body: toBytes(readFile(io, upload, `Can't open '${upload}'!`))};
	if (options.flags.has('get')) return {};
	if (options.form.length > 0) return {boundary, body: formBody(options, boundary, path => readFile(io, path, ''))};
	return {body: bodyOf(options, path => dataFile(io, options, path))};
}

function readFile(io: Io<Machine>, path: string, told = ''): string {
	if (path === '-') return io.stdin;
	try {
		if (!io.machine.files.exists(io.path(path))) throw new FileError('ENOENT', path);
		return io.machine.files.readText(io.path(path));
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		if (told !== '') io.err(`curl: ${told}\ncurl: try 'curl --help' or 'curl --manual' for more information\n`);
		throw new CurlError(26, 'Failed to open/read local data from file/application');
	}
}

/** Data of a file that cannot be read is empty. */
export function dataFile(io: Io<Machine>, {flags}: CurlOptions, path: string): string {
	if (path === '-' || io.machine.files.exists(io.path(path))) return readFile(io, path);
	if (!flags.has('silent')) io.err(`Warning: Couldn't read data from file "${path}", this makes an empty POST.\n`);
	return '';
}
