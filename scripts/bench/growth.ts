import {createCluster} from '../../source/cluster/cluster.js';
import {withNodes} from '../../source/cluster/topology.js';
import {createPlayer} from '../../source/lab/player.js';
import {type Bench, median, time} from './bench.js';
import {type Point, series} from './fit.js';
import {clientOf, fill} from './objects.js';

const nodeCounts = [3, 10, 30, 100];
const podCounts = [100, 300, 1000, 3000, 10_000];

/** How cost grows with size: 1 is linear. */
const bench: Bench = {
	name: 'growth',
	async run() {
		const boot: Point[] = [];
		for (const size of nodeCounts)
			boot.push({size, ms: median(await thrice(() => time(() => createCluster({profile: 'empty', topology: withNodes(size)}))))});
		const settle: Point[] = [];
		const list: Point[] = [];
		for (const size of podCounts) {
			const cluster = createCluster({profile: 'empty', topology: withNodes(100)});
			fill(clientOf(cluster), size, size / 2);
			settle.push({size, ms: await time(() => cluster.settle(600_000))});
			const {session} = createPlayer(cluster);
			list.push({size, ms: median(await thrice(() => time(() => session.run('kubectl get pods -A'))))});
		}
		return [...series('boot', 'nodes', boot), ...series('start', 'pods', settle), ...series('list', 'pods', list)];
	},
};
export default bench;

async function thrice(measure: () => Promise<number>): Promise<number[]> {
	return [await measure(), await measure(), await measure()];
}
