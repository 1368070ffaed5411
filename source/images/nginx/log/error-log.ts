import type {Directive} from '../config/configuration.js';
import type {Exchange} from '../request/exchange.js';
import {numberOf, writeError} from './log.js';
import {escapeLog} from './times.js';
import {workersOf} from '../master/workers.js';

/** What a worker says of a request that it could not serve as wished. */
export function logError({request, client, context, server, table}: Exchange, text: string, upstream?: string): void {
	const fields = [
		`client: ${client}`,
		`server: ${server.names[0] ?? ''}`,
		`request: "${escapeLog(request.line)}"`,
		...(upstream === undefined ? [] : [`upstream: "${upstream}"`]),
		`host: "${request.headers['host'] ?? ''}"`,
	];
	const main: readonly Directive[] = context.memory?.directives ?? [];
	const worker = numberOf(workersOf(context)[0]);
	writeError(context, [server.directives, table.http, main], 'error', worker, `*1 ${text}, ${fields.join(', ')}`);
}
