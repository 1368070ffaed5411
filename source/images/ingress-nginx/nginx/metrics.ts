import {type Exchange, locationOf} from './exchange.js';
import {remember, type RequestCount} from './memory.js';

/** Labels of nginx_ingress_controller_requests, in the order of the key of `NginxMemory.counts`; lua's monitor.lua gathers them. */
export const labelNames = ['host', 'namespace', 'ingress', 'service', 'canary', 'method', 'path', 'status'] as const;

const none: RequestCount = {requests: 0, bytesSent: 0, requestBytes: 0, durationMs: 0, upstreamMs: 0};

export function countRequest(exchange: Exchange, status: number, bytesSent: number): void {
	const {context, vars, request, host, tries} = exchange;
	const location = locationOf(exchange);
	const counted = location !== undefined;
	const key = JSON.stringify([
		host.server.hostname,
		vars['namespace'] ?? '',
		vars['ingress_name'] ?? '',
		vars['service_name'] ?? '',
		vars['proxy_alternative_upstream_name'] ?? '',
		request.method,
		location?.path ?? '',
		String(status),
	]);
	remember(context, memory => {
		const old = memory.counts[key] ?? none;
		const next: RequestCount = {
			requests: old.requests + 1,
			bytesSent: old.bytesSent + bytesSent,
			requestBytes: old.requestBytes + request.headLength + request.body.length,
			durationMs: old.durationMs + exchange.elapsedMs,
			upstreamMs: old.upstreamMs + tries.reduce((sum, {ms}) => sum + ms, 0),
		};
		return {accepted: memory.accepted + 1, requests: memory.requests + 1, ...(counted && {counts: {...memory.counts, [key]: next}})};
	});
}
