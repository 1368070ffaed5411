import admission from '../../source/admission/index.js';
import {createApiServer} from '../../source/api/api-server.js';
import type {Client} from '../../source/api/client.js';
import type {Kind} from '../../source/api/kind.js';
import type {KubeObject} from '../../source/api/object.js';
import type {ApiServer} from '../../source/api/server.js';
import type {Controller} from '../../source/controllers/controller.js';
import {controllersWithoutNodes, kubeScheduler, standInKubelets} from '../../source/controllers/index.js';
import {startControllers} from '../../source/controllers/run.js';
import kinds from '../../source/kinds/index.js';
import {createSim, type Sim} from '../../source/sim/sim.js';

export interface TestWorld {
	readonly sim: Sim;
	readonly api: ApiServer;
	readonly client: Client;
	settle(): void;
	advance(ms: number): void;
	resync(): void;
}

const roots = {name: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated']};
const addresses = ['172.25.254.100', '172.25.254.10', '172.25.254.20'];
const names = ['k8s-master', 'k8s-node1', 'k8s-node2'];

interface WorldOptions {
	readonly seed?: string;
	readonly nodes?: number;
	readonly available?: () => boolean;
	readonly extraKinds?: readonly Kind[];
	readonly loops?: ReadonlyArray<readonly Controller[]>;
}

const usual = [controllersWithoutNodes, kubeScheduler, standInKubelets];

/** A control plane with stand-in kubelets: what profile `empty` is, without hosts. */
export function createWorld({seed = 'test', nodes = 3, available, loops: groups = usual, extraKinds = []}: WorldOptions = {}): TestWorld {
	const sim = createSim(seed);
	const api = createApiServer(sim, {
		kinds: [...kinds, ...extraKinds],
		admission: admission as any,
		flags: {'service-cluster-ip-range': '10.96.0.0/12'},
	});
	const loops = groups.map(controllers => startControllers({api, sim, controllers, host: 'k8s-master', ...(available && {available})}));
	const client = api.client(roots);
	for (const name of ['default', 'kube-system', 'kube-public', 'kube-node-lease']) {
		client.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name}});
	}

	for (let i = 0; i < nodes; i++) createNode(client, i);
	const world: TestWorld = {
		sim,
		api,
		client,
		settle() {
			const end = sim.clock.now() + 60_000;
			for (let next = sim.clock.next({periodic: false}); next !== undefined && next <= end; next = sim.clock.next({periodic: false})) {
				sim.clock.advance(next - sim.clock.now());
			}
		},
		advance: ms => sim.clock.advance(ms),
		resync() {
			for (const loop of loops) loop.resync();
		},
	};
	world.settle();
	return world;
}

function createNode(client: Client, i: number): void {
	const name = names[i] ?? `node-${i}`;
	const cidr = `10.244.${i}.0/24`;
	const node = client.create<KubeObject>({
		apiVersion: 'v1',
		kind: 'Node',
		metadata: {
			name,
			labels: {
				'kubernetes.io/hostname': name,
				'kubernetes.io/os': 'linux',
				...(i === 0 && {'node-role.kubernetes.io/control-plane': ''}),
			},
		},
		spec: {
			podCIDR: cidr,
			podCIDRs: [cidr],
			...(i === 0 && {taints: [{key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule'}]}),
		},
	});
	client.updateStatus({
		...node,
		status: {
			capacity: {cpu: '2', memory: '4026532Ki', pods: '110'},
			allocatable: {cpu: '2', memory: '3924132Ki', pods: '110'},
			addresses: [
				{type: 'InternalIP', address: addresses[i] ?? `172.25.253.${i}`},
				{type: 'Hostname', address: name},
			],
		},
	});
}

const template = (labels: Record<string, string>, image: string, spec: object = {}) => ({
	metadata: {labels},
	spec: {containers: [{name: 'c', image, ports: [{containerPort: 80}]}], ...spec},
});

export const deploymentOf = (name: string, replicas: number, image = 'nginx:1', spec: object = {}, podSpec: object = {}): KubeObject => ({
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	metadata: {name, namespace: 'default', labels: {app: name}},
	spec: {replicas, selector: {matchLabels: {app: name}}, template: template({app: name}, image, podSpec), ...spec},
});

export const serviceOf = (name: string, selector: Record<string, string> = {app: name}, spec: object = {}): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Service',
	metadata: {name, namespace: 'default'},
	spec: {selector, ports: [{port: 80, targetPort: 80, protocol: 'TCP'}], ...spec},
});

export const podOf = (name: string, spec: object = {}, labels: Record<string, string> = {}): KubeObject => ({
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: {name, namespace: 'default', labels},
	spec: {containers: [{name: 'c', image: 'nginx'}], ...spec},
});

export const eventsOf = (world: TestWorld, name: string): string[] =>
	world.client
		.list<KubeObject>('events', {namespace: 'default'})
		.filter(event => event['involvedObject'].name === name)
		.map(event => `${event['type']} ${event['reason']} ${event['message']}`);
