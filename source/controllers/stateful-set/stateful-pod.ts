import type {KubeObject} from '../../api/object.js';
import {isAlreadyExists} from '../../api/status.js';
import type {ControllerContext} from '../controller.js';
import {revisionHashLabel} from '../history/revisions.js';
import {podFromTemplate} from '../pods/create.js';

export const firstOrdinal = (set: KubeObject): number => set['spec'].ordinals?.start ?? 0;

/** The number at the end of the pod's name; undefined for a stranger. */
export function ordinalOf(set: KubeObject, {metadata}: KubeObject): number | undefined {
	const match = /^(.*)-(\d+)$/.exec(metadata.name);
	return match && match[1] === set.metadata.name ? Number(match[2]) : undefined;
}

export const podName = (set: KubeObject, ordinal: number): string => `${set.metadata.name}-${ordinal}`;
const claimName = (template: KubeObject, pod: string): string => `${template.metadata.name}-${pod}`;

/** Models pkg/controller/statefulset/stateful_set_utils.go newStatefulSetPod. */
export function statefulPod(set: KubeObject, ordinal: number, revision: KubeObject): KubeObject {
	const name = podName(set, ordinal);
	const pod = podFromTemplate(set, revision['data'].spec.template, name);
	const spec = pod['spec'];
	pod.metadata.labels = {
		...pod.metadata.labels,
		'apps.kubernetes.io/pod-index': String(ordinal),
		[revisionHashLabel]: revision.metadata.name,
		'statefulset.kubernetes.io/pod-name': name,
	};
	spec.hostname = name;
	if (set['spec'].serviceName) spec.subdomain = set['spec'].serviceName;
	const templates = claimTemplates(set);
	if (templates.length > 0) {
		const own = new Set(templates.map(template => template.metadata.name));
		spec.volumes = [
			...templates.map(template => ({name: template.metadata.name, persistentVolumeClaim: {claimName: claimName(template, name)}})),
			...(spec.volumes ?? []).filter((volume: {name: string}) => !own.has(volume.name)),
		];
	}

	return pod;
}

export const claimTemplates = (set: KubeObject): KubeObject[] => set['spec'].volumeClaimTemplates ?? [];

/** The claims come first; they outlive the pod unless the retention policy says otherwise. */
export function createStatefulPod({client, event}: ControllerContext, set: KubeObject, pod: KubeObject): void {
	const {name, namespace} = pod.metadata;
	const report = (what: string, error?: unknown) => {
		const text = `create ${what} in StatefulSet ${set.metadata.name} ${error ? `failed error: ${(error as Error).message}` : what.startsWith('Claim') ? 'success' : 'successful'}`;
		event(set, error ? 'Warning' : 'Normal', error ? 'FailedCreate' : 'SuccessfulCreate', text);
	};

	for (const template of claimTemplates(set)) {
		const claim = claimOf(set, template, name);
		if (client.find('persistentvolumeclaims', namespace, claim.metadata.name)) continue;
		const what = `Claim ${claim.metadata.name} Pod ${name}`;
		try {
			client.create(claim);
			report(what);
		} catch (error) {
			report(what, error);
			throw error;
		}
	}

	try {
		client.create(pod);
		report(`Pod ${name}`);
	} catch (error) {
		if (isAlreadyExists(error)) return;
		report(`Pod ${name}`, error);
		throw error;
	}
}

function claimOf(set: KubeObject, template: KubeObject, pod: string): KubeObject {
	const {labels, annotations} = template.metadata;
	const policy = set['spec'].persistentVolumeClaimRetentionPolicy;
	const {apiVersion, kind} = set;
	const owner = {apiVersion, kind, name: set.metadata.name, uid: set.metadata.uid!};
	return {
		apiVersion: 'v1',
		kind: 'PersistentVolumeClaim',
		metadata: {
			name: claimName(template, pod),
			namespace: set.metadata.namespace!,
			labels: {...labels, ...set['spec'].selector?.matchLabels},
			...(annotations && {annotations}),
			...(policy?.whenDeleted === 'Delete' && {ownerReferences: [owner]}),
		},
		spec: template['spec'],
	};
}

export function deleteStatefulPod({client, event}: ControllerContext, set: KubeObject, {metadata}: KubeObject): void {
	client.delete('pods', metadata.namespace, metadata.name, {preconditions: {uid: metadata.uid!}});
	event(set, 'Normal', 'SuccessfulDelete', `delete Pod ${metadata.name} in StatefulSet ${set.metadata.name} successful`);
}

/** `whenScaled: Delete`: the claims of a pod that is scaled away go with it. */
export function releaseClaims({client}: ControllerContext, set: KubeObject, {metadata}: KubeObject): void {
	if (set['spec'].persistentVolumeClaimRetentionPolicy?.whenScaled !== 'Delete') return;
	const owner = {apiVersion: 'v1', kind: 'Pod', name: metadata.name, uid: metadata.uid!};
	for (const template of claimTemplates(set)) {
		const claim = client.find<KubeObject>('persistentvolumeclaims', metadata.namespace, claimName(template, metadata.name));
		if (!claim || claim.metadata.ownerReferences?.some(({uid}) => uid === owner.uid)) continue;
		const ownerReferences = [...(claim.metadata.ownerReferences ?? []), owner];
		client.patch('persistentvolumeclaims', metadata.namespace, claim.metadata.name, 'merge', {metadata: {ownerReferences}});
	}
}
