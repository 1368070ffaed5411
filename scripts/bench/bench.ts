import process from 'node:process';

/** One figure, as `npm run bench` prints it: a line of JSON. */
export interface Figure {
	readonly name: string;
	readonly value: number;
	readonly unit: string;
	/** What design.md allows. */
	readonly budget?: number;
	/** What it is compared with, measured in the same run, and how many times as much ours takes. */
	readonly peer?: string;
	readonly ratio?: number;
	readonly ratioBudget?: number;
}

/** One thing measured. Listed in `scripts/bench/index.ts`. */
export interface Bench {
	readonly name: string;
	run(): Promise<readonly Figure[]>;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

export function percentile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits));

/** Milliseconds that `act` took; with `BENCH_CLOCK=cpu`, of the processors: for a machine that is busy with other things. */
export async function time(act: () => unknown): Promise<number> {
	const start = now();
	await act();
	return now() - start;
}

/** By the clock that `time` goes by. */
export function now(): number {
	if (process.env['BENCH_CLOCK'] !== 'cpu') return performance.now();
	const {user, system} = process.cpuUsage();
	return (user + system) / 1000;
}
