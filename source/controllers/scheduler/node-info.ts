import type {WatchEvent} from '../../api/client.js';
import {controllerOf, type KubeObject} from '../../api/object.js';
import type {ApiServer} from '../../api/server.js';
import {isFinished} from '../pods/state.js';
import {amountOf} from '../quantity.js';
import {type Amounts, nonZero, requestsOf} from './requests.js';

/** A node and the sums over its pods, kept up pod by pod so that placing one costs nothing per pod that stands. */
export interface NodeInfo {
	readonly name: string;
	node: KubeObject;
	allocatable: Amounts;
	podCount: number;
	readonly requested: Record<string, number>;
	readonly weighed: {cpu: number; memory: number};
	/** `TCP/8080/0.0.0.0`: host ports in use, with how often. */
	readonly ports: Map<string, number>;
	/** Pods by the uid of their controller. */
	readonly relatives: Map<string, number>;
}

export interface NodeInfos {
	/** In the order of node names. */
	list(): readonly NodeInfo[];
	get(name: string): NodeInfo | undefined;
	/** Assigned pods with required anti-affinity: they keep others away. */
	repellent(): readonly KubeObject[];
}

/** A derived cache over nodes and assigned pods; rebuilt after a restore. */
export function createNodeInfos(api: ApiServer): NodeInfos {
	let infos = new Map<string, NodeInfo>();
	let sorted: NodeInfo[] | undefined;
	const repellent = new Map<string, KubeObject>();
	/** Pods whose node is not known (yet). */
	const infoOf = (name: string) => infos.get(name);
	/** After a restore nothing is known until somebody asks. */
	let stale = true;

	const count = (pod: KubeObject, sign: 1 | -1) => {
		const nodeName = pod['spec'].nodeName;
		if (!nodeName || isFinished(pod)) return;
		const info = infoOf(nodeName);
		if (info) addPod(info, pod, sign);
		if (!pod['spec'].affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution) return;
		if (sign === 1) repellent.set(pod.metadata.uid!, pod);
		else repellent.delete(pod.metadata.uid!);
	};
	const addNode = (node: KubeObject) => {
		const info = emptyInfo(node);
		infos.set(info.name, info);
		sorted = undefined;
		for (const pod of api.reader.indexed<KubeObject>('pods', 'node', info.name)) if (!isFinished(pod)) addPod(info, pod, 1);
	};
	const rebuild = () => {
		stale = false;
		infos = new Map();
		sorted = undefined;
		repellent.clear();
		for (const node of api.reader.list<KubeObject>('nodes')) addNode(node);
		for (const pod of api.reader.list<KubeObject>('pods')) {
			const repels = pod['spec'].affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
			if (repels && pod['spec'].nodeName && !isFinished(pod)) repellent.set(pod.metadata.uid!, pod);
		}
	};

	api.watch('nodes', ({type, object}: WatchEvent) => {
		if (stale) return;
		const info = infos.get(object.metadata.name);
		if (type === 'DELETED') {
			infos.delete(object.metadata.name);
			sorted = undefined;
		} else if (info) {
			info.node = object;
			info.allocatable = allocatableOf(object);
		} else addNode(object);
	});
	api.watch('pods', ({type, object, old}: WatchEvent) => {
		if (stale) return;
		if (type === 'MODIFIED' && old && unchanged(old, object)) return;
		if (old && type === 'MODIFIED') count(old, -1);
		if (type === 'DELETED') count(old ?? object, -1);
		else count(object, 1);
	});
	api.sim.state.onRestore(() => {
		stale = true;
	});
	const fresh = () => {
		if (stale) rebuild();
	};
	return {
		list() {
			fresh();
			return (sorted ??= [...infos.values()].sort((a, b) => (a.name < b.name ? -1 : 1)));
		},
		get(name) {
			fresh();
			return infoOf(name);
		},
		repellent() {
			fresh();
			return [...repellent.values()];
		},
	};
}

const unchanged = (a: KubeObject, b: KubeObject): boolean =>
	a['spec'] === b['spec'] && a.metadata.labels === b.metadata.labels && isFinished(a) === isFinished(b);

const allocatableOf = (node: KubeObject): Amounts => {
	const list = (node['status']?.allocatable ?? node['status']?.capacity ?? {}) as Record<string, string>;
	return Object.fromEntries(Object.entries(list).map(([name, quantity]) => [name, amountOf(name, quantity)]));
};

export const emptyInfo = (node: KubeObject): NodeInfo => ({
	name: node.metadata.name,
	node,
	allocatable: allocatableOf(node),
	podCount: 0,
	requested: {},
	weighed: {cpu: 0, memory: 0},
	ports: new Map(),
	relatives: new Map(),
});

export function addPod(info: NodeInfo, pod: KubeObject, sign: 1 | -1): void {
	const amounts = requestsOf(pod);
	const weight = nonZero(amounts);
	info.podCount += sign;
	for (const name in amounts) info.requested[name] = (info.requested[name] ?? 0) + sign * amounts[name]!;
	info.weighed.cpu += sign * weight.cpu;
	info.weighed.memory += sign * weight.memory;
	for (const port of hostPorts(pod)) bump(info.ports, port, sign);
	const owner = controllerOf(pod)?.uid;
	if (owner) bump(info.relatives, owner, sign);
}

function bump(counts: Map<string, number>, key: string, by: number): void {
	const next = (counts.get(key) ?? 0) + by;
	if (next > 0) counts.set(key, next);
	else counts.delete(key);
}

export function hostPorts(pod: KubeObject): string[] {
	const ports: string[] = [];
	for (const container of pod['spec'].containers) {
		for (const {hostPort, protocol = 'TCP', hostIP} of container.ports ?? []) {
			if (hostPort) ports.push(`${protocol}/${hostPort}/${hostIP || '0.0.0.0'}`);
		}
	}

	return ports;
}
