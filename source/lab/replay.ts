import type {AnswerStep} from './answers.js';
import type {Typed} from './typed-input.js';
import type {Session} from '../shell/session/session.js';
import type {Player} from './player.js';

export interface ReplayPorts {
	readonly player: Player;
	/** Of a terminal at another host. */
	at?(tab: string): Player;
	/** Gives what was typed to the command that asked for it, in the terminal of the step. */
	give?(step: AnswerStep, text: string | null): void;
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

interface Job {
	readonly step: AnswerStep;
	readonly session: Session;
	readonly beganMs: number;
	/** When it ended, or its learner stopped it. */
	readonly endMs: number;
	/** When it is stopped by ctrl-z, soonest first. */
	readonly stops: number[];
	/** What is typed for it and when, soonest first. */
	readonly typed: Typed[];
	exitCode?: number;
}

/** Types a session once more: each command at the virtual moment at which it was typed, stopped after the time it was given then. */
export async function replay(steps: readonly AnswerStep[], ports: ReplayPorts): Promise<void> {
	const {player, at = () => player, give, uptime, breathe, stopped, onStep, onRan} = ports;
	const {time} = player;
	const jobs = new Set<Job>();
	const start = (step: AnswerStep, session: Session): Job => {
		const beganMs = uptime();
		const job: Job = {
			step,
			session,
			beganMs,
			endMs: beganMs + (step.forMs ?? strideMs),
			stops: (step.stops ?? []).map(ms => beganMs + ms),
			typed: (step.typed ?? []).map(([ms, text]) => [beganMs + ms, text]),
		};
		jobs.add(job);
		session.run(step.run).then(
			({exitCode}) => (job.exitCode = exitCode),
			() => (job.exitCode = 1),
		);
		return job;
	};
	/** It has ended. When that was seen then, a little more time had passed; unless it travelled to the past. */
	const close = async (job: Job) => {
		jobs.delete(job);
		const leftMs = job.endMs - uptime();
		if (job.step.forMs !== undefined && leftMs > 0 && uptime() >= job.beganMs) await time.advance(leftMs);
		await onRan?.(job.step, job.exitCode!);
	};
	/** Lets time pass until the moment, or until the command has ended. */
	const pass = async (untilMs: number, job?: Job) => {
		for (let turns = 0; uptime() < untilMs && (job ? jobs.has(job) : !stopped()); ) {
			await breathe();
			const ended = [...jobs].find(each => each.exitCode !== undefined);
			const due = [...jobs].filter(each => uptime() >= each.endMs);
			const stopped = [...jobs].find(each => uptime() >= (each.stops[0] ?? Number.POSITIVE_INFINITY));
			const given = [...jobs].find(each => uptime() >= (each.typed[0]?.[0] ?? Number.POSITIVE_INFINITY));
			const nextMs = Math.min(untilMs, ...[...jobs].flatMap(each => [each.endMs, ...each.stops, ...each.typed.map(([ms]) => ms)]));
			if (ended) await close(ended);
			else if (stopped) {
				stopped.stops.shift();
				stopped.session.stop();
			} else if (given) give?.(given.step, given.typed.shift()![1]);
			// It may not wait for time at all: another one does.
			else if (jobs.size > 0 && (time.sleepers === 0 || due.length > 0) && ++turns < turnsMax) continue;
			else if (due.length > 0) for (const {session} of due) session.interrupt();
			else await time.advance(Math.min(jobs.size > 0 ? waitMs : strideMs, nextMs - uptime()));
		}
	};
	const finish = (job: Job) => pass(Number.POSITIVE_INFINITY, job);
	await player.session.shell.services.toolbox();
	const typed = inOrder(steps);
	for (const [index, step] of typed.entries()) {
		const {session} = step.tab === undefined ? player : at(step.tab);
		for (const job of jobs) if (job.session === session) await finish(job);
		await pass(step.atMs ?? uptime());
		if (stopped()) break;
		if (session.closed) session.logIn();
		onStep(step);
		const job = start(step, session);
		// What is typed in another terminal meanwhile does not wait for it.
		const next = typed[index + 1];
		if (next && next.tab !== step.tab && next.atMs !== undefined) await pass(next.atMs, job);
		else await finish(job);
	}
	for (const job of jobs) await finish(job);
}

/** By when they began: with several terminals one may have begun before another, and ended after it. */
export const inOrder = (steps: readonly AnswerStep[]): readonly AnswerStep[] =>
	steps
		.map((step, index) => ({step, place: step.place ?? index}))
		.sort((a, b) => a.place - b.place)
		.map(({step}) => step);
