/** The plain shape of everything in the API store. Objects from the store are frozen: copy (`structuredClone`), change, update. */
export interface KubeObject {
	apiVersion: string;
	kind: string;
	metadata: ObjectMeta;
	/** The fields of a kind are checked against its schema, not by this type. */
	[field: string]: any;
}

/** meta/v1 ObjectMeta. `uid`, `resourceVersion` and `creationTimestamp` are there on every stored object. */
export interface ObjectMeta {
	name: string;
	generateName?: string;
	/** Absent on cluster-scoped objects. */
	namespace?: string;
	uid?: string;
	resourceVersion?: string;
	generation?: number;
	/** RFC 3339, whole seconds, e.g. `2026-11-21T02:00:00Z`. */
	creationTimestamp?: string;
	deletionTimestamp?: string;
	deletionGracePeriodSeconds?: number;
	labels?: Record<string, string>;
	annotations?: Record<string, string>;
	ownerReferences?: OwnerReference[];
	finalizers?: string[];
	managedFields?: unknown[];
}

export interface OwnerReference {
	apiVersion: string;
	kind: string;
	name: string;
	uid: string;
	controller?: boolean;
	blockOwnerDeletion?: boolean;
}

/** `namespace/name`, or `name` for a cluster-scoped object: the key of workqueues and tables. */
export const keyOf = (object: {metadata: ObjectMeta}): string =>
	object.metadata.namespace ? `${object.metadata.namespace}/${object.metadata.name}` : object.metadata.name;

export function splitKey(key: string): {namespace: string | undefined; name: string} {
	const slash = key.indexOf('/');
	return slash === -1 ? {namespace: undefined, name: key} : {namespace: key.slice(0, slash), name: key.slice(slash + 1)};
}

/** The one owner that manages this object, if there is one. */
export const controllerOf = (object: {metadata: ObjectMeta}): OwnerReference | undefined =>
	object.metadata.ownerReferences?.find(owner => owner.controller);
