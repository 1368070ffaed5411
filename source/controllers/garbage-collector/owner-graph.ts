import type {WatchEvent} from '../../api/client.js';
import {groupResource} from '../../api/kind.js';
import type {KubeObject, OwnerReference} from '../../api/object.js';
import type {ApiServer} from '../../api/server.js';

/** Where an object is: its resource, and its key there. */
export interface Place {
	readonly resource: string;
	readonly namespace: string | undefined;
	readonly name: string;
}

/** `<resource> <namespace>/<name>`: the keys of the garbage collector. */
export const placeKey = (resource: string, {metadata}: KubeObject): string => `${resource} ${metadata.namespace ?? ''}/${metadata.name}`;

export function placeOf(key: string): Place {
	const [resource = '', rest = ''] = key.split(' ');
	const slash = rest.indexOf('/');
	return {resource, namespace: rest.slice(0, slash) || undefined, name: rest.slice(slash + 1)};
}

export interface OwnerGraph {
	/** Keys of the objects that name this uid as an owner, sorted: what is derived must not remember in which order it came to be. */
	dependents(uid: string): readonly string[];
	/** The owner as it is now; undefined when it is gone or another object has its name. */
	owner(reference: OwnerReference, namespace: string | undefined): KubeObject | undefined;
	resourceOf(reference: OwnerReference): string | undefined;
}

/**
 * Who owns whom, kept up from the watch: derived, so it is rebuilt after a restore. `changed` hears every change after the graph has
 * taken it in.
 */
export function createOwnerGraph(api: ApiServer, changed: (resource: string, event: WatchEvent) => void): OwnerGraph {
	const dependents = new Map<string, Set<string>>();
	const watched = new Set<string>();
	/** After a restore nothing is known until somebody asks. */
	let stale = true;

	const link = (resource: string, object: KubeObject) => {
		for (const {uid} of object.metadata.ownerReferences ?? []) {
			const known = dependents.get(uid);
			if (known) known.add(placeKey(resource, object));
			else dependents.set(uid, new Set([placeKey(resource, object)]));
		}
	};
	const unlink = (resource: string, object: KubeObject) => {
		for (const {uid} of object.metadata.ownerReferences ?? []) {
			const known = dependents.get(uid);
			if (known?.delete(placeKey(resource, object)) && known.size === 0) dependents.delete(uid);
		}
	};
	const watchAll = () => {
		for (const kind of api.kinds()) {
			const resource = groupResource(kind);
			// Events own nothing, are owned by nothing, and are the most frequent writes of all.
			if (watched.has(resource) || resource === 'events' || resource === 'events.events.k8s.io') continue;
			watched.add(resource);
			api.watch(resource, event => {
				if (!stale && event.old && event.old.metadata.ownerReferences !== event.object.metadata.ownerReferences)
					unlink(resource, event.old);
				if (!stale && event.type === 'DELETED') unlink(resource, event.object);
				else if (!stale) link(resource, event.object);
				changed(resource, event);
			});
		}
	};
	const rebuild = () => {
		stale = false;
		dependents.clear();
		// A definition that is gone has taken its kind along.
		const served = new Set(api.kinds().map(groupResource));
		for (const resource of watched) if (served.has(resource)) for (const object of api.reader.list(resource)) link(resource, object);
	};
	watchAll();
	api.sim.state.onRestore(() => {
		watchAll();
		stale = true;
	});
	// Custom resources join when their definition does.
	api.watch('customresourcedefinitions.apiextensions.k8s.io', watchAll);

	const resourceOf = ({apiVersion, kind}: OwnerReference) => {
		const found = api.kindOf(apiVersion, kind);
		return found && groupResource(found);
	};
	return {
		dependents(uid) {
			if (stale) rebuild();
			return [...(dependents.get(uid) ?? [])].sort();
		},
		resourceOf,
		owner(reference, namespace) {
			const kind = api.kindOf(reference.apiVersion, reference.kind);
			if (!kind) return undefined;
			const found = api.reader.find<KubeObject>(groupResource(kind), kind.namespaced ? namespace : undefined, reference.name);
			return found?.metadata.uid === reference.uid ? found : undefined;
		},
	};
}
