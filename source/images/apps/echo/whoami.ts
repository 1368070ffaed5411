import type {Endpoint} from '../../../net/socket.js';
import type {Machine} from '../../../node/host/machine.js';
import type {Image} from '../../../node/image/image.js';
import type {ProgramContext} from '../../../node/program/program.js';
import {strftime} from '../../../sim/strftime.js';
import type {HttpAnswer, HttpRequest} from '../../http/answer.js';
import {tagsOf} from '../../base/tags.js';
import {goAnswer} from '../go/answer.js';
import {goDuration, goFlags} from '../go/flags.js';
import {goJson} from '../go/json.js';
import {goLine} from '../go/log.js';
import {formOf, hostPort, sortedFields, targetOf} from '../go/request.js';
import {webServer} from '../web-server.js';

const settingsOf = ({argv, env}: ProgramContext) => {
	const {values} = goFlags(argv.slice(1), ['verbose']);
	return {
		port: values.get('port') ?? env['WHOAMI_PORT_NUMBER'] ?? '80',
		name: values.get('name') ?? env['WHOAMI_NAME'] ?? '',
		verbose: values.get('verbose') === 'true',
	};
};

const yes = new Set(['1', 't', 'T', 'true', 'TRUE', 'True']);
const showsEnvironment = (request: HttpRequest): boolean => yes.has(formOf(request).get('env') ?? '');
const addressesOf = ({stack}: Machine) => stack.links.list().flatMap(link => link.addresses.map(each => each.address));

/** The same as JSON, for programs. */
function api({machine, env}: ProgramContext, request: HttpRequest, peer: Endpoint, name: string): HttpAnswer {
	const data = {
		hostname: machine.hostname,
		ip: addressesOf(machine),
		headers: Object.fromEntries(sortedFields(request).map(([field, value]) => [field, [value]])),
		url: targetOf(request),
		host: request.headers['host'] ?? '',
		method: request.method,
		...(name && {name}),
		remoteAddr: hostPort(peer),
		...(showsEnvironment(request) && {
			environ: Object.fromEntries(
				Object.keys(env)
					.sort()
					.map(key => [key, env[key]]),
			),
		}),
	};
	return goAnswer(machine.sim.clock.now(), `${goJson(data)}\n`, {
		headers: [
			['Access-Control-Allow-Methods', '*'],
			['Access-Control-Allow-Origin', '*'],
			['Content-Type', 'application/json'],
		],
	});
}

const bench: ReadonlyArray<readonly [string, string]> = [
	['Connection', 'keep-alive'],
	['Content-Type', 'text/plain'],
];

/** traefik/whoami: prints what it knows about itself and the request. */
const whoami = webServer({
	name: 'whoami',
	port: context => Number(settingsOf(context).port),
	greeting: context => goLine(context, `Starting up on port ${settingsOf(context).port}`),
	answer(context, request, peer) {
		const {machine, env} = context;
		const {name} = settingsOf(context);
		const nowMs = machine.sim.clock.now();
		if (request.path === '/health') return goAnswer(nowMs, '');
		if (request.path === '/bench') return goAnswer(nowMs, '1', {headers: bench});
		if (request.path === '/api') return api(context, request, peer, name);
		// Go writes a request anew with this one first.
		const agent = sortedFields(request).filter(([field]) => field === 'User-Agent');
		const fields = sortedFields(request).filter(([field]) => field !== 'User-Agent');
		const lines = [
			...(name ? [`Name: ${name}`] : []),
			`Hostname: ${machine.hostname}`,
			...addressesOf(machine).map(address => `IP: ${address}`),
			`RemoteAddr: ${hostPort(peer)}`,
			`${request.method} ${targetOf(request)} HTTP/1.1\r`,
			`Host: ${request.headers['host'] ?? ''}\r`,
			...[...agent, ...fields].map(([field, value]) => `${field}: ${value}\r`),
			'\r',
		];
		const shown = showsEnvironment(request) ? Object.entries(env).map(([key, value]) => `${key}=${value}\n`) : [];
		const delayMs = goDuration(formOf(request).get('wait') ?? '');
		return {...goAnswer(nowMs, `${lines.join('\n')}\n${request.body}${shown.join('')}`), ...(delayMs && {delayMs})};
	},
	logLine(context, {method, path}, peer) {
		if (!settingsOf(context).verbose) return '';
		const when = strftime('%d/%b/%Y:%H:%M:%S +0000', context.machine.sim.clock.now());
		return goLine(context, `${hostPort(peer)} - - [${when}] "${method} ${path} HTTP/1.1" - -`);
	},
	terminated: 2,
});

const image: Image = {
	repository: 'docker.io/traefik/whoami',
	aliases: ['docker.io/containous/whoami'],
	tags: tagsOf({latest: 2.8, 'v1.10': 2.8, 'v1.11': 2.8, 'v1.5.0': 2.4, 'v1.10.3': 2.8}, () => ({
		entrypoint: ['/whoami'],
		command: [],
		ports: ['80/tcp'],
		files: {},
	})),
	program: whoami,
	tools: [],
};

export default image;
