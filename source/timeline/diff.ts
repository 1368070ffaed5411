import type {World} from '../node/world.js';
import type {Snapshot} from '../sim/state.js';
import {fileDiffs, readFiles, touchedFiles} from './file-diff.js';
import {diffObjects} from './object-diff.js';
import {askService, reachDiffs, servicesIn} from './reach-diff.js';
import {readRules, ruleDiffs} from './rule-diff.js';
import type {WorldDiff} from './world-diff.js';

/** What differs between two worlds. Both are put in place for a look, and the present one put back: nothing is left of it. */
export function diffWorlds(world: World, before: Snapshot, after: Snapshot): Omit<WorldDiff, 'from' | 'to'> {
	const {state} = world.sim;
	const touched = touchedFiles(world, before, after);
	const services = servicesIn(before, after);
	const present = state.snapshot();
	const lookAt = (snapshot: Snapshot) => {
		state.restore(snapshot);
		return {
			uptimeMs: world.sim.clock.uptime(),
			files: readFiles(world, touched),
			rules: readRules(world, before, after),
			// Last: asking sends packets.
			reach: services.map(service => askService(world, service)),
		};
	};
	try {
		const [old, now] = [lookAt(before), lookAt(after)];
		return {
			passedMs: now.uptimeMs - old.uptimeMs,
			objects: diffObjects(before, after),
			files: fileDiffs(touched, old.files, now.files),
			rules: ruleDiffs(old.rules, now.rules),
			reach: reachDiffs(world, services, old.reach, now.reach),
		};
	} finally {
		state.restore(present);
	}
}
