import {forgetManaged} from './apply/managed-fields.js';
import type {Core} from './core.js';
import {keyOf} from './object.js';

/** kube-apiserver's --event-ttl: etcd forgets an event so long after its last write. */
const ttlMs = 3_600_000;
/** The leases that events hang on are shared by those of a minute (storage/etcd3/lease_manager.go). */
const leaseMs = 60_000;
const actor = 'etcd/leases';

/** Events end by themselves, unlike all other objects. */
export function forgetOldEvents(core: Core): void {
	const {sim, store} = core;
	const {clock} = sim;
	/** When each was written last, the oldest first. */
	const written = sim.state.table<number>(actor);
	const waitFor = (atMs: number) => clock.schedule(atMs + ttlMs + leaseMs - clock.now(), actor, '', {periodic: true});
	store.watch('events', ({type, object}) => {
		const key = keyOf(object);
		written.delete(key);
		if (type === 'DELETED') return;
		if (written.size === 0) waitFor(clock.now());
		written.set(key, clock.now());
	});
	clock.on(actor, () => {
		const table = store.shelf('events').table;
		for (const [key, atMs] of [...written.entries()]) {
			if (atMs + ttlMs > clock.now()) {
				waitFor(atMs);
				return;
			}
			const event = table.get(key);
			if (event) forgetManaged(core, core.registry.resource('events')!, store.remove('events', event));
		}
	});
}
