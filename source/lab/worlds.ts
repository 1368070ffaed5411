import {type Cluster, createCluster} from '../cluster/cluster.js';
import type {Snapshot} from '../sim/state.js';

/** Worlds at rest, by profile and seed: booting the same one again would give the same bytes. */
const booted = new Map<string, Snapshot>();
const bootedMax = 8;

/** Hands in a world that was saved, e.g. when the program was built. */
export const keepWorld = (profile: string, seed: string, world: Snapshot): void => void booted.set(`${profile} ${seed}`, world);

/** A cluster of its own, booted or taken over from an equal one. */
export function openCluster(profile: string, seed: string): Cluster {
	const key = `${profile} ${seed}`;
	const from = booted.get(key);
	const cluster = createCluster({profile, seed, ...(from && {from})});
	if (!from && booted.size < bootedMax) booted.set(key, cluster.snapshot());
	return cluster;
}
