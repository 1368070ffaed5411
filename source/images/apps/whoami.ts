import type {Image} from '../../node/image/image.js';
import {tagsOf} from '../base/tags.js';
import {goText} from './agnhost.js';
import {webServer} from './web-server.js';

/** traefik/whoami: prints what it knows about itself and the request. */
const whoami = webServer({
	name: 'whoami',
	port: ({env}) => Number(env['WHOAMI_PORT_NUMBER'] ?? 80),
	greeting: ({env}) => `Starting up on port ${env['WHOAMI_PORT_NUMBER'] ?? 80}`,
	answer({machine}, request, client) {
		const addresses = machine.stack.links.list().flatMap(link => link.addresses.map(each => `IP: ${each.address}\n`));
		const {host, ...others} = request.headers;
		const title = (name: string) => name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());
		const headers = Object.entries(others).map(([name, value]) => `${title(name)}: ${value}\n`);
		return goText(
			machine.sim.clock.now(),
			`Hostname: ${machine.hostname}\n${addresses.join('')}RemoteAddr: ${client}:0\n${request.method} ${request.path}${request.query && `?${request.query}`} HTTP/1.1\nHost: ${host ?? ''}\n${headers.join('')}\n`,
		);
	},
});

const image: Image = {
	repository: 'docker.io/traefik/whoami',
	aliases: ['docker.io/containous/whoami'],
	tags: tagsOf({latest: 2.8, 'v1.10': 2.8, 'v1.11': 2.8}, () => ({entrypoint: ['/whoami'], command: [], ports: ['80/tcp'], files: {}})),
	program: whoami,
	tools: [],
};

export default image;
