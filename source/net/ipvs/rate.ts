import type {IpvsStats} from './ipvs.js';
import type {Space} from '../space.js';

/** Per second: connections, packets in and out, bytes in and out. */
export type IpvsRates = readonly [cps: number, inPps: number, outPps: number, inBps: number, outBps: number];

/** As kept: fixed-point averages, and the counters when the estimator last looked. */
interface RateRow {
	readonly tick: number;
	readonly last: IpvsStats;
	readonly averages: IpvsRates;
}

const tickMs = 2000;
const fields = ['connections', 'inPackets', 'outPackets', 'inBytes', 'outBytes'] as const;
/** Bits after the point: ten for counts, five for bytes (net/netfilter/ipvs/ip_vs_est.c). */
const fractions = [1024, 1024, 1024, 32, 32];
/** After so many quiet looks every average is 0. */
const ticksMax = 200;

export interface RateTable {
	/** To be told of the counters before they move. */
	before(key: string, stats: IpvsStats): void;
	read(key: string, stats: IpvsStats): IpvsRates;
	forget(key: string): void;
	clear(): void;
}

/** The kernel's estimator: every two seconds a quarter of the way to what was counted since. Caught up with when somebody looks. */
export function createRates(space: Space): RateTable {
	const rows = space.table<RateRow>('ipvs-rates');
	const now = () => Math.floor(space.sim.clock.uptime() / tickMs);
	const caughtUp = (key: string, stats: IpvsStats): RateRow => {
		const tick = now();
		const row = rows().get(key);
		if (!row) return {tick, last: stats, averages: [0, 0, 0, 0, 0]};
		if (row.tick === tick) return row;
		let averages = row.averages.map((average, i) =>
			step(average, ((stats[fields[i]!] - row.last[fields[i]!]) * fractions[i]!) / (tickMs / 1000)),
		);
		for (let ticks = Math.min(tick - row.tick - 1, ticksMax); ticks > 0 && averages.some(average => average > 0); ticks--)
			averages = averages.map(average => step(average, 0));
		return {tick, last: stats, averages: averages as unknown as IpvsRates};
	};
	return {
		before(key, stats) {
			const row = caughtUp(key, stats);
			if (row !== rows().get(key)) rows().set(key, row);
		},
		read: (key, stats) =>
			caughtUp(key, stats).averages.map((average, i) =>
				Math.floor((average + fractions[i]! / 2 - 1) / fractions[i]!),
			) as unknown as IpvsRates,
		forget: key => void rows().delete(key),
		clear: () => rows().clear(),
	};
}

const step = (average: number, rate: number) => average + Math.floor((rate - average) / 4);
