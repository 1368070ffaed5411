import process from 'node:process';
import {createCluster} from '../../source/cluster/cluster.js';
import {withNodes} from '../../source/cluster/topology.js';
import {createPlayer} from '../../source/lab/player.js';
import {type Figure, round, time} from './bench.js';
import {clientOf, fill} from './objects.js';

// The child process of `scale.ts`.

const [nodes, pods, services] = [100, 10_000, 5000];

process.send!(await measure(), () => process.exit(0));

async function measure(): Promise<Figure[]> {
	let cluster: ReturnType<typeof createCluster> | undefined;
	const boot = await time(() => {
		cluster = createCluster({profile: 'empty', topology: withNodes(nodes)});
		fill(clientOf(cluster), pods, services);
		cluster.settle(600_000);
	});
	const running = clientOf(cluster!)
		.list('pods')
		.filter(pod => pod['status'].phase === 'Running').length;
	if (running !== pods) throw new Error(`${running} of ${pods} pods run`);
	const {session} = createPlayer(cluster!);
	await session.run('kubectl get nodes');
	const list = await time(() => session.run('kubectl get pods -A'));
	return [
		{name: `boot-${nodes}-nodes-${pods}-pods-${services}-services`, value: round(boot / 1000), unit: 's', budget: 5},
		{name: 'boot-large-memory', value: round(process.memoryUsage().rss / 2 ** 20, 0), unit: 'MiB', budget: 1024},
		{name: `get-pods-A-${pods}`, value: round(list), unit: 'ms', budget: 300},
	];
}
