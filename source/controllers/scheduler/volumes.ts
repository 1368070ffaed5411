import type {Client} from '../../api/client.js';
import type {KubeObject} from '../../api/object.js';
import {milli} from '../quantity.js';
import {selects} from '../selector.js';
import {type Cycle, type Filter, once} from './cycle.js';
import {matchesTerm, type Term} from './node-selection.js';

export const selectedNode = 'volume.kubernetes.io/selected-node';

/** The claims a pod names, those of generic ephemeral volumes included. */
export function claimNames(pod: KubeObject): string[] {
	const names: string[] = [];
	for (const volume of pod['spec'].volumes ?? []) {
		if (volume.persistentVolumeClaim) names.push(volume.persistentVolumeClaim.claimName);
		else if (volume.ephemeral) names.push(`${pod.metadata.name}-${volume.name}`);
	}

	return names;
}

export interface PodClaims {
	readonly bound: readonly KubeObject[];
	/** Not bound, to be bound once a node is chosen. */
	readonly waiting: readonly KubeObject[];
	/** Why no node will do. */
	readonly problem?: string;
}

/** Models plugins/volumebinding PreFilter. */
export function claimsOf(client: Client, pod: KubeObject): PodClaims {
	const bound: KubeObject[] = [];
	const waiting: KubeObject[] = [];
	for (const name of claimNames(pod)) {
		const claim = client.find<KubeObject>('persistentvolumeclaims', pod.metadata.namespace, name);
		if (!claim) return {bound, waiting, problem: `persistentvolumeclaim "${name}" not found`};
		if (claim.metadata.deletionTimestamp) return {bound, waiting, problem: `persistentvolumeclaim "${name}" is being deleted`};
		if (claim['status']?.phase === 'Lost') {
			return {
				bound,
				waiting,
				problem: `persistentvolumeclaim "${name}" bound to non-existent persistentvolume "${claim['spec'].volumeName}"`,
			};
		}

		if (claim['spec'].volumeName && claim.metadata.annotations?.['pv.kubernetes.io/bind-completed']) bound.push(claim);
		else if (waitsForConsumer(client, claim) && !claim['spec'].volumeName) waiting.push(claim);
		else return {bound, waiting, problem: 'pod has unbound immediate PersistentVolumeClaims'};
	}

	return {bound, waiting};
}

export function classOf(client: Client, object: KubeObject): KubeObject | undefined {
	const name = object['spec'].storageClassName ?? object.metadata.annotations?.['volume.beta.kubernetes.io/storage-class'];
	return name ? client.find<KubeObject>('storageclasses.storage.k8s.io', undefined, name) : undefined;
}

const waitsForConsumer = (client: Client, claim: KubeObject): boolean =>
	classOf(client, claim)?.['volumeBindingMode'] === 'WaitForFirstConsumer';

/** Volumes must be reachable from the node, and what is not bound yet must be bindable there. */
export const volumeFilter: Filter = {
	name: 'VolumeBinding',
	concerns: ({pod}) => claimNames(pod).length > 0,
	refuse(cycle, {node}) {
		const {bound, waiting} = once(cycle, 'claims', () => claimsOf(cycle.client, cycle.pod));
		for (const claim of bound) {
			const volume = cycle.client.find<KubeObject>('persistentvolumes', undefined, claim['spec'].volumeName);
			if (!volume) return {reasons: ['node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)'], hopeless: true};
			if (!isReachable(volume, node)) return {reasons: ['node(s) had volume node affinity conflict'], hopeless: true};
		}

		return waiting.every(claim => isBindable(cycle, claim, node))
			? undefined
			: {reasons: ["node(s) didn't find available persistent volumes to bind"], hopeless: true};
	},
};

export function isReachable(volume: KubeObject, node: KubeObject): boolean {
	const terms = volume['spec'].nodeAffinity?.required?.nodeSelectorTerms as Term[] | undefined;
	return !terms || terms.some(term => matchesTerm(term, node));
}

function isBindable(cycle: Cycle, claim: KubeObject, node: KubeObject): boolean {
	const chosen = claim.metadata.annotations?.[selectedNode];
	if (chosen && chosen !== node.metadata.name) return false;
	const storageClass = classOf(cycle.client, claim);
	if (storageClass && storageClass['provisioner'] !== 'kubernetes.io/no-provisioner') return true;
	return Boolean(findVolume(cycle.client, claim, volume => isReachable(volume, node)));
}

/** The smallest free volume that fits the claim. Models pkg/controller/volume/persistentvolume/index.go. */
export function findVolume(
	client: Client,
	claim: KubeObject,
	allowed: (volume: KubeObject) => boolean = () => true,
): KubeObject | undefined {
	let best: KubeObject | undefined;
	for (const volume of client.list<KubeObject>('persistentvolumes')) {
		const reserved = volume['spec'].claimRef;
		if (reserved && isReservedFor(volume, claim)) return volume;
		if (reserved || volume.metadata.deletionTimestamp || !fits(volume, claim) || !allowed(volume)) continue;
		if (!best || sizeOf(volume) < sizeOf(best)) best = volume;
	}

	return best;
}

export const isReservedFor = (volume: KubeObject, {metadata}: KubeObject): boolean => {
	const {namespace, name, uid} = volume['spec'].claimRef ?? {};
	return namespace === metadata.namespace && name === metadata.name && (!uid || uid === metadata.uid);
};

const sizeOf = (volume: KubeObject): number => milli(volume['spec'].capacity?.storage);

export function fits(volume: KubeObject, claim: KubeObject): boolean {
	const {spec} = claim;
	if ((volume['spec'].storageClassName ?? '') !== (spec.storageClassName ?? '')) return false;
	if ((volume['spec'].volumeMode ?? 'Filesystem') !== (spec.volumeMode ?? 'Filesystem')) return false;
	if (spec.selector && !selects(spec.selector, volume.metadata.labels)) return false;
	if (!(spec.accessModes ?? []).every((mode: string) => volume['spec'].accessModes?.includes(mode))) return false;
	return (
		sizeOf(volume) >= milli(spec.resources?.requests?.storage) &&
		volume['status']?.phase !== 'Released' &&
		volume['status']?.phase !== 'Failed'
	);
}
