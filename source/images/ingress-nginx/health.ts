import type {ServiceAnswer} from '../../net/socket.js';
import {parseHttpRequest, textAnswer} from '../http/answer.js';
import type {ControllerContext} from './memory.js';
import {isOn} from './arguments.js';
import {metricsText} from './metrics.js';

/** Port 10254: health, build and metrics (cmd/nginx/main.go). Well means that nginx runs with a configuration. */
export function answerHealth(context: ControllerContext, bytes: string): ServiceAnswer {
	const {memory, machine} = context;
	const request = parseHttpRequest(bytes);
	const nowMs = machine.sim.clock.now();
	const path = request?.path ?? '/';
	if (path === memory.given['health-check-path'] || path === `${memory.given['health-check-path']}/`) {
		const well = memory.phase !== 'stopping' && memory.nginx !== undefined;
		return well
			? textAnswer(request, nowMs, 'ok')
			: textAnswer(request, nowMs, '[+]ping ok\n[-]nginx-ingress-controller failed: reason withheld\nhealthz check failed\n', 500);
	}

	if (path === '/build') {
		const build = {
			name: 'NGINX',
			release: 'v1.11.2',
			build: '46e76e5916813cfca2a9b0bfdc34b69a0000f6b9',
			repository: 'https://github.com/kubernetes/ingress-nginx',
		};
		return textAnswer(request, nowMs, JSON.stringify(build), 200, 'application/json');
	}

	if (path === '/metrics' && isOn(memory.given, 'enable-metrics'))
		return textAnswer(request, nowMs, metricsText(context), 200, 'text/plain; version=0.0.4; charset=utf-8; escaping=values');
	return textAnswer(request, nowMs, '404 page not found\n', 404);
}
