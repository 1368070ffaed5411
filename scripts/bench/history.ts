import {createCluster} from '../../source/cluster/cluster.js';
import {createPlayer} from '../../source/lab/player.js';
import {type Bench, round, time} from './bench.js';
import {randomCommands} from './random-commands.js';

const commands = 1000;

/** A thousand random commands, all taken back and all typed again by `redo`: each moment must be the one it was, byte for byte. */
const bench: Bench = {
	name: 'history',
	async run() {
		const {settle, session, timeline} = createPlayer(createCluster());
		const before = memory();
		const hashes: string[] = [];
		for (const line of randomCommands(commands)) {
			await session.run(line);
			hashes.push(timeline.hash());
			await settle();
		}

		const grown = memory() - before;
		// The last moment is the one in which the world has come to rest; each other is that in which the next line began.
		let unequal = 0;
		const seen = [timeline.hash()];
		let [back, forth] = [0, 0];
		for (let each = 1; each < commands; each++) {
			back += await time(() => timeline.undo());
			seen.push(timeline.hash());
		}
		for (let each = 1; each < commands; each++) {
			if (timeline.hash() !== seen.pop()) unequal++;
			forth += await time(() => timeline.redo());
		}
		if (timeline.hash() !== seen.pop()) unequal++;
		return [
			{name: `history-${commands}-unequal`, value: unequal, unit: 'moments', budget: 0},
			{name: 'history-undo', value: round(back / commands), unit: 'ms'},
			{name: 'history-redo', value: round(forth / commands), unit: 'ms'},
			{name: 'history-memory', value: round(grown / commands / 1024), unit: 'KiB a command'},
			{name: 'history-moments', value: new Set(hashes).size, unit: 'different moments'},
		];
	},
};
export default bench;

function memory(): number {
	(globalThis as {gc?: () => void}).gc?.();
	return process.memoryUsage().heapUsed;
}
