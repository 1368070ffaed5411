import type {Image} from '../../../node/image/image.js';
import type {ProgramContext} from '../../../node/program/program.js';
import {strftime} from '../../../sim/strftime.js';
import {type HttpAnswer, type HttpRequest, httpDate, lengthOf} from '../../http/answer.js';
import {tagsOf} from '../../base/tags.js';
import {busyboxTools, osRelease} from '../../base/tools.js';
import {targetOf} from '../go/request.js';
import {interpreter} from '../interpreter.js';
import {released, versionIn} from '../version.js';
import {webServer} from '../web-server.js';

/** What the probes of a course are played with: each health is a word that a client may change. */
interface Memory {
	readonly health: Readonly<Record<string, string>>;
	readonly probed: Readonly<Record<string, boolean>>;
}

/** The status that ill health has, and how long the first look takes. */
const healths: Readonly<Record<string, readonly [status: number, firstMs: number]>> = {livez: [506, 5000], readyz: [507, 15_000]};
const statusTexts: Readonly<Record<number, string>> = {404: 'NOT FOUND', 506: 'VARIANT ALSO NEGOTIATES', 507: 'INSUFFICIENT STORAGE'};

const missing =
	'<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n<p>The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.</p>\n';

function flask({machine}: ProgramContext, body: string, status = 200, delayMs = 1): HttpAnswer {
	return {
		status,
		statusText: statusTexts[status] ?? 'OK',
		version: '1.0',
		headers: [
			['Content-Type', `text/html${status === 404 ? '' : '; charset=utf-8'}`],
			['Content-Length', lengthOf(body)],
			['Server', 'Werkzeug/1.0.0 Python/3.8.2'],
			['Date', httpDate(machine.sim.clock.now())],
		],
		body,
		delayMs,
	};
}

function health(context: ProgramContext, name: string, request: HttpRequest): HttpAnswer {
	const memory = context.memory as Memory;
	if (request.method === 'POST') {
		const word = new URLSearchParams(request.body).get(name) ?? '';
		context.memory = {...memory, health: {...memory.health, [name]: word}};
		return flask(context, '');
	}

	const [status, firstMs] = healths[name]!;
	context.memory = {...memory, probed: {...memory.probed, [name]: true}};
	const word = memory.health[name]!;
	return flask(context, word, word === 'OK' ? 200 : status, memory.probed[name] ? 1 : firstMs);
}

const addressOf = ({machine}: ProgramContext) =>
	machine.stack.links.list().find(link => link.name === 'eth0')?.addresses[0]?.address ?? '127.0.0.1';
const placeOf = ({env}: ProgramContext) => ({host: env['HOST'] || '0.0.0.0', port: Number(env['PORT'] || 80)});

const script = '/usr/local/bin/demo.py';

/** iKubernetes' demoapp: says who asked, and who answered. */
const demoapp = webServer({
	name: 'demoapp',
	port: context => placeOf(context).port,
	greeting(context) {
		const {host, port} = placeOf(context);
		context.memory = {...context.memory, health: {livez: 'OK', readyz: 'OK'}, probed: {}} satisfies Memory;
		return ` * Running on http://${host}:${port}/ (Press CTRL+C to quit)\n * Serving Flask app "demo" (lazy loading)\n * Environment: production\n   WARNING: This is a development server. Do not use it in a production deployment.\n   Use a production WSGI server instead.\n * Debug mode: off`;
	},
	answer(context, request, {address}) {
		const {machine, env} = context;
		const name = request.path.slice(1);
		if (Object.hasOwn(healths, name)) return health(context, name, request);
		const pages: Readonly<Record<string, string>> = {
			'': `iKubernetes demoapp ${versionIn(machine, script, 'v1.0')} !! ClientIP: ${address}, ServerName: ${machine.hostname}, ServerIP: ${addressOf(context)}!\n`,
			hostname: `ServerName: ${machine.hostname}\n`,
			'user-agent': `User-Agent: ${request.headers['user-agent'] ?? 'None'}\n`,
			configs: `DEPLOYENV: ${env['DEPLOYENV'] ?? 'None'}\nRELEASE: ${env['RELEASE'] ?? 'None'}\n`,
		};
		return Object.hasOwn(pages, name) ? flask(context, pages[name]!) : flask(context, missing, 404);
	},
	logLine({machine}, request, {address}, {status}) {
		const when = strftime('%d/%b/%Y %H:%M:%S', machine.sim.clock.now());
		return `${address} - - [${when}] "${request.method} ${targetOf(request)} HTTP/1.1" ${status} -`;
	},
});

export default {
	repository: 'docker.io/ikubernetes/demoapp',
	tags: tagsOf({'v1.0': 28.6, 'v1.1': 28.6}, tag => ({
		entrypoint: [],
		command: ['/bin/sh', '-c', `python3 ${script}`],
		env: {DEPLOYENV: 'Production', RELEASE: 'Stable'},
		ports: [],
		files: {...released(script, tag), '/etc/os-release': osRelease.alpine('3.11.3')},
	})),
	binaries: {python3: interpreter({name: 'python3', version: 'Python 3.8.2', script, program: demoapp})},
	tools: [
		...busyboxTools,
		'bash',
		'curl',
		'/usr/bin/dig',
		'/usr/bin/host',
		'/usr/bin/nslookup',
		'ip',
		'ss',
		'/sbin/iptables',
		'iptables-save',
		'ipvsadm',
		'/usr/bin/python3',
	],
} satisfies Image;
