import {createApiServer} from '../../source/api/api-server.js';
import type {KubeObject} from '../../source/api/object.js';
import {commands} from '../../source/commands/index.js';
import {createNetwork} from '../../source/net/network.js';
import {threeNodes} from '../../source/cluster/topology.js';
import {plugIn} from '../../source/cluster/lan.js';
import images from '../../source/images/index.js';
import {preloadedImages, programsOf} from '../../source/images/programs.js';
import {runNow} from '../../source/images/script/run-now.js';
import kinds from '../../source/kinds/index.js';
import {createHost, type Host} from '../../source/node/host/host.js';
import {createKubelet, type Kubelet} from '../../source/node/kubelet/kubelet.js';
import {ownerOf, programHandler} from '../../source/node/program/program-runner.js';
import type {World} from '../../source/node/world.js';
import {createSim} from '../../source/sim/sim.js';
import {createRegistries} from '../../source/node/registry/create-registries.js';

/** Two machines with kubelets, an API server, nothing else: pods are bound by naming their node. */
export function nodeWorld(seed = 'node') {
	const sim = createSim(seed);
	const network = createNetwork(sim);
	const topology = {...threeNodes, nodes: threeNodes.nodes.slice(0, 2)};
	plugIn(network, topology);
	const hosts = new Map<string, Host>();
	const api = createApiServer(sim, {kinds, admission: [], flags: {}});
	const admin = api.client({name: 'admin', groups: ['system:masters']});
	const world = {
		sim,
		api,
		hosts: () => [...hosts.values()].map(host => host.machine),
		host: (name: string) => hosts.get(name)?.machine,
		runtime: (name: string) => hosts.get(name)!.containerd,
		tool: (name: string) => commands.find(command => command.name === name || command.aliases?.includes(name)),
		isUp: () => true,
		apiReachable(from: any, address: string, port: number) {
			const connection = from.stack.connect(address, port);
			connection.close();
			return connection.outcome;
		},
	} as unknown as World;
	const registries = createRegistries(sim, images, {nameServer: '172.25.254.2'});
	const programs = programsOf(images);
	const preloaded = preloadedImages(registries);
	const namespaces = {
		create: (name: string) => network.namespace(name),
		get: (name: string) => network.namespace(name),
		remove: (name: string) => network.remove(name),
	};
	for (const name of ['default', 'kube-system', 'kube-node-lease']) admin.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name}});
	const kubelets = new Map<string, Kubelet>();
	for (const node of topology.nodes) {
		const cluster = {
			version: 'v1.33.1',
			apiServer: '172.25.254.100:6443',
			podCidr: topology.podCidr,
			nodePodCidr: node.podCidr,
			serviceCidr: topology.serviceCidr,
			clusterDns: topology.clusterDns,
			clusterDomain: topology.clusterDomain,
		};
		const spec = {
			name: node.name,
			address: node.address,
			role: node.controlPlane ? ('control-plane' as const) : ('worker' as const),
			neighbours: topology.nodes,
			nameServer: '172.25.254.2',
			cluster,
		};
		const host = createHost({sim, world, namespaces, registries, programs, execNow: runNow, preloaded, api}, spec);
		hosts.set(node.name, host);
		kubelets.set(node.name, createKubelet({sim, api, world, host, namespaces, registries, cluster}));
	}

	network.onService(programHandler, request => hosts.get(ownerOf(request.owner).host)!.runner.serve(request));
	const settle = (maxMs = 60_000) => {
		const start = sim.clock.now();
		for (
			let next = sim.clock.next({periodic: false});
			next !== undefined && next <= start + maxMs;
			next = sim.clock.next({periodic: false})
		)
			sim.clock.advance(next - sim.clock.now());
	};
	for (const kubelet of kubelets.values()) kubelet.boot();
	settle();
	const pod = (name: string) => api.reader.find<KubeObject>('pods', 'default', name);
	return {sim, network, hosts, kubelets, api, admin, world, settle, pod, registries};
}

/** The STATUS column, near enough for these tests. */
export function statusOf(pod: KubeObject | undefined): string {
	if (!pod) return 'gone';
	const [status] = pod['status'].containerStatuses ?? [];
	const text = status?.state.waiting?.reason ?? status?.state.terminated?.reason ?? pod['status'].reason ?? pod['status'].phase;
	return pod.metadata.deletionTimestamp ? 'Terminating' : `${text} ${status?.restartCount ?? 0}`;
}

export const boundPod = (name: string, spec: object, more: object = {}): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name, namespace: 'default', ...more},
	spec: {nodeName: 'k8s-node1', ...spec},
});
