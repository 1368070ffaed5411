import {isMap} from '../../go-template/go-value.js';
import {parseDocuments} from '../../../api/values/go-yaml.js';
import {helmError} from '../failure.js';

export interface Manifest {
	/** `web/templates/service.yaml` */
	readonly path: string;
	readonly text: string;
	readonly kind: string;
	readonly name: string;
	readonly object: any;
}

export interface Hook extends Manifest {
	readonly events: readonly string[];
	readonly weight: number;
	readonly deletePolicies: readonly string[];
}

export interface Rendered {
	readonly manifests: readonly Manifest[];
	readonly hooks: readonly Hook[];
	readonly notes: string;
}

/** What is made first (releaseutil.InstallOrder). */
const installOrder = (
	'PriorityClass Namespace NetworkPolicy ResourceQuota LimitRange PodSecurityPolicy PodDisruptionBudget ServiceAccount Secret SecretList ConfigMap ' +
	'StorageClass PersistentVolume PersistentVolumeClaim CustomResourceDefinition ClusterRole ClusterRoleList ClusterRoleBinding ' +
	'ClusterRoleBindingList Role RoleList RoleBinding RoleBindingList Service DaemonSet Pod ReplicationController ReplicaSet Deployment ' +
	'HorizontalPodAutoscaler StatefulSet Job CronJob IngressClass Ingress APIService MutatingWebhookConfiguration ValidatingWebhookConfiguration'
).split(' ');

/** What is removed first (releaseutil.UninstallOrder). */
const uninstallOrder = (
	'ValidatingWebhookConfiguration MutatingWebhookConfiguration APIService Ingress IngressClass Service CronJob Job StatefulSet HorizontalPodAutoscaler ' +
	'Deployment ReplicaSet ReplicationController Pod DaemonSet RoleBindingList RoleBinding RoleList Role ClusterRoleBindingList ClusterRoleBinding ' +
	'ClusterRoleList ClusterRole CustomResourceDefinition PersistentVolumeClaim PersistentVolume StorageClass ConfigMap SecretList Secret ' +
	'ServiceAccount PodDisruptionBudget PodSecurityPolicy LimitRange ResourceQuota NetworkPolicy Namespace PriorityClass'
).split(' ');

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const byKind = (order: readonly string[]) => (a: Manifest, b: Manifest) => {
	const [one, other] = [order.indexOf(a.kind), order.indexOf(b.kind)];
	if (one === -1 && other === -1) return byText(a.kind, b.kind);
	return one === -1 ? 1 : other === -1 ? -1 : one - other;
};

export const inInstallOrder = <T extends Manifest>(list: readonly T[]): T[] => [...list].sort(byKind(installOrder));
export const inUninstallOrder = (list: readonly Manifest[]): Manifest[] => [...list].sort(byKind(uninstallOrder));

export const hookEvents = [
	'pre-install',
	'post-install',
	'pre-delete',
	'post-delete',
	'pre-upgrade',
	'post-upgrade',
	'pre-rollback',
	'post-rollback',
	'test',
	'test-success',
];

/** Rendered files as objects, hooks apart, notes apart (releaseutil.SortManifests). */
export function sortRendered(rendered: ReadonlyMap<string, string>, root: string, subNotes = false): Rendered {
	let notes = '';
	const manifests: Manifest[] = [];
	const hooks: Hook[] = [];
	for (const path of [...rendered.keys()].sort()) {
		const text = rendered.get(path)!;
		if (path.endsWith('NOTES.txt')) {
			if (subNotes || path === `${root}/templates/NOTES.txt`) notes += notes === '' ? text : `\n${text}`;
			continue;
		}

		for (const manifest of manifestsOf(path, text)) {
			const hook = hookOf(manifest);
			if (hook === 'unknown') continue;
			if (hook) hooks.push(hook);
			else manifests.push(manifest);
		}
	}

	return {manifests: inInstallOrder(manifests), hooks: inInstallOrder(hooks), notes};
}

/** The documents of one text; comments alone are none. */
export function manifestsOf(path: string, text: string): Manifest[] {
	return splitDocuments(text).flatMap(document => {
		const object = parsed(path, document);
		if (object === null || object === undefined) return [];
		if (!isMap(object))
			throw helmError(
				`YAML parse error on ${path}: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${Array.isArray(object) ? 'array' : typeof object} into Go value of type releaseutil.SimpleHead`,
			);
		return [
			{
				path,
				text: document,
				kind: String(object['kind'] ?? ''),
				name: isMap(object['metadata']) ? String(object['metadata']['name'] ?? '') : '',
				object,
			},
		];
	});
}

export const splitDocuments = (text: string): string[] =>
	text
		.trim()
		.split(/(?:^|\s*\n)---[^\S\n]*(?=\n|$|#)/)
		.map(document => document.replace(/^\s*\n/, '').trimEnd())
		.filter(document => document.trim() !== '');

function parsed(path: string, text: string): unknown {
	try {
		return parseDocuments(text)[0];
	} catch (error) {
		throw helmError(`YAML parse error on ${path}: error converting YAML to JSON: ${(error as Error).message}`);
	}
}

const words = (text: unknown) =>
	String(text ?? '')
		.split(',')
		.map(word => word.trim().toLowerCase())
		.filter(Boolean);

function hookOf(manifest: Manifest): Hook | 'unknown' | undefined {
	const annotations = manifest.object.metadata?.annotations;
	if (!isMap(annotations) || !Object.hasOwn(annotations, 'helm.sh/hook')) return undefined;
	const events = words(annotations['helm.sh/hook']);
	if (events.some(event => !hookEvents.includes(event))) return 'unknown';
	const weight = Number(annotations['helm.sh/hook-weight'] ?? 0);
	return {
		...manifest,
		events: events.map(event => (event === 'test-success' ? 'test' : event)),
		weight: Number.isInteger(weight) ? weight : 0,
		deletePolicies: words(annotations['helm.sh/hook-delete-policy']),
	};
}

export const manifestText = (manifests: readonly Manifest[]): string =>
	manifests.map(({path, text}) => `---\n# Source: ${path}\n${text}\n`).join('');
