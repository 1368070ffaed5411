import type {Cluster} from '../cluster/cluster.js';
import {commands} from '../commands/index.js';
import {createSession, type RunResult, type Session} from '../shell/session.js';
import type {Terminal} from '../shell/terminal.js';
import {createHeadlessTime, createLiveTime, type Time} from '../shell/time.js';

/** A shell on the host where learners sit, and the time it waits in. */
export interface Player {
	readonly session: Session;
	readonly time: Time;
	/** Runs one command or a whole text; then the world comes to rest. */
	play(text: string, options?: {signal?: AbortSignal}): Promise<RunResult>;
	/** Lets time pass until nothing but periodic work is due, at most 60 s; background jobs go on meanwhile. */
	settle(): Promise<void>;
}

export interface PlayerOptions {
	readonly terminal?: Terminal;
	/** `live`: somebody else moves the clock. */
	readonly pace?: 'headless' | 'live';
	/** Host to sit at; the first of the topology when absent. */
	readonly host?: string;
	/** Lets the event loop turn in a busy loop, so that it can be interrupted. */
	readonly breathe?: () => Promise<void>;
}

const settleMaxMs = 60_000;

export function createPlayer(cluster: Cluster, {terminal, pace = 'headless', host, breathe}: PlayerOptions = {}): Player {
	const {clock, random} = cluster.sim;
	const time = pace === 'live' ? createLiveTime(clock) : createHeadlessTime(clock);
	const machine = (host === undefined ? undefined : cluster.host(host)) ?? cluster.hosts()[0]!;
	const session = createSession({
		machine,
		commands,
		time,
		random: random.fork('shell'),
		...(terminal && {terminal}),
		...(breathe && {breathe}),
	});
	const settle = async () => {
		const endMs = clock.now() + settleMaxMs;
		for (;;) {
			// Without jobs that sleep, time may pass in one go.
			if (time.sleepers === 0) {
				cluster.settle(endMs - clock.now());
				return;
			}
			const next = clock.next({periodic: false});
			if (next === undefined || next > endMs) return;
			await time.advance(next - clock.now());
		}
	};
	return {
		session,
		time,
		settle,
		async play(text, options) {
			const result = await session.run(text, options);
			await settle();
			return result;
		},
	};
}
