/** What the pump moves: a lab that is being played. */
export interface Pumped {
	/** Lets virtual time pass. */
	advance(ms: number): Promise<void>;
	/** Whether it is worth while already; otherwise the time is added to that of the next tick. */
	wants?(ms: number): boolean;
}

const tickMs = 100;
/** After the machine slept, a day must not be caught up with in one go. */
const stepMaxMs = 3000;

/** Moves virtual time with real time, `speed()` times as fast. Returns the way to stop. */
export function startPump(current: () => Pumped | undefined, speed: number | (() => number)): () => void {
	let last = performance.now();
	let busy = false;
	const timer = setInterval(() => {
		const now = performance.now();
		// A tick that takes longer than its interval is not piled up on.
		if (busy) return;
		const pumped = current();
		const passed = Math.round(Math.min(now - last, stepMaxMs) * (typeof speed === 'number' ? speed : speed()));
		if (pumped?.wants?.(passed) === false) return;
		last = now;
		busy = true;
		const done = () => (busy = false);
		(pumped?.advance(passed) ?? Promise.resolve()).then(done, done);
	}, tickMs);
	return () => clearInterval(timer);
}
