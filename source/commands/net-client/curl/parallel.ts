import type {Effect} from '../../../shell/command.js';
import type {Sim} from '../../../sim/sim.js';

type Task<T> = () => Generator<Effect, T, unknown>;

/** Runs what only waits for time side by side, at most so many; `done` hears of each as it ends. */
export function* sideBySide<T>(
	{clock}: Sim,
	tasks: readonly Task<T>[],
	most: number,
	done: (result: T) => void,
): Generator<Effect, void, unknown> {
	const waiting = [...tasks];
	const running: Array<{run: Generator<Effect, T, unknown>; wakesMs: number; answer: unknown}> = [];
	for (;;) {
		while (running.length < most && waiting.length > 0) running.push({run: waiting.shift()!(), wakesMs: 0, answer: undefined});
		const next = running.filter(({wakesMs}) => wakesMs <= clock.now());
		for (const task of next) {
			const step = task.run.next(task.answer);
			task.answer = undefined;
			if (step.done) {
				running.splice(running.indexOf(task), 1);
				done(step.value);
			} else if ('sleepMs' in step.value) task.wakesMs = clock.now() + step.value.sleepMs;
			else task.answer = yield step.value;
		}

		if (running.length === 0 && waiting.length === 0) return;
		const soonest = Math.min(...running.map(({wakesMs}) => wakesMs));
		if (running.length === most || waiting.length === 0) if (soonest > clock.now()) yield {sleepMs: soonest - clock.now()};
	}
}
