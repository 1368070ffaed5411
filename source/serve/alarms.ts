import type {Clock} from '../sim/clock.js';

const actor = 'serve/alarm';

/** Things to do at a later virtual time, for connections that are open now: none of them outlives the process. */
export function createAlarms(clock: Clock): (ms: number, run: () => void) => () => void {
	const waiting = new Map<string, () => void>();
	let last = 0;
	clock.on(actor, key => {
		const run = waiting.get(key);
		waiting.delete(key);
		run?.();
	});
	return (ms, run) => {
		const key = String(++last);
		waiting.set(key, run);
		clock.schedule(ms, actor, key, {periodic: true});
		return () => {
			waiting.delete(key);
			clock.cancel(actor, key);
		};
	};
}
