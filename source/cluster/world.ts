import type {ApiServer} from '../api/server.js';
import file from '../commands/file/index.js';
import hostTools from '../commands/host/index.js';
import netClient from '../commands/net-client/index.js';
import text from '../commands/text/index.js';
import {kubeletChains} from '../images/kube-proxy/kubelet-chains.js';
import type {Network} from '../net/network.js';
import type {Host} from '../node/host/host.js';
import {kubeadmFiles} from '../node/kubeadm/node-files.js';
import type {Kubelet} from '../node/kubelet/kubelet.js';
import type {Registries} from '../node/registry/registries.js';
import type {World} from '../node/world.js';
import type {Sim} from '../sim/sim.js';
import {plugInHost, segment} from './lan.js';
import type {Topology} from './topology.js';

export interface WorldParts {
	readonly sim: Sim;
	readonly network: Network;
	readonly topology: Topology;
	/** Filled by `hosts.ts`, in the order of the topology. */
	readonly hosts: ReadonlyMap<string, Host>;
	readonly kubelets: ReadonlyMap<string, Kubelet>;
	readonly registries: Registries;
	api(): ApiServer;
}

const tools = new Map(
	[...netClient, ...file, ...text, ...hostTools].flatMap(each => [each.name, ...(each.aliases ?? [])].map(name => [name, each])),
);

/** What machines see of one another. */
export function createWorld({sim, network, topology, hosts, kubelets, registries, api}: WorldParts): World {
	const off = sim.state.table<true>('cluster/powered-off');
	const find = (name: string): Host => {
		const host = hosts.get(name);
		if (!host) throw new Error(`there is no host ${name}`);
		return host;
	};

	/** What the kernel held is gone: links, rules, connections, processes. What is on disk starts again. */
	const powerUp = ({machine: {name, units, files}}: Host) => {
		// What `ip netns add` made lay in memory.
		if (files.exists('/run/netns')) for (const each of files.list('/run/netns')) network.remove(`${name}/netns/${each}`);
		files.remove('/run/netns', {recursive: true, force: true});
		kubelets.get(name)?.restart();
		hosts.get(name)?.machine.engine?.powerLost();
		network.reset(name);
		plugInHost(network, topology, name);
		if (kubelets.has(name)) kubeletChains(network.namespace(name));
		for (const unit of units.list()) if (unit.activeState.startsWith('activ') && unit.argv) units.restart(unit.name);
	};

	return {
		sim,
		registries,
		get api() {
			return api();
		},
		hosts: () => [...hosts.values()].map(host => host.machine),
		host: name => hosts.get(name)?.machine,
		hostAt: address =>
			[...hosts.values()].find(({machine}) =>
				machine.stack.links.list().some(link => link.segment === segment && link.addresses.some(each => each.address === address)),
			)?.machine,
		runtime: node => find(node).containerd,
		container(podUid, name) {
			for (const [node, kubelet] of kubelets) {
				const found = kubelet.container(podUid, name);
				if (found?.state === 'running') return find(node).containerd.machine(found.id);
			}

			return undefined;
		},
		networks: {open: name => network.namespace(name), remove: name => network.remove(name)},
		tool: name => tools.get(name),
		kubeadmFiles(name) {
			const {spec} = find(name);
			return spec.cluster && kubeadmFiles(spec, spec.cluster);
		},
		removePods: name => kubelets.get(name)?.removePods(),
		signal: (name, pid, signal) => find(name).runner.signal(pid, signal),
		isUp: name => !off.has(name),
		setPower(name, on) {
			if (on === !off.has(name)) return;
			if (on) off.delete(name);
			else off.set(name, true);
			network.setPower(name, on);
			if (on) powerUp(find(name));
		},
		// Components keep their connection to the API server open: what stands is probed.
		apiReachable: (from, address, port) => from.stack.reach(address, port),
	};
}
