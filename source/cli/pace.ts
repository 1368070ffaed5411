export interface Pace {
	/** Something moved: within a frame's time. */
	soon(): void;
	/** A key was pressed: as soon as what it set in motion has come to rest. */
	now(): void;
	stop(): void;
}

/** Calls `paint` at most once in `frameMs`, except for keys, which never wait. */
export function createPace(paint: () => void, frameMs: number): Pace {
	let timer: NodeJS.Timeout | undefined;
	let immediate: NodeJS.Immediate | undefined;
	let lastMs = Number.NEGATIVE_INFINITY;
	const stop = () => {
		clearTimeout(timer);
		clearImmediate(immediate);
		timer = undefined;
		immediate = undefined;
	};
	const run = () => {
		stop();
		paint();
		lastMs = performance.now();
	};
	return {
		soon() {
			if (timer || immediate) return;
			timer = setTimeout(run, Math.max(0, lastMs + frameMs - performance.now()));
		},
		now() {
			clearTimeout(timer);
			timer = undefined;
			immediate ??= setImmediate(run);
		},
		stop,
	};
}
