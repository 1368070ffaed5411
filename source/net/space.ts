import type {Sim} from '../sim/sim.js';
import type {Table} from '../sim/state.js';

/** Where one namespace keeps its rows: tables named `net/<namespace>/...`, made when first asked for. */
export interface Space {
	readonly name: string;
	readonly sim: Sim;
	/** Gives a getter; the table behind it may be another one after a restore or a removal. */
	table<V>(name: string): () => Table<V>;
}

export const createSpace = (sim: Sim, name: string): Space => ({name, sim, table: part => sim.state.held(`net/${name}/${part}`)});

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
