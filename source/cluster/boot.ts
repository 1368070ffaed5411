import type {KubeObject} from '../api/object.js';
import type {ApiServer} from '../api/server.js';
import {controllerManager, controllersWithoutNodes, kubeScheduler, standInKubelets} from '../controllers/index.js';
import {createNetwork, type Network} from '../net/network.js';
import {documents} from '../images/internet/documents.js';
import {plugInternet} from '../images/internet/internet.js';
import {kubeletChains} from '../images/kube-proxy/kubelet-chains.js';
import {metallbObjects} from '../images/metallb/manifest/manifest.js';
import type {Host} from '../node/host.js';
import type {Kubelet} from '../node/kubelet/kubelet.js';
import type {World} from '../node/world.js';
import type {Sim} from '../sim/sim.js';
import {coreObjects} from './bootstrap/core.js';
import {kubernetesService} from './bootstrap/kubernetes-service.js';
import {kubeadmAdmins, rbacObjects} from './bootstrap/rbac.js';
import {createControlPlane} from './control-plane.js';
import {liveFlags} from './flags.js';
import {createHosts} from './hosts.js';
import {calicoObjects} from './kubeadm/calico.js';
import {configurationObjects} from './kubeadm/configuration.js';
import {corednsObjects} from './kubeadm/coredns.js';
import {kubeProxyObjects} from './kubeadm/kube-proxy.js';
import {macOf, plugIn, segment} from './lan.js';
import type {Profile} from './profiles.js';
import {standInNode} from './stand-in-node.js';
import {threeNodes, type Topology} from './topology.js';
import {webhookCaller} from './webhook-calls.js';
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

/** Joins the parts; unless a saved world is to be put in its place (`fresh: false`), also runs what a first start runs. */
export function boot(
	sim: Sim,
	profile: Profile,
	{topology = threeNodes, fresh}: {topology?: Topology | undefined; fresh: boolean},
): Booted {
	const network = createNetwork(sim);
	plugIn(network, topology);
	const {gateway, prefix} = topology.lan;
	plugInternet(network, sim, {gateway, prefix, segment, mac: macOf(gateway), documents});
	const hosts = new Map<string, Host>();
	const kubelets = new Map<string, Kubelet>();
	let api: ApiServer | undefined;
	const world = createWorld({sim, network, topology, hosts, kubelets, api: () => api!});
	const master = topology.nodes[0]!.name;
	const runs = (program: string) =>
		network.hasPower(master) &&
		hosts
			.get(master)!
			.machine.processes.list()
			.some(({argv}) => argv[0] === program);
	const apiUp = () => network.hasPower(master) && listens(network, master, topology.apiServerPort);
	const real = profile.kubelets === 'real';
	const plane = createControlPlane({
		sim,
		flags: liveFlags(() => hosts.get(master)?.machine.processes.list() ?? [], 'kube-apiserver', apiServerFlags(topology)),
		controllers: real ? controllerManager : [...controllersWithoutNodes, ...standInKubelets],
		scheduler: kubeScheduler,
		apiUp,
		controllersUp: () => !real || runs('kube-controller-manager'),
		schedulerUp: () => !real || runs('kube-scheduler'),
		callWebhook: webhookCaller(
			() => api!,
			() => network.namespace(master),
		),
	});
	api = plane.api;
	createHosts({sim, world, network, topology, hosts, kubelets, withKubelets: real, api});
	if (!real) network.onService('stand-in', () => ({bytes: '', end: 'closed'}));
	if (!fresh) return {world, network, topology};
	// What pods trust (ConfigMap kube-root-ca.crt) is what kubeadm put on the control plane's disk.
	sim.state.cell('cluster/ca-certificate', '').set(hosts.get(master)!.machine.files.readText('/etc/kubernetes/pki/ca.crt'));
	bootstrap(api, topology);
	if (real) startNodes({sim, api, network, kubelets, apiUp}, profile, topology);
	else standIn(api, network, topology);
	return {world, network, topology};
}

interface Parts {
	readonly sim: Sim;
	readonly api: ApiServer;
	readonly network: Network;
	readonly kubelets: ReadonlyMap<string, Kubelet>;
	apiUp(): boolean;
}

/** How long kube-apiserver may take to listen, and the nodes to register. */
const patienceMs = 60_000;

/** `kubeadm init` and `join`: kubelets start, then the control plane's pods, then the add-ons are applied. */
function startNodes({sim, api, network, kubelets, apiUp}: Parts, profile: Profile, topology: Topology): void {
	for (const [name, kubelet] of kubelets) {
		kubeletChains(network.namespace(name));
		kubelet.boot();
	}

	sim.clock.advance(patienceMs, apiUp);
	const admin = api.client(
		{name: 'kubernetes-admin', groups: ['kubeadm:cluster-admins', 'system:authenticated']},
		{fieldManager: 'kubeadm'},
	);
	for (const object of [kubeadmAdmins(), ...configurationObjects(topology)])
		api.client(apiServerUser, {fieldManager: 'kubeadm'}).create(object);
	for (const addon of profile.addons) for (const object of addons[addon](topology)) admin.create(object);
}

const addons = {
	'kube-proxy': kubeProxyObjects,
	coredns: corednsObjects,
	calico: calicoObjects,
	metallb: () => metallbObjects as readonly KubeObject[],
};
const apiServerUser = {name: 'system:apiserver', groups: ['system:masters']};

/** What kube-apiserver writes at its first start. */
function bootstrap(api: ApiServer, topology: Topology): void {
	const client = api.client(apiServerUser, {fieldManager: 'kube-apiserver'});
	for (const object of [...coreObjects, ...rbacObjects(), ...kubernetesService(topology)]) client.create(object);
}

/** Nodes without a kubelet, and an API server without a pod: all that the API can tell is there, nothing that needs a container. */
function standIn(api: ApiServer, network: Network, topology: Topology): void {
	const client = api.client({name: 'system:admin', groups: ['system:masters']}, {fieldManager: 'kubelet'});
	for (const node of topology.nodes) client.create(standInNode(topology, node));
	const port = topology.apiServerPort;
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
