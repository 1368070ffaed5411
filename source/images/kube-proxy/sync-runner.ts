import {dialError} from './api-server.js';
import {logUnreachable} from './informers.js';
import {type ProxyContext, proxyOf, remember} from './memory.js';
import {fullSyncMs, syncRules} from './sync-rules.js';

/** Syncs that may follow each other at once before the minimum period applies. */
const burst = 2;
const retryApiMs = 5000;

/** Asks for a sync: now, or as soon as the rate limit lets it (pkg/util/async BoundedFrequencyRunner). */
export function queueSync(context: ProxyContext): void {
	const {memory} = context;
	const nowMs = context.machine.sim.clock.now();
	if (memory.queuedMs === 0) remember(context, {queuedMs: nowMs});
	context.wake(Math.max(0, nextTokenMs(memory.recentSyncsMs, memory.config.minSyncMs) - nowMs), 'sync');
}

/** A bucket of `burst` tokens that gets one more each `periodMs`: when is the next one there, given the last syncs? */
function nextTokenMs(recent: readonly number[], periodMs: number): number {
	let tokens = burst;
	let at = recent[0] ?? 0;
	for (const time of recent) {
		tokens = Math.min(burst, tokens + (time - at) / periodMs) - 1;
		at = time;
	}

	return tokens >= 1 ? 0 : at + Math.ceil((1 - tokens) * periodMs);
}

/** One turn of the runner, wanted by a change, by the clock or by a retry. */
export function sync(context: ProxyContext): void {
	const {memory} = context;
	if (!memory.synced) return;
	const {nowMs} = proxyOf(context);
	const dial = dialError(context);
	if (dial !== undefined) {
		logUnreachable(context, dial);
		remember(context, {needRelist: true});
		context.wake(retryApiMs, 'sync', {periodic: true});
		return;
	}

	const full = memory.needFull || nowMs - memory.lastFullMs > fullSyncMs;
	remember(context, {recentSyncsMs: [...memory.recentSyncsMs.slice(-7), nowMs]});
	syncRules(context, full);
	context.cancelWake('resync');
	const periodMs = memory.config.mode === 'ipvs' ? memory.config.syncMs : fullSyncMs;
	context.wake(periodMs, 'resync', {periodic: true});
}
