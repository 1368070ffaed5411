import type {Sim} from '../sim/sim.js';
import type {Table} from '../sim/state.js';

/** Where one namespace keeps its rows: tables named `net/<namespace>/...`, made when first asked for. */
export interface Space {
	readonly name: string;
	readonly sim: Sim;
	/** Gives a getter; the table behind it may be another one after a restore or a removal. */
	table<V>(name: string): () => Table<V>;
}

/** Moves whenever table objects may have been replaced, so that getters look theirs up again. */
export interface Generation {
	value: number;
}

export function createSpace(sim: Sim, name: string, generation: Generation): Space {
	return {
		name,
		sim,
		table<V>(part: string) {
			const path = `net/${name}/${part}`;
			let table: Table<V> | undefined;
			let seen = -1;
			return () => {
				if (!table || seen !== generation.value) {
					table = sim.state.table<V>(path);
					seen = generation.value;
				}
				return table;
			};
		},
	};
}

/** Remembers what `build` makes of a table until it changes. */
export function derived<T>(source: () => Table<any>, build: () => T): () => T {
	let value: T;
	let seen: Table<any> | undefined;
	let version = -1;
	return () => {
		const table = source();
		if (table !== seen || table.version !== version) {
			value = build();
			seen = table;
			version = table.version;
		}
		return value;
	};
}
