import type {ApiServer} from '../api/server.js';
import {controllerManager, controllersWithoutNodes, kubeScheduler, standInKubelets} from '../controllers/index.js';
import {createNetwork, type Network} from '../net/network.js';
import type {Host} from '../node/host.js';
import type {World} from '../node/world.js';
import type {Sim} from '../sim/sim.js';
import {coreObjects} from './bootstrap/core.js';
import {kubernetesService} from './bootstrap/kubernetes-service.js';
import {rbacObjects} from './bootstrap/rbac.js';
import {createControlPlane} from './control-plane.js';
import {createHosts} from './hosts.js';
import {plugIn} from './lan.js';
import type {Profile} from './profiles.js';
import {standInNode} from './stand-in-node.js';
import {threeNodes, type Topology} from './topology.js';
import {createWorld} from './world.js';

export interface Booted {
	readonly world: World;
	readonly network: Network;
	readonly topology: Topology;
}

/** kube-apiserver's flags that change what kubelab does, with the values kubeadm gives them. */
const apiServerFlags = (topology: Topology) => ({
	'service-cluster-ip-range': topology.serviceCidr,
	'service-node-port-range': '30000-32767',
	'authorization-mode': 'Node,RBAC',
	'enable-admission-plugins': 'NodeRestriction',
	'disable-admission-plugins': '',
});

export function boot(sim: Sim, profile: Profile, topology: Topology = threeNodes): Booted {
	const network = createNetwork(sim);
	plugIn(network, topology);
	const hosts = new Map<string, Host>();
	let api: ApiServer | undefined;
	const world = createWorld({sim, network, hosts, api: () => api!, powerOff() {}, powerOn() {}});
	const master = topology.nodes[0]!;
	const apiUp = () => network.hasPower(master.name) && listens(network, master.name, topology.apiServerPort);
	const plane = createControlPlane({
		sim,
		flags: apiServerFlags(topology),
		controllers: profile.kubelets === 'stand-in' ? [...controllersWithoutNodes, ...standInKubelets] : controllerManager,
		scheduler: kubeScheduler,
		apiUp,
		controllersUp: () => true,
		schedulerUp: () => true,
	});
	api = plane.api;
	createHosts({sim, world, network, topology, hosts, api});
	bootstrap(api, topology);
	if (profile.kubelets === 'stand-in') standIn(api, network, topology);
	return {world, network, topology};
}

/** What kube-apiserver writes at its first start. */
function bootstrap(api: ApiServer, topology: Topology): void {
	const client = api.client({name: 'system:apiserver', groups: ['system:masters']}, {fieldManager: 'kube-apiserver'});
	for (const object of [...coreObjects, ...rbacObjects(), ...kubernetesService(topology)])
		if (api.kindOf(object.apiVersion, object.kind)) client.create(object);
}

/** Nodes without a kubelet, and an API server without a pod: all that the API can tell is there, nothing that needs a container. */
function standIn(api: ApiServer, network: Network, topology: Topology): void {
	const client = api.client({name: 'system:admin', groups: ['system:masters']}, {fieldManager: 'kubelet'});
	for (const node of topology.nodes) client.create(standInNode(topology, node));
	const port = topology.apiServerPort;
	network.onService('stand-in', () => ({bytes: '', end: 'closed'}));
	const process = {name: 'kube-apiserver', pid: 2000};
	network
		.namespace(topology.nodes[0]!.name)
		.sockets.listen({protocol: 'tcp', address: '*', port, handler: 'stand-in', owner: 'stand-in', process});
}

const listens = (network: Network, host: string, port: number): boolean =>
	network
		.namespace(host)
		.sockets.listeners()
		.some(listener => listener.port === port && listener.protocol === 'tcp');
