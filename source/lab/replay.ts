import type {AnswerStep} from './answers.js';
import type {Player} from './player.js';

export interface ReplayPorts {
	readonly player: Player;
	/** Virtual milliseconds since the lab began. */
	uptime(): number;
	/** Lets the event loop turn, so that the screen lives meanwhile. */
	readonly breathe: () => Promise<void>;
	/** The lab was closed meanwhile. */
	stopped(): boolean;
	/** Told before each command. */
	onStep(step: AnswerStep): void;
	/** Told after each command. */
	onRan?(step: AnswerStep, exitCode: number): void | Promise<void>;
}

/** How much time passes between two looks at the event loop. */
const strideMs = 60_000;
/** While a command waits, time goes in small steps, so that it wakes when it did. */
const waitMs = 100;
/** A command that has not ended after so many turns of the event loop waits for time to pass. */
const turnsMax = 20;

/** Types a session once more: each command at the virtual moment at which it was typed, stopped after the time it was given then. */
export async function replay(steps: readonly AnswerStep[], {player, uptime, breathe, stopped, onStep, onRan}: ReplayPorts): Promise<void> {
	const {session, time} = player;
	await session.shell.services.toolbox();
	for (const step of steps) {
		const {run, atMs = uptime(), forMs = strideMs} = step;
		while (uptime() < atMs && !stopped()) {
			await time.advance(Math.min(strideMs, atMs - uptime()));
			await breathe();
		}

		if (session.closed || stopped()) return;
		onStep(step);
		let running = true;
		let exitCode = 1;
		const ended = session.run(run).then(
			result => {
				running = false;
				exitCode = result.exitCode;
			},
			() => (running = false),
		);
		const endMs = uptime() + forMs;
		for (let turns = 0; running; ) {
			await breathe();
			if (!running || (time.sleepers === 0 && ++turns < turnsMax)) continue;
			if (uptime() >= endMs) session.interrupt();
			else await time.advance(Math.min(waitMs, endMs - uptime()));
		}

		await ended;
		await onRan?.(step, exitCode);
	}
}
