import type {Image} from '../../../node/image/image.js';
import {tagsOf} from '../../base/tags.js';
import {debianSlimTools} from '../../base/tools.js';
import {chunkedAnswer} from '../node/answer.js';
import {targetOf} from '../go/request.js';
import {interpreter} from '../interpreter.js';
import {webServer} from '../web-server.js';

/** The app of "Exposing an External IP Address" and of minikube's first steps. */
const nodeHello = webServer({
	name: 'node-hello',
	port: () => 8080,
	answer: ({machine}) => chunkedAnswer(machine.sim.clock.now(), ['Hello Kubernetes!'], []),
	logLine: (_, request) => `Received request for URL: ${targetOf(request)}`,
});

const source = `var http = require('http');
http.createServer(function (request, response) {
  console.log('Received request for URL: ' + request.url);
  response.writeHead(200);
  response.end('Hello Kubernetes!');
}).listen(8080);
`;

export default {
	repository: 'gcr.io/google-samples/node-hello',
	aliases: ['us-docker.pkg.dev/google-samples/containers/gke/node-hello'],
	tags: tagsOf({'1.0': 232}, () => ({
		entrypoint: [],
		command: ['/bin/sh', '-c', 'node server.js'],
		env: {NPM_CONFIG_LOGLEVEL: 'info', NODE_VERSION: '4.4.2'},
		workingDir: '/',
		ports: ['8080/tcp'],
		files: {'/server.js': source},
	})),
	binaries: {node: interpreter({name: 'node', version: 'v4.4.2', script: 'server.js', program: nodeHello})},
	tools: [...debianSlimTools, 'curl', 'ps', 'node'],
} satisfies Image;
