import type {Endpoint} from '../../../net/socket.js';
import type {ProgramContext} from '../../../node/program/program.js';
import type {HttpAnswer, HttpRequest} from '../../http/answer.js';
import {goAnswer, goNotFound} from '../go/answer.js';
import {sortedFields} from '../go/request.js';
import {settingsOf} from './settings.js';

interface Memory {
	readonly ready: boolean;
	readonly healthy: boolean;
}

type Handler = (context: ProgramContext, request: HttpRequest) => HttpAnswer;

const accepted = 202;
const unavailable = 503;

const json = ({machine}: ProgramContext, data: unknown, status = 200): HttpAnswer =>
	goAnswer(machine.sim.clock.now(), JSON.stringify(data, null, 2), {
		status,
		headers: [
			['Content-Type', 'application/json; charset=utf-8'],
			['X-Content-Type-Options', 'nosniff'],
		],
	});

const nothing = ({machine}: ProgramContext, status: number): HttpAnswer => goAnswer(machine.sim.clock.now(), '', {status});

const info: Handler = context => {
	const {version, color, logo, message} = settingsOf(context);
	const {hostname} = context.machine;
	const system = {goos: 'linux', goarch: 'amd64', runtime: 'go1.24.3', num_goroutine: '8', num_cpu: '2'};
	return json(context, {hostname, version, revision: 'unknown', color, logo, message, ...system});
};

const switched =
	(name: keyof Memory, on: boolean): Handler =>
	context => {
		context.memory = {...(context.memory as Memory), [name]: on};
		return nothing(context, accepted);
	};

const state =
	(name: keyof Memory): Handler =>
	context =>
		(context.memory as Memory)[name] ? json(context, {status: 'OK'}) : nothing(context, unavailable);

/** By method and path. */
const handlers: Readonly<Record<string, Handler>> = {
	'GET /': info,
	'GET /api/info': info,
	'GET /version': context => json(context, {commit: 'unknown', version: settingsOf(context).version}),
	'GET /env': context =>
		json(
			context,
			Object.entries(context.env).map(([name, value]) => `${name}=${value}`),
		),
	'GET /headers'(context, request) {
		const {version} = settingsOf(context);
		// Its middleware puts these on the request.
		const own = [['X-Api-Revision', 'unknown'] as const, ['X-Api-Version', version] as const];
		const fields = [...sortedFields(request), ...own].sort(([a], [b]) => (a < b ? -1 : 1));
		return json(context, Object.fromEntries(fields.map(([name, value]) => [name, [value]])));
	},
	'GET /healthz': state('healthy'),
	'GET /readyz': state('ready'),
	'POST /readyz/enable': switched('ready', true),
	'POST /readyz/disable': switched('ready', false),
	'POST /echo': ({machine}, {body}) => goAnswer(machine.sim.clock.now(), body, {status: accepted}),
	'POST /api/echo': ({machine}, {body}) => goAnswer(machine.sim.clock.now(), body, {status: accepted}),
	'GET /panic'(context) {
		context.exit(255);
		return nothing(context, 500);
	},
};

const others = /^\/(?:metrics|debug|store|cache|configs|token|ws|chunked|swagger)/;

export function answer(context: ProgramContext, request: HttpRequest, _: Endpoint): HttpAnswer {
	const {method, path} = request;
	const nowMs = context.machine.sim.clock.now();
	const handler = handlers[`${method === 'HEAD' ? 'GET' : method} ${path}`];
	if (handler) return handler(context, request);
	const status = /^\/status\/(\d+)$/.exec(path);
	if (status) return json(context, {status: Number(status[1])}, Number(status[1]));
	const delay = /^\/delay\/(\d+)$/.exec(path);
	if (delay) return {...json(context, {delay: Number(delay[1])}), delayMs: 1000 * Number(delay[1])};
	if (!others.test(path)) return Object.keys(handlers).some(key => key.endsWith(` ${path}`)) ? nothing(context, 405) : goNotFound(nowMs);
	context.machine.sim.notes.notSimulated(`podinfo ${path}`);
	return goAnswer(nowMs, `kubelab: not simulated: podinfo ${path}\n`, {status: 501});
}
