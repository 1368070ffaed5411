import type {ProgramContext} from '../../../node/program/program.js';
import {FileError, type Files} from '../../../os/files.js';
import {normalise} from '../../../os/layer.js';
import type {Process} from '../../../os/process.js';
import {toWire} from '../../http/bytes.js';
import type {HttpAnswer} from '../../http/answer.js';
import type {Directive} from '../config/configuration.js';
import type {Exchange} from '../request/exchange.js';
import {setting} from '../config/server-table.js';
import {accessTime, errorTime, escapeLog} from './times.js';
import {variable} from '../variables/variables.js';

const levels = ['debug', 'info', 'notice', 'warn', 'error', 'crit', 'alert', 'emerg'] as const;
type Level = (typeof levels)[number];

const combined = '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"';
/** Where a package puts them. */
const errorPath = '/var/log/nginx/error.log';
const accessPath = '/var/log/nginx/access.log';

/** A line about the server itself, where `error_log` of the main block wants it. */
export function note(context: ProgramContext, main: readonly Directive[], level: Level, text: string): void {
	const pid = numberOf(context.machine.processes.get(context.pid));
	writeError(context, [main], level, pid, text);
}

/** A line for a request, in the format that `access_log` names. */
export function logAccess(exchange: Exchange, answer: HttpAnswer): void {
	const {context, server, table} = exchange;
	const [path = accessPath, format] = setting('access_log', server.directives, table.http)?.args ?? [];
	if (path === 'off') return;
	const pieces = table.http.find(each => each.name === 'log_format' && each.args[0] === format)?.args.slice(1);
	const text = (pieces?.filter(piece => !/^escape=\w+$/.test(piece)).join('') || combined).replace(/\$\{?(\w+)\}?/g, (_, name: string) => {
		const value = ofAnswer(exchange, answer, name) ?? variable(exchange, name);
		return value === '' ? '-' : escapeLog(value);
	});
	put(context, path, text);
}

/** What is known only when the answer is. */
function ofAnswer({request, context}: Exchange, {status, body}: HttpAnswer, name: string): string | undefined {
	switch (name) {
		case 'status':
			return String(status);
		case 'body_bytes_sent':
		case 'bytes_sent':
			return String(request.method === 'HEAD' ? 0 : toWire(body).length);
		case 'time_local':
			return accessTime(context.machine.sim.clock.now());
		case 'request':
			return request.line;
		case 'request_time':
			return '0.000';
		default:
			return undefined;
	}
}

/** The images link their logs to the container's streams; elsewhere they are files. */
function put(context: ProgramContext, path: string, text: string): void {
	const {files} = context.machine;
	try {
		const target = path === 'stderr' ? '/dev/stderr' : lastLink(files, path);
		const stream = streams[target];
		if (stream) context.log(text, stream);
		else if (target !== '/dev/null') files.write(target, `${text}\n`, {append: true});
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
	}
}

const streams: Readonly<Record<string, 'stdout' | 'stderr'>> = {
	'/dev/stdout': 'stdout',
	'/dev/stderr': 'stderr',
	'/proc/self/fd/1': 'stdout',
	'/proc/self/fd/2': 'stderr',
	'/proc/1/fd/1': 'stdout',
	'/proc/1/fd/2': 'stderr',
};

/** Where links lead, up to one of the streams. */
function lastLink(files: Files, path: string, depth = 0): string {
	if (path in streams || depth > linksMax || !files.exists(path) || files.lstat(path).type !== 'symlink') return path;
	return lastLink(files, normalise(files.readlink(path), path.slice(0, path.lastIndexOf('/')) || '/'), depth + 1);
}

const linksMax = 8;

export function writeError(
	context: ProgramContext,
	within: ReadonlyArray<readonly Directive[]>,
	level: Level,
	pid: number,
	text: string,
): void {
	const [path = errorPath, least = 'error'] = setting('error_log', ...within)?.args ?? [];
	if (levels.indexOf(level) < levels.indexOf(least as Level)) return;
	put(context, path, `${errorTime(context.machine.sim.clock.now())} [${level}] ${pid}#${pid}: ${text}`);
}

/** As the container counts; a host's own number on a host. */
export const numberOf = (process: Process | undefined): number => process?.innerPid ?? process?.pid ?? 1;
