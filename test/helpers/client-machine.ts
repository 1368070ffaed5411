import {decodeDns, type DnsRecord, encodeDns} from '../../source/net/dns-message.js';
import {createNetwork, type Network} from '../../source/net/network.js';
import type {ServiceAnswer, ServiceRequest} from '../../source/net/socket.js';
import type {Machine} from '../../source/node/host/machine.js';
import type {Command, Io} from '../../source/shell/command.js';
import {createSim, type Sim} from '../../source/sim/sim.js';

/** The little network of the recordings: a client, a router with the servers, and a pod behind it. */
export interface Lab {
	readonly sim: Sim;
	readonly network: Network;
	readonly files: Map<string, string>;
	machine(busybox: boolean): Machine;
}

const client = '192.168.56.10';
const server = '192.168.56.11';
const page = 'Hello from web-7d4b9c-abcde\n';
const date = 'Sat, 21 Nov 2026 09:00:00 GMT';

export function createLab(): Lab {
	const sim = createSim('client');
	const network = createNetwork(sim);
	const files = new Map([
		['/etc/hosts', '127.0.0.1 localhost\n'],
		['/etc/resolv.conf', `search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver ${server}\noptions ndots:5\n`],
	]);
	wire(network);
	const stack = network.namespace('server');
	const listen = (protocol: 'tcp' | 'udp', port: number, handler: string) =>
		stack.sockets.listen({protocol, address: '0.0.0.0', port, handler, owner: 'server/1', process: {name: handler, pid: 1}});
	listen('tcp', 80, 'http');
	listen('tcp', 443, 'tls');
	listen('udp', 53, 'dns');
	network.onService('http', serveHttp);
	network.onService('tls', () => ({bytes: '', end: 'reset'}));
	network.onService('dns', serveDns);
	stack.iptables.command(['-A', 'INPUT', '-p', 'tcp', '--dport', '81', '-j', 'DROP']);
	stack.iptables.command(['-A', 'INPUT', '-p', 'tcp', '--dport', '82', '-j', 'REJECT']);
	return {sim, network, files, machine: busybox => machineOf(sim, network, files, busybox)};
}

function wire(network: Network): void {
	for (const [name, address, last] of [
		['client', client, '0a'],
		['server', server, '0b'],
	] as const) {
		const {links, routes} = network.namespace(name);
		links.add({name: 'eth0', type: 'ethernet', mac: `02:42:c0:a8:38:${last}`, mtu: 1500, up: true, carrier: true, segment: 'lan'});
		links.addAddress('eth0', {address, prefix: 24, scope: 'global', broadcast: '192.168.56.255'});
		if (name === 'client') routes.add({destination: '0.0.0.0/0', via: server, dev: 'eth0', protocol: 'static'});
	}

	const router = network.namespace('server');
	router.setSysctl('net.ipv4.ip_forward', '1');
	router.links.add({
		name: 'pod0',
		type: 'veth',
		mac: '02:00:00:00:01:01',
		mtu: 1500,
		up: true,
		carrier: true,
		peer: {namespace: 'pod', link: 'eth0'},
	});
	router.links.addAddress('pod0', {address: '10.244.1.1', prefix: 24, scope: 'global'});
	const pod = network.namespace('pod');
	pod.links.add({
		name: 'eth0',
		type: 'veth',
		mac: '02:00:00:00:01:09',
		mtu: 1500,
		up: true,
		carrier: true,
		peer: {namespace: 'server', link: 'pod0'},
	});
	pod.links.addAddress('eth0', {address: '10.244.1.9', prefix: 24, scope: 'global'});
	pod.routes.add({destination: '0.0.0.0/0', via: '10.244.1.1', dev: 'eth0', protocol: 'static'});
	router.links.addAddress('lo', {address: '10.96.100.1', prefix: 32, scope: 'global'});
	router.routes.add({destination: '203.0.113.0/24', type: 'unreachable'});
	router.routes.add({destination: '198.51.100.0/24', type: 'blackhole'});
}

function serveHttp({bytes}: ServiceRequest): ServiceAnswer {
	const [, method = '', path = ''] = /^([A-Z]+) (\S+)/.exec(bytes) ?? [];
	const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(bytes)?.[1]?.trim();
	const answer = (status: string, body: string, more = '', delayMs = 0): ServiceAnswer => ({
		bytes: `HTTP/1.1 ${status}\r\nServer: nginx/1.27.4\r\nDate: ${date}\r\n${more}Content-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n${method === 'HEAD' ? '' : body}`,
		delayMs,
	});
	if (bytes === '') return {bytes: '', end: 'open'};
	if (!method) return {...answer('400 Bad Request', ''), end: 'closed'};
	if (path === '/') return answer('200 OK', page);
	if (path === '/echo') return answer('200 OK', `host=${header('Host')} ua=${header('User-Agent')} x=${header('X-Test') ?? 'None'}\n`);
	if (path === '/redir') return answer('302 Found', '', 'Location: /\r\n');
	if (path === '/slow') return answer('200 OK', page, '', 10_000);
	if (path === '/post') {
		const body = bytes.slice(bytes.indexOf('\r\n\r\n') + 4);
		return answer('200 OK', `got ${body.length} bytes: ${body}\n`);
	}

	if (path === '/auth') {
		const right = header('Authorization') === `Basic ${Buffer.from('admin:secret').toString('base64')}`;
		return right ? answer('200 OK', 'welcome admin\n') : answer('401 Unauthorized', 'denied\n', 'WWW-Authenticate: Basic realm="lab"\r\n');
	}

	return answer('404 Not Found', '404 page not found\n');
}

const zone: Readonly<Record<string, readonly string[]>> = {
	'kubernetes.default.svc.cluster.local. A': ['10.96.0.1'],
	'web.default.svc.cluster.local. A': ['10.96.100.1'],
	'kube-dns.kube-system.svc.cluster.local. A': ['10.96.0.10'],
	'db.default.svc.cluster.local. A': ['10.244.1.21', '10.244.2.22', '10.244.1.23'],
	'_http._tcp.web.default.svc.cluster.local. SRV': ['0 100 80 web.default.svc.cluster.local.'],
	'1.100.96.10.in-addr.arpa. PTR': ['web.default.svc.cluster.local.'],
	'example.com. A': ['203.0.113.80'],
};

function serveDns({bytes}: ServiceRequest): ServiceAnswer {
	const asked = decodeDns(bytes);
	if (!asked) return {bytes: ''};
	const {name, type} = asked.question;
	const own = name.endsWith('cluster.local.') || name.endsWith('.arpa.');
	const record = (owner: string, kind: string, data: string): DnsRecord => ({name: owner, type: kind, ttl: own ? 30 : 300, data});
	const answers = (zone[`${name} ${type}`] ?? []).map(data => record(name, type, data));
	const known = Object.keys(zone).some(key => key.startsWith(`${name} `));
	const soaZone = own ? 'cluster.local.' : '.';
	const soa = {
		name: soaZone,
		type: 'SOA',
		ttl: 30,
		data: `ns.dns.${own ? soaZone : ''} hostmaster.${own ? soaZone : ''} 1763715600 7200 1800 86400 30`,
	};
	const message = {
		id: asked.id,
		response: true,
		rcode: known ? ('NOERROR' as const) : ('NXDOMAIN' as const),
		authoritative: own,
		recursionDesired: true,
		recursionAvailable: !own,
		question: asked.question,
		answers,
		authorities: answers.length > 0 ? [] : [soa],
		additionals: type === 'SRV' && known ? [record('web.default.svc.cluster.local.', 'A', '10.96.100.1')] : [],
		...(asked.edns && {edns: asked.edns}),
	};
	return {bytes: encodeDns(message)};
}

function machineOf(sim: Sim, network: Network, files: Map<string, string>, busybox: boolean): Machine {
	const exists = (path: string) => files.has(path) || (busybox && path === '/bin/busybox');
	return {
		name: 'client',
		hostname: 'client',
		kind: busybox ? 'container' : 'host',
		host: 'client',
		container: 'c',
		files: {exists, readText: (path: string) => files.get(path)!, write: (path: string, text: string) => void files.set(path, text)},
		stack: network.namespace('client'),
		sim,
		env: {},
		home: '/root',
		user: 'root',
		world: {runtime: () => ({container: () => ({image: 'busybox:1.36'})})},
	} as unknown as Machine;
}

export interface Ran {
	readonly stdout: string;
	readonly stderr: string;
	/** Both streams as they came. */
	readonly both: string;
	readonly exitCode: number;
}

/** Runs a command to its end; virtual time passes as it waits. */
export function runCommand(
	command: Command<Machine>,
	machine: Machine,
	argv: readonly string[],
	options: {stdin?: string; tty?: boolean; columns?: number} = {},
): Ran {
	let stdout = '';
	let stderr = '';
	let both = '';
	const io: Io<Machine> = {
		argv,
		env: {},
		cwd: '/root',
		machine,
		stdin: options.stdin ?? '',
		stdinIsTerminal: false,
		stdoutIsTerminal: options.tty ?? false,
		columns: options.columns ?? 120,
		rows: 40,
		out(text) {
			stdout += text;
			both += text;
		},
		err(text) {
			stderr += text;
			both += text;
		},
		path: name => (name.startsWith('/') ? name : `/root/${name}`),
	};
	const run = command.run(io);
	for (let next = run.next(); ; next = run.next(undefined)) {
		if (next.done) return {stdout, stderr, both, exitCode: next.value};
		if ('sleepMs' in next.value) machine.sim.clock.advance(next.value.sleepMs);
	}
}
