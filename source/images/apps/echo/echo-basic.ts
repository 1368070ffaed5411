import type {Image} from '../../../node/image/image.js';
import type {ProgramContext} from '../../../node/program/program.js';
import {tagsOf} from '../../base/tags.js';
import {goAnswer} from '../go/answer.js';
import {hostPort, sortedFields, targetOf} from '../go/request.js';
import {webServer} from '../web-server.js';

const portOf = ({env}: ProgramContext): string => env['HTTP_PORT'] || '3000';

/** The backend of the Gateway API's own tests, and of the first steps of several gateways. */
const echoBasic = webServer({
	name: 'echo-basic',
	port: context => Number(portOf(context)),
	greeting: context => `Starting server, listening on port ${portOf(context)} (http)`,
	answer({machine, env}, request) {
		const nowMs = machine.sim.clock.now();
		if (request.path === '/health') return goAnswer(nowMs, 'OK', {headers: [['Content-Type', 'text/plain']]});
		const status = /^\/status\/(\d{3})$/.exec(request.path)?.[1];
		const body = {
			path: targetOf(request),
			host: request.headers['host'] ?? '',
			method: request.method,
			proto: 'HTTP/1.1',
			headers: Object.fromEntries(sortedFields(request).map(([name, value]) => [name, [value]])),
			namespace: env['NAMESPACE'] ?? '',
			ingress: env['INGRESS_NAME'] ?? '',
			service: env['SERVICE_NAME'] ?? '',
			pod: env['POD_NAME'] ?? '',
		};
		return goAnswer(nowMs, JSON.stringify(body, null, 1), {
			status: status === undefined ? 200 : Number(status),
			headers: [
				['Content-Type', 'application/json'],
				['X-Content-Type-Options', 'nosniff'],
			],
		});
	},
	logLine: (_, request, peer) =>
		request.path === '/health' ? '' : `Echoing back request made to ${targetOf(request)} to client (${hostPort(peer)})`,
	terminated: 2,
});

const builds = [
	'v20231214-v1.0.0-140-gf544a46e',
	'v20240412-v1.0.0-394-g40c666fd',
	'v20240501-v1.0.0-505-g0c4b9b1b',
	'v20231024-v1.0.0-rc1-33-g9c830e50',
	'v20221109-7ee2f3e',
];

export default {
	repository: 'gcr.io/k8s-staging-gateway-api/echo-basic',
	aliases: ['gcr.io/k8s-staging-ingressconformance/echoserver'],
	tags: tagsOf(Object.fromEntries(builds.map(tag => [tag, 9.2])), () => ({
		entrypoint: ['/echo-basic'],
		command: [],
		ports: ['3000/tcp'],
		user: '65532',
		files: {},
	})),
	program: echoBasic,
	tools: [],
} satisfies Image;
