import type {Image} from '../../../node/image/image.js';
import type {ProgramContext} from '../../../node/program/program.js';
import {strftime} from '../../../sim/strftime.js';
import {tagsOf} from '../../base/tags.js';
import {debianSlimTools} from '../../base/tools.js';
import {chunkedAnswer} from '../node/answer.js';
import {interpreter} from '../interpreter.js';
import {webServer} from '../web-server.js';

const jessie = 'PRETTY_NAME="Debian GNU/Linux 8 (jessie)"\nNAME="Debian GNU/Linux"\nVERSION_ID="8"\nVERSION="8 (jessie)"\nID=debian\n';

interface Memory {
	readonly startedMs: number;
	readonly requests: number;
}

const stamp = (ms: number) => `${strftime('%Y-%m-%dT%H:%M:%S', ms)}.${String(ms % 1000).padStart(3, '0')}Z`;
const versionOf = ({machine}: ProgramContext) => /v=(\d)/.exec(machine.files.readText('/server.js'))?.[1] ?? '1';

/** The app of the tutorial "Kubernetes Basics". */
const bootcamp = webServer({
	name: 'kubernetes-bootcamp',
	port: () => 8080,
	greeting(context) {
		const nowMs = context.machine.sim.clock.now();
		context.memory = {...context.memory, startedMs: nowMs, requests: 0};
		return `Kubernetes Bootcamp App Started At: ${stamp(nowMs)} | Running On:  ${context.machine.hostname} \n\n`;
	},
	answer(context) {
		const {hostname, sim} = context.machine;
		const memory = context.memory as Memory;
		context.memory = {...memory, requests: memory.requests + 1};
		const pieces = ['Hello Kubernetes bootcamp! | Running on: ', hostname, ` | v=${versionOf(context)}\n`];
		return chunkedAnswer(sim.clock.now(), pieces, [['Content-Type', 'text/plain']]);
	},
	logLine({machine, memory: {startedMs, requests}}) {
		const nowMs = machine.sim.clock.now();
		return `Running On: ${machine.hostname} | Total Requests: ${requests} | App Uptime: ${(nowMs - startedMs) / 1000} seconds | Log Time: ${stamp(nowMs)}`;
	},
});

/** What `cat server.js` shows, as far as it matters: the same server, told shorter. */
const source = (version: string) => `var http = require('http');
var host = require('os').hostname();
http.createServer(function (request, response) {
  response.setHeader('Content-Type', 'text/plain');
  response.end('Hello Kubernetes bootcamp! | Running on: ' + host + ' | v=${version}\\n');
}).listen(8080);
`;

export default {
	repository: 'gcr.io/google-samples/kubernetes-bootcamp',
	aliases: ['docker.io/jocatalin/kubernetes-bootcamp'],
	tags: tagsOf({v1: 80.6, v2: 80.6}, tag => ({
		entrypoint: [],
		command: ['/bin/sh', '-c', 'node server.js'],
		env: {NPM_CONFIG_LOGLEVEL: 'info', NODE_VERSION: '6.3.1'},
		workingDir: '/',
		ports: ['8080/tcp'],
		files: {'/server.js': source(tag.slice(1)), '/etc/os-release': jessie},
	})),
	binaries: {node: interpreter({name: 'node', version: 'v6.3.1', script: 'server.js', program: bootcamp})},
	tools: [...debianSlimTools, 'curl', 'ps', 'node'],
} satisfies Image;
