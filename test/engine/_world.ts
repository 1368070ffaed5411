import {createCluster} from '../../source/cluster/cluster.js';
import {createPlayer} from '../../source/lab/player.js';

/** A cluster with a shell on its control plane; `run` gives all that was printed, and the status. */
export function world(seed = 'engine') {
	const cluster = createCluster({profile: 'base', seed});
	const player = createPlayer(cluster);
	return {
		cluster,
		player,
		/** Standard output; errors are thrown away. */
		out: async (line: string) => (await player.play(line)).stdout,
		err: async (line: string) => (await player.play(line)).stderr,
		status: async (line: string) => (await player.play(line)).exitCode,
	};
}
