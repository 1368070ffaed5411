import type {Network} from '../net/network.js';
import type {World} from '../node/world.js';
import {createSim} from '../sim/sim.js';
import type {Snapshot} from '../sim/state.js';
import {firstStart} from './first-start.js';
import {goldenImage, keepGoldenImage} from './golden-image.js';
import {type Joined, joinWorld} from './join.js';
import {findProfile} from './profiles.js';
import type {Topology} from './topology.js';

/** A whole cluster, with the hosts around it, as a value that time can pass in. */
export interface Cluster extends World {
	readonly topology: Topology;
	readonly network: Network;
	/** Lets virtual time pass. `until` is asked after each piece of work. */
	advance(ms: number, until?: () => boolean): void;
	/** Lets time pass until nothing but periodic work is due, at most `maxMs`; returns how much passed. */
	settle(maxMs?: number): number;
	snapshot(): Snapshot;
	restore(snapshot: Snapshot): void;
	/** Moves with every change of anything: what a screen compares before it repaints. */
	version(): number;
}

export interface ClusterOptions {
	/** `base`, `empty`, ...: see `profiles.ts`. */
	readonly profile?: string;
	/** Same seed and same commands give the same bytes. */
	readonly seed?: string;
	/** Takes the place of the profile's hosts and ranges. */
	readonly topology?: Topology;
	/** A world of the same profile, seed and topology, saved earlier: it is taken over instead of being booted. */
	readonly from?: Snapshot;
}

const settleMaxMs = 60_000;

/**
 * Every world of a profile is booted from this seed, and takes its own when it is Ready: so one boot serves all. It is nobody else's
 * seed: with the same one the dice would begin anew, and give new objects the uids and ids of those of the boot.
 */
const bootSeed = '\u0000boot';
const defaultSeed = 'kubelab';

/** A cluster that is Ready. Throws a `RangeError` for a profile that does not exist. */
export function createCluster({profile = 'base', seed = defaultSeed, topology, from}: ClusterOptions = {}): Cluster {
	const kept = from ?? (topology ? undefined : goldenImage(profile));
	if (!kept) {
		const cluster = bootCluster(profile, topology);
		if (!topology) keepGoldenImage(profile, cluster.snapshot());
		cluster.sim.random.reseed(seed);
		return cluster;
	}

	const sim = createSim(seed);
	const cluster = clusterOf(joinWorld(sim, findProfile(profile), topology));
	cluster.restore(kept);
	if (!from) sim.random.reseed(seed);
	return cluster;
}

/** Boots for real, from nothing to Ready. */
export function bootCluster(profile = 'base', topology?: Topology): Cluster {
	const known = findProfile(profile);
	const joined = joinWorld(createSim(bootSeed), known, topology);
	firstStart(joined, known);
	const cluster = clusterOf(joined);
	cluster.settle();
	return cluster;
}

function clusterOf({sim: {clock, state}, world, network, topology}: Joined): Cluster {
	return {
		...world,
		topology,
		network,
		advance: (ms, until) => clock.advance(ms, until),
		settle(maxMs = settleMaxMs) {
			const startMs = clock.now();
			for (;;) {
				const next = clock.next({periodic: false});
				if (next === undefined || next > startMs + maxMs) return clock.now() - startMs;
				clock.advance(next - clock.now());
			}
		},
		snapshot: () => state.snapshot(),
		restore: snapshot => state.restore(snapshot),
		version: () => state.version,
	};
}
