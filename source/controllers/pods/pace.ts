import type {Sim} from '../../sim/sim.js';

/** kube-controller-manager's `--kube-api-qps`: each controller's own client asks so often a second. */
const perSecond = 20;
/** Its `--kube-api-burst` is 30; here as many come at once as a large cluster has. */
const burst = 10_000;
/** Woken for less, an owner would count its thousands for every single pod. */
const portion = 20;

interface Bucket {
	readonly tokens: number;
	readonly atMs: number;
}

export interface Grant {
	readonly count: number;
	/** When there is more; absent when all was granted. */
	readonly againAfterMs?: number;
}

/** How many of `wanted` pods a controller may create now. Models client-go's flowcontrol token bucket. */
export function takePace({state, clock}: Sim, controller: string, wanted: number): Grant {
	const bucket = state.cell<Bucket>(`controllers/pace/${controller}`, {tokens: burst, atMs: clock.now()});
	const {tokens, atMs} = bucket.get();
	const now = clock.now();
	const filled = Math.min(burst, tokens + ((now - atMs) * perSecond) / 1000);
	if (filled < Math.min(wanted, portion))
		return {count: 0, againAfterMs: Math.ceil(((Math.min(wanted, portion) - filled) * 1000) / perSecond)};
	const count = Math.min(wanted, Math.floor(filled));
	bucket.set({tokens: filled - count, atMs: now});
	const left = Math.min(wanted - count, portion);
	return left > 0 ? {count, againAfterMs: Math.ceil(((left - filled + count) * 1000) / perSecond)} : {count};
}
