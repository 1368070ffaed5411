import type {Netstack} from '../../net/netstack.js';
import type {Volumes} from '../../os/volumes.js';
import type {Processes} from '../../os/process.js';
import type {Sim} from '../../sim/sim.js';
import type {Table} from '../../sim/state.js';
import type {Machine} from '../host/machine.js';
import type {Namespaces} from '../container/namespaces.js';
import type {ProgramRunner} from '../program/program-runner.js';
import {programHandler, socketOwner} from '../program/program-runner.js';
import {embeddedAddress} from './dns.js';
import {containerNamespace} from './endpoints.js';
import {writeEtc} from './etc.js';
import {type ContainerRecord, EngineError, type EngineEvent, type PublishedPort} from './model.js';
import {choosePorts} from './ports.js';
import {proxyArguments} from './proxy.js';
import type {Containerd} from '../container/cri.js';
import type {Networks, Endpoints} from './docker.js';

export interface LifecycleParts {
	readonly sim: Sim;
	readonly machine: Machine;
	readonly containerd: Containerd;
	readonly processes: Processes;
	readonly namespaces: Namespaces;
	readonly volumes: Volumes;
	readonly networks: Networks;
	readonly endpoints: Endpoints;
	readonly records: Table<ContainerRecord>;
	runner(): ProgramRunner;
	daemonPid(): number;
	event(type: EngineEvent['type'], action: string, id: string, attributes?: Readonly<Record<string, string>>): void;
}

export interface Lifecycle {
	start(id: string, options?: {held?: boolean}): void;
	/** Its first process is gone. */
	exited(id: string): void;
	signal(id: string, signal: string): void;
	/** The restart that was due. */
	restartDue(id: string): void;
}

const restartFirstMs = 100;
/** Whoever watches it may read its last lines. */
const autoRemoveMs = 300;
const restartMaxMs = 60_000;
/** A container that ran so long has recovered. */
const recoveredMs = 10_000;

export const engineActor = (host: string): string => `docker/${host}`;

export function createLifecycle(parts: LifecycleParts): Lifecycle {
	const {sim, machine, containerd, records, endpoints, event} = parts;
	const actor = engineActor(machine.name);
	const change = (id: string, patch: Partial<ContainerRecord>) => {
		const record = records.get(id);
		if (record) records.set(id, {...record, ...patch});
	};

	const release = (record: ContainerRecord) => {
		for (const pid of record.proxies) parts.runner().end(pid, 0);
		change(record.id, {endpoints: endpoints.disconnect(record), published: [], proxies: [], paused: false, health: undefined});
		const sandbox = containerd.sandbox(containerd.row(record.id)?.sandbox ?? '');
		if (sandbox) parts.processes.end(sandbox.shimPid);
	};

	const start: Lifecycle['start'] = (id, options) => {
		const record = records.get(id)!;
		if (containerd.row(id)?.state === 'running') return;
		const ports = network(parts, record);
		const connected = records.get(id)!;
		startShim(parts, connected);
		prepareEtc(parts, connected);
		const error = containerd.start(id, options);
		if (error) {
			release(records.get(id)!);
			const text = error
				.replace('failed to create containerd task', 'failed to create task for container')
				.replace(
					'runc create failed: unable to start container process: exec:',
					'runc create failed: unable to start container process: error during container init: exec:',
				);
			change(id, {error: text});
			throw new EngineError(text);
		}

		change(id, {
			proxies: startProxies(parts, connected, ports),
			error: '',
			restarting: false,
			stopped: false,
			...(record.config.healthcheck && {health: {status: 'starting', failing: 0}}),
		});
		const {healthcheck} = record.config;
		if (healthcheck && containerd.row(id)?.state === 'running')
			sim.clock.reschedule(healthcheck.intervalMs ?? 30_000, actor, `health ${id}`, {periodic: true});
		event('container', 'start', id, {image: record.config.image, name: record.name});
		// What ended at once has been seen before its ports were open.
		if (containerd.row(id)?.state !== 'running') release(records.get(id)!);
	};

	return {
		start,
		signal: (id, signal) => containerd.signal(id, signal),
		exited(id) {
			const record = records.get(id);
			if (!record) return;
			const row = containerd.row(id)!;
			sim.clock.cancel(actor, `health ${id}`);
			release(record);
			event('container', 'die', id, {
				execDuration: String(Math.floor(((row.finishedMs ?? 0) - (row.startedMs ?? 0)) / 1000)),
				exitCode: String(row.exitCode ?? 0),
				image: record.config.image,
				name: record.name,
			});
			if (shouldRestart(record, row.exitCode ?? 0)) {
				const healthy = (row.finishedMs ?? 0) - (row.startedMs ?? 0) >= recoveredMs;
				const delay = Math.min(restartMaxMs, restartFirstMs * 2 ** (healthy ? 0 : record.restarts));
				change(id, {restarting: true});
				sim.clock.reschedule(delay, actor, `restart ${id}`, {periodic: record.restarts > 3});
			} else if (record.host.autoRemove) sim.clock.schedule(autoRemoveMs, actor, `remove ${id}`);
		},
		restartDue(id) {
			const record = records.get(id);
			if (!record || record.stopped) return;
			change(id, {restarts: record.restarts + 1});
			try {
				start(id);
			} catch (error) {
				if (!(error instanceof EngineError)) throw error;
			}
		},
	};
}

function shouldRestart({stopped, host: {restart}, restarts}: ContainerRecord, exitCode: number): boolean {
	if (stopped) return false;
	if (restart.name === 'on-failure') return exitCode !== 0 && (restart.maximum === 0 || restarts < restart.maximum);
	return restart.name === 'always' || restart.name === 'unless-stopped';
}

/** Ports and addresses; nothing stays behind when one of them cannot be had. */
function network({machine, endpoints, records}: LifecycleParts, record: ContainerRecord): readonly PublishedPort[] {
	const hasPorts = !['host', 'none'].includes(record.host.network) && !record.host.network.startsWith('container:');
	const ports = hasPorts ? choosePorts(machine, record, [...records.values()]) : [];
	const connected = endpoints.connect(record, ports);
	records.set(record.id, {...record, endpoints: connected, published: ports});
	return ports;
}

function startShim({processes, containerd}: LifecycleParts, {id}: ContainerRecord): void {
	const argv = ['/usr/bin/containerd-shim-runc-v2', '-namespace', 'moby', '-id', id, '-address', '/run/containerd/containerd.sock'];
	const {pid} = processes.start({user: 'root', program: '', container: '', ppid: 1, argv});
	containerd.updateSandbox(containerd.row(id)!.sandbox, {shimPid: pid, state: 'ready'});
}

function prepareEtc({sim, volumes, machine, namespaces, records, containerd, daemonPid}: LifecycleParts, record: ContainerRecord): void {
	const own = Object.entries(record.endpoints);
	const hostname = containerd.sandbox(containerd.row(record.id)!.sandbox)!.hostname;
	const embeddedDns = own.some(([name, endpoint]) => name !== 'bridge' && endpoint.address !== undefined);
	const linked = record.host.links.flatMap(link => {
		const [target = '', alias = target] = link.split(':');
		const found = [...records.values()].find(each => each.name === target || each.id.startsWith(target));
		const address = found && Object.values(found.endpoints).find(each => each.address)?.address;
		return found && address ? [[address, `${alias} ${found.id.slice(0, 12)} ${found.name}`] as const] : [];
	});
	const extra = record.host.extraHosts.map(text => {
		const colon = text.search(/[:=]/);
		const value = text.slice(colon + 1);
		return [value === 'host-gateway' ? '172.17.0.1' : value, text.slice(0, colon)] as const;
	});
	const hosts = [...extra, ...linked, ...own.flatMap(([, {address}]) => (address ? [[address, hostname] as const] : []))];
	writeEtc(sim, volumes, record, {hostname, hosts, embeddedDns, hostFiles: machine.files, sharesHost: record.host.network === 'host'});
	const stack = namespaces.get(containerNamespace(record.id));
	if (!embeddedDns || !stack) return;
	const taken = new Set([...records.values()].map(each => each.dnsPort));
	const random = sim.random.fork(`docker/${machine.name}/dns`);
	let port = 0;
	do port = 32_768 + random.int(28_000);
	while (taken.has(port));
	records.set(record.id, {...records.get(record.id)!, dnsPort: port});
	listenForNames(stack, machine.name, daemonPid(), port);
}

/** The daemon listens in the container's own network, behind a rule: so its port tells which container asks. */
function listenForNames(stack: Netstack, host: string, pid: number, port: number): void {
	const owner = socketOwner(host, pid);
	stack.sockets.closeAll(owner);
	const rules = (['tcp', 'udp'] as const).map(protocol => {
		stack.sockets.listen({protocol, address: embeddedAddress, port, handler: programHandler, owner, process: {name: 'dockerd', pid}});
		return `-A DOCKER_OUTPUT -d ${embeddedAddress}/32 -p ${protocol} -m ${protocol} --dport 53 -j DNAT --to-destination ${embeddedAddress}:${port}`;
	});
	stack.iptables.restore(
		['*nat', ':DOCKER_OUTPUT - [0:0]', `-A OUTPUT -d ${embeddedAddress}/32 -j DOCKER_OUTPUT`, ...rules, 'COMMIT', ''].join('\n'),
	);
}

function startProxies({processes, runner}: LifecycleParts, record: ContainerRecord, ports: readonly PublishedPort[]): readonly number[] {
	const address = Object.values(record.endpoints).find(each => each.address)?.address;
	if (!address) return [];
	const parent = processes.list().find(each => each.program === 'dockerd')?.pid ?? 1;
	return ports.map(port => {
		const {pid} = processes.start({
			user: 'root',
			program: 'docker-proxy',
			container: '',
			ppid: parent,
			argv: proxyArguments(port, address),
		});
		runner().launch(pid);
		return pid;
	});
}
