import {type Call, type Core, homeOf} from '../core.js';
import type {PatchType} from '../client.js';
import {conflict, invalid, notFound, otherName, staleObject, unknownResource, unnamed} from '../errors.js';
import {decode} from '../schema/decode.js';
import type {Column, Kind} from '../kind.js';
import {fromLabelSelector, fromMap, printLabelSelector} from '../selector/label-selector.js';
import type {KubeObject} from '../object.js';
import {copy, valueAt} from '../values/plain.js';
import {update} from './update.js';

/** The scale subresource: replicas of any workload in one shape, autoscaling/v1 Scale. */
export function getScale(core: Core, kind: Kind, namespace: string | undefined, name: string): KubeObject {
	const object = core.store.find(homeOf(kind), namespace, name);
	if (!object) throw notFound(kind, name);
	return scaleOf(kind, object);
}

export function scaleOf(kind: Kind, object: KubeObject): KubeObject {
	const paths = kind.scale;
	if (!paths) throw unknownResource();
	const {name, namespace, uid, resourceVersion, creationTimestamp} = object.metadata;
	const selector = selectorText(kind, object);
	return {
		apiVersion: 'autoscaling/v1',
		kind: 'Scale',
		metadata: {
			name,
			...(namespace && {namespace}),
			...(uid && {uid}),
			...(resourceVersion && {resourceVersion}),
			...(creationTimestamp && {creationTimestamp}),
		},
		spec: {...(valueAt(object, paths.specReplicas.split('.')) && {replicas: valueAt(object, paths.specReplicas.split('.'))})},
		status: {replicas: valueAt(object, paths.statusReplicas.split('.')) ?? 0, ...(selector && {selector})},
	};
}

/** How a Scale is listed; how old it is says the column of the kind that it scales. */
export const scaleColumns = (kind: Kind): readonly Column[] => [
	{name: 'Name', cell: ({metadata}) => metadata.name},
	{name: 'Desired', type: 'integer', cell: ({spec}: any) => spec.replicas ?? 0},
	{name: 'Available', type: 'integer', cell: ({status}: any) => status.replicas ?? 0},
	...kind.columns.filter(({name}) => name === 'Age'),
];

function selectorText(kind: Kind, object: KubeObject): string {
	const selector = valueAt(object, (kind.scale!.labelSelector ?? 'spec.selector').split('.'));
	if (typeof selector === 'string') return selector;
	const plain = selector && !selector.matchLabels && !selector.matchExpressions;
	return printLabelSelector(plain ? fromMap(selector) : (fromLabelSelector(selector) ?? []));
}

const scaleKind = {kind: 'Scale', group: 'autoscaling', version: 'v1', schema: 'autoscaling.v1.Scale'} as Kind;

/** `change` turns the present Scale into the wanted one. */
export function updateScale(
	core: Core,
	call: Call,
	kind: Kind,
	namespace: string | undefined,
	name: string,
	change: (scale: KubeObject) => any,
	patch?: {type: PatchType; body: unknown},
): KubeObject {
	const stored = update(core, call, kind, namespace, name, old => {
		const scale: any = decode(scaleKind, change(scaleOf(kind, old)), {...call, fieldValidation: call.fieldValidation ?? 'Ignore'}, patch);
		if (!scale.metadata?.name) throw unnamed(name);
		if (scale.metadata.name !== name) throw otherName(scale.metadata.name, name);
		const version = scale.metadata?.resourceVersion;
		if (version && version !== old.metadata.resourceVersion) throw conflict(kind, name, staleObject);
		const replicas = scale.spec?.replicas ?? 0;
		if (replicas < 0) {
			const error = {type: 'Invalid', field: 'spec.replicas', value: replicas, detail: 'must be greater than or equal to 0'} as const;
			throw invalid({group: 'autoscaling', kind: 'Scale'}, name, [error]);
		}

		const draft = copy(old);
		const path = kind.scale!.specReplicas.split('.');
		const parent = path.slice(0, -1).reduce((at: any, key) => (at[key] ??= {}), draft);
		parent[path.at(-1)!] = replicas;
		return draft;
	});
	return scaleOf(kind, stored);
}
