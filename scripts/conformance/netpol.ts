import type {KubeObject} from '../../source/api/object.js';
import {type Cluster, createCluster} from '../../source/cluster/cluster.js';
import type {Namespace} from '../../source/net/namespace.js';
import {tupleOf} from '../../source/net/packet.js';
import type {Snapshot} from '../../source/sim/state.js';
import {type Line, type Result, tally} from './case.js';

const names = ['x', 'y', 'z'];
const pods = ['a', 'b', 'c'];
const admin = {name: 'kubernetes-admin', groups: ['system:masters']};

interface World {
	readonly cluster: Cluster;
	readonly snapshot: Snapshot;
}

/** NetworkPolicies, by sending packets from each pod to each other's Service. */
export function run(lines: readonly Line[]): Result {
	const worlds = new Map<string, World>();
	return tally(lines, line => {
		const key = JSON.stringify(line.given);
		if (!worlds.has(key)) worlds.set(key, createWorld(line.given));
		const {cluster, snapshot} = worlds.get(key)!;
		cluster.restore(snapshot);
		return judge(cluster, line);
	});
}

/** Three namespaces of three pods, each with a container a port and a Service. */
function createWorld({protocols, ports}: {protocols: string[]; ports: number[]}): World {
	const cluster = createCluster({seed: 'netpol'});
	const client = cluster.api.client(admin);
	const pairs = protocols.flatMap(protocol => ports.map(port => ({protocol, port})));
	for (const namespace of names) {
		client.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name: namespace}});
		cluster.settle();
		for (const pod of pods) {
			const containers = pairs.map(({protocol, port}) => ({
				name: `cont-${port}-${protocol.toLowerCase()}`,
				image: 'registry.k8s.io/e2e-test-images/agnhost:2.53',
				args: protocol === 'TCP' ? ['serve-hostname', '--tcp', '--http=false', `--port=${port}`] : ['pause'],
				ports: [{name: `serve-${port}-${protocol.toLowerCase()}`, containerPort: port, protocol}],
			}));
			client.create({apiVersion: 'v1', kind: 'Pod', metadata: {name: pod, namespace, labels: {pod}}, spec: {containers}});
			client.create({
				apiVersion: 'v1',
				kind: 'Service',
				metadata: {name: `s-${namespace}-${pod}`, namespace},
				spec: {
					selector: {pod},
					ports: pairs.map(({protocol, port}) => ({name: `service-port-${protocol.toLowerCase()}-${port}`, protocol, port})),
				},
			});
		}
	}

	cluster.settle();
	return {cluster, snapshot: cluster.snapshot()};
}

function judge(cluster: Cluster, line: Line): true | string {
	for (const [i, step] of (line['steps'] as any[]).entries()) {
		for (const action of step.actions ?? []) act(cluster, action);
		cluster.settle();
		for (const {protocol, port, blocked} of step.expect) {
			const wrong = compare(cluster, protocol, port, new Set(blocked.map(([from, to]: string[]) => `${from} ${to}`)));
			if (wrong.length > 0) return `step ${i}, ${protocol} ${port}: ${wrong.slice(0, 8).join(', ')} (${wrong.length})`;
		}
	}

	return true;
}

const podAt = (cluster: Cluster, key: string): KubeObject => cluster.api.reader.get('pods', key.split('/')[0], key.split('/')[1]!);

function act(cluster: Cluster, action: any): void {
	const client = cluster.api.client(admin);
	const label = (resource: string, namespace: string | undefined, name: string) =>
		client.patch(resource, namespace, name, 'merge', {metadata: {labels: action.labels}});
	if (action.op === 'apply') {
		const text = JSON.stringify(action.object).replaceAll(/\$\{ip:([^}]+)\}/g, (_, key) => podAt(cluster, key)['status'].podIP);
		const object = JSON.parse(text) as KubeObject;
		const {namespace, name} = object.metadata;
		const old = client.find<KubeObject>('networkpolicies.networking.k8s.io', namespace, name);
		if (old) client.update({...object, metadata: {...object.metadata, resourceVersion: old.metadata.resourceVersion!}});
		else client.create(object);
	} else if (action.op === 'delete') client.delete('networkpolicies.networking.k8s.io', action.namespace, action.name);
	else if (action.op === 'labelNamespace') label('namespaces', undefined, action.name ?? action.namespace);
	else if (action.op === 'labelPod') label('pods', action.namespace, action.name ?? action.pod);
	else throw new Error(`unknown action ${action.op}`);
}

function compare(cluster: Cluster, protocol: string, port: number, blocked: ReadonlySet<string>): string[] {
	const all = names.flatMap(namespace => pods.map(pod => `${namespace}/${pod}`));
	const wrong: string[] = [];
	for (const from of all) {
		for (const to of all) {
			if (from === to) continue;
			const open = reaches(cluster, from, to, protocol, port);
			if (open === blocked.has(`${from} ${to}`)) wrong.push(`${from}->${to} ${open ? 'open' : 'blocked'}`);
		}
	}

	return wrong;
}

function reaches(cluster: Cluster, from: string, to: string, protocol: string, port: number): boolean {
	const pod = podAt(cluster, from);
	const machine = cluster.container(pod.metadata.uid!, pod['spec'].containers[0].name)!;
	const [namespace, name] = to.split('/');
	const address = cluster.api.reader.get<KubeObject>('services', namespace, `s-${namespace}-${name}`)['spec'].clusterIP;
	if (protocol === 'TCP') return machine.stack.connect(address, port).outcome.kind === 'connected';
	if (protocol === 'UDP') return machine.stack.exchange(address, port, 'x').outcome.kind !== 'timeout';
	return sctpAnswers(machine.stack as Namespace, address, port);
}

/** No program here listens with SCTP: the pod's own refusal shows that the packet arrived. */
function sctpAnswers({kernel, routes}: Namespace, destination: string, port: number): boolean {
	const source = routes.lookup(destination)?.source ?? kernel.links.list().find(link => link.name === 'eth0')!.addresses[0]!.address;
	const packet = {protocol: 'sctp', source, destination, sourcePort: 40_000, destinationPort: port, ttl: 64, mark: 0, length: 60} as const;
	let answered = false;
	kernel.waiting.push({sent: tupleOf(packet), take: () => void (answered = true)});
	const failure = kernel.send(packet);
	kernel.wire.run();
	kernel.waiting.pop();
	return failure === undefined && answered;
}
