import type {Sim} from '../../sim/sim.js';
import type {EngineEvent} from './model.js';

export interface EventLog {
	list(): readonly EngineEvent[];
	add(type: EngineEvent['type'], action: string, id: string, attributes?: Readonly<Record<string, string>>): void;
}

/** As many as the daemon keeps. */
const eventsMax = 256;

/** What `docker events` tells. */
export function createEventLog(sim: Sim, host: string): EventLog {
	const rows = sim.state.table<EngineEvent>(`docker/${host}/events`);
	const next = sim.state.cell<number>(`docker/${host}/next-event`, 0);
	return {
		list: () => [...rows.values()],
		add(type, action, id, attributes = {}) {
			const number = next.get();
			rows.set(String(number), {atMs: sim.clock.now(), type, action, id, attributes});
			rows.delete(String(number - eventsMax));
			next.set(number + 1);
		},
	};
}
