import type {Cluster} from '../cluster/cluster.js';
import {type CliOptions, usageError} from './command.js';

/** `--lab` says which cluster it starts from, so `--profile` has nothing to add. */
export function checkOneStart({lab, profile}: CliOptions): void {
	if (lab !== undefined && profile !== undefined)
		throw usageError('write --lab or --profile, not both: a lab says which cluster it starts from.');
}

/** The world that `--lab`, `--profile` and `--seed` name. The simulation is loaded here, not when the program starts. */
export async function openWorld({lab, profile, seed}: CliOptions): Promise<Cluster> {
	checkOneStart({lab, profile});
	const {defaultSeed} = await import('../lab/seed.js');
	const {startLab} = await import('../lab/start.js');
	const {createCluster} = await import('../cluster/cluster.js');
	const {loadSavedWorlds} = await import('./saved-worlds.js');
	const given = typeof seed === 'string' ? seed : defaultSeed;
	loadSavedWorlds();
	if (typeof lab === 'string') {
		const {findLab} = await import('./lab-files.js');
		return startLab(await findLab(lab), given);
	}
	try {
		return createCluster({profile: typeof profile === 'string' ? profile : 'base', seed: given});
	} catch (error) {
		if (error instanceof RangeError) throw usageError(`${error.message}.`);
		throw error;
	}
}
