import process from 'node:process';
import type {Finding} from './family.js';
import families from './families/index.js';
import {runFamily} from './run.js';

export interface Task {
	readonly name: string;
	readonly seed: string;
	readonly from: number;
	readonly count: number;
}

/** The case that begins; what one has found; at the end, the processor time of all. */
export interface Report {
	readonly number?: number;
	readonly finding?: Finding;
	readonly spentMs?: number;
}

const tell = (report: Report, then: () => void = () => {}) => process.send!(report, then);

process.once('message', async ({name, seed, from, count}: Task) => {
	const family = families.find(each => each.name === name)!;
	let begun = process.cpuUsage();
	await runFamily(family, {
		seed,
		from,
		count,
		onCase(number) {
			// The world that all cases share is made before the first.
			if (number === from) begun = process.cpuUsage();
			tell({number});
		},
		onFinding: finding => tell({finding}),
	});
	const {user, system} = process.cpuUsage(begun);
	tell({spentMs: (user + system) / 1000}, () => process.exit(0));
});
