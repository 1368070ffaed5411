import type {Sent} from '../../nginx/log/access-log.js';
import type {Exchange} from '../../nginx/request/exchange.js';
import {remember, type RequestCount} from './memory.js';

/** Labels of nginx_ingress_controller_requests, in the order of the key of `NginxMemory.counts`; lua's monitor.lua gathers them. */
export const labelNames = ['host', 'namespace', 'ingress', 'service', 'canary', 'method', 'path', 'status'] as const;

const none: RequestCount = {requests: 0, bytesSent: 0, requestBytes: 0, durationMs: 0, upstreamMs: 0};

/** monitor.call */
export function countRequest(exchange: Exchange): undefined {
	const {context, vars, request, server, tries} = exchange;
	const {status, bytes} = exchange.lua.get('sent') as Sent;
	const text = (name: string) => vars.get(name) ?? '';
	const key = JSON.stringify([
		server.names[0] ?? '',
		text('namespace'),
		text('ingress_name'),
		text('service_name'),
		text('proxy_alternative_upstream_name'),
		request.method,
		text('location_path'),
		String(status),
	]);
	remember(context, memory => {
		const old = memory.counts[key] ?? none;
		const next: RequestCount = {
			requests: old.requests + 1,
			bytesSent: old.bytesSent + bytes,
			requestBytes: old.requestBytes + request.headLength + request.body.length,
			durationMs: old.durationMs + exchange.elapsedMs,
			upstreamMs: old.upstreamMs + tries.reduce((sum, {ms}) => sum + ms, 0),
		};
		return {counts: {...memory.counts, [key]: next}};
	});
}
