import {type Levels, setting} from '../config/levels.js';
import type {Exchange} from '../request/exchange.js';
import {put, type Writer} from './target.js';
import {errorTime, escapeLog} from './times.js';

const levelNames = ['debug', 'info', 'notice', 'warn', 'error', 'crit', 'alert', 'emerg'] as const;
export type Level = (typeof levelNames)[number];

/** Where a package puts it. */
const errorPath = '/var/log/nginx/error.log';

/** A line of the error log, when `error_log` of the innermost level wants it. */
export function writeError(writer: Writer, levels: Levels, level: Level, pid: number, text: string): void {
	const [path = errorPath, least = 'error'] = setting('error_log', levels)?.args ?? [];
	if (levelNames.indexOf(level) < levelNames.indexOf(least as Level)) return;
	put(writer, path, `${errorTime(writer.context.machine.sim.clock.now())} [${level}] ${pid}#${pid}: ${text}`);
}

/** A line about a request, as ngx_http_log_error_handler ends it. */
export function logError(exchange: Exchange, words: string, {upstream, level = 'error'}: {upstream?: string; level?: Level} = {}): void {
	const {request, client, serial, server, nginx, levels, subrequest} = exchange;
	const {host, referer} = request.headers;
	const fields = [
		`client: ${client}`,
		`server: ${server.names[0] ?? ''}`,
		`request: "${escapeLog(request.line)}"`,
		...(subrequest === undefined ? [] : [`subrequest: "${subrequest}"`]),
		...(upstream === undefined ? [] : [`upstream: "${upstream}"`]),
		...(host === undefined ? [] : [`host: "${host}"`]),
		...(referer === undefined ? [] : [`referrer: "${referer}"`]),
	];
	writeError(nginx, levels, level, nginx.workerPid, `*${serial} ${words}, ${fields.join(', ')}`);
}
