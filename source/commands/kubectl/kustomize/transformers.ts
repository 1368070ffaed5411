import type {KubeObject} from '../../../api/object.js';
import {goesBy, isNamespaced, type Resource} from './resource.js';

/** What a kustomization does to every resource. Models sigs.k8s.io/kustomize/api/konfig/builtinpluginconsts. */
export function setNamespace(resources: readonly Resource[], namespace: string): void {
	for (const {object} of resources) {
		if (object.kind === 'Namespace') object.metadata.name = namespace;
		else if (isNamespaced(object)) object.metadata.namespace = namespace;
		for (const subject of (object['subjects'] as any[] | undefined) ?? [])
			if (subject.kind === 'ServiceAccount' && (subject.namespace !== undefined || subject.name === 'default'))
				subject.namespace = namespace;
	}
}

const keepTheirNames = ['CustomResourceDefinition', 'APIService', 'Namespace'];

export function affix(resources: readonly Resource[], prefix: string, suffix: string): void {
	for (const resource of resources) {
		const {object} = resource;
		if (keepTheirNames.includes(object.kind)) continue;
		resource.names.push(object.metadata.name);
		object.metadata.name = prefix + object.metadata.name + suffix;
	}
}

type Map = Record<string, string>;
const workloads = ['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'Job', 'ReplicationController'];

/** The pod template of a workload, also below a CronJob. */
function templateOf({kind, ...object}: KubeObject): any {
	if (kind === 'CronJob') return object['spec']?.jobTemplate?.spec?.template;
	return workloads.includes(kind) ? object['spec']?.template : undefined;
}

function merge(owner: any, field: string, pairs: Map): void {
	if (owner) owner[field] = {...owner[field], ...pairs};
}

export function addAnnotations(resources: readonly Resource[], pairs: Map): void {
	for (const {object} of resources) {
		merge(object.metadata, 'annotations', pairs);
		const template = templateOf(object);
		if (template) merge((template.metadata ??= {}), 'annotations', pairs);
	}
}

/** Labels also where things are chosen by them, if asked for. */
export function addLabels(resources: readonly Resource[], pairs: Map, where: {selectors: boolean; templates: boolean}): void {
	for (const {object} of resources) {
		merge(object.metadata, 'labels', pairs);
		const template = templateOf(object);
		if (template && (where.templates || where.selectors)) merge((template.metadata ??= {}), 'labels', pairs);
		if (where.selectors) addToSelectors(object, pairs);
	}
}

function addToSelectors(object: KubeObject, pairs: Map): void {
	const spec: any = object['spec'];
	if (!spec) return;
	if (object.kind === 'Service' || object.kind === 'ReplicationController') {
		if (object.kind === 'ReplicationController' || spec.selector) merge(spec, 'selector', pairs);
		return;
	}

	if (['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet'].includes(object.kind)) merge((spec.selector ??= {}), 'matchLabels', pairs);
	else if (spec.selector?.matchLabels) merge(spec.selector, 'matchLabels', pairs);
	if (object.kind === 'NetworkPolicy') addToPeers(spec, pairs);
	for (const claim of spec.volumeClaimTemplates ?? []) merge((claim.metadata ??= {}), 'labels', pairs);
}

function addToPeers(spec: any, pairs: Map): void {
	if (spec.podSelector?.matchLabels) merge(spec.podSelector, 'matchLabels', pairs);
	for (const rule of [...(spec.ingress ?? []), ...(spec.egress ?? [])])
		for (const peer of [...(rule.from ?? []), ...(rule.to ?? [])])
			if (peer.podSelector?.matchLabels) merge(peer.podSelector, 'matchLabels', pairs);
}

export interface ImageChange {
	readonly name: string;
	readonly newName?: string;
	readonly newTag?: string;
	readonly tagSuffix?: string;
	readonly digest?: string;
}

export function setImages(resources: readonly Resource[], changes: readonly ImageChange[]): void {
	const walk = (value: any): void => {
		if (Array.isArray(value)) for (const item of value) walk(item);
		if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
		for (const [key, inner] of Object.entries<any>(value)) {
			if ((key === 'containers' || key === 'initContainers') && Array.isArray(inner))
				for (const container of inner) if (typeof container?.image === 'string') container.image = changedImage(container.image, changes);
			walk(inner);
		}
	};
	for (const {object} of resources) walk(object['spec']);
}

function changedImage(image: string, changes: readonly ImageChange[]): string {
	return changes.reduce((text, {name, newName, newTag, tagSuffix = '', digest}) => {
		const [, base = text, rest = ''] = /^(.*?)((?::[^:/@]+)?(?:@[^@]+)?)$/.exec(text) ?? [];
		if (base !== name) return text;
		const tag = digest ? `@${digest}` : newTag ? `:${newTag}` : tagSuffix ? rest + tagSuffix : rest;
		return (newName || base) + tag;
	}, image);
}

export function setReplicas(resources: readonly Resource[], name: string, count: number): boolean {
	const found = resources.filter(
		resource =>
			['Deployment', 'ReplicaSet', 'StatefulSet', 'ReplicationController'].includes(resource.object.kind) && goesBy(resource, name),
	);
	for (const {object} of found) object['spec'] = {...object['spec'], replicas: count};
	return found.length > 0;
}
