import type {Sim} from '../sim/sim.js';
import type {Cell, Table} from '../sim/state.js';
import type {WatchEvent} from './client.js';
import {gone} from './errors.js';
import {type KubeObject, keyOf} from './object.js';
import {freeze} from './values/plain.js';
import {SortedKeys} from './values/sorted-keys.js';

/** One entry of the bounded history that HTTP watches are served from. */
export interface LoggedEvent {
	readonly resourceVersion: number;
	readonly resource: string;
	readonly event: WatchEvent;
}

type WatchHandler = (event: WatchEvent<any>) => void;
type IndexKeys = (object: any) => readonly string[];
const logMax = 2000;
/** A cluster of 100 nodes, 10,000 pods and 5,000 Services holds 35,000. etcd counts bytes (2 GiB), of old revisions too. */
export const objectsMax = 60_000;
/** Asked for by the admission of every write: quotas, limits, webhooks that nobody has made. */
const none: readonly KubeObject[] = Object.freeze([]);

/** etcd and its watch cache: frozen objects by resource and key, one resourceVersion counter, ordered events. */
export class Store {
	readonly #sim: Sim;
	readonly #version: Cell<number>;
	/** How many objects there are. */
	readonly #count: Cell<number>;
	readonly #shelves = new Map<string, Shelf>();
	readonly #watchers = new Map<string, WatchHandler[]>();
	#log: LoggedEvent[] = [];
	/** Nothing at or before this version can be watched any more. */
	#forgotten: number;
	#notifying = false;

	constructor(sim: Sim) {
		this.#sim = sim;
		this.#version = sim.state.cell('api/resourceVersion', 1);
		this.#count = sim.state.cell('api/objectCount', 0);
		this.#forgotten = this.#version.get();
		sim.state.onRestore(() => {
			this.#log = [];
			this.#forgotten = this.#version.get();
			for (const shelf of this.#shelves.values()) shelf.forget();
		});
	}

	get resourceVersion(): number {
		return this.#version.get();
	}

	get isFull(): boolean {
		return this.#count.get() >= objectsMax;
	}

	shelf(resource: string): Shelf {
		let shelf = this.#shelves.get(resource);
		if (!shelf) {
			shelf = new Shelf(this.#sim.state.table<KubeObject>(`api/objects/${resource}`));
			this.#shelves.set(resource, shelf);
		}

		return shelf;
	}

	find(resource: string, namespace: string | undefined, name: string): KubeObject | undefined {
		return this.shelf(resource).table.get(namespace ? `${namespace}/${name}` : name);
	}

	/** Numbers, freezes and keeps `object` (which must be the store's to keep), then tells the watchers. */
	put(resource: string, object: KubeObject, old: KubeObject | undefined): KubeObject {
		object.metadata.resourceVersion = String(this.#next());
		freeze(object);
		const key = keyOf(object);
		this.shelf(resource).put(key, object, old);
		if (!old) this.#count.set(this.#count.get() + 1);
		this.#tell(resource, old ? {type: 'MODIFIED', object, old} : {type: 'ADDED', object});
		return object;
	}

	remove(resource: string, old: KubeObject): KubeObject {
		const object = freeze({...old, metadata: {...old.metadata, resourceVersion: String(this.#next())}});
		this.shelf(resource).remove(keyOf(old), old);
		this.#count.set(this.#count.get() - 1);
		this.#tell(resource, {type: 'DELETED', object, old});
		return object;
	}

	/** `*` hears of every resource. */
	watch(resource: string, handler: WatchHandler): () => void {
		const handlers = [...(this.#watchers.get(resource) ?? []), handler];
		this.#watchers.set(resource, handlers);
		return () => {
			this.#watchers.set(
				resource,
				(this.#watchers.get(resource) ?? []).filter(other => other !== handler),
			);
		};
	}

	/** What happened after `resourceVersion`; refuses with Expired when that is no longer known. */
	eventsSince(resource: string, resourceVersion: number): readonly LoggedEvent[] {
		if (resourceVersion < this.#forgotten) throw gone(`too old resource version: ${resourceVersion} (${this.#forgotten})`);
		return this.#log.filter(entry => entry.resource === resource && entry.resourceVersion > resourceVersion);
	}

	#next(): number {
		if (this.#notifying) throw new Error('a watch handler wrote to the API; it may only note what to do later');
		const next = this.#version.get() + 1;
		this.#version.set(next);
		return next;
	}

	#tell(resource: string, event: WatchEvent): void {
		this.#log.push({resourceVersion: this.#version.get(), resource, event});
		if (this.#log.length > 2 * logMax) {
			this.#forgotten = this.#log[logMax - 1]!.resourceVersion;
			this.#log = this.#log.slice(logMax);
		}

		this.#notifying = true;
		try {
			for (const handler of this.#watchers.get(resource) ?? []) handler(event);
			for (const handler of this.#watchers.get('*') ?? []) handler(event);
		} finally {
			this.#notifying = false;
		}
	}
}

/** All objects of one resource, with what is derived from them: sorted keys and indexes, rebuilt on demand after a restore. */
export class Shelf {
	readonly table: Table<KubeObject>;
	readonly #indexKeys = new Map<string, IndexKeys>();
	#indexes: Map<string, Map<string, SortedKeys>> | undefined;
	#sorted: SortedKeys | undefined;
	#all: {version: number; objects: readonly KubeObject[]} | undefined;
	/** Of the table, when keys and indexes were last in step with it. */
	#seen = -1;

	constructor(table: Table<KubeObject>) {
		this.table = table;
	}

	/** In key order. The whole list is remembered until the next write. */
	list(namespace: string | undefined): readonly KubeObject[] {
		if (this.table.size === 0) return none;
		if (namespace) return this.#objects(this.#keys().withPrefix(`${namespace}/`));
		if (this.#all?.version !== this.table.version) this.#all = {version: this.table.version, objects: this.#objects(this.#keys().all)};
		return this.#all.objects;
	}

	indexed(index: string, value: string): readonly KubeObject[] {
		if (!this.#indexKeys.has(index)) throw new Error(`nobody added the index ${index} to ${this.table.name}`);
		const keys = this.#filed().get(index)?.get(value);
		return keys ? this.#objects(keys.all) : [];
	}

	addIndex(index: string, keys: IndexKeys): void {
		if (this.#indexKeys.has(index)) return;
		this.#indexKeys.set(index, keys);
		this.#indexes = undefined;
	}

	put(key: string, object: KubeObject, old: KubeObject | undefined): void {
		this.table.set(key, object);
		this.#seen = this.table.version;
		if (!old) this.#sorted?.add(key);
		this.#file(key, object, old);
	}

	remove(key: string, old: KubeObject): void {
		this.table.delete(key);
		this.#seen = this.table.version;
		this.#sorted?.delete(key);
		this.#file(key, undefined, old);
	}

	/** After a restore nothing derived can be trusted, unless it found the very rows that were there. */
	forget(): void {
		if (this.#seen === this.table.version) return;
		this.#seen = this.table.version;
		this.#sorted = undefined;
		this.#indexes = undefined;
		this.#all = undefined;
	}

	#keys(): SortedKeys {
		this.#sorted ??= new SortedKeys(this.table.keys());
		return this.#sorted;
	}

	#objects(keys: readonly string[]): readonly KubeObject[] {
		return keys.map(key => this.table.get(key)!);
	}

	#filed(): Map<string, Map<string, SortedKeys>> {
		if (!this.#indexes) {
			this.#indexes = new Map([...this.#indexKeys.keys()].map(index => [index, new Map()]));
			for (const [key, object] of this.table.entries()) this.#file(key, object, undefined);
		}

		return this.#indexes;
	}

	#file(key: string, object: KubeObject | undefined, old: KubeObject | undefined): void {
		if (!this.#indexes) return;
		for (const [index, keysOf] of this.#indexKeys) {
			const before = old ? keysOf(old) : noKeys;
			const after = object ? keysOf(object) : noKeys;
			if (sameKeys(before, after)) continue;
			const buckets = this.#indexes.get(index)!;
			for (const value of before) {
				const bucket = buckets.get(value);
				bucket?.delete(key);
				if (bucket?.size === 0) buckets.delete(value);
			}

			for (const value of after) {
				let bucket = buckets.get(value);
				if (!bucket) buckets.set(value, (bucket = new SortedKeys()));
				bucket.add(key);
			}
		}
	}
}

const noKeys: readonly string[] = [];

function sameKeys(a: readonly string[], b: readonly string[]): boolean {
	if (a === b) return true;
	if (a.length !== b.length) return false;
	for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
	return true;
}
