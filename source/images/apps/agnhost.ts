import type {Image} from '../../node/image/image.js';
import {busyboxTools} from '../base/tools.js';
import {tagsOf} from '../base/tags.js';
import {type HttpAnswer, httpDate, lengthOf} from '../http/answer.js';
import {webServer} from './web-server.js';

const option = (argv: readonly string[], name: string): string | undefined => {
	const at = argv.findIndex(word => word === name || word.startsWith(`${name}=`));
	return at === -1 ? undefined : argv[at]!.includes('=') ? argv[at]!.slice(name.length + 1) : argv[at + 1];
};

export const goText = (nowMs: number, body: string, status = 200): HttpAnswer => ({
	status,
	...(status === 404 && {statusText: 'Not Found'}),
	headers: [
		['Date', httpDate(nowMs)],
		['Content-Length', lengthOf(body)],
		['Content-Type', 'text/plain; charset=utf-8'],
	],
	body,
});

/** `agnhost netexec` and `agnhost serve-hostname`: what the e2e tests and many tutorials use. */
const agnhost = webServer({
	name: 'agnhost',
	port: ({argv}) => Number(option(argv, '--http-port') ?? option(argv, '--port') ?? (argv.includes('serve-hostname') ? 9376 : 8080)),
	greeting: ({argv}) => (argv.includes('netexec') ? 'Started HTTP server on port 8080' : ''),
	answer({machine, argv}, request, client) {
		const nowMs = machine.sim.clock.now();
		if (argv.includes('serve-hostname')) return goText(nowMs, machine.hostname);
		switch (request.path) {
			case '/':
				return goText(nowMs, `NOW: ${httpDate(nowMs)}`);
			case '/hostname':
			case '/hostName':
				return goText(nowMs, machine.hostname);
			case '/clientip':
				return goText(nowMs, `${client}:0`);
			case '/echo':
				return goText(nowMs, decodeURIComponent(/(?:^|&)msg=([^&]*)/.exec(request.query)?.[1] ?? ''));
			case '/healthz':
				return goText(nowMs, 'ok');
			default:
				return goText(nowMs, '404 page not found\n', 404);
		}
	},
});

const image: Image = {
	repository: 'registry.k8s.io/e2e-test-images/agnhost',
	aliases: ['gcr.io/kubernetes-e2e-test-images/agnhost', 'k8s.gcr.io/e2e-test-images/agnhost'],
	tags: tagsOf({'2.53': 52, '2.47': 52, '2.40': 51, '2.39': 51, '2.33': 49, '2.12': 40}, () => ({
		entrypoint: ['/agnhost'],
		command: ['pause'],
		ports: ['8080/tcp'],
		files: {},
	})),
	program: agnhost,
	tools: [...busyboxTools, 'curl', 'dig', 'iperf', 'bash'],
};

export default image;
