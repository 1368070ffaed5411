import type {Image} from '../../../node/image/image.js';
import {tagsOf} from '../../base/tags.js';
import {busyboxTools, osRelease} from '../../base/tools.js';
import {hostPort, targetOf} from '../go/request.js';
import {released} from '../version.js';
import {webServer} from '../web-server.js';
import {answer} from './endpoints.js';
import {podcli} from './podcli.js';
import {executable, logged, settingsOf, wordsOf} from './settings.js';

const versions = [
	'6.9.2',
	'6.9.1',
	'6.9.0',
	'6.8.0',
	'6.7.1',
	'6.7.0',
	'6.6.2',
	'6.6.0',
	'6.5.4',
	'6.5.0',
	'6.4.0',
	'6.3.6',
	'6.3.5',
	'6.3.0',
	'6.2.3',
	'6.2.2',
	'6.1.8',
	'6.1.6',
	'6.1.4',
	'6.1.0',
	'6.0.4',
	'6.0.3',
	'6.0.0',
	'5.2.1',
	'5.1.0',
	'5.0.3',
	'4.0.6',
	'3.1.0',
];
const latest = versions[0]!;

/** podinfo: what the tutorials of Flux, Flagger and Linkerd deploy. */
const podinfo = webServer({
	name: 'podinfo',
	port: context => Number(settingsOf(context).port),
	greeting(context) {
		const {port, version} = settingsOf(context);
		context.memory = {
			...context.memory,
			ready: wordsOf(context).get('unready') !== 'true',
			healthy: wordsOf(context).get('unhealthy') !== 'true',
		};
		return [
			logged(context, 'info', 'podinfo/main.go:153', 'Starting podinfo', {version, revision: 'unknown', port}),
			logged(context, 'info', 'http/server.go:224', 'Starting HTTP Server.', {addr: `:${port}`}),
		].join('\n');
	},
	answer,
	logLine(context, request, peer) {
		if (settingsOf(context).level !== 'debug') return '';
		return logged(context, 'debug', 'http/logging.go:35', 'request started', {
			proto: 'HTTP/1.1',
			uri: targetOf(request),
			method: request.method,
			remote: hostPort(peer),
			'user-agent': request.headers['user-agent'] ?? '',
		});
	},
	terminated: 0,
});

export default {
	repository: 'docker.io/stefanprodan/podinfo',
	aliases: ['ghcr.io/stefanprodan/podinfo', 'quay.io/stefanprodan/podinfo'],
	tags: tagsOf(Object.fromEntries([...versions, 'latest'].map(tag => [tag, 30.5])), tag => ({
		entrypoint: [],
		command: ['./podinfo'],
		workingDir: '/home/app',
		user: 'app',
		ports: [],
		files: {
			'/home/app': {folder: true},
			...released(executable, tag === 'latest' ? latest : tag),
			'/etc/passwd':
				'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/home:/bin/false\napp:x:100:101:Linux User,,,:/home/app:/bin/false\n',
			'/etc/os-release': osRelease.alpine('3.21.3'),
		},
	})),
	program: podinfo,
	binaries: {podcli},
	tools: [...busyboxTools, 'curl'],
} satisfies Image;
