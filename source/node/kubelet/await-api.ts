import type {KubeletContext} from './context.js';

const waitMs = 1000;
/** An API server that has been away for so long is waited for without keeping the world from settling. */
const waitsMax = 40;

/** What could not be written is written when the API server can be reached again. */
export function awaitApi({sim, actor, node}: KubeletContext): void {
	const waits = sim.state.cell<number>(`kubelet/${node}/waits`, 0);
	if (sim.clock.dueAt(actor, 'report') !== undefined) return;
	waits.set(waits.get() + 1);
	sim.clock.schedule(waitMs, actor, 'report', {periodic: waits.get() > waitsMax});
}
