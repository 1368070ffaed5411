import type {KubeObject} from '../../api/object.js';
import {revisionHashLabel} from '../history/revisions.js';
import {podFromTemplate} from '../pods/create.js';
import {type Toleration, untolerated, wantsNode} from '../scheduler/node-selection.js';

const tolerations: readonly Toleration[] = [
	{key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute'},
	{key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute'},
	{key: 'node.kubernetes.io/disk-pressure', operator: 'Exists', effect: 'NoSchedule'},
	{key: 'node.kubernetes.io/memory-pressure', operator: 'Exists', effect: 'NoSchedule'},
	{key: 'node.kubernetes.io/pid-pressure', operator: 'Exists', effect: 'NoSchedule'},
	{key: 'node.kubernetes.io/unschedulable', operator: 'Exists', effect: 'NoSchedule'},
];
const forHostNetwork: Toleration = {key: 'node.kubernetes.io/network-unavailable', operator: 'Exists', effect: 'NoSchedule'};
const generation = 'deprecated.daemonset.template.generation';
const required = 'requiredDuringSchedulingIgnoredDuringExecution';

/** Daemon pods go through the scheduler like any other, nailed to one node. */
export function daemonPod(set: KubeObject, node: string, hash: string): KubeObject {
	const pod = podFromTemplate(set);
	const spec = pod['spec'];
	pod.metadata.labels = {
		...pod.metadata.labels,
		[revisionHashLabel]: hash,
		'pod-template-generation': String(set.metadata.annotations?.[generation] ?? set.metadata.generation ?? 1),
	};
	spec.affinity = {...spec.affinity, nodeAffinity: {...spec.affinity?.nodeAffinity, [required]: nailed(spec.affinity, node)}};
	spec.tolerations = withTolerations(spec);
	return pod;
}

/** Replaces the alternatives of the template: the set's own choice of nodes was made before (daemon/util ReplaceDaemonSetPodNodeNameNodeAffinity). */
function nailed(affinity: any, node: string) {
	const matchFields = [{key: 'metadata.name', operator: 'In', values: [node]}];
	const terms = affinity?.nodeAffinity?.[required]?.nodeSelectorTerms;
	return {nodeSelectorTerms: terms ? terms.map((term: object) => ({...term, matchFields})) : [{matchFields}]};
}

function withTolerations(spec: any): Toleration[] {
	const own = (spec.tolerations ?? []) as Toleration[];
	const extra = spec.hostNetwork ? [...tolerations, forHostNetwork] : tolerations;
	return [...own, ...extra.filter(({key, effect}) => !own.some(toleration => toleration.key === key && toleration.effect === effect))];
}

export function nodeOfDaemonPod(pod: KubeObject): string | undefined {
	const terms = pod['spec'].affinity?.nodeAffinity?.[required]?.nodeSelectorTerms ?? [];
	return pod['spec'].nodeName ?? terms[0]?.matchFields?.[0]?.values?.[0];
}

/** Whether a pod should be started on the node, and whether one that runs may stay (a NoSchedule taint does not evict). */
export function wants(set: KubeObject, node: KubeObject): {run: boolean; stay: boolean} {
	const spec = set['spec'].template.spec;
	const pod = {...set, spec: {...spec, tolerations: withTolerations(spec)}};
	if ((spec.nodeName && spec.nodeName !== node.metadata.name) || !wantsNode(pod, node)) return {run: false, stay: false};
	return {run: !untolerated(pod, node, ['NoSchedule', 'NoExecute']), stay: !untolerated(pod, node, ['NoExecute'])};
}
