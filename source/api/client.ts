import type {KubeObject} from './object.js';

/** Which objects a list or watch covers. Selectors in kubectl's text form, e.g. `app=web,tier!=db` and `status.phase=Running`. */
export interface ListOptions {
	readonly namespace?: string;
	readonly labelSelector?: string;
	readonly fieldSelector?: string;
}

/**
 * Reading. `resource` is the plural, with its group unless it is in the core group: `pods`, `deployments.apps`,
 * `ipaddresspools.metallb.io`. All objects returned are frozen.
 */
export interface Reader {
	/** Undefined when it does not exist. */
	find<T extends KubeObject>(resource: string, namespace: string | undefined, name: string): T | undefined;
	/** Throws an `ApiError` NotFound when it does not exist. */
	get<T extends KubeObject>(resource: string, namespace: string | undefined, name: string): T;
	/** In key order (namespace, name), as etcd lists. */
	list<T extends KubeObject>(resource: string, options?: ListOptions): readonly T[];
	/** The objects filed under `value` in an index that somebody added with `ApiServer.addIndex`; never a scan. */
	indexed<T extends KubeObject>(resource: string, index: string, value: string): readonly T[];
}

export interface WriteOptions {
	/** Runs everything and keeps nothing. */
	readonly dryRun?: boolean;
	readonly fieldManager?: string;
	readonly fieldValidation?: 'Strict' | 'Warn' | 'Ignore';
}

export interface DeleteOptions extends WriteOptions {
	readonly gracePeriodSeconds?: number;
	readonly propagationPolicy?: 'Foreground' | 'Background' | 'Orphan';
	readonly preconditions?: {uid?: string; resourceVersion?: string};
}

export type PatchType = 'json' | 'merge' | 'strategic' | 'apply';

/** What components and kubectl hold: one user's view of the API. Every call may throw an `ApiError`. */
export interface Client extends Reader {
	create<T extends KubeObject>(object: T, options?: WriteOptions): T;
	/** Conflict when `metadata.resourceVersion` is set and not the current one. A write that changes nothing bumps no version. */
	update<T extends KubeObject>(object: T, options?: WriteOptions): T;
	updateStatus<T extends KubeObject>(object: T, options?: WriteOptions): T;
	patch<T extends KubeObject>(
		resource: string,
		namespace: string | undefined,
		name: string,
		type: PatchType,
		patch: unknown,
		options?: WriteOptions & {subresource?: string; force?: boolean},
	): T;
	/** POST to a subresource: `binding`, `eviction`, `token`; GET or PUT of `scale` are `get` and `patch` of it. */
	act<T = any>(
		resource: string,
		namespace: string | undefined,
		name: string,
		subresource: string,
		body: unknown,
		options?: WriteOptions,
	): T;
	/** Returns the object as it was left: gone, or with a deletionTimestamp while finalizers or a grace period hold it. */
	delete<T extends KubeObject>(resource: string, namespace: string | undefined, name: string, options?: DeleteOptions): T;
}

/** One change, delivered in the order of resourceVersions, after the write, never inside it. */
export interface WatchEvent<T extends KubeObject = KubeObject> {
	readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
	readonly object: T;
	/** What it was before; absent on ADDED. */
	readonly old?: T;
}
