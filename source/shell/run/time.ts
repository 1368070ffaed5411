import type {Clock} from '../../sim/clock.js';
import {Interrupted} from './signals.js';
import {held} from './stopping.js';

/**
 * How waiting shells meet the virtual clock. Everything that runs is counted; whoever waits says so. Headless, when all have come to
 * wait and a foreground line is among them, the clock is moved to the next wake-up. Live, the pump of the screen moves it.
 */
export interface Time {
	/** Nobody sits there: what would go on for ever must end by itself. */
	readonly headless: boolean;
	now(): number;
	/** Brackets something that runs: a line in the foreground, a background job, one end of a pipe. */
	enter(kind: 'foreground' | 'background'): void;
	leave(kind: 'foreground' | 'background'): void;
	/** Waits for `resume`, which whoever runs now may call. An abort throws `Interrupted`. */
	suspend<T>(register: (resume: (value: T) => void) => void, signal?: AbortSignal, onAbort?: () => void): Promise<T>;
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
	/** Headless, waits until everybody else has come to wait or to an end: what a job says at once belongs to the line that started it. */
	quiet(): Promise<void>;
	/** Sleeping background jobs: while there are none, the clock may be advanced without asking. */
	readonly sleepers: number;
	/** Lets `ms` pass and lets each background job run when its moment comes. */
	advance(ms: number): Promise<void>;
}

interface Sleeper {
	readonly at: number;
	/** True: its time has not come, and never will: that world is gone, or the moment too far away. */
	readonly resume: (forEver: boolean) => void;
}

const actor = 'shell/time';
/** Headless, a line that has slept more often than this, for so long altogether, would never end: it is stopped as by Ctrl-C. */
const patience = [
	{sleeps: 20, ms: 30 * 60_000},
	{sleeps: 500, ms: 15 * 60_000},
	{sleeps: 10_000, ms: 0},
];

/** Headless, nobody waits longer than this for one moment to come, an hour of a cluster being seconds of work: `sleep 1d` ends at once, as by Ctrl-C. */
const waitMaxMs = 3_600_000;

/** `patienceMs`: a line that sleeps again and again is stopped after this time already. */
export const createHeadlessTime = (clock: Clock, patienceMs?: number): Time =>
	createTime(clock, true, patienceMs === undefined ? patience : [{sleeps: 20, ms: patienceMs}, ...patience]);
export const createLiveTime = (clock: Clock): Time => createTime(clock, false, patience);

function createTime(clock: Clock, headless: boolean, limits: typeof patience): Time {
	const sleepers = new Map<string, Sleeper>();
	/** Told when everybody has come to wait. */
	let onIdle: (() => void) | undefined;
	/** The same, for a line that is about to end; it goes on before the clock does. */
	let onQuiet: (() => void) | undefined;
	let running = 0;
	let foreground = 0;
	let lastKey = 0;
	let woken = false;
	/** Of the line in the foreground: when it began and how often it slept. */
	let began = 0;
	let sleeps = 0;

	clock.on(actor, key => {
		const sleeper = sleepers.get(key);
		if (!sleeper) return;
		sleepers.delete(key);
		woken = true;
		sleeper.resume(false);
	});

	const nextWake = () => {
		let at = Number.POSITIVE_INFINITY;
		for (const sleeper of sleepers.values()) at = Math.min(at, sleeper.at);
		return at;
	};
	const advanceTo = (at: number) => {
		woken = false;
		clock.advance(Math.max(0, at - clock.now()), () => woken);
	};
	const endSleeps = (which: (key: string, sleeper: Sleeper) => boolean) => {
		for (const [key, sleeper] of sleepers) {
			if (!which(key, sleeper)) continue;
			sleepers.delete(key);
			clock.cancel(actor, key);
			sleeper.resume(true);
		}
	};
	const giveUp = () => endSleeps(() => true);
	// Who fell asleep in a world that was left would never wake, and `advance` would wait for that for ever.
	clock.onRestore(() => endSleeps((key, {at}) => clock.dueAt(actor, key) !== at));
	const idle = () => {
		if (running > 0) return;
		onQuiet?.();
		onIdle?.();
		if (!headless || foreground === 0) return;
		while (running === 0 && sleepers.size > 0) {
			const at = nextWake();
			if (at - clock.now() <= waitMaxMs) advanceTo(at);
			else giveUp();
		}
	};

	const time: Time = {
		headless,
		now: () => clock.now(),
		enter(kind) {
			running++;
			if (kind !== 'foreground') return;
			foreground++;
			began = clock.now();
			sleeps = 0;
		},
		leave(kind) {
			running--;
			if (kind === 'foreground') foreground--;
			idle();
		},
		suspend: <T>(register: (resume: (value: T) => void) => void, signal?: AbortSignal, onAbort?: () => void) =>
			new Promise<T>((resolve, reject) => {
				let done = false;
				const settle = (act: () => void) => {
					if (done) return;
					done = true;
					running++;
					signal?.removeEventListener('abort', abort);
					act();
				};
				const abort = () => {
					onAbort?.();
					settle(() => reject(new Interrupted()));
				};
				if (signal?.aborted) return reject(new Interrupted());
				signal?.addEventListener('abort', abort);
				running--;
				const wake = (value: T) => {
					if (!held(signal, () => wake(value))) settle(() => resolve(value));
				};
				register(wake);
				try {
					idle();
				} catch (error) {
					// What went wrong while the world went on ends this line; it must not be missing from those that run.
					settle(() => reject(error));
				}
			}),
		sleep(ms, signal) {
			if (signal?.aborted) return Promise.reject(new Interrupted());
			if (headless && foreground > 0 && isEndless(limits, ++sleeps, clock.now() - began)) return Promise.reject(new Interrupted());
			const key = String(++lastKey);
			const register = (resume: (forEver: boolean) => void) => {
				sleepers.set(key, {at: clock.now() + ms, resume});
				// A key of a world that was put back may still be due.
				clock.reschedule(ms, actor, key, {periodic: true});
			};
			return time
				.suspend<boolean>(register, signal, () => sleepers.delete(key))
				.then(forEver => {
					if (forEver) throw new Interrupted();
				});
		},
		async quiet() {
			if (!headless || running <= 1) return;
			running--;
			await new Promise<void>(resolve => {
				onQuiet = () => {
					onQuiet = undefined;
					running++;
					resolve();
				};
			});
		},
		get sleepers() {
			return sleepers.size;
		},
		async advance(ms) {
			const end = clock.now() + ms;
			for (;;) {
				const at = nextWake();
				if (at > end) break;
				advanceTo(at);
				if (running > 0) await new Promise<void>(resolve => (onIdle = resolve));
				onIdle = undefined;
			}

			if (end > clock.now()) clock.advance(end - clock.now());
		},
	};
	return time;
}

const isEndless = (limits: typeof patience, sleeps: number, elapsedMs: number) =>
	limits.some(limit => sleeps > limit.sleeps && elapsedMs >= limit.ms);
