import type {ApiServer} from '../api/server.js';
import {controllerManager, controllersWithoutNodes, kubeScheduler, standInKubelets} from '../controllers/index.js';
import {createNetwork, type Network} from '../net/network.js';
import images from '../images/index.js';
import {documents} from '../images/internet/documents.js';
import {plugInternet} from '../images/internet/internet.js';
import type {Host} from '../node/host/host.js';
import type {Kubelet} from '../node/kubelet/kubelet.js';
import type {World} from '../node/world.js';
import type {Sim} from '../sim/sim.js';
import {aggregatedCaller} from './aggregated-calls.js';
import {createControlPlane} from './control-plane.js';
import {liveFlags} from './flags.js';
import {createHosts} from './hosts.js';
import {proxiedCaller} from './proxied-calls.js';
import {macOf, plugIn, segment} from './lan.js';
import type {Profile} from './profiles.js';
import {threeNodes, type Topology} from './topology.js';
import {webhookCaller} from './webhook-calls.js';
import {createWorld} from './world.js';
import {createRegistries} from '../node/registry/create-registries.js';

export interface Joined {
	readonly sim: Sim;
	readonly world: World;
	readonly network: Network;
	readonly topology: Topology;
	readonly hosts: ReadonlyMap<string, Host>;
	/** By node; none where the profile has stand-ins. */
	readonly kubelets: ReadonlyMap<string, Kubelet>;
	/** Whether kube-apiserver listens. */
	apiUp(): boolean;
}

const nothing: readonly never[] = [];

/** kube-apiserver's flags that change what kubelab does, with the values kubeadm gives them. */
const apiServerFlags = (topology: Topology) => ({
	'service-cluster-ip-range': topology.serviceCidr,
	'service-node-port-range': '30000-32767',
	'authorization-mode': 'Node,RBAC',
	'enable-admission-plugins': 'NodeRestriction',
	'disable-admission-plugins': '',
});

/** Joins the parts of a world. Nothing runs yet: `firstStart` boots it, or a snapshot is put in its place. */
export function joinWorld(sim: Sim, profile: Profile, topology: Topology = threeNodes): Joined {
	const network = createNetwork(sim);
	plugIn(network, topology);
	const {gateway, prefix} = topology.lan;
	plugInternet(network, sim, {gateway, prefix, segment, mac: macOf(gateway), documents});
	const hosts = new Map<string, Host>();
	const kubelets = new Map<string, Kubelet>();
	let api: ApiServer | undefined;
	const registries = createRegistries(sim, images, {nameServer: gateway});
	const world = createWorld({sim, network, topology, hosts, kubelets, registries, api: () => api!});
	const master = topology.nodes[0]!.name;
	const runs = (program: string) =>
		network.hasPower(master) &&
		hosts
			.get(master)!
			.machine.processes.commandLines()
			.some(([path]) => path === program);
	const apiUp = () => network.hasPower(master) && listens(network, master, topology.apiServerPort);
	const real = profile.kubelets === 'real';
	const plane = createControlPlane({
		sim,
		flags: liveFlags(() => hosts.get(master)?.machine.processes.commandLines() ?? nothing, 'kube-apiserver', apiServerFlags(topology)),
		controllers: real ? controllerManager : [...controllersWithoutNodes, ...standInKubelets],
		scheduler: kubeScheduler,
		apiUp,
		controllersUp: () => !real || runs('kube-controller-manager'),
		schedulerUp: () => !real || runs('kube-scheduler'),
		callWebhook: webhookCaller(
			() => api!,
			() => network.namespace(master),
		),
		callAggregated: aggregatedCaller(
			() => api!,
			() => network.namespace(master),
		),
		callProxied: proxiedCaller(() => network.namespace(master)),
	});
	api = plane.api;
	createHosts({sim, world, network, topology, hosts, kubelets, withKubelets: real, api});
	if (!real) network.onService('stand-in', () => ({bytes: '', end: 'closed'}));
	return {sim, world, network, topology, hosts, kubelets, apiUp};
}

const listens = (network: Network, host: string, port: number): boolean =>
	network
		.namespace(host)
		.sockets.listeners()
		.some(listener => listener.port === port && listener.protocol === 'tcp');
