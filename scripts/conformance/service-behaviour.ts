import {ApiError} from '../../source/api/status.js';
import type {KubeObject} from '../../source/api/object.js';
import {type Cluster, createCluster} from '../../source/cluster/cluster.js';
import type {Snapshot} from '../../source/sim/state.js';
import type {Line} from './case.js';

const admin = {name: 'kubernetes-admin', groups: ['system:masters']};
const image = 'registry.k8s.io/e2e-test-images/agnhost:2.53';
let ready: {cluster: Cluster; snapshot: Snapshot} | undefined;

/** Steps on a running cluster: objects and pods come and go, then probes go through the Services. */
export function judgeBehaviour({given, steps}: Line & {steps?: any}): true | string {
	if (!ready) {
		const cluster = createCluster({seed: 'services'});
		ready = {cluster, snapshot: cluster.snapshot()};
	}

	const {cluster, snapshot} = ready;
	cluster.restore(snapshot);
	const {namespace} = given;
	const client = cluster.api.client(admin);
	client.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name: namespace}});
	cluster.settle();
	const containers = [{name: 'client', image, args: ['pause']}];
	client.create({apiVersion: 'v1', kind: 'Pod', metadata: {name: 'probe-client', namespace}, spec: {containers}});
	addPods(cluster, namespace, given.pods ?? []);
	for (const [i, step] of steps.entries()) {
		const wrong = runStep(cluster, namespace, step);
		if (wrong) return `step ${i}: ${wrong}`;
	}

	return true;
}

function runStep(cluster: Cluster, namespace: string, step: any): string | undefined {
	const client = cluster.api.client(admin);
	const refusal = step.apply ? applyAll(cluster, step.apply, step.replace ?? false) : undefined;
	if (step.accepted === true && refusal) return `refused: ${refusal}`;
	if (step.accepted === false && !refusal) return 'accepted';
	if (step.accepted === undefined && refusal) return refusal;
	if (step.messageRegex && !new RegExp(step.messageRegex).test(refusal ?? '')) return `${refusal} does not match ${step.messageRegex}`;
	if (step.delete) client.delete(step.delete.kind === 'Service' ? 'services' : 'pods', namespace, step.delete.name);
	addPods(cluster, namespace, step.addPods ?? []);
	for (const pod of step.deletePods ?? []) client.delete('pods', namespace, pod, {gracePeriodSeconds: 0});
	cluster.settle();
	if (step.wait) cluster.advance(step.wait * 1000);
	if (step.nodePortBetween) {
		const port = client.get<KubeObject>('services', namespace, step.apply[0].metadata.name)['spec'].ports[0].nodePort;
		if (port < step.nodePortBetween[0] || port > step.nodePortBetween[1]) return `node port ${port}`;
	}

	for (const [service, pods] of Object.entries(step.endpoints ?? {})) {
		const wrong = compareEndpoints(cluster, namespace, service, pods as Record<string, number[]>);
		if (wrong) return wrong;
	}

	for (const [name, spec] of Object.entries(step.serviceSpec ?? {})) {
		const wrong = compareSpec(client.get<KubeObject>('services', namespace, name)['spec'], spec as any);
		if (wrong) return wrong;
	}

	for (const check of step.checks ?? []) {
		const wrong = judgeProbe(cluster, namespace, check);
		if (wrong) return wrong;
	}

	return undefined;
}

function applyAll(cluster: Cluster, objects: readonly KubeObject[], replace: boolean): string | undefined {
	const client = cluster.api.client(admin);
	const resources: Record<string, string> = {
		Service: 'services',
		Pod: 'pods',
		EndpointSlice: 'endpointslices.discovery.k8s.io',
		Endpoints: 'endpoints',
	};
	for (const object of objects) {
		const resource = resources[object.kind]!;
		const old = client.find<KubeObject>(resource, object.metadata.namespace, object.metadata.name);
		try {
			if (!old) client.create(object);
			else if (replace)
				client.update({
					...object,
					metadata: {...object.metadata, resourceVersion: old.metadata.resourceVersion!},
					spec: {...object['spec'], clusterIP: old['spec'].clusterIP, clusterIPs: old['spec'].clusterIPs},
				});
			else client.patch(resource, object.metadata.namespace, object.metadata.name, 'merge', object);
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			return error.message;
		}
	}

	cluster.settle();
	return undefined;
}

function addPods(cluster: Cluster, namespace: string, pods: readonly any[]): void {
	const client = cluster.api.client(admin);
	for (const {name, labels, port, portName, ready: isReady} of pods) {
		const ports = [{containerPort: port, ...(portName && {name: portName})}];
		const readinessProbe = isReady === false ? {exec: {command: ['false']}} : undefined;
		const containers = [
			{name: 'server', image, args: ['serve-hostname', `--port=${port}`], ports, ...(readinessProbe && {readinessProbe})},
		];
		client.create({
			apiVersion: 'v1',
			kind: 'Pod',
			metadata: {name, namespace, labels},
			spec: {containers, terminationGracePeriodSeconds: 0},
		});
	}

	cluster.settle();
}

function compareEndpoints(cluster: Cluster, namespace: string, service: string, wanted: Record<string, number[]>): string | undefined {
	const found: Record<string, number[]> = {};
	for (const slice of cluster.api.reader.list<KubeObject>('endpointslices.discovery.k8s.io', {
		namespace,
		labelSelector: `kubernetes.io/service-name=${service}`,
	})) {
		for (const endpoint of slice['endpoints'] ?? []) {
			if (endpoint.conditions?.ready === false) continue;
			const ports = (slice['ports'] ?? []).map((port: any) => port.port);
			if (ports.length > 0) found[endpoint.targetRef.name] = [...(found[endpoint.targetRef.name] ?? []), ...ports].sort();
		}
	}

	const text = (map: Record<string, number[]>) => JSON.stringify(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
	return text(found) === text(wanted) ? undefined : `endpoints ${text(found)}, not ${text(wanted)}`;
}

function compareSpec(spec: any, wanted: any): string | undefined {
	for (const [field, value] of Object.entries(wanted)) {
		const found = spec[field];
		const right =
			value === '<set>' ? found !== undefined : value === null ? found === undefined : JSON.stringify(found) === JSON.stringify(value);
		if (!right) return `${field} is ${JSON.stringify(found)}, not ${JSON.stringify(value)}`;
	}

	return undefined;
}

function judgeProbe(cluster: Cluster, namespace: string, check: any): string | undefined {
	const times = check.times ?? (check.distinctPods > 1 ? 60 : 10);
	const seen = new Set<string>();
	for (let round = 0; round < (check.repeatWithWait ?? 1); round++) {
		if (round > 0) cluster.advance(11_000);
		for (let i = 0; i < times; i++) {
			const result = probe(cluster, namespace, check.probe);
			const right = check.expect === 'fail' ? result.kind !== 'ok' : result.kind === check.expect;
			if (!right) return `${JSON.stringify(check.probe)}: ${result.kind}, not ${check.expect}`;
			if (result.answer) seen.add(result.answer);
		}

		if (check.distinctPodsMin === undefined || seen.size >= check.distinctPodsMin) break;
	}

	if (check.distinctPods !== undefined && seen.size !== check.distinctPods) return `${seen.size} pods answered, not ${check.distinctPods}`;
	if (check.distinctPodsMin !== undefined && seen.size < check.distinctPodsMin) return `only ${seen.size} pods answered`;
	return undefined;
}

function probe(cluster: Cluster, namespace: string, {from, service, port, nodePort, node}: any): {kind: string; answer?: string} {
	const pod = cluster.api.reader.get<KubeObject>('pods', namespace, 'probe-client');
	const machine = from === 'node' || from === 'host' ? cluster.host('k8s-node2')! : cluster.container(pod.metadata.uid!, 'client')!;
	const {spec} = cluster.api.reader.get<KubeObject>('services', namespace, service);
	const entry = spec.ports.find((each: any) => each.port === port) ?? spec.ports[0];
	const [address, number] = nodePort || node ? ['172.25.254.10', entry.nodePort] : [spec.clusterIP, entry.port];
	const connection = machine.stack.connect(address, number);
	if (connection.outcome.kind !== 'connected')
		return {kind: connection.outcome.kind === 'refused' || connection.outcome.kind === 'unreachable' ? 'refused' : 'fail'};
	const {bytes} = connection.exchange('GET / HTTP/1.1\r\nHost: probe\r\nConnection: close\r\n\r\n');
	connection.close();
	return {kind: 'ok', answer: bytes.slice(bytes.indexOf('\r\n\r\n') + 4)};
}
