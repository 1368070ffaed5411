import type {Image} from '../../../node/image/image.js';
import type {ProgramContext} from '../../../node/program/program.js';
import {tagsOf} from '../../base/tags.js';
import {goAnswer} from '../go/answer.js';
import {hostPort, sortedFields, targetOf} from '../go/request.js';
import {released, versionIn} from '../version.js';
import {webServer} from '../web-server.js';

const portOf = ({env}: ProgramContext): string => env['PORT'] || '8080';

const executable = '/bin/echo-server';
const latest = '0.3.7';
const protocol = 'HTTP/1.1';

/** jmalloc/echo-server, which minikube's tutorials know as kicbase/echo-server. */
const echoServer = webServer({
	name: 'echo-server',
	port: context => Number(portOf(context)),
	greeting: context => `Echo server listening on port ${portOf(context)}.`,
	answer({machine, env}, request) {
		const words = [request.method, targetOf(request)];
		const asked = request.headers['x-send-server-hostname'] || env['SEND_SERVER_HOSTNAME'] || '';
		const lines = [
			...(asked.toLowerCase() === 'false' ? [] : [`Request served by ${machine.hostname}`, '']),
			(versionIn(machine, executable, latest) === latest ? [...words, protocol] : [protocol, ...words]).join(' '),
			'',
			`Host: ${request.headers['host'] ?? ''}`,
			...sortedFields(request).map(([name, value]) => `${name}: ${value}`),
			...(request.body === '' ? [] : ['', request.body]),
		];
		const set = Object.entries(env).flatMap(([name, value]) =>
			name.startsWith('SEND_HEADER_') ? [[name.slice(12).replaceAll('_', '-'), value] as const] : [],
		);
		const body = request.body === '' ? `${lines.join('\n')}\n` : lines.join('\n');
		return goAnswer(machine.sim.clock.now(), body, {headers: [['Content-Type', 'text/plain'], ...set]});
	},
	logLine: (_, request, peer) => `${hostPort(peer)} | ${request.method} ${targetOf(request)}`,
	terminated: 2,
});

const image = (repository: string, sizes: Readonly<Record<string, number>>): Image => ({
	repository,
	tags: tagsOf(sizes, tag => ({
		entrypoint: [],
		command: [executable],
		env: {PORT: '8080'},
		ports: ['8080/tcp'],
		files: released(executable, tag === '1.0' || /0\.3\.[0-6]/.test(tag) ? '0.3.5' : latest),
	})),
	program: echoServer,
	tools: [],
});

export default [
	image('docker.io/jmalloc/echo-server', {latest: 3.1, '0.3.7': 3.1, '0.3.6': 3, '0.3.5': 3, 'v0.3.7': 3.1}),
	image('docker.io/kicbase/echo-server', {'1.0': 4.7}),
] satisfies readonly Image[];
