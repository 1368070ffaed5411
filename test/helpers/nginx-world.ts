import type {KubeObject} from '../../source/api/object.js';
import {type Cluster, createCluster} from '../../source/cluster/cluster.js';
import type {Backend, Certificate, Configuration, Endpoint, Location, Server} from '../../source/images/ingress-nginx/configuration.js';
import type {NginxContext, WithNginx} from '../../source/images/ingress-nginx/nginx/memory.js';
import {nginxConf} from '../../source/images/ingress-nginx/conf/nginx-conf.js';
import {loadNginx, serveNginx} from '../../source/images/ingress-nginx/nginx/nginx.js';
import {defaultOptions, type Options} from '../../source/images/ingress-nginx/options.js';
import {parseArguments} from '../../source/images/ingress-nginx/arguments.js';
import {writeSecrets} from '../../source/images/ingress-nginx/secrets.js';
import type {Machine} from '../../source/node/host/machine.js';
import type {Snapshot} from '../../source/sim/state.js';

const admin = {name: 'kubernetes-admin', groups: ['system:masters']};

const parsed = parseArguments([]);
const surroundings = {given: 'given' in parsed ? parsed.given : (undefined as never), nameServers: ['10.96.0.10']};

export interface Response {
	readonly status: number;
	readonly line: string;
	readonly headers: Readonly<Record<string, string>>;
	/** As they came, with their order and spelling. */
	readonly names: readonly string[];
	readonly body: string;
	readonly delayMs: number;
	readonly end: string;
}

/** nginx of ingress-nginx in a pod of a running cluster, given its configuration by hand; echo servers behind it. */
export interface NginxWorld {
	readonly cluster: Cluster;
	readonly log: string[];
	/** `echo-0` ... : pods that tell what they were asked. */
	readonly echoes: readonly Endpoint[];
	configure(configuration: Configuration): void;
	/** Sends text as it is. */
	raw(bytes: string, port?: number): Response;
	get(
		host: string,
		path: string,
		options?: {method?: string; headers?: Readonly<Record<string, string>>; body?: string; port?: number},
	): Response;
	memory(): WithNginx;
	snapshot(): Snapshot;
	restore(snapshot: Snapshot): void;
}

const pod = (name: string, image: string, port?: number) => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name, namespace: 'default', labels: {app: name}},
	spec: {containers: [{name: 'main', image, ...(port ? {ports: [{containerPort: port}]} : {command: ['sleep', 'infinity']})}]},
});

export function createNginxWorld(seed = 'nginx', echoCount = 3): NginxWorld {
	const cluster = createCluster({seed});
	const client = cluster.api.client(admin);
	client.create(pod('controller', 'nicolaka/netshoot') as KubeObject);
	client.create(pod('client', 'nicolaka/netshoot') as KubeObject);
	const names = Array.from({length: echoCount}, (_, i) => `echo-${i}`);
	for (const name of names) client.create(pod(name, 'registry.k8s.io/echoserver:1.10', 8080) as KubeObject);
	cluster.settle();
	const found = (name: string) => cluster.api.reader.get<KubeObject>('pods', 'default', name);
	const machine = (name: string) => cluster.container(found(name).metadata.uid!, 'main')!;
	const log: string[] = [];
	const context = createContext(cluster, machine('controller'), log);
	const address = found('controller')['status'].podIP as string;
	const configure = (configuration: Configuration) => {
		writeSecrets(context, configuration);
		loadNginx(context, configuration, nginxConf(configuration, surroundings));
	};
	for (const name of ['access', 'error']) {
		context.machine.files.makeFolder('/var/log/nginx', {recursive: true});
		context.machine.files.symlink('/dev/stdout', `/var/log/nginx/${name}.log`);
	}

	configure(configurationOf({}));
	const raw = (bytes: string, port = 80) => send(machine('client'), address, port, bytes);
	return {
		cluster,
		log,
		echoes: names.map(name => ({address: found(name)['status'].podIP, port: 8080})),
		configure,
		raw,
		get: (host, path, {method = 'GET', headers = {}, body = '', port = 80} = {}) => {
			const lines = Object.entries({Host: host, ...(body && {'Content-Length': String(body.length)}), ...headers});
			return raw(`${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`, port);
		},
		memory: () => context.memory,
		snapshot: () => cluster.snapshot(),
		restore: snapshot => cluster.restore(snapshot),
	};
}

/** What a program gets, with its memory in a table, so that snapshots hold it. */
function createContext(cluster: Cluster, machine: Machine, log: string[]): NginxContext {
	const kept = cluster.sim.state.table<WithNginx>('test/nginx');
	const handler = 'test-nginx';
	const context: NginxContext = {
		machine,
		pid: 1,
		argv: ['nginx'],
		env: {},
		get memory() {
			return kept.get('memory') ?? {};
		},
		set memory(memory) {
			kept.set('memory', memory);
		},
		wake() {},
		cancelWake() {},
		log: text => void log.push(text),
		listen: (protocol, address, port) =>
			machine.stack.sockets.listen({protocol, address, port, handler, owner: handler, process: {name: 'nginx', pid: 1}}),
		exit() {},
	};
	cluster.network.onService(handler, request => serveNginx(context, request));
	return context;
}

function send({stack}: Machine, address: string, port: number, text: string): Response {
	const connection = stack.connect(address, port);
	if (connection.outcome.kind !== 'connected') throw new Error(connection.outcome.kind);
	const {bytes, delayMs, end} = connection.exchange(text);
	connection.close();
	const headEnd = bytes.indexOf('\r\n\r\n');
	const [line = '', ...fields] = bytes.slice(0, headEnd).split('\r\n');
	const pairs = fields.map(field => [field.slice(0, field.indexOf(':')), field.slice(field.indexOf(':') + 2)] as const);
	return {
		status: Number(line.split(' ')[1]),
		line,
		headers: Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), value])),
		names: pairs.map(([name]) => name),
		body: bytes.slice(headEnd + 4),
		delayMs,
		end,
	};
}

export const locationOf = (path: string, backend: string, more: Partial<Location> = {}): Location => ({
	path,
	ingressPath: path,
	pathType: 'Prefix',
	ingress: {namespace: 'default', name: 'web', uid: 'u'},
	isDefaultBackend: false,
	backend,
	service: {namespace: 'default', name: backend, port: '80'},
	defaultBackendUpstream: 'upstream-default-backend',
	enableGlobalAuth: true,
	redirect: {url: '', code: 301, fromToWww: false, relative: false},
	rewrite: {target: '', sslRedirect: true, forceSslRedirect: false, preserveTrailingSlash: false, useRegex: false, appRoot: ''},
	denylist: [],
	allowlist: [],
	proxy: defaultOptions.proxy,
	usePortInRedirects: false,
	upstreamVhost: '',
	xForwardedPrefix: '',
	customHeaders: {},
	connectionHeader: '',
	clientBodyBufferSize: '',
	backendProtocol: 'HTTP',
	customHttpErrors: [],
	disableProxyInterceptErrors: false,
	satisfy: '',
	logs: {access: true, rewrite: false},
	http2PushPreload: false,
	configurationSnippet: '',
	...more,
});

export const serverOf = (hostname: string, locations: readonly Location[], more: Partial<Server> = {}): Server => ({
	hostname,
	aliases: [],
	locations,
	sslPassthrough: false,
	sslCiphers: '',
	sslPreferServerCiphers: '',
	serverSnippet: '',
	...more,
});

export const backendOf = (name: string, endpoints: readonly Endpoint[], more: Partial<Backend> = {}): Backend => ({
	name,
	port: '80',
	endpoints,
	sslPassthrough: false,
	loadBalance: '',
	sessionAffinity: {
		type: '',
		mode: '',
		cookie: {
			name: '',
			expires: '',
			maxAge: '',
			locations: {},
			path: '',
			domain: '',
			sameSite: '',
			conditionalSameSiteNone: false,
			changeOnFailure: false,
		},
	},
	upstreamHash: {by: '', subset: false, subsetSize: 3},
	noServer: false,
	trafficShaping: {weight: 0, weightTotal: 100, header: '', headerValue: '', headerPattern: '', cookie: ''},
	alternatives: [],
	...more,
});

export const certificateOf = (name: string, pem = ''): Certificate => ({
	name,
	namespace: 'default',
	certificate: pem,
	key: '',
	names: [],
	uid: name,
	expires: '',
	sha: '',
});

export interface ConfigurationParts {
	readonly servers?: readonly Server[];
	readonly backends?: readonly Backend[];
	readonly options?: Partial<Options>;
	readonly more?: Partial<Configuration>;
}

export const configurationOf = ({servers = [], backends = [], options = {}, more = {}}: ConfigurationParts): Configuration => ({
	options: {...defaultOptions, ...options},
	servers: [serverOf('_', [locationOf('/', 'upstream-default-backend', {isDefaultBackend: true})]), ...servers],
	backends: [...backends, backendOf('upstream-default-backend', [{address: '127.0.0.1', port: 8181}])],
	defaultCertificate: certificateOf('default-fake-certificate'),
	streams: [],
	redirects: [],
	proxySetHeaders: {},
	addHeaders: {},
	checksum: '1',
	...more,
});
