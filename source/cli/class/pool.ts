import {Worker} from 'node:worker_threads';
import {type Job, type JobResult, type ProofJob, type ProofResult, ready} from './job.js';
import {createStopwatch, type Stopwatch} from './stopwatch.js';

type Refusal = {readonly reason: string};

export interface PoolOptions<Asked, Result> {
	/** How many threads. */
	readonly threads: number;
	/** Seconds of a processor that one file may take. */
	readonly limitSeconds: number;
	/** Makes the job of one place; what it throws is the caller's mistake. A refusal needs no thread. */
	readonly job: (index: number) => Asked | Result;
	readonly onResult: (index: number, result: Result) => void;
}

const memoryMegabytes = 1024;
/** Worlds are made of many small things that are soon forgotten: with V8's usual few megabytes for those, a tenth of the time goes into it. */
const youngMegabytes = 64;
/** An answer takes a fraction of this; a lab with all that it brings does not. */
const slowMs = 4000;
/** On a busy machine everything does: a thread given up for that would only be slower in its next life. */
const slowFactor = 10;
const usualMsMax = 2000;

/** Does `count` jobs on all threads. The results are in the order of the jobs, whoever was first. A thread that hangs or dies is replaced. */
export async function runPool<Asked extends Job | ProofJob, Result extends JobResult | ProofResult>(
	count: number,
	{threads, limitSeconds, job, onResult}: PoolOptions<Asked, Result>,
): Promise<Result[]> {
	const results: Result[] = [];
	const stopwatch = createStopwatch();
	let next = 0;
	const serve = async () => {
		let thread: Thread | undefined;
		while (next < count) {
			const index = next++;
			const asked = job(index);
			if ('bytes' in asked || 'prove' in asked) {
				const fresh = thread === undefined;
				thread ??= await startThread(stopwatch);
				let result = await thread.run(asked, limitSeconds);
				// What one student left running must not cost the next one's mark.
				if (!thread.alive && !fresh) result = await (thread = await startThread(stopwatch)).run(asked, limitSeconds);
				results[index] = result as Result;
				if (thread.worn) {
					await thread.stop();
					thread = undefined;
				}
			} else results[index] = asked as Result;
			onResult(index, results[index]!);
		}
		await thread?.stop();
	};
	await Promise.all(Array.from({length: Math.min(threads, count)}, serve));
	return results;
}

interface Thread {
	readonly alive: boolean;
	/** Dead, or a job took so long that it may have left something running. */
	readonly worn: boolean;
	run(job: Job | ProofJob, limitSeconds: number): Promise<JobResult | ProofResult>;
	stop(): Promise<unknown>;
}

async function startThread(stopwatch: Stopwatch): Promise<Thread> {
	const worker = startWorker();
	let alive = true;
	let slow = false;
	let usualMs = usualMsMax;
	await new Promise((resolve, reject) => {
		worker.once('message', message => (message === ready ? resolve(message) : reject(new Error(String(message)))));
		worker.once('error', reject);
	});
	quiet(worker);
	return {
		get alive() {
			return alive;
		},
		get worn() {
			return !alive || slow;
		},
		stop: () => worker.terminate(),
		run: (job, limitSeconds) =>
			new Promise(resolve => {
				const began = performance.now();
				const end = (result: JobResult | ProofResult | Refusal) => {
					stopWatching();
					const tookMs = performance.now() - began;
					slow ||= 'bytes' in job && tookMs > Math.max(slowMs, slowFactor * usualMs);
					usualMs = Math.min(usualMs, tookMs);
					quiet(worker);
					// Whoever dies late, while it is being ended, is not listened to any more, but must not end the program.
					if (!alive) worker.on('error', () => {});
					resolve(result);
				};
				const lose = (reason: string) => {
					alive = false;
					void worker.terminate();
					end({reason});
				};
				const stopWatching = stopwatch.start(limitSeconds, () => lose(`it did not end within ${limitSeconds} seconds`));
				worker.once('message', end);
				worker.once('error', error => lose(causeOf(error as NodeJS.ErrnoException)));
				worker.once('exit', () => lose('its thread ended'));
				worker.postMessage(job);
			}),
	};
}

/** Only these: `removeAllListeners()` would also cut the thread's own wires. */
function quiet(worker: Worker) {
	for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
}

const causeOf = (error: NodeJS.ErrnoException) =>
	error.code === 'ERR_WORKER_OUT_OF_MEMORY'
		? `it takes more than ${memoryMegabytes} MiB of memory`
		: `the simulation failed: ${error.message}`;

/** In the package: `class-worker.js` beside `main.js`. In the repository: the source, through tsx, which a thread does not inherit. */
function startWorker(): Worker {
	const limits = {
		resourceLimits: {maxOldGenerationSizeMb: memoryMegabytes, maxYoungGenerationSizeMb: youngMegabytes},
		stdout: true,
		stderr: true,
	};
	if (import.meta.url.endsWith('.ts')) {
		const [loader, source] = [import.meta.resolve('tsx/esm/api'), new URL('./worker.ts', import.meta.url).href];
		const load = `import(${JSON.stringify(loader)}).then(({register}) => (register(), import(${JSON.stringify(source)})))`;
		return new Worker(load, {...limits, eval: true});
	}
	const folder = /\/chunks\/[^/]*$/.test(import.meta.url) ? '../' : './';
	return new Worker(new URL(`${folder}class-worker.js`, import.meta.url), limits);
}
