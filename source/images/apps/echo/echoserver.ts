import type {Image} from '../../../node/image/image.js';
import {debianSlimTools} from '../../base/tools.js';
import {tagsOf} from '../../base/tags.js';
import type {Machine} from '../../../node/host/machine.js';
import type {ProgramContext} from '../../../node/program/program.js';
import {strftime} from '../../../sim/strftime.js';
import {type HttpRequest, httpDate, lengthOf} from '../../http/answer.js';
import {targetOf} from '../go/request.js';
import {released, versionIn} from '../version.js';
import {webServer} from '../web-server.js';

/** The nginx and lua that a tag was built with. */
const servers: Readonly<Record<string, string>> = {
	'1.10': 'nginx: 1.13.3 - lua: 10008',
	'1.9': 'nginx: 1.13.3 - lua: 10008',
	'1.8': 'nginx: 1.13.3 - lua: 10008',
	'1.7': 'nginx: 1.13.3 - lua: 10008',
	'1.6': 'nginx: 1.13.3 - lua: 10008',
	'1.4': 'nginx: 1.10.0 - lua: 10001',
	'1.3': 'nginx: 1.9.11 - lua: 10001',
};

/** Since 1.5 it tells of its pod, too. */
function sections({machine, env}: ProgramContext, request: HttpRequest, client: string): readonly string[] {
	const host = request.headers['host'] ?? '';
	return [
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
		`\tserver_version=${serverOf(machine)}`,
		'',
		'Request Information:',
		`\tclient_address=${client}`,
		`\tmethod=${request.method}`,
		`\treal path=${targetOf(request)}`,
		`\tquery=${request.query}`,
		'\trequest_version=1.1',
		'\trequest_scheme=http',
		`\trequest_uri=http://${host.split(':')[0]}:8080${targetOf(request)}`,
		'',
		'Request Headers:',
		...fieldsOf(request).map(([name, value]) => `\t${name}=${value}`),
		'',
		'Request Body:',
		request.body === '' ? '\t-no body in request-' : request.body,
		'',
		'',
	];
}

const oldSections = ({machine}: ProgramContext, request: HttpRequest, client: string): readonly string[] => [
	'CLIENT VALUES:',
	`client_address=${client}`,
	`command=${request.method}`,
	`real path=${targetOf(request)}`,
	`query=${request.query || 'nil'}`,
	'request_version=1.1',
	`request_uri=http://${(request.headers['host'] ?? '').split(':')[0]}:8080${targetOf(request)}`,
	'',
	'SERVER VALUES:',
	`server_version=${serverOf(machine)}`,
	'',
	'HEADERS RECEIVED:',
	...fieldsOf(request).map(([name, value]) => `${name}=${value}`),
	'BODY:',
	request.body === '' ? '-no body in request-' : request.body,
];

const fieldsOf = ({headers}: HttpRequest) => Object.entries(headers).sort(([a], [b]) => (a < b ? -1 : 1));

const script = '/usr/local/bin/run.sh';
const serverOf = (machine: Machine): string => versionIn(machine, script, servers['1.10']!);

const isOld = ({machine}: ProgramContext): boolean => [servers['1.3'], servers['1.4']].includes(serverOf(machine));

/** Tells the client what it asked. */
const echoserver = webServer({
	name: 'echoserver',
	port: () => 8080,
	greeting: context => (isOld(context) ? '' : 'Generating self-signed cert\nStarting nginx'),
	answer(context, request, {address}) {
		const old = isOld(context);
		const body = (old ? oldSections : sections)(context, request, address).join('\n');
		const date = ['Date', httpDate(context.machine.sim.clock.now())] as const;
		return {
			status: 200,
			headers: old
				? [
						['Server', 'nginx/1.10.0'],
						date,
						['Content-Type', 'text/plain'],
						['Content-Length', lengthOf(body)],
						['Connection', 'keep-alive'],
					]
				: [
						date,
						['Content-Type', 'text/plain'],
						['Content-Length', lengthOf(body)],
						['Connection', 'keep-alive'],
						['Server', 'echoserver'],
					],
			body,
		};
	},
	logLine({machine}, request, {address}, {body}) {
		const when = strftime('%d/%b/%Y:%H:%M:%S +0000', machine.sim.clock.now());
		return `${address} - - [${when}] "${request.method} ${targetOf(request)} HTTP/1.1" 200 ${body.length} "-" "${request.headers['user-agent'] ?? '-'}"`;
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
	tags: tagsOf({'1.10': 43.9, '1.9': 43.9, '1.8': 43.9, '1.7': 43.9, '1.6': 43.9, '1.4': 43.7, '1.3': 43.7}, tag => ({
		entrypoint: [],
		command: [script],
		ports: ['8080/tcp'],
		files: released(script, servers[tag]!),
	})),
	program: echoserver,
	tools: [...debianSlimTools, 'curl', 'nc'],
};

export default image;
