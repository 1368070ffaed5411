import type {Image} from '../../../node/image/image.js';
import type {ProgramContext} from '../../../node/program/program.js';
import {strftime} from '../../../sim/strftime.js';
import type {Endpoint} from '../../../net/socket.js';
import {type HttpRequest, httpDate} from '../../http/answer.js';
import {tagsOf} from '../../base/tags.js';
import {busyboxTools, osRelease} from '../../base/tools.js';
import {expressAnswer} from '../node/answer.js';
import {targetOf} from '../go/request.js';
import {goFlags} from '../go/flags.js';
import {interpreter} from '../interpreter.js';
import {webServer} from '../web-server.js';

const portOf = ({argv, env}: ProgramContext): string => goFlags(argv.slice(1)).values.get('port') ?? env['PORT'] ?? '80';

/** Parameters of the query, or headers `X-ECHO-CODE` and the like, that say how it shall answer. */
const wish = ({headers, query}: HttpRequest, name: string): string | undefined =>
	new URLSearchParams(query).get(`echo_${name}`) ?? headers[`x-echo-${name.replaceAll('_', '-')}`];

function echoed({machine, env}: ProgramContext, request: HttpRequest, {address}: Endpoint) {
	const {HOME, ...others} = env;
	const shows = (name: string) => (env[`ENABLE__${name}`] ?? 'true') !== 'false';
	const hostname = (request.headers['host'] ?? machine.hostname).split(':')[0]!;
	return {
		...(shows('HOST') && {host: {hostname, ip: `::ffff:${address}`, ips: []}}),
		...(shows('HTTP') && {http: {method: request.method, baseUrl: '', originalUrl: targetOf(request), protocol: 'http'}}),
		...(shows('REQUEST') && {
			request: {
				params: {0: request.path},
				query: Object.fromEntries(new URLSearchParams(request.query)),
				cookies: {},
				body: bodyOf(request),
				headers: request.headers,
			},
		}),
		...(shows('ENVIRONMENT') && {environment: {...others, ...(HOME !== undefined && {HOME})}}),
	};
}

function bodyOf({body, headers}: HttpRequest): unknown {
	if (body === '') return {};
	try {
		return headers['content-type']?.includes('json') ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body));
	} catch {
		return {};
	}
}

const statusMax = 599;

/** ealen/echo-server: all that it was asked, as JSON. */
const ealen = webServer({
	name: 'ealen-echo-server',
	port: context => Number(portOf(context)),
	greeting: context => `Listening on port ${portOf(context)}.`,
	answer(context, request, peer) {
		const nowMs = context.machine.sim.clock.now();
		const code = Number(wish(request, 'code')?.split('-')[0]);
		const variable = wish(request, 'env_body');
		const body = variable === undefined ? (wish(request, 'body') ?? echoed(context, request, peer)) : (context.env[variable] ?? '');
		const time = Number(wish(request, 'time') ?? 0);
		return {
			...expressAnswer(nowMs, JSON.stringify(body), 'application/json', code >= 200 && code <= statusMax ? code : 200),
			...(time > 0 && {delayMs: time}),
		};
	},
	logLine(context, request, peer) {
		const {hostname, sim} = context.machine;
		const nowMs = sim.clock.now();
		const time = `${strftime('%Y-%m-%dT%H:%M:%S', nowMs)}.${String(nowMs % 1000).padStart(3, '0')}Z`;
		const msg = `${httpDate(nowMs)} | [${request.method}] - http://${request.headers['host'] ?? ''}${targetOf(request)}`;
		return JSON.stringify({name: 'echo-server', hostname, pid: 1, level: 30, ...echoed(context, request, peer), msg, time, v: 0});
	},
});

export default {
	repository: 'docker.io/ealen/echo-server',
	aliases: ['ghcr.io/ealenn/echo-server'],
	tags: tagsOf({latest: 45, '0.9.2': 45, '0.9.0': 44, '0.8.12': 44, '0.7.0': 43, '0.6.0': 43, '0.5.1': 41}, tag => ({
		entrypoint: [],
		command: ['node', 'webserver'],
		env: {NODE_VERSION: /^0\.[567]/.test(tag) ? '16.16.0' : '20.11.0', YARN_VERSION: '1.22.19'},
		workingDir: '/app',
		ports: ['80/tcp'],
		files: {'/app': {folder: true}, '/etc/os-release': osRelease.alpine('3.19.1')},
	})),
	program: interpreter({name: 'node', version: 'v20.11.0', script: 'webserver', program: ealen}),
	tools: [...busyboxTools, '/usr/local/bin/node'],
} satisfies Image;
