import {branchOf, flattened, type Rows} from './rows.js';
import {SortedNames} from './sorted-names.js';

/**
 * The world's memory. Everything that must survive a snapshot lives in a named `Cell` (one value) or `Table` (keyed values).
 * Values are immutable plain data (JSON), so a snapshot only copies references; the next write to a shared table copies its map, or
 * lays a new one over it. What is not in here (indexes, compiled rules, informers) is derived, and is rebuilt by an `onRestore` handler.
 */
export interface Cell<T> {
	get(): T;
	set(value: T): void;
}

export interface Table<V> {
	readonly name: string;
	readonly size: number;
	/** Grows with every write and with every restore: a cheap "did anything change?" for derived data. */
	readonly version: number;
	get(key: string): V | undefined;
	has(key: string): boolean;
	set(key: string, value: V): void;
	delete(key: string): boolean;
	clear(): void;
	/** In insertion order. A key that is set again keeps its place. */
	keys(): IterableIterator<string>;
	values(): IterableIterator<V>;
	entries(): IterableIterator<[string, V]>;
}

/** A frozen world. Opaque: only `State` looks inside; `toJson` and `fromJson` carry it to disk and back. */
export interface Snapshot {
	readonly tables: ReadonlyMap<string, ReadonlyMap<string, unknown>>;
}

export class State {
	readonly #tables = new Map<string, MemoryTable<unknown>>();
	/** Of the tables, once somebody has asked for those below a prefix: a world has thousands, and each pod that ends drops some. */
	#names: SortedNames | undefined;
	readonly #restoreHandlers: Array<() => void> = [];
	/** Written to since `#last` was taken; of the thousand tables of a world a command writes to a few. */
	readonly #dirty: Array<MemoryTable<unknown>> = [];
	#last: ReadonlyMap<string, ReadonlyMap<string, unknown>> = new Map();
	#version = 0;

	/** Moves with every write to any table: lets a screen ask "is a repaint needed?" without subscribing to everything. */
	get version(): number {
		return this.#version;
	}

	table<V>(name: string): Table<V> {
		const table = this.#open(name);
		table.lasting = true;
		return table as unknown as Table<V>;
	}

	#open(name: string): MemoryTable<unknown> {
		let table = this.#tables.get(name);
		if (!table) {
			table = new MemoryTable<unknown>(name, changed => {
				this.#version++;
				if (changed.dirty) return;
				changed.dirty = true;
				this.#dirty.push(changed);
			});
			this.#tables.set(name, table);
			this.#names?.add(name);
		}
		return table;
	}

	/** The table of that name, for those who ask again and again: another one, once it was dropped, or gone with a restore. */
	held<V>(name: string): () => Table<V> {
		let table: MemoryTable<unknown> | undefined;
		return () => {
			if (!table || table.dropped) table = this.#open(name);
			return table as unknown as Table<V>;
		};
	}

	/** One value, kept as a one-row table so that snapshots know a single shape. */
	cell<T>(name: string, initial: T): Cell<T> {
		const table = this.table<T>(name);
		return {
			get() {
				const value = table.get('');
				return value !== undefined || table.has('') ? (value as T) : initial;
			},
			set(value) {
				table.set('', value);
			},
		};
	}

	/** Forgets every table whose name starts with `prefix`, e.g. all that belonged to a deleted pod. */
	drop(prefix: string): void {
		this.#names ??= new SortedNames(this.#tables.keys());
		for (const name of this.#names.take(prefix)) this.#forget(this.#tables.get(name)!);
	}

	#forget(table: MemoryTable<unknown>): void {
		table.clear();
		table.dropped = true;
		this.#tables.delete(table.name);
	}

	/** Called after each `restore`, in the order of registration: rebuild what is derived. */
	onRestore(handler: () => void): void {
		this.#restoreHandlers.push(handler);
	}

	snapshot(): Snapshot {
		if (this.#dirty.length > 0) {
			const tables = new Map(this.#last);
			for (const {name} of this.#dirty) {
				const table = this.#tables.get(name);
				if (table && table.size > 0) tables.set(name, table.share());
				else tables.delete(name);
			}

			this.#clean();
			this.#last = tables;
		}

		return {tables: this.#last};
	}

	restore(snapshot: Snapshot): void {
		for (const [name, table] of this.#tables) {
			if (snapshot.tables.has(name)) continue;
			if (table.lasting) table.clear();
			else {
				this.#names?.remove(name);
				this.#forget(table);
			}
		}

		for (const [name, rows] of snapshot.tables) this.#open(name).adopt(rows);
		this.#clean();
		this.#last = snapshot.tables;
		for (const handler of this.#restoreHandlers) handler();
	}

	#clean(): void {
		for (const table of this.#dirty) table.dirty = false;
		this.#dirty.length = 0;
	}
}

export type SnapshotJson = Array<[table: string, rows: Array<[key: string, value: unknown]>]>;

export const snapshotToJson = (snapshot: Snapshot): SnapshotJson =>
	[...snapshot.tables].map(([name, rows]) => [name, [...rows]] as SnapshotJson[number]).sort(([a], [b]) => (a < b ? -1 : 1));

export const snapshotFromJson = (json: SnapshotJson): Snapshot => ({tables: new Map(json.map(([name, rows]) => [name, new Map(rows)]))});

class MemoryTable<V> implements Table<V> {
	readonly name: string;
	/** Among the tables that the next snapshot must look at. */
	dirty = false;
	/** Another table has its name now, or none. */
	dropped = false;
	/** Somebody keeps hold of it: it is there, empty or not, until it is dropped by name. */
	lasting = false;
	readonly #touch: (changed: MemoryTable<unknown>) => void;
	#rows: Rows<V> = new Map<string, V>();
	#shared = false;
	#version = 0;

	constructor(name: string, touch: (changed: MemoryTable<unknown>) => void) {
		this.name = name;
		this.#touch = touch;
	}

	get size() {
		return this.#rows.size;
	}

	get version() {
		return this.#version;
	}

	get(key: string) {
		return this.#rows.get(key);
	}

	has(key: string) {
		return this.#rows.has(key);
	}

	set(key: string, value: V) {
		if (this.#rows.get(key) === value && this.#rows.has(key)) return;
		this.#own().set(key, value);
	}

	delete(key: string) {
		return this.#rows.has(key) && this.#own().delete(key);
	}

	clear() {
		if (this.#rows.size === 0) return;
		this.#rows = new Map();
		this.#shared = false;
		this.#changed();
	}

	keys() {
		return this.#rows.keys();
	}

	values() {
		return this.#rows.values();
	}

	entries() {
		return this.#rows.entries();
	}

	/** Hands out the rows themselves; the next write copies them first. */
	share(): ReadonlyMap<string, V> {
		this.#shared = true;
		return this.#rows;
	}

	adopt(rows: ReadonlyMap<string, V>) {
		if (this.#rows === rows) return;
		this.#rows = rows as Rows<V>;
		this.#shared = true;
		this.#changed();
	}

	#own(): Rows<V> {
		if (this.#shared) {
			this.#rows = branchOf(this.#rows);
			this.#shared = false;
		}

		this.#rows = flattened(this.#rows);
		this.#changed();
		return this.#rows;
	}

	#changed() {
		this.#version++;
		this.#touch(this as unknown as MemoryTable<unknown>);
	}
}
