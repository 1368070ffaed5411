import type {Cluster} from '../cluster/cluster.js';
import type {Lab} from '../lab/lab.js';
import {type CliOptions, usageError} from './command.js';

/** `--lab` says which cluster it starts from, so `--profile` has nothing to add. */
export function checkOneStart({lab, profile, at}: CliOptions): void {
	if (at !== undefined && lab === undefined) throw usageError('--at belongs to --lab: it names a checkpoint of a lab.');
	if (lab !== undefined && profile !== undefined)
		throw usageError('write --lab or --profile, not both: a lab says which cluster it starts from.');
}

/** The world that `--lab`, `--profile` and `--seed` name. The simulation is loaded here, not when the program starts. */
export async function openWorld({lab, profile, seed, at}: CliOptions): Promise<Cluster> {
	checkOneStart({lab, profile, at});
	const {defaultSeed} = await import('../lab/seed.js');
	const {startLab} = await import('../lab/start.js');
	const {createCluster} = await import('../cluster/cluster.js');
	const {loadSavedWorlds} = await import('./saved-worlds.js');
	const given = typeof seed === 'string' ? seed : defaultSeed;
	loadSavedWorlds();
	if (typeof lab === 'string') {
		const {findLab} = await import('./lab-files.js');
		const found = await findLab(lab);
		return typeof at === 'string' ? (await atCheckpoint(found, given, at)).cluster : startLab(found, given);
	}
	try {
		return createCluster({profile: typeof profile === 'string' ? profile : 'base', seed: given});
	} catch (error) {
		if (error instanceof RangeError) throw usageError(`${error.message}.`);
		throw error;
	}
}

/** The world at a checkpoint of a lab, and the objectives that are met there. */
export async function atCheckpoint(lab: Lab, seed: string, id: string): Promise<{cluster: Cluster; given: readonly string[]}> {
	const {reachCheckpoint} = await import('../lab/checkpoint.js');
	const {startLab} = await import('../lab/start.js');
	const {variantOf} = await import('../lab/format/variant.js');
	const {AnswersError} = await import('../lab/answers.js');
	try {
		const cluster = startLab(lab, seed);
		return {cluster, given: await reachCheckpoint(variantOf(lab, seed), cluster, id)};
	} catch (error) {
		if (error instanceof AnswersError) throw usageError(`${error.message}.`);
		throw error;
	}
}
