import type {Space} from '../space.js';

/** The small memories of `statistic --mode nth` and `limit`, one for each rule text. */
export interface Tokens {
	/** The packet's number within its round, from 0. */
	nth(rule: string, every: number): number;
	/** Takes a token from the bucket, if there is one. */
	limit(rule: string, perSecond: number, burst: number): boolean;
}

export function createTokens(space: Space): Tokens {
	const rows = space.table<readonly [count: number, atMs: number]>('match-memory');
	return {
		nth(rule, every) {
			const count = rows().get(rule)?.[0] ?? 0;
			rows().set(rule, [(count + 1) % Math.max(1, every), 0]);
			return count;
		},
		limit(rule, perSecond, burst) {
			const now = space.sim.clock.now();
			const [left, atMs] = rows().get(rule) ?? [burst * 1000, now];
			// Thousandths of a token, so that everything stays a whole number.
			const filled = Math.min(burst * 1000, left + Math.floor((now - atMs) * perSecond));
			rows().set(rule, [filled >= 1000 ? filled - 1000 : filled, now]);
			return filled >= 1000;
		},
	};
}
