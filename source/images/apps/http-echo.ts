import type {Image} from '../../node/image/image.js';
import {tagsOf} from '../base/tags.js';
import {goText} from './agnhost.js';
import {webServer} from './web-server.js';

const option = (argv: readonly string[], name: string) => {
	const at = argv.findIndex(word => word.replace(/^-+/, '').split('=')[0] === name);
	return at === -1 ? undefined : argv[at]!.includes('=') ? argv[at]!.slice(argv[at]!.indexOf('=') + 1) : argv[at + 1];
};

/** HashiCorp's http-echo: `-text=hello`. */
const httpEcho = webServer({
	name: 'http-echo',
	port: ({argv}) => Number(/(\d+)$/.exec(option(argv, 'listen') ?? ':5678')![1]),
	greeting: ({argv}) => `[INFO] server is listening on ${option(argv, 'listen') ?? ':5678'}`,
	answer: ({machine, argv, env}) => goText(machine.sim.clock.now(), `${option(argv, 'text') ?? env['ECHO_TEXT'] ?? 'hello-world'}\n`),
	terminated: 0,
});

const image: Image = {
	repository: 'docker.io/hashicorp/http-echo',
	tags: tagsOf({latest: 3.7, '1.0': 3.7, '1.0.0': 3.7, '0.2.3': 1.6}, () => ({
		entrypoint: ['/http-echo'],
		command: [],
		ports: ['5678/tcp'],
		files: {},
	})),
	program: httpEcho,
	tools: [],
};

export default image;
