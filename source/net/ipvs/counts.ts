import {type Connections, isActive} from './connection.js';
import {serverKey} from './service-row.js';

export interface Count {
	readonly active: number;
	readonly inactive: number;
	readonly persistent: number;
}

export type Counts = ReadonlyMap<string, Count>;

export const noCount: Count = {active: 0, inactive: 0, persistent: 0};

/** Connections by virtual and real server, counted from the table itself so that they cannot drift; once for each state of the table. */
export function createCounts(connections: Connections, now: () => number): () => Counts {
	let counted: Counts = new Map();
	let seen: {table: unknown; version: number; at: number} | undefined;
	return () => {
		const table = connections.table();
		const at = now();
		if (seen?.table === table && seen.version === table.version && seen.at === at) return counted;
		const found = new Map<string, {active: number; inactive: number; persistent: number}>();
		for (const row of connections.live()) {
			const key = `${row.service} ${serverKey(row.server)}`;
			let count = found.get(key);
			if (!count) found.set(key, (count = {...noCount}));
			if (row.template) count.persistent++;
			else if (isActive(row.state)) count.active++;
			else count.inactive++;
		}
		counted = found;
		seen = {table, version: table.version, at};
		return counted;
	};
}
