import {readFileSync} from 'node:fs';
import netAdmin from '../../source/commands/net-admin/index.js';
import type {Namespace} from '../../source/net/namespace.js';
import {createNetwork} from '../../source/net/network.js';
import type {Io} from '../../source/shell/command.js';
import {createSim} from '../../source/sim/sim.js';

/** A world with nothing in it but namespaces. */
export function world(seed = 'net') {
	const sim = createSim(seed);
	return {sim, network: createNetwork(sim)};
}

export type World = ReturnType<typeof world>;

export interface Ran {
	readonly text: string;
	readonly exitCode: number;
}

/** Runs one of the network tools on a namespace, without a shell. Both streams together, as the goldens have them. */
export function runTool({sim}: World, stack: Namespace, argv: readonly string[], stdin = '', terminal = false, busybox = false): Ran {
	let text = '';
	const files = {exists: (path: string) => busybox && path === '/bin/busybox', readText: () => ''};
	const io = {
		argv,
		env: {},
		cwd: '/root',
		machine: {
			name: stack.name,
			hostname: stack.name,
			kind: busybox ? 'container' : 'host',
			host: stack.name,
			stack,
			sim,
			files,
			processes: {list: () => []},
			user: 'root',
		},
		stdin,
		stdinIsTerminal: false,
		stdoutIsTerminal: terminal,
		columns: 120,
		rows: 40,
		out: (chunk: string) => void (text += chunk),
		err: (chunk: string) => void (text += chunk),
		path: (name: string) => name,
	} as unknown as Io;
	const command = netAdmin.find(each => each.name === argv[0] || each.aliases?.includes(argv[0]!));
	if (!command) throw new Error(`no such tool: ${argv[0]}`);
	const run = command.run(io);
	let step = run.next();
	while (!step.done) {
		const effect = step.value;
		if ('sleepMs' in effect) sim.clock.advance(effect.sleepMs);
		step = run.next(undefined);
	}
	return {text, exitCode: step.value};
}

/** A machine with both ends of one veth, IPv6 switched off: what odd command lines were recorded on. */
export function hostWithVeth() {
	const made = world();
	const stack = made.network.namespace('n');
	stack.setSysctl('net.ipv6.conf.all.disable_ipv6', '1');
	for (const [name, last, peer] of [
		['p0', '0b', 'eth0'],
		['eth0', '0a', 'p0'],
	] as const) {
		const mac = `02:42:c0:a8:38:${last}`;
		stack.links.add({name, type: 'veth', mac, mtu: 1500, up: true, carrier: true, peer: {namespace: 'n', link: peer}});
	}
	stack.links.addAddress('eth0', {address: '192.168.56.10', prefix: 24, broadcast: '192.168.56.255', scope: 'global'});
	stack.routes.add({destination: 'default', via: '192.168.56.11', dev: 'eth0'});
	return {made, stack};
}

/** Words of a command line: quotes group, nothing else is special. */
export const words = (line: string): string[] => (line.match(/"[^"]*"|'[^']*'|\S+/g) ?? []).map(word => word.replace(/^["']|["']$/g, ''));

export interface Recorded {
	readonly command: string;
	readonly text: string;
	readonly exitCode: number;
}

/** A recording: `$ command`, what it printed, `[exit N]`, as often as it happened. */
export function recording(path: string): Recorded[] {
	const text = readFileSync(new URL(`../data/net/${path}`, import.meta.url), 'utf8');
	return [...text.matchAll(/^\$ (.*)\n([\s\S]*?)\[exit (\d+)\]\n/gm)].map(([, command = '', printed = '', code]) => ({
		command,
		text: printed,
		exitCode: Number(code),
	}));
}

export const dataFile = (path: string): string => readFileSync(new URL(`../data/net/${path}`, import.meta.url), 'utf8');

export const listen = (stack: Namespace, port: number, handler: string, protocol: 'tcp' | 'udp' = 'tcp', address = '0.0.0.0'): void =>
	stack.sockets.listen({protocol, address, port, handler, owner: `${stack.name}/${port}`, process: {name: handler, pid: 100 + port}});

/** A node on the segment, as cluster/lan.ts and the CNI set it up. */
export function host({network}: World, name: string, address: string): Namespace {
	const stack = network.namespace(name);
	stack.links.add({
		name: 'eth0',
		type: 'ethernet',
		mac: `00:0c:29:00:00:${Number(address.split('.')[3]).toString(16).padStart(2, '0')}`,
		mtu: 1500,
		up: true,
		carrier: true,
		segment: 'lan',
	});
	stack.links.addAddress('eth0', {address, prefix: 24, broadcast: '172.25.254.255', scope: 'global'});
	stack.setSysctl('net.ipv4.ip_forward', '1');
	return stack;
}

/** A pod behind a veth whose other end answers ARP for everything. */
export function pod({network}: World, node: Namespace, address: string): Namespace {
	const name = `pod/${address}`;
	const stack = network.namespace(name);
	const link = `cali${address.replaceAll('.', '')}`.slice(0, 15);
	node.links.add({
		name: link,
		type: 'veth',
		mac: 'ee:ee:ee:ee:ee:ee',
		mtu: 1500,
		up: true,
		carrier: true,
		peer: {namespace: name, link: 'eth0'},
	});
	node.setSysctl(`net.ipv4.conf.${link}.proxy_arp`, '1');
	node.routes.add({destination: `${address}/32`, dev: link, scope: 'link'});
	stack.links.add({
		name: 'eth0',
		type: 'veth',
		mac: '0a:58:0a:f4:01:02',
		mtu: 1500,
		up: true,
		carrier: true,
		peer: {namespace: node.name, link},
	});
	stack.links.addAddress('eth0', {address, prefix: 32, scope: 'global'});
	stack.routes.add({destination: '169.254.1.1/32', dev: 'eth0', scope: 'link'});
	stack.routes.add({destination: '0.0.0.0/0', via: '169.254.1.1', dev: 'eth0'});
	return stack;
}

/** Two nodes with two pods each, all answering on port 80 with their own name and the client's address; and a client outside. */
export function cluster(seed = 'net') {
	const made = world(seed);
	const node1 = host(made, 'node1', '172.25.254.10');
	const node2 = host(made, 'node2', '172.25.254.20');
	const client = host(made, 'client', '172.25.254.250');
	node1.routes.add({destination: '10.244.2.0/24', via: '172.25.254.20', dev: 'eth0'});
	node2.routes.add({destination: '10.244.1.0/24', via: '172.25.254.10', dev: 'eth0'});
	for (const node of [node1, node2]) node.routes.add({destination: '0.0.0.0/0', via: '172.25.254.2', dev: 'eth0'});
	const pods = [
		pod(made, node1, '10.244.1.2'),
		pod(made, node1, '10.244.1.3'),
		pod(made, node2, '10.244.2.2'),
		pod(made, node2, '10.244.2.3'),
	] as const;
	made.network.onService('echo', ({local, peer}) => ({bytes: `${local.address} ${peer.address}`, end: 'closed'}));
	made.network.onService('open', ({bytes}) => ({bytes: bytes.toUpperCase()}));
	for (const each of pods) listen(each, 80, 'echo');
	return {...made, node1, node2, client, pods};
}

/** One GET: what the server said, or what became of it. */
export function get(stack: Namespace, address: string, port: number): string {
	const connection = stack.connect(address, port);
	if (connection.outcome.kind !== 'connected') return connection.outcome.kind;
	const {bytes, end} = connection.exchange('GET / HTTP/1.1\r\n\r\n');
	connection.close();
	return bytes || end;
}

/** The tables of a kubeadm node before kube-proxy's first sync: `nodebase.sh` of the recordings. */
export function nodeBase(stack: Namespace, mode: 'iptables' | 'ipvs' = 'iptables'): void {
	const run = (line: string) => stack.iptables.command(words(line));
	for (const table of ['mangle', 'nat', 'filter']) run(`-t ${table} -N KUBE-KUBELET-CANARY`);
	run('-t mangle -N KUBE-IPTABLES-HINT');
	run('-N KUBE-FIREWALL');
	const localnet = '"block incoming localnet connections" --dst 127.0.0.0/8 ! --src 127.0.0.0/8';
	run(`-A KUBE-FIREWALL -m comment --comment ${localnet} -m conntrack ! --ctstate RELATED,ESTABLISHED,DNAT -j DROP`);
	run('-I OUTPUT -j KUBE-FIREWALL');
	run('-I INPUT -j KUBE-FIREWALL');
	for (const table of ['mangle', 'nat', 'filter']) run(`-t ${table} -N KUBE-PROXY-CANARY`);
	for (const [table, chain, from, comment, state] of mode === 'iptables' ? jumps : []) {
		if (!stack.iptables.table(table as 'nat')!.chains.some(each => each.name === chain)) run(`-t ${table} -N ${chain}`);
		run(`-t ${table} -I ${from} ${state ? '-m conntrack --ctstate NEW' : ''} -m comment --comment "${comment}" -j ${chain}`);
	}
}

const jumps = [
	['filter', 'KUBE-EXTERNAL-SERVICES', 'INPUT', 'kubernetes externally-visible service portals', true],
	['filter', 'KUBE-EXTERNAL-SERVICES', 'FORWARD', 'kubernetes externally-visible service portals', true],
	['filter', 'KUBE-NODEPORTS', 'INPUT', 'kubernetes health check service ports', false],
	['filter', 'KUBE-SERVICES', 'FORWARD', 'kubernetes service portals', true],
	['filter', 'KUBE-SERVICES', 'OUTPUT', 'kubernetes service portals', true],
	['filter', 'KUBE-FORWARD', 'FORWARD', 'kubernetes forwarding rules', false],
	['filter', 'KUBE-PROXY-FIREWALL', 'INPUT', 'kubernetes load balancer firewall', true],
	['filter', 'KUBE-PROXY-FIREWALL', 'OUTPUT', 'kubernetes load balancer firewall', true],
	['filter', 'KUBE-PROXY-FIREWALL', 'FORWARD', 'kubernetes load balancer firewall', true],
	['nat', 'KUBE-SERVICES', 'OUTPUT', 'kubernetes service portals', false],
	['nat', 'KUBE-SERVICES', 'PREROUTING', 'kubernetes service portals', false],
	['nat', 'KUBE-POSTROUTING', 'POSTROUTING', 'kubernetes postrouting rules', false],
] as const;
