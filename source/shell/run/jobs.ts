import type {Statement} from '../syntax/ast.js';
import {Interrupted} from './signals.js';
import type {Time} from './time.js';

export interface Job {
	readonly id: number;
	readonly pid: number;
	readonly text: string;
	readonly controller: AbortController;
	state: 'running' | 'done';
	status: number;
	/** `Terminated`, `Killed`: how a signal ended it. */
	ending?: string;
	/** Its end was told, by `jobs` or before a prompt. */
	told: boolean;
}

/** The background jobs of a session. They are promises, not data: taking the world back ends them. */
export interface Jobs {
	list(): readonly Job[];
	/** `%1`, `%+`, `%-`, `%%`, `%name`, or a pid. */
	find(spec: string): Job | undefined;
	start(pid: number, text: string, controller: AbortController, run: () => Promise<number>): Job;
	wait(job: Job, signal: AbortSignal | undefined): Promise<number>;
	kill(job: Job, signal: string): void;
	/** `[1]+  Done                    sleep 5`, then forgotten when it has ended. */
	describe(job: Job): string;
	forgetEnded(): void;
	/** Ends all and forgets them: the world in which they ran is gone. */
	abandon(): void;
	textOf(statement: Statement): string;
}

export function createJobs(time: Time, write: (statement: Statement) => string): Jobs {
	let jobs: Job[] = [];
	const waiting = new Map<Job, Array<() => void>>();
	const finish = (job: Job, status: number) => {
		job.state = 'done';
		job.status = status;
		for (const resume of waiting.get(job) ?? []) resume();
		waiting.delete(job);
	};

	return {
		list: () => jobs,
		find(spec) {
			if (!spec.startsWith('%')) return jobs.find(job => String(job.pid) === spec);
			const name = spec.slice(1);
			if (name === '' || name === '%' || name === '+') return jobs.at(-1);
			if (name === '-') return jobs.at(-2) ?? jobs.at(-1);
			if (/^\d+$/.test(name)) return jobs.find(job => job.id === Number(name));
			return jobs.find(job => (name.startsWith('?') ? job.text.includes(name.slice(1)) : job.text.startsWith(name)));
		},
		start(pid, text, controller, run) {
			const job: Job = {id: (jobs.at(-1)?.id ?? 0) + 1, pid, text, controller, state: 'running', status: 0, told: false};
			jobs.push(job);
			time.enter('background');
			// It begins once the line that started it has come to wait, as a new process would.
			void Promise.resolve()
				.then(run)
				.catch((error: unknown) => (error instanceof Interrupted ? 130 : 1))
				.then(status => finish(job, job.ending ? (job.ending === 'Killed' ? 137 : 143) : status))
				.finally(() => time.leave('background'));
			return job;
		},
		async wait(job, signal) {
			if (job.state === 'running') {
				await time.suspend<void>(resume => waiting.set(job, [...(waiting.get(job) ?? []), () => resume()]), signal);
			}

			return job.status;
		},
		kill(job, signal) {
			job.ending = signal === 'KILL' ? 'Killed' : signal === 'INT' ? 'Interrupt' : 'Terminated';
			job.controller.abort();
		},
		describe(job) {
			const mark = job === jobs.at(-1) ? '+' : job === jobs.at(-2) ? '-' : ' ';
			const state = job.state === 'running' ? 'Running' : (job.ending ?? (job.status === 0 ? 'Done' : `Exit ${job.status}`));
			return `[${job.id}]${mark}  ${state.padEnd(23)} ${job.text}${job.state === 'running' ? ' &' : ''}\n`;
		},
		forgetEnded() {
			jobs = jobs.filter(job => job.state === 'running');
		},
		abandon() {
			for (const job of jobs) job.controller.abort();
			jobs = [];
		},
		textOf: write,
	};
}
