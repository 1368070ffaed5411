import type {Machine} from '../../../../node/host/machine.js';
import {FileError} from '../../../../os/files.js';
import type {Io} from '../../../../shell/command.js';
import {headerOf, type HttpResponse, type HttpUrl, toText} from '../../http/message.js';
import {dateTime, type Log} from './log.js';
import type {WgetOptions} from './options.js';
import {bar, dots, rateText} from './progress.js';

const writeFailure = 3;

/** Where a URL is saved, and whether that stands there already. */
export function placeOf(io: Io<Machine>, url: HttpUrl, {flags, values}: WgetOptions): {readonly path: string; readonly exists: boolean} {
	const given = values.get('output-document');
	const folder = values.get('directory-prefix');
	const base = given ?? `${folder === undefined ? '' : `${folder}/`}${url.path.split('/').at(-1) || 'index.html'}`;
	const exists = (name: string) => name !== '-' && io.machine.files.exists(io.path(name));
	if (given !== undefined || ['continue', 'timestamping', 'no-clobber'].some(flag => flags.has(flag)))
		return {path: base, exists: exists(base)};
	let path = base;
	for (let i = 1; exists(path); i++) path = `${base}.${i}`;
	return {path, exists: false};
}

/** Saves an answer; `first`: of several in one file, the others are put behind. Returns the status. */
export function deliver(
	io: Io<Machine>,
	shownUrl: string,
	response: HttpResponse,
	options: WgetOptions,
	{log, path, first}: {readonly log: Log; readonly path: string; readonly first: boolean},
): number {
	const bytes = response.body.length;
	const before = response.status === 206 ? io.machine.files.stat(io.path(path)).size : 0;
	log.verbose(lengthLine(response, before));
	const shown = path === '-' ? 'STDOUT' : path;
	log.verbose(`Saving to: ‘${shown}’\n\n`);
	try {
		save(io, path, response, options, before > 0 || !first);
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		log.loud(`${path}: ${error.message}\n\nCannot write to ‘${path}’ (${error.message}).\n`);
		return writeFailure;
	}

	const rate = 1024 * (20 + io.machine.sim.random.fork(`wget/${io.machine.name}`).int(400) / 10);
	const progress = io.stdoutIsTerminal ? bar(shown, bytes, io.columns) : dots(bytes, rate);
	if (options.flags.has('show-progress'))
		log.always(`${options.flags.has('quiet') ? '\n' : ''}${progress}${options.flags.has('quiet') ? '\n' : ''}`);
	else log.verbose(progress);
	const speed = rateText(io.stdoutIsTerminal ? rate * 128 : rate, [' B/s', ' KB/s', ' MB/s', ' GB/s']).trim();
	const announced = headerOf(response, 'content-length') === undefined ? '' : `/${before + bytes}`;
	const now = dateTime(io.machine.sim.clock.now());
	log.verbose(`\n${now} (${speed}) - ${path === '-' ? 'written to stdout' : `‘${shown}’ saved`} [${before + bytes}${announced}]\n\n`);
	log.brief(`${now} URL:${shownUrl} [${before + bytes}${announced}] -> "${path}" [1]\n`);
	return 0;
}

export function lengthLine(response: HttpResponse, before = 0): string {
	const type = headerOf(response, 'content-type')?.split(';')[0];
	const announced = headerOf(response, 'content-length');
	const rest = before > 0 ? `, ${announced} remaining` : '';
	const length = announced === undefined ? 'unspecified' : `${before + Number(announced)}${rest}`;
	return `Length: ${length}${type ? ` [${type}]` : ''}\n`;
}

function save(io: Io<Machine>, path: string, response: HttpResponse, {flags, values}: WgetOptions, append: boolean): void {
	if (path === '-') io.out(toText(response.body));
	if (path === '-' || path === '/dev/null') return;
	const {files} = io.machine;
	const folder = values.get('directory-prefix');
	if (folder !== undefined && !values.has('output-document')) files.makeFolder(io.path(folder), {recursive: true});
	files.write(io.path(path), toText(response.body), {append});
	const modified = Date.parse(headerOf(response, 'last-modified') ?? '');
	if (!Number.isNaN(modified) && !flags.has('no-use-server-timestamps') && !values.has('output-document'))
		files.touch(io.path(path), modified);
}
