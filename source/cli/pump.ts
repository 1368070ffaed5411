/** What the pump moves: a lab that is being played. */
export interface Pumped {
	/** Lets virtual time pass. */
	advance(ms: number): Promise<void>;
}

const tickMs = 100;
/** After the machine slept, a day must not be caught up with in one go. */
const stepMaxMs = 2000;

/** Moves virtual time with real time, `speed()` times as fast. Returns the way to stop. */
export function startPump(current: () => Pumped | undefined, speed: number | (() => number)): () => void {
	let last = performance.now();
	let busy = false;
	const timer = setInterval(() => {
		const now = performance.now();
		// A tick that takes longer than its interval is not piled up on.
		if (busy) return;
		const passed = Math.min(now - last, stepMaxMs);
		last = now;
		busy = true;
		const done = () => (busy = false);
		(current()?.advance(Math.round(passed * (typeof speed === 'number' ? speed : speed()))) ?? Promise.resolve()).then(done, done);
	}, tickMs);
	return () => clearInterval(timer);
}
