import type {WatchEvent} from '../../api/client.js';
import type {KubeObject, OwnerReference} from '../../api/object.js';
import {isNotFound} from '../../api/status.js';
import type {Controller, ControllerContext} from '../controller.js';
import {createOwnerGraph, type OwnerGraph, type Place, placeKey, placeOf} from './owner-graph.js';

const foreground = 'foregroundDeletion';
const orphan = 'orphan';

const graphs = new WeakMap<object, OwnerGraph>();

/** Deletes what has no owner left; serves foreground and orphaning deletion. Models pkg/controller/garbagecollector. */
const garbageCollector: Controller = {
	name: 'generic-garbage-collector',
	component: 'garbage-collector-controller',
	watches: [],
	start(context) {
		graphs.set(
			context.api,
			createOwnerGraph(context.api, (resource, event) => {
				for (const key of dirty(context, resource, event)) context.enqueue(key);
			}),
		);
	},
	reconcile(key, context) {
		const place = placeOf(key);
		const object = context.client.find<KubeObject>(place.resource, place.namespace, place.name);
		if (!object) return undefined;
		const graph = graphs.get(context.api)!;
		if (object.metadata.deletionTimestamp) finish(context, graph, place, object);
		else collect(context, graph, place, object);
		return undefined;
	},
};
export default garbageCollector;

/** Only changes of ownership and of life matter. */
function dirty({api}: ControllerContext, resource: string, {type, object, old}: WatchEvent): string[] {
	const graph = graphs.get(api);
	if (!graph) return [];
	const {uid, namespace, ownerReferences = [], deletionTimestamp, finalizers = []} = object.metadata;
	if (type === 'DELETED') {
		const waiting = ownerReferences
			.map(reference => ({reference, owner: graph.owner(reference, namespace)}))
			.filter(({owner}) => owner?.metadata.finalizers?.includes(foreground))
			.map(({reference, owner}) => placeKey(graph.resourceOf(reference)!, owner!));
		return [...graph.dependents(uid!), ...waiting];
	}

	if (deletionTimestamp && !(old?.metadata.deletionTimestamp && old.metadata.finalizers === object.metadata.finalizers)) {
		return finalizers.some(name => name === foreground || name === orphan) ? [placeKey(resource, object)] : [];
	}

	if (ownerReferences.length === 0 || old?.metadata.ownerReferences === object.metadata.ownerReferences) return [];
	const suspicious = ownerReferences.some(reference => {
		const owner = graph.owner(reference, namespace);
		return !owner || owner.metadata.deletionTimestamp !== undefined;
	});
	return suspicious ? [placeKey(resource, object)] : [];
}

/** An object being deleted that waits for its dependents, or lets them go. */
function finish(context: ControllerContext, graph: OwnerGraph, place: Place, object: KubeObject): void {
	const {finalizers = [], uid} = object.metadata;
	if (finalizers.includes(orphan)) {
		for (const key of graph.dependents(uid!)) disown(context, placeOf(key), reference => reference.uid !== uid);
		dropFinalizer(context, place, object, orphan);
	} else if (finalizers.includes(foreground)) {
		const standing = graph.dependents(uid!).map(key => ({key, dependent: find(context, placeOf(key))}));
		const blocking = standing.filter(({dependent}) =>
			dependent?.metadata.ownerReferences?.some(reference => reference.uid === uid && reference.blockOwnerDeletion),
		);
		for (const {key} of standing) context.enqueue(key);
		if (blocking.length === 0) dropFinalizer(context, place, object, foreground);
	}
}

const find = ({client}: ControllerContext, {resource, namespace, name}: Place) => client.find<KubeObject>(resource, namespace, name);

/** An object with owners: it goes when none of them stands. */
function collect(context: ControllerContext, graph: OwnerGraph, place: Place, object: KubeObject): void {
	const {ownerReferences = [], namespace, finalizers = []} = object.metadata;
	if (ownerReferences.length === 0) return;
	const solid: OwnerReference[] = [];
	const waiting: OwnerReference[] = [];
	for (const reference of ownerReferences) {
		const owner = graph.owner(reference, namespace);
		if (!owner) continue;
		const waits = owner.metadata.deletionTimestamp && owner.metadata.finalizers?.includes(foreground);
		(waits ? waiting : solid).push(reference);
	}

	if (solid.length > 0) {
		const keep = new Set(solid.map(({uid}) => uid));
		if (solid.length < ownerReferences.length) disown(context, place, ({uid}) => keep.has(uid));
		return;
	}

	const blocks = waiting.length > 0 && graph.dependents(object.metadata.uid!).length > 0;
	const policy = blocks || finalizers.includes(foreground) ? 'Foreground' : finalizers.includes(orphan) ? 'Orphan' : 'Background';
	deleteQuietly(context, place, object, policy);
}

function deleteQuietly(
	{client}: ControllerContext,
	place: Place,
	{metadata}: KubeObject,
	propagationPolicy: 'Foreground' | 'Background' | 'Orphan',
) {
	try {
		client.delete(place.resource, place.namespace, place.name, {propagationPolicy, preconditions: {uid: metadata.uid!}});
	} catch (error) {
		if (!isNotFound(error)) throw error;
	}
}

function disown(context: ControllerContext, place: Place, keep: (reference: OwnerReference) => boolean): void {
	const object = find(context, place);
	if (!object) return;
	const ownerReferences = (object.metadata.ownerReferences ?? []).filter(keep);
	const patch = {metadata: {uid: object.metadata.uid, ownerReferences: ownerReferences.length > 0 ? ownerReferences : null}};
	context.client.patch(place.resource, place.namespace, place.name, 'merge', patch);
}

function dropFinalizer({client}: ControllerContext, place: Place, {metadata}: KubeObject, name: string): void {
	const finalizers = (metadata.finalizers ?? []).filter(entry => entry !== name);
	const patch = {metadata: {uid: metadata.uid, finalizers: finalizers.length > 0 ? finalizers : null}};
	try {
		client.patch(place.resource, place.namespace, place.name, 'merge', patch);
	} catch (error) {
		if (!isNotFound(error)) throw error;
	}
}
