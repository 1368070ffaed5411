import {plugIn} from '../../source/cluster/lan.js';
import {threeNodes} from '../../source/cluster/topology.js';
import {commands} from '../../source/commands/index.js';
import {createNetwork} from '../../source/net/network.js';
import {createHost, type Host} from '../../source/node/host/host.js';
import type {HostSpec} from '../../source/node/host/host-spec.js';
import {ownerOf, programHandler} from '../../source/node/program/program-runner.js';
import {sshd} from '../../source/node/host/sshd.js';
import type {World} from '../../source/node/world.js';
import {createSession, type Session} from '../../source/shell/session/session.js';
import {createHeadlessTime} from '../../source/shell/run/time.js';
import {createSim} from '../../source/sim/sim.js';
import {createRegistries} from '../../source/node/registry/create-registries.js';
import type {SessionOptions} from '../../source/shell/session/session-options.js';

const addresses: Readonly<Record<string, string>> = {'k8s-master': '172.25.254.100', 'k8s-node1': '172.25.254.10'};

/** Two machines without a cluster on them: enough for what this folder tests. */
export function fakeHosts(): World {
	const sim = createSim('hosts');
	const network = createNetwork(sim);
	plugIn(network, {...threeNodes, nodes: threeNodes.nodes.slice(0, 2)});
	const hosts = new Map<string, Host>();
	const down = new Set<string>();
	const world = {
		sim,
		hosts: () => [...hosts.values()].map(host => host.machine),
		host: (name: string) => hosts.get(name)?.machine,
		hostAt: (address: string) => [...hosts.values()].find(host => host.spec.address === address)?.machine,
		isUp: (name: string) => !down.has(name),
		setPower(name: string, on: boolean) {
			network.setPower(name, on);
			if (on) down.delete(name);
			else down.add(name);
		},
	} as unknown as World;
	const neighbours = Object.entries(addresses).map(([name, address]) => ({name, address}));
	for (const {name, address} of neighbours) {
		const spec: HostSpec = {name, address, role: 'outside', neighbours, nameServer: '172.25.254.2'};
		const namespaces = {
			create: (space: string) => network.namespace(space),
			get: (space: string) => network.namespace(space),
			remove: (space: string) => network.remove(space),
		};
		const registries = createRegistries(sim, [], {nameServer: '172.25.254.2'});
		const execNow = () => ({stdout: '', stderr: '', exitCode: 0, timedOut: false});
		hosts.set(
			name,
			createHost({sim, world, namespaces, registries, programs: new Map([[sshd.name, sshd]]), execNow, preloaded: new Map()}, spec),
		);
	}

	network.onService(programHandler, request => hosts.get(ownerOf(request.owner).host)!.runner.serve(request));
	for (const host of hosts.values()) host.boot();
	return world;
}

export function fakeHostSession(options: Partial<SessionOptions> = {}): Session {
	const world = fakeHosts();
	return createSession({
		machine: world.host('k8s-master')!,
		commands,
		time: createHeadlessTime(world.sim.clock),
		random: world.sim.random,
		findMachine: name => world.host(name),
		...options,
	});
}
