import {errorTime, escapeLog} from '../../nginx/log/times.js';
import type {Exchange} from './exchange.js';
import type {NginxContext} from './memory.js';

/** How many workers the generation before had is not known: each reload begins a hundred process ids further. */
export const workerPid = ({generation, worker}: {readonly generation: number; readonly worker: number}): number =>
	30 + (generation % 300) * 100 + worker;

/** reuseport: the kernel spreads connections over the workers by their addresses. */
export function workerOf({address, port}: {readonly address: string; readonly port: number}, workers: number): number {
	let hash = 0x811c9dc5;
	for (const char of `${address}:${port}`) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
	return ((hash ^ (hash >>> 15)) >>> 0) % Math.max(1, workers);
}

export type Level = 'warn' | 'error' | 'crit';

/** A line about a request, as ngx_http_log_error_handler ends it. */
export function logError(exchange: Exchange, level: Level, words: string, upstream?: string): void {
	const {request, client, serial, host} = exchange;
	const fields = [
		`client: ${client}`,
		`server: ${host.server.hostname}`,
		`request: "${escapeLog(request.line)}"`,
		...(upstream === undefined ? [] : [`upstream: "${upstream}"`]),
		...(request.headers['host'] === undefined ? [] : [`host: "${request.headers['host']}"`]),
		...(request.headers['referer'] === undefined ? [] : [`referrer: "${request.headers['referer']}"`]),
	];
	write(exchange.context, exchange, level, `*${serial} ${words}, ${fields.join(', ')}`);
}

function write(context: NginxContext, {worker}: {readonly worker: number}, level: Level, text: string): void {
	const pid = workerPid({generation: context.memory.nginx?.generation ?? 0, worker});
	context.log(`${errorTime(context.machine.sim.clock.now())} [${level}] ${pid}#${pid}: ${text}`, 'stderr');
}
