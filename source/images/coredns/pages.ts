import type {ServiceAnswer, ServiceRequest} from '../../net/socket.js';
import {httpAnswer, parseHttpRequest} from '../kube-proxy/http.js';
import {type CorednsContext, configOf} from './memory.js';

const plain = {'Content-Type': 'text/plain; charset=utf-8'};

/** /health, /ready and /metrics, each on its own port. */
export function servePages(context: CorednsContext, {bytes, local}: ServiceRequest): ServiceAnswer {
	const nowMs = context.machine.sim.clock.now();
	const request = parseHttpRequest(bytes);
	const answer = (status: number, body: string) => ({bytes: httpAnswer(nowMs, status, plain, body, request?.method === 'HEAD')});
	if (!request) return {...answer(400, '400 Bad Request'), end: 'closed'};
	if (local.port === configOf(context, 'health')?.port && request.path === '/health') return answer(200, 'OK');
	if (local.port === configOf(context, 'ready')?.port && request.path === '/ready') {
		return context.memory.synced ? answer(200, 'OK') : answer(503, 'kubernetes');
	}

	if (local.port === configOf(context, 'prometheus')?.port && request.path === '/metrics') return answer(200, metrics(context));
	return answer(404, '404 page not found\n');
}

function metrics({memory}: CorednsContext): string {
	const rows = Object.entries(memory.requests)
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([rcode, count]) => `coredns_dns_responses_total{plugin="",rcode="${rcode}",server="dns://:53",view="",zone="."} ${count}\n`);
	return [
		"# HELP coredns_build_info A metric with a constant '1' value labeled by version, revision, and goversion from which CoreDNS was built.\n",
		'# TYPE coredns_build_info gauge\n',
		'coredns_build_info{goversion="go1.23.3",revision="51e11f1",version="1.12.0"} 1\n',
		'# HELP coredns_dns_responses_total Counter of response status codes.\n',
		'# TYPE coredns_dns_responses_total counter\n',
		...rows,
	].join('');
}
