import {podNamespace} from '../container/namespaces.js';
import {relist} from './container/container-work.js';
import {type KubeletContext, podEvent} from './context.js';
import {hostnameOf} from './pod-etc.js';
import type {PodRecord, Step} from './record.js';

/** The pause container and the pod's network take a moment. */
const sandboxMs = 280;

export function makeSandbox(context: KubeletContext, record: PodRecord): Step {
	const now = context.sim.clock.now();
	const untilMs = now + sandboxMs + context.random.int(160);
	return {record: {...record, work: {kind: 'sandbox', sinceMs: now, untilMs}}, more: false};
}

export function finishSandbox(context: KubeletContext, record: PodRecord): PodRecord {
	if (record.stopping) return record;
	const {pod, uid} = record;
	const {containerd, cni, host, node, cluster} = context;
	const hostNetwork = pod['spec'].hostNetwork === true;
	const made = hostNetwork ? {address: host.spec.address} : cni.add(pod, uid);
	if ('error' in made) {
		podEvent(
			context,
			record,
			'Warning',
			'FailedCreatePodSandBox',
			`Failed to create pod sandbox: rpc error: code = Unknown desc = ${made.error}`,
		);
		return {...record, erred: true, handled: allNames(record)};
	}

	if (!hostNetwork) host.runner.linked();
	const sandbox = containerd.runSandbox({
		podUid: uid,
		podNamespace: pod.metadata.namespace ?? 'default',
		podName: pod.metadata.name,
		hostname: hostnameOf(record, node, cluster.clusterDomain),
		namespace: hostNetwork ? node : podNamespace(uid),
		address: made.address,
		attempt: record.sandboxes,
	});
	relist(context, uid);
	return {...record, sandbox: sandbox.id, sandboxes: record.sandboxes + 1, address: made.address};
}

const allNames = ({pod}: PodRecord): string[] =>
	[...(pod['spec'].initContainers ?? []), ...pod['spec'].containers].map((spec: any) => spec.name);
