import type {Statement} from '../syntax/ast.js';
import {Interrupted, statusStopped} from './signals.js';
import {childOf, goOn, stop} from './stopping.js';
import type {Time} from './time.js';

export interface Job {
	readonly id: number;
	readonly pid: number;
	readonly text: string;
	readonly controller: AbortController;
	state: 'running' | 'stopped' | 'done';
	status: number;
	/** `Terminated`, `Killed`: how a signal ended it. */
	ending?: string;
	/** When it was started, stopped or continued last, among all jobs. */
	touched: number;
	/** What it had on the alternate screen when it was stopped. */
	page?: string | undefined;
	/** Stopped by a signal, which is told before the next prompt. */
	untold?: boolean;
}

/** What runs in the foreground, and can be stopped. */
export interface Front {
	readonly text: () => string;
	readonly nextPid: () => number;
	/** Of the line: ctrl-c. */
	readonly signal: AbortSignal | undefined;
	run(signal: AbortSignal): Promise<number>;
	/** It was stopped, and is a job now. */
	onStop(job: Job): void;
}

/** The jobs of a session. They are promises, not data: taking the world back ends them. */
export interface Jobs {
	list(): readonly Job[];
	/** `%1`, `%+`, `%-`, `%%`, `%name`, or a pid. */
	find(spec: string): Job | undefined;
	start(pid: number, text: string, controller: AbortController, run: () => Promise<number>): Job;
	/** Runs a command until it ends, or the terminal stops it. */
	front(command: Front): Promise<number>;
	/** Ctrl-z: what is in the foreground becomes a stopped job. False: nothing there can be stopped. */
	stopFront(): boolean;
	/** `fg`: to the job's end, or until it is stopped again. */
	bringBack(job: Job, signal: AbortSignal | undefined, onStop: () => void): Promise<number>;
	wait(job: Job, signal: AbortSignal | undefined): Promise<number>;
	/** The first that ends, or has; undefined: there is none. */
	waitAny(signal: AbortSignal | undefined): Promise<Job | undefined>;
	/** A stopped job goes on, in the background. */
	goOn(job: Job): void;
	kill(job: Job, signal: string): void;
	/** `+` for the one that `fg` means, `-` for the next. */
	mark(job: Job): string;
	/** `[1]+  Done                    sleep 5`, then forgotten when it has ended. */
	describe(job: Job, long?: boolean): string;
	forget(job: Job): void;
	forgetEnded(): void;
	/** Stopped jobs keep a shell from ending, until it is asked for a second time at once. */
	mayLeave(): boolean;
	/** A line was typed that is not about leaving. */
	stay(): void;
	/** Ends all and forgets them: the world in which they ran is gone. */
	abandon(): void;
	textOf(statement: Statement): string;
}

const endings: Readonly<Record<string, string>> = {KILL: 'Killed', INT: 'Interrupt', HUP: 'Hangup', QUIT: 'Quit'};
const statuses: Readonly<Record<string, number>> = {Killed: 137, Interrupt: 130, Hangup: 129, Quit: 131};
const stopping: ReadonlySet<string> = new Set(['STOP', 'TSTP', 'TTIN', 'TTOU']);

/** Where a command that has the screen to itself leaves it when it is stopped, and comes back to. */
interface Screen {
	leave(): string | undefined;
	enter(page: string): void;
}

export function createJobs(time: Time, screen: Screen | undefined, write: (statement: Statement) => string): Jobs {
	let jobs: Job[] = [];
	let touches = 0;
	let warned = false;
	let stopFront: (() => void) | undefined;
	const waiting = new Map<Job, Array<() => void>>();
	const touch = (job: Job) => (job.touched = ++touches);
	/** As bash: what was stopped last, then what was started last. */
	const ranked = () =>
		jobs
			.filter(job => job.state !== 'done')
			.sort((a, b) => Number(b.state === 'stopped') - Number(a.state === 'stopped') || b.touched - a.touched);
	const current = () => [...ranked(), ...jobs.filter(job => job.state === 'done').reverse()];
	const add = (pid: number, text: string, controller: AbortController, state: Job['state'], ended: Promise<number>): Job => {
		const job: Job = {id: Math.max(0, ...jobs.map(each => each.id)) + 1, pid, text, controller, state, status: 0, touched: ++touches};
		jobs.push(job);
		void ended
			.catch((error: unknown) => (error instanceof Interrupted ? 130 : 1))
			.then(status => {
				job.state = 'done';
				job.status = job.ending ? (statuses[job.ending] ?? 143) : status;
				for (const resume of waiting.get(job) ?? []) resume();
				waiting.delete(job);
			})
			.finally(() => time.leave('background'));
		return job;
	};
	const freeze = (job: Job) => {
		job.state = 'stopped';
		touch(job);
		stop(job.controller.signal);
	};
	/** Until `act` has ended, ctrl-z calls `stop`. */
	const stoppableBy = async <T>(stopIt: () => void, act: Promise<T>): Promise<T> => {
		const before = stopFront;
		stopFront = stopIt;
		return act.finally(() => {
			if (stopFront === stopIt) stopFront = before;
		});
	};
	const waitFor = (job: Job, signal: AbortSignal | undefined, register?: (resume: () => void) => void) =>
		time.suspend<void>(resume => {
			waiting.set(job, [...(waiting.get(job) ?? []), resume]);
			register?.(resume);
		}, signal);

	return {
		list: () => jobs,
		find(spec) {
			if (!spec.startsWith('%')) return jobs.find(job => String(job.pid) === spec);
			const name = spec.slice(1);
			if (name === '' || name === '%' || name === '+') return current()[0];
			if (name === '-') return current()[1] ?? current()[0];
			if (/^\d+$/.test(name)) return jobs.find(job => job.id === Number(name));
			return jobs.find(job => (name.startsWith('?') ? job.text.includes(name.slice(1)) : job.text.startsWith(name)));
		},
		start(pid, text, controller, run) {
			time.enter('background');
			// It begins once the line that started it has come to wait, as a new process would.
			return add(pid, text, controller, 'running', Promise.resolve().then(run));
		},
		front({text, nextPid, signal, run, onStop}) {
			const {controller, free} = childOf(signal);
			const ended = run(controller.signal).finally(free);
			let stopIt = () => {};
			const stopped = new Promise<number>(resolve => {
				stopIt = () => {
					free();
					stop(controller.signal);
					// From now on two go their own ways.
					time.enter('background');
					const job = add(nextPid(), text(), controller, 'stopped', ended);
					job.page = screen?.leave();
					onStop(job);
					resolve(statusStopped);
				};
			});
			return stoppableBy(stopIt, Promise.race([ended, stopped]));
		},
		stopFront() {
			stopFront?.();
			return stopFront !== undefined;
		},
		async bringBack(job, signal, onStop) {
			let status: number | undefined;
			let resume = () => {};
			const stopIt = () => {
				freeze(job);
				job.page = screen?.leave();
				onStop();
				status = statusStopped;
				resume();
			};
			const interrupt = () => this.kill(job, 'INT');
			signal?.addEventListener('abort', interrupt, {once: true});
			const waits = waitFor(job, signal, given => (resume = given));
			if (job.page !== undefined) screen?.enter(job.page);
			this.goOn(job);
			try {
				await stoppableBy(stopIt, waits);
			} finally {
				signal?.removeEventListener('abort', interrupt);
				if (status === undefined) this.forget(job);
			}
			return status ?? job.status;
		},
		async wait(job, signal) {
			if (job.state !== 'done') await waitFor(job, signal);
			return job.status;
		},
		async waitAny(signal) {
			const ended = () => jobs.find(job => job.state === 'done');
			if (jobs.length === 0 || ended()) return ended();
			await time.suspend<void>(resume => {
				for (const job of jobs) waiting.set(job, [...(waiting.get(job) ?? []), resume]);
			}, signal);
			return ended();
		},
		goOn(job) {
			touch(job);
			if (job.state !== 'stopped') return;
			job.state = 'running';
			goOn(job.controller.signal);
		},
		kill(job, signal) {
			if (signal === '' || job.state === 'done') return;
			if (signal === 'CONT') return this.goOn(job);
			if (stopping.has(signal)) {
				if (job.state === 'running') job.untold = true;
				return freeze(job);
			}
			job.ending = endings[signal] ?? 'Terminated';
			job.controller.abort();
		},
		mark(job) {
			const [first, second] = current();
			return job === first ? '+' : job === second ? '-' : ' ';
		},
		describe(job, long = false) {
			const states = {running: 'Running', stopped: 'Stopped', done: job.ending ?? (job.status === 0 ? 'Done' : `Exit ${job.status}`)};
			const pid = long ? `${String(job.pid).padStart(5)} ` : ' ';
			return `[${job.id}]${this.mark(job)} ${pid}${states[job.state].padEnd(23)} ${job.text}${job.state === 'running' ? ' &' : ''}\n`;
		},
		forget(job) {
			jobs = jobs.filter(each => each !== job);
		},
		forgetEnded() {
			jobs = jobs.filter(job => job.state !== 'done');
		},
		mayLeave() {
			const may = warned || jobs.every(job => job.state !== 'stopped');
			warned = !may;
			return may;
		},
		stay() {
			warned = false;
		},
		abandon() {
			for (const job of jobs) job.controller.abort();
			jobs = [];
		},
		textOf: write,
	};
}
