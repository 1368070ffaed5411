import type {ApiServer} from '../api/server.js';
import type {Network} from '../net/network.js';
import {createHost, type Host} from '../node/host.js';
import type {HostSpec} from '../node/host-spec.js';
import type {Namespaces} from '../node/namespaces.js';
import {ownerOf, programHandler} from '../node/program-runner.js';
import {createRegistries} from '../node/registry.js';
import type {World} from '../node/world.js';
import type {Sim} from '../sim/sim.js';
import {apiServerEndpoint, type Topology} from './topology.js';

export interface HostsParts {
	readonly sim: Sim;
	readonly world: World;
	readonly network: Network;
	readonly topology: Topology;
	/** Filled here. */
	readonly hosts: Map<string, Host>;
	readonly api: ApiServer;
}

/** The machines of the topology, in its order. */
export function createHosts({sim, world, network, topology, hosts, api}: HostsParts): void {
	const registries = createRegistries(sim, [], {nameServer: topology.lan.gateway});
	for (const spec of hostSpecs(topology)) {
		const host = createHost(
			{
				sim,
				world,
				namespaces: namespacesOf(network),
				registries,
				programs: new Map(),
				execNow: () => ({stdout: '', stderr: '', exitCode: 0, timedOut: false}),
				preloaded: new Map(),
				api,
				clientOf: (namespace, account) => api.client(serviceAccount(namespace, account)),
				accountOf: () => undefined,
			},
			spec,
		);
		hosts.set(spec.name, host);
	}

	network.onService(programHandler, request => hosts.get(ownerOf(request.owner).host)?.runner.serve(request) ?? {bytes: '', end: 'reset'});
}

function hostSpecs(topology: Topology): HostSpec[] {
	const {nodes, outside, lan} = topology;
	const neighbours = [...nodes, ...outside];
	const common = {neighbours, nameServer: lan.gateway};
	return [
		...nodes.map(node => ({
			...common,
			name: node.name,
			address: node.address,
			role: node.controlPlane ? ('control-plane' as const) : ('worker' as const),
			cluster: {
				version: topology.kubernetesVersion,
				apiServer: apiServerEndpoint(topology),
				podCidr: topology.podCidr,
				nodePodCidr: node.podCidr,
				serviceCidr: topology.serviceCidr,
				clusterDns: topology.clusterDns,
				clusterDomain: topology.clusterDomain,
			},
		})),
		...outside.map(({name, address}) => ({...common, name, address, role: 'outside' as const})),
	];
}

/** Namespaces by name, as a node's runtime asks for them. */
function namespacesOf(network: Network): Namespaces {
	return {
		create: name => network.namespace(name),
		get: name => network.namespace(name),
		remove: name => network.remove(name),
	};
}

export const serviceAccount = (namespace: string, name: string) => ({
	name: `system:serviceaccount:${namespace}:${name}`,
	groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
});
