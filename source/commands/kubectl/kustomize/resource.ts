import type {KubeObject} from '../../../api/object.js';
import {copy} from '../../../api/values/plain.js';

/** An object on its way through the layers. */
export interface Resource {
	object: KubeObject;
	/** What it was called before, oldest first: by these others refer to it. */
	names: string[];
	/** Its name ends in a hash of what it holds. */
	hashed: boolean;
}

export const resourceOf = (object: KubeObject, hashed = false): Resource => ({object: copy(object), names: [object.metadata.name], hashed});

export const goesBy = ({object, names}: Resource, name: string): boolean => object.metadata.name === name || names.includes(name);

export const groupOf = ({apiVersion}: KubeObject): string => (apiVersion.includes('/') ? apiVersion.split('/')[0]! : '');

/** `v1.ConfigMap/name.namespace`, as kustomize names a resource. */
export function idOf({apiVersion, kind, metadata}: KubeObject): string {
	const type = [kind, ...(apiVersion.includes('/') ? apiVersion : `[noGrp]/${apiVersion}`).split('/').reverse()].join('.');
	return `${type}/${metadata.name}.${metadata.namespace ?? '[noNs]'}`;
}

const first =
	'Namespace ResourceQuota StorageClass CustomResourceDefinition ServiceAccount PodSecurityPolicy Role ClusterRole RoleBinding ClusterRoleBinding ConfigMap Secret Endpoints Service LimitRange PriorityClass PersistentVolume PersistentVolumeClaim Deployment StatefulSet CronJob PodDisruptionBudget'.split(
		' ',
	);
const last = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

const rank = (kind: string): number =>
	first.includes(kind) ? first.indexOf(kind) - first.length : last.includes(kind) ? 1 + last.indexOf(kind) : 0;

/** What others need comes first (kustomize's legacy order). */
export const inOrder = (resources: readonly Resource[]): Resource[] =>
	[...resources].sort((a, b) => {
		const [x, y] = [a.object, b.object];
		if (rank(x.kind) !== rank(y.kind)) return rank(x.kind) - rank(y.kind);
		const key = (object: KubeObject) => `${groupOf(object)}_${object.kind}_${object.metadata.namespace ?? ''}_${object.metadata.name}`;
		return key(x) < key(y) ? -1 : 1;
	});

const clusterScoped = new Set(
	'Namespace Node PersistentVolume StorageClass ClusterRole ClusterRoleBinding CustomResourceDefinition PriorityClass IngressClass RuntimeClass APIService MutatingWebhookConfiguration ValidatingWebhookConfiguration CSIDriver ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding'.split(
		' ',
	),
);
export const isNamespaced = ({kind}: KubeObject): boolean => !clusterScoped.has(kind);
