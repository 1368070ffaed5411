import {createRandom} from '../../source/sim/random.js';
import {State} from '../../source/sim/state.js';
import type {Family, Finding} from './family.js';

export interface RunOptions {
	readonly seed: string;
	readonly from?: number;
	readonly count: number;
	/** Real time that one case may take. */
	readonly slowMs?: number;
	/** Told before each case: whoever watches sees where it hangs. */
	readonly onCase?: (number: number) => void;
}

/** Cases `from` to `from + count - 1` of a family. */
export async function runFamily(family: Family, {seed, from = 0, count, slowMs = 10_000, onCase}: RunOptions): Promise<Finding[]> {
	const target = await family.open();
	const findings: Finding[] = [];
	try {
		for (let number = from; number < from + count; number++) {
			onCase?.(number);
			const input = target.draw(createRandom(new State(), `${family.name}/${seed}/${number}`));
			const start = performance.now();
			const problem = (await attempt(() => target.take(input))) ?? polluted() ?? tooSlow(performance.now() - start, slowMs);
			if (problem) findings.push({family: family.name, seed, number, input, problem});
		}
	} finally {
		await target.close?.();
	}
	return findings;
}

async function attempt(take: () => Promise<string | undefined> | string | undefined): Promise<string | undefined> {
	try {
		return await take();
	} catch (error) {
		return error instanceof Error
			? `${error.name}: ${error.message}\n${(error.stack ?? '').split('\n').slice(1, 5).join('\n')}`
			: String(error);
	}
}

const before = Object.getOwnPropertyNames(Object.prototype).join();

function polluted(): string | undefined {
	const now = Object.getOwnPropertyNames(Object.prototype);
	const added = now.filter(name => !before.split(',').includes(name));
	for (const name of added) delete (Object.prototype as Record<string, unknown>)[name];
	return added.length > 0 ? `Object.prototype was given ${added.join(', ')}` : undefined;
}

const tooSlow = (ms: number, slowMs: number) => (ms > slowMs ? `it took ${Math.round(ms)} ms` : undefined);
