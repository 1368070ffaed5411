import type {KubeObject} from '../../api/object.js';

/** A pod as policies see it: on a node, on the pod network, alive, with an address. */
export interface Workload {
	readonly key: string;
	readonly namespace: string;
	readonly ip: string;
	readonly node: string;
	readonly labels: Readonly<Record<string, string>>;
	readonly namespaceLabels: Readonly<Record<string, string>>;
	/** `tcp/http` to port number. */
	readonly namedPorts: ReadonlyMap<string, number>;
}

export function workloadsOf(
	pods: readonly KubeObject[],
	namespaces: readonly KubeObject[],
	attached: (uid: string) => string | undefined = () => undefined,
): Workload[] {
	const labels = new Map(namespaces.map(namespace => [namespace.metadata.name, namespace.metadata.labels ?? {}]));
	const workloads: Workload[] = [];
	for (const pod of pods) {
		// Thousands may wait for a node; this is asked at every change.
		if (!pod['spec']?.nodeName) continue;
		const {spec, status = {}, metadata} = pod as any;
		const ip = status.podIP ?? attached(metadata.uid);
		if (spec.hostNetwork || !ip || ['Succeeded', 'Failed'].includes(status.phase)) continue;
		workloads.push({
			key: `${metadata.namespace}/${metadata.name}`,
			namespace: metadata.namespace,
			ip,
			node: spec.nodeName,
			labels: metadata.labels ?? {},
			namespaceLabels: labels.get(metadata.namespace) ?? {},
			namedPorts: namedPorts(spec.containers ?? []),
		});
	}
	return workloads;
}

function namedPorts(containers: readonly any[]): Map<string, number> {
	const ports = new Map<string, number>();
	for (const container of containers) {
		for (const port of container.ports ?? []) {
			if (port.name) ports.set(`${(port.protocol ?? 'TCP').toLowerCase()}/${port.name}`, port.containerPort);
		}
	}

	return ports;
}

/** What the kernel is to hold because of policies. */
export interface Model {
	/** Chain name to rules, all in the filter table. */
	readonly chains: Map<string, readonly string[]>;
	/** Set name to type and members. */
	readonly sets: Map<string, {readonly type: string; readonly members: ReadonlySet<string>}>;
}
