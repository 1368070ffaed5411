import type {Client} from '../api/client.js';
import type {ApiServer} from '../api/server.js';
import type {Network} from '../net/network.js';
import images from '../images/index.js';
import {preloadedImages, programsOf} from '../images/programs.js';
import {runNow} from '../images/script/run-now.js';
import {createHost, type Host} from '../node/host/host.js';
import type {HostSpec} from '../node/host/host-spec.js';
import {inboxHandler, serveInbox} from '../node/host/inbox.js';
import {serveTyped, typedServerHandler} from '../node/python/listeners.js';
import {kubeletActor} from '../node/kubelet/daemon.js';
import {createKubelet, type Kubelet} from '../node/kubelet/kubelet.js';
import type {Namespaces} from '../node/container/namespaces.js';
import {ownerOf, programHandler} from '../node/program/program-runner.js';
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
	/** Filled here, unless the profile has stand-ins. */
	readonly kubelets: Map<string, Kubelet>;
	readonly withKubelets: boolean;
	readonly api: ApiServer;
}

/** The machines of the topology, in its order. */
export function createHosts(parts: HostsParts): void {
	const {sim, world, network, topology, hosts, kubelets, api} = parts;
	const namespaces = namespacesOf(network);
	const {registries} = world;
	const programs = programsOf(images);
	const preloaded = preloadedImages(registries);
	// A program asks for its client at each reaction.
	const clients = new Map<string, Client>();
	const clientOf = (namespace: string, account: string): Client => {
		const name = `${namespace}/${account}`;
		let client = clients.get(name);
		if (!client) clients.set(name, (client = api.client(serviceAccount(namespace, account))));
		return client;
	};
	for (const spec of hostSpecs(topology)) {
		const accountOf = (podUid: string) => accountOfPod(kubelets.get(spec.name), podUid);
		const host = createHost({sim, world, namespaces, registries, programs, execNow: runNow, preloaded, api, clientOf, accountOf}, spec);
		hosts.set(spec.name, host);
		if (!spec.cluster) continue;
		// A stand-in is a controller: its process may be started and stopped, and that changes nothing.
		if (!parts.withKubelets) sim.clock.on(kubeletActor(spec.name), () => {});
		else kubelets.set(spec.name, createKubelet({sim, api, world, host, namespaces, registries, cluster: spec.cluster}));
	}

	network.onService(inboxHandler, serveInbox(sim));
	network.onService(typedServerHandler, serveTyped(sim, world));
	network.onService(programHandler, request => hosts.get(ownerOf(request.owner).host)?.runner.serve(request) ?? {bytes: '', end: 'reset'});
}

function accountOfPod(kubelet: Kubelet | undefined, podUid: string) {
	const pod = kubelet?.record(podUid)?.pod;
	return pod && {namespace: pod.metadata.namespace ?? 'default', name: (pod['spec'].serviceAccountName as string) || 'default'};
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
