import type {Reader, WatchEvent} from '../../source/api/client.js';
import {type KubeObject, keyOf} from '../../source/api/object.js';
import {createNetwork} from '../../source/net/network.js';
import type {Outcome} from '../../source/net/outcome.js';
import type {Netstack} from '../../source/net/netstack.js';
import type {Program, ProgramContext} from '../../source/node/program/program.js';
import {createSim, type Sim} from '../../source/sim/sim.js';

const resources: Readonly<Record<string, string>> = {
	Service: 'services',
	EndpointSlice: 'endpointslices.discovery.k8s.io',
	Node: 'nodes',
	NetworkPolicy: 'networkpolicies.networking.k8s.io',
	Pod: 'pods',
	Namespace: 'namespaces',
};

/** One program on one host with a real network, and an API that is a list of objects. */
export interface Harness {
	readonly sim: Sim;
	readonly stack: Netstack;
	readonly log: string[];
	exitCode(): number | undefined;
	start(argv: readonly string[]): void;
	apply(...objects: readonly KubeObject[]): void;
	remove(kind: string, key: string): void;
	advance(ms: number): void;
	serve(port: number, bytes: string): string;
	signal(name: string): void;
	/** Whether the API server's port answers, or why not. */
	setApi(up: boolean, why?: Outcome): void;
}

export function createHarness(program: Program, files: Readonly<Record<string, string>>, objects: readonly KubeObject[]): Harness {
	const sim = createSim('harness');
	const network = createNetwork(sim);
	const stack = network.namespace('k8s-node1');
	stack.links.add({name: 'eth0', type: 'ethernet', mac: '02:00:00:00:00:0a', mtu: 1500, up: true, carrier: true, segment: 'lan'});
	stack.links.addAddress('eth0', {address: '172.25.254.10', prefix: 24, scope: 'global', broadcast: '172.25.254.255'});
	stack.routes.add({destination: '0.0.0.0/0', via: '172.25.254.100', dev: 'eth0', protocol: 'static'});
	const store = new Map(objects.map(object => [`${object.kind} ${keyOf(object)}`, object]));
	const memory = sim.state.cell<any>('harness/memory', undefined);
	const log: string[] = [];
	const wakes = new Set<string>();
	let api: Outcome = {kind: 'connected'};
	let exitCode: number | undefined;
	const of = (resource: string) =>
		[...store.values()].filter(object => resources[object.kind] === resource).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
	const kindOf = (resource: string) => Object.keys(resources).find(kind => resources[kind] === resource);
	const find = (resource: string, namespace: string | undefined, name: string) =>
		store.get(`${kindOf(resource)} ${namespace ? `${namespace}/` : ''}${name}`) as any;
	const indexes = new Map<string, (object: any) => readonly string[]>();
	const indexed = (resource: string, index: string, value: string) =>
		of(resource).filter(object => indexes.get(index)!(object).includes(value)) as any;
	const reader: Reader = {find, get: find, list: resource => of(resource) as any, indexed};
	const machine: any = {
		name: 'pod/proxy',
		hostname: 'k8s-node1',
		kind: 'container',
		host: 'k8s-node1',
		files: {exists: (path: string) => path in files, readText: (path: string) => files[path]},
		stack,
		sim,
		world: {
			api: {reader, addIndex: (_: string, index: string, keys: any) => indexes.set(index, keys)},
			apiReachable: () => api,
		},
	};
	const context = (argv: readonly string[] = []): ProgramContext => ({
		machine,
		pid: 1,
		argv,
		env: {},
		get memory() {
			return memory.get();
		},
		set memory(value) {
			memory.set(value);
		},
		wake(delayMs, key, options) {
			wakes.add(key);
			sim.clock.schedule(delayMs, 'harness', key, options);
		},
		cancelWake: key => sim.clock.cancel('harness', key),
		log: text => void log.push(text),
		listen: (protocol, address, port) =>
			stack.sockets.listen({protocol, address, port, handler: 'harness', owner: 'harness/1', process: {name: program.name, pid: 1}}),
		client: {...reader, create: (object: KubeObject) => object} as any,
		exit(code) {
			exitCode = code;
			stack.sockets.closeAll('harness/1');
			for (const key of wakes) sim.clock.cancel('harness', key);
		},
	});
	sim.clock.on('harness', key => exitCode === undefined && program.wake?.(context(), key));
	network.onService('harness', request => program.serve!(context(), request));
	const tell = (event: WatchEvent) => {
		if (exitCode === undefined && program.watches?.includes(resources[event.object.kind]!)) program.changed?.(context(), event);
	};

	return {
		sim,
		stack,
		log,
		exitCode: () => exitCode,
		start(argv) {
			exitCode = undefined;
			program.start(context(argv));
		},
		apply(...changed) {
			for (const object of changed) {
				const key = `${object.kind} ${keyOf(object)}`;
				const old = store.get(key);
				store.set(key, object);
				tell({type: old ? 'MODIFIED' : 'ADDED', object, ...(old && {old})});
			}
		},
		remove(kind, key) {
			const object = store.get(`${kind} ${key}`)!;
			store.delete(`${kind} ${key}`);
			tell({type: 'DELETED', object, old: object});
		},
		advance: ms => sim.clock.advance(ms),
		serve: (port, bytes) =>
			program.serve!(context(), {
				owner: 'harness/1',
				bytes,
				local: {address: '127.0.0.1', port},
				peer: {address: '127.0.0.1', port: 40_000},
			}).bytes,
		setApi(up, why = {kind: 'refused', by: 'nobody'}) {
			api = up ? {kind: 'connected'} : why;
		},
		signal: name => program.signal?.(context(), name),
	};
}
