import type {Image} from '../../node/image/image.js';
import {debianSlimTools} from '../base/tools.js';
import {tagsOf} from '../base/tags.js';
import {httpDate, lengthOf} from '../http/answer.js';
import {webServer} from './web-server.js';

/** Tells the client what it asked. */
const echoserver = webServer({
	name: 'echoserver',
	port: () => 8080,
	greeting: () => 'Generating self-signed cert\nStarting nginx',
	answer({machine, env}, request, {address: client}) {
		const headers = Object.entries(request.headers).sort(([a], [b]) => (a < b ? -1 : 1));
		const host = request.headers['host'] ?? '';
		const body = [
			'',
			'',
			`Hostname: ${machine.hostname}`,
			'',
			'Pod Information:',
			...(env['POD_NAME']
				? [
						`\tnode name:\t${env['NODE_NAME'] ?? ''}`,
						`\tpod name:\t${env['POD_NAME']}`,
						`\tpod namespace:\t${env['POD_NAMESPACE'] ?? ''}`,
						`\tpod IP:\t${env['POD_IP'] ?? ''}`,
					]
				: ['\t-no pod information available-']),
			'',
			'Server values:',
			'\tserver_version=nginx: 1.14.2 - lua: 10015',
			'',
			'Request Information:',
			`\tclient_address=${client}`,
			`\tmethod=${request.method}`,
			`\treal path=${request.path}${request.query ? `?${request.query}` : ''}`,
			`\tquery=${request.query}`,
			'\trequest_version=1.1',
			'\trequest_scheme=http',
			`\trequest_uri=http://${host.split(':')[0]}:8080${request.path}`,
			'',
			'Request Headers:',
			...headers.map(([name, value]) => `\t${name}=${value}`),
			'',
			'Request Body:',
			request.body === '' ? '\t-no body in request-' : request.body,
			'',
			'',
		].join('\n');
		return {
			status: 200,
			headers: [
				['Date', httpDate(machine.sim.clock.now())],
				['Content-Type', 'text/plain'],
				['Content-Length', lengthOf(body)],
				['Connection', 'keep-alive'],
				['Server', 'echoserver'],
			],
			body,
		};
	},
	terminated: 0,
});

const image: Image = {
	repository: 'registry.k8s.io/echoserver',
	aliases: [
		'k8s.gcr.io/echoserver',
		'gcr.io/google_containers/echoserver',
		'gcr.io/google-containers/echoserver',
		'docker.io/cilium/echoserver',
	],
	tags: tagsOf({'1.10': 43.9, '1.8': 43.9, '1.4': 43.7}, () => ({
		entrypoint: [],
		command: ['/usr/local/bin/run.sh'],
		ports: ['8080/tcp'],
		files: {},
	})),
	program: echoserver,
	tools: [...debianSlimTools, 'curl', 'nc'],
};

export default image;
