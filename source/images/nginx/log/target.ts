import type {ProgramContext} from '../../../node/program/program.js';
import {FileError, type Files} from '../../../os/files.js';
import {normalise} from '../../../os/layer.js';
import type {Directive} from '../config/configuration.js';
import type {NginxMemory} from '../memory.js';

const streams: Readonly<Record<string, 'stdout' | 'stderr'>> = {
	stderr: 'stderr',
	'/dev/stdout': 'stdout',
	'/dev/stderr': 'stderr',
	'/proc/self/fd/1': 'stdout',
	'/proc/self/fd/2': 'stderr',
	'/proc/1/fd/1': 'stdout',
	'/proc/1/fd/2': 'stderr',
};

/** Who writes: the context of the program, and where the logs led when it opened them. */
export interface Writer {
	readonly context: ProgramContext;
	memory(): Pick<NginxMemory, 'logs'>;
}

/** The images link their logs to the container's streams; elsewhere they are files. */
export function put(writer: Writer, path: string, text: string): void {
	const {context} = writer;
	try {
		const target = writer.memory().logs[path] ?? lastLink(context.machine.files, path);
		const stream = streams[target];
		if (stream) context.log(text, stream);
		else if (target !== '/dev/null') context.machine.files.write(target, `${text}\n`, {append: true});
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
	}
}

/** nginx opens its logs when it reads its configuration, and again when it is asked to reopen them. */
export function openLogs(files: Files, directives: readonly Directive[]): Readonly<Record<string, string>> {
	const paths = new Set(['/var/log/nginx/access.log', '/var/log/nginx/error.log', ...pathsIn(directives)]);
	return Object.fromEntries([...paths].map(path => [path, lastLink(files, path)]));
}

const pathsIn = (directives: readonly Directive[]): readonly string[] =>
	directives.flatMap(({name, args, block}) => [
		...(name === 'access_log' || name === 'error_log' ? args.slice(0, 1) : []),
		...(block ? pathsIn(block) : []),
	]);

/** Where links lead, up to one of the streams. */
function lastLink(files: Files, path: string, depth = 0): string {
	if (path in streams || depth > linksMax || !files.exists(path) || files.lstat(path).type !== 'symlink') return path;
	return lastLink(files, normalise(files.readlink(path), path.slice(0, path.lastIndexOf('/')) || '/'), depth + 1);
}

const linksMax = 8;
