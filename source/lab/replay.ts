import type {AnswerStep} from './answers.js';
import type {Session} from '../shell/session.js';
import type {Player} from './player.js';

export interface ReplayPorts {
	readonly player: Player;
	/** Of a terminal at another host. */
	at?(tab: string): Player;
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
	readonly session: Session;
	/** When its learner stopped it. */
	readonly endMs: number;
	readonly ended: Promise<void>;
	running: boolean;
}

/** Types a session once more: each command at the virtual moment at which it was typed, stopped after the time it was given then. */
export async function replay(steps: readonly AnswerStep[], ports: ReplayPorts): Promise<void> {
	const {player, at = () => player, uptime, breathe, stopped, onStep, onRan} = ports;
	const {time} = player;
	const jobs = new Set<Job>();
	/** Lets time pass until the moment, or until the command has ended. */
	const pass = async (untilMs: number, job?: Job) => {
		for (let turns = 0; uptime() < untilMs && (job ? job.running : !stopped()); ) {
			await breathe();
			if (job && !job.running) return;
			const due = [...jobs].filter(each => uptime() >= each.endMs);
			// It may not wait for time at all: another one does.
			if (jobs.size > 0 && (time.sleepers === 0 || due.length > 0) && ++turns < turnsMax) continue;
			for (const {session} of due) session.interrupt();
			const nextMs = Math.min(untilMs, ...[...jobs].map(each => each.endMs));
			if (due.length === 0) await time.advance(Math.min(jobs.size > 0 ? waitMs : strideMs, nextMs - uptime()));
		}
	};
	const start = (step: AnswerStep, session: Session): Job => {
		const {run, forMs = strideMs} = step;
		const ran = session.run(run).then(
			({exitCode}) => exitCode,
			() => 1,
		);
		const ended = ran.then(async exitCode => {
			job.running = false;
			jobs.delete(job);
			await onRan?.(step, exitCode);
		});
		const job: Job = {session, endMs: uptime() + forMs, ended, running: true};
		jobs.add(job);
		return job;
	};
	const finish = async (job: Job) => {
		await pass(Number.POSITIVE_INFINITY, job);
		await job.ended;
	};
	await player.session.shell.services.toolbox();
	const typed = inOrder(steps);
	for (const [index, step] of typed.entries()) {
		const {session} = step.tab === undefined ? player : at(step.tab);
		for (const job of jobs) if (job.session === session) await finish(job);
		await pass(step.atMs ?? uptime());
		if (session.closed || stopped()) break;
		onStep(step);
		const job = start(step, session);
		const next = typed[index + 1];
		// What is typed in another terminal meanwhile does not wait for it.
		if (next && next.tab !== step.tab) await pass(next.atMs ?? Number.POSITIVE_INFINITY, job);
		else await finish(job);
		if (!job.running) await job.ended;
	}

	for (const job of jobs) await finish(job);
}

/** A command is written down when it has ended; with several terminals others may have begun after it, and ended before. */
function inOrder(steps: readonly AnswerStep[]): readonly AnswerStep[] {
	if (steps.every(step => step.begun === undefined)) return steps;
	const begun = new Map(steps.map((step, index) => [step, step.begun ?? index]));
	return steps.toSorted((a, b) => begun.get(a)! - begun.get(b)!);
}
