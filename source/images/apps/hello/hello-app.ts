import type {Image} from '../../../node/image/image.js';
import {tagsOf} from '../../base/tags.js';
import {goAnswer} from '../go/answer.js';
import {goLine} from '../go/log.js';
import {webServer} from '../web-server.js';

/** Google's `hello-app`: says hello, its version and its name. */
const helloApp = webServer({
	name: 'hello-app',
	port: ({env}) => Number(env['PORT'] ?? 8080),
	greeting: context => goLine(context, `Server listening on port ${context.env['PORT'] ?? 8080}`),
	answer: ({machine, env}) =>
		goAnswer(machine.sim.clock.now(), `Hello, world!\nVersion: ${env['APP_VERSION'] ?? '1.0.0'}\nHostname: ${machine.hostname}\n`),
	logLine: (context, request) => goLine(context, `Serving request: ${request.path}`),
	terminated: 2,
});

const image: Image = {
	repository: 'gcr.io/google-samples/hello-app',
	aliases: ['us-docker.pkg.dev/google-samples/containers/gke/hello-app'],
	tags: tagsOf({'1.0': 11, '2.0': 11}, tag => ({
		entrypoint: ['./hello-app'],
		command: [],
		env: {PORT: '8080', APP_VERSION: `${tag}.0`},
		ports: ['8080/tcp'],
		files: {'/hello-app': {text: '\u007fELF', mode: 0o755}},
	})),
	program: helloApp,
	tools: [],
};

export default image;
