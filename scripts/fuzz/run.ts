import process from 'node:process';
import {createRandom} from '../../source/sim/random.js';
import {State} from '../../source/sim/state.js';
import type {Family, Finding} from './family.js';

export interface RunOptions {
	readonly seed: string;
	readonly from?: number;
	readonly count: number;
	/** Processor time that one case may take. */
	readonly slowMs?: number;
	/** Told before each case: whoever watches sees where it hangs. */
	readonly onCase?: (number: number) => void;
	readonly onFinding?: (finding: Finding) => void;
}

/** Cases `from` to `from + count - 1` of a family. */
export async function runFamily(family: Family, {seed, from = 0, count, slowMs = 5000, onCase, onFinding}: RunOptions): Promise<Finding[]> {
	const target = await family.open();
	const findings: Finding[] = [];
	try {
		for (let number = from; number < from + count; number++) {
			onCase?.(number);
			const input = target.draw(createRandom(new State(), `${family.name}/${seed}/${number}`));
			const start = performance.now();
			const take = () => attempt(() => target.take(input));
			const problem = (await take()) ?? polluted() ?? (performance.now() - start > slowMs ? await tooSlow(take, slowMs) : undefined);
			if (!problem) continue;
			findings.push({family: family.name, seed, number, input, problem});
			onFinding?.(findings.at(-1)!);
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

const known = new Set(Object.getOwnPropertyNames(Object.prototype));

function polluted(): string | undefined {
	const now = Object.getOwnPropertyNames(Object.prototype);
	if (now.length === known.size) return undefined;
	const added = now.filter(name => !known.has(name));
	for (const name of added) delete (Object.prototype as Record<string, unknown>)[name];
	return `Object.prototype was given ${added.join(', ')}`;
}

/** Others may have had the processor meanwhile: it is taken once more, and only what it uses itself is counted. */
async function tooSlow(take: () => Promise<unknown>, slowMs: number): Promise<string | undefined> {
	const start = process.cpuUsage();
	await take();
	const {user, system} = process.cpuUsage(start);
	const ms = (user + system) / 1000;
	return ms > slowMs ? `it took ${Math.round(ms)} ms of the processor` : undefined;
}
