import type {ServiceAnswer} from '../../net/socket.js';
import {httpAnswer, parseHttpRequest} from '../kube-proxy/http.js';

const gauge = 'metallb_allocator_addresses_in_use_total';

/** Port 7472: what Prometheus, and the kubelet's probes, ask. */
export function metricsAnswer(bytes: string, nowMs: number, inUse: number): ServiceAnswer {
	const asked = parseHttpRequest(bytes);
	const plain = {'Content-Type': 'text/plain; version=0.0.4; charset=utf-8; escaping=values'};
	if (asked?.path !== '/metrics')
		return {bytes: httpAnswer(nowMs, 404, {'Content-Type': 'text/plain; charset=utf-8'}, '404 page not found\n')};
	const body = `# HELP ${gauge} Number of IP addresses in use, per pool.\n# TYPE ${gauge} gauge\n${gauge} ${inUse}\n`;
	return {bytes: httpAnswer(nowMs, 200, plain, body, asked.method === 'HEAD')};
}
