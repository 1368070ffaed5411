/** Processor time of the jobs at work: on a busy machine the real time that one took says little of it. */
export interface Stopwatch {
	/** Calls `late` once this job has had `seconds` of a processor. The answer ends the watch. */
	start(seconds: number, late: () => void): () => void;
}

interface Watched {
	spentMs: number;
	readonly limitMs: number;
	readonly late: () => void;
}

const tickMs = 200;
/** Of real time, a job that waits for what never comes uses no processor. */
const waitingShare = 0.1;

/** A thread's own time is known from Node 22.19 on only; the whole process's, shared by the threads at work, always. */
export function createStopwatch(): Stopwatch {
	const jobs = new Set<Watched>();
	let timer: NodeJS.Timeout | undefined;
	let [lastCpu, lastMs] = [0, 0];
	const read = () => {
		const {user, system} = process.cpuUsage();
		return [(user + system) / 1000, performance.now()] as const;
	};
	const tick = () => {
		const [cpu, now] = read();
		const passed = now - lastMs;
		const share = Math.min(passed, Math.max((cpu - lastCpu) / jobs.size, passed * waitingShare));
		[lastCpu, lastMs] = [cpu, now];
		for (const job of [...jobs]) if ((job.spentMs += share) > job.limitMs) job.late();
	};
	return {
		start(seconds, late) {
			if (jobs.size === 0) [lastCpu, lastMs] = read();
			else tick();
			const job = {spentMs: 0, limitMs: seconds * 1000, late};
			jobs.add(job);
			timer ??= setInterval(tick, tickMs);
			return () => {
				if (!jobs.delete(job) || jobs.size > 0) return;
				clearInterval(timer);
				timer = undefined;
			};
		},
	};
}
