import type {Image} from '../../../node/image/image.js';
import type {ProgramContext} from '../../../node/program/program.js';
import {rfc3339} from '../../../api/values/time.js';
import {tagsOf} from '../../base/tags.js';
import {busyboxTools, osRelease} from '../../base/tools.js';
import {expressAnswer} from '../node/answer.js';
import {interpreter} from '../interpreter.js';
import {webServer} from '../web-server.js';

const portOf = ({env}: ProgramContext): string => env['PORT'] || '8080';

const kernel = '5.14.0-570.12.1.el9_6.x86_64';

function tellings({machine, env}: ProgramContext): ReadonlyArray<readonly [label: string, value: string]> {
	const node = `${env['KUBERNETES_NODE_NAME'] || '-'} (Linux ${kernel})`;
	return [
		['namespace', env['KUBERNETES_NAMESPACE'] || '-'],
		['pod', env['KUBERNETES_POD_NAME'] || machine.hostname],
		['node', node],
	];
}

/** A page with a message and the name of its pod. */
const helloKubernetes = webServer({
	name: 'hello-kubernetes',
	port: context => Number(portOf(context)),
	greeting({machine, env}) {
		const {hostname, sim} = machine;
		const msg = `Listening on: http://${env['KUBERNETES_POD_NAME'] || hostname}:${env['PORT'] || '8080'}`;
		return JSON.stringify({level: 30, time: sim.clock.now(), pid: 1, hostname, msg});
	},
	answer(context, {path}) {
		const nowMs = context.machine.sim.clock.now();
		const message = context.env['MESSAGE'] || 'Hello Kubernetes!';
		if (path === '/health')
			return expressAnswer(nowMs, JSON.stringify({uptime: 1, message: 'Ok', date: rfc3339(nowMs)}), 'application/json');
		const rows = tellings(context).map(([label, value]) => `    <tr>\n      <th>${label}:</th>\n      <td>${value}</td>\n    </tr>\n`);
		const body = `<!DOCTYPE html>\n<html>\n<head>\n  <title>Hello Kubernetes!</title>\n  <link rel="stylesheet" type="text/css" href="/css/main.css">\n</head>\n<body>\n<div class="main">\n  <div class="content">\n    <div id="message">\n  ${message}\n</div>\n<div id="info">\n  <table>\n${rows.join('')}  </table>\n</div>\n  </div>\n</div>\n</body>\n</html>\n`;
		return expressAnswer(nowMs, body, 'text/html');
	},
});

export default {
	repository: 'docker.io/paulbouwer/hello-kubernetes',
	tags: tagsOf({'1': 45, '1.10': 45, '1.10.1': 45, '1.9': 44, '1.8': 44, '1.7': 44, '1.5': 25}, () => ({
		entrypoint: ['docker-entrypoint.sh'],
		command: ['node', 'server.js'],
		env: {NODE_VERSION: '14.15.4'},
		workingDir: '/usr/src/app',
		ports: ['8080/tcp'],
		files: {
			'/usr/src/app': {folder: true},
			'/usr/local/bin/docker-entrypoint.sh': {text: '#!/bin/sh\nexec "$@"\n', mode: 0o755},
			'/etc/os-release': osRelease.alpine('3.13.1'),
		},
	})),
	program: interpreter({name: 'node', version: 'v14.15.4', script: 'server.js', program: helloKubernetes}),
	tools: [...busyboxTools, '/usr/local/bin/node'],
} satisfies Image;
