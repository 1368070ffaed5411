import {fork} from 'node:child_process';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import type {Bench, Figure} from './bench.js';
import {round, time} from './bench.js';

const [nodes, pods, services] = [100, 10_000, 5000];

/** The large cluster, in a process of its own, so that its memory is its own. */
const bench: Bench = {
	name: 'scale',
	run: () =>
		new Promise((resolve, reject) => {
			const child = fork(fileURLToPath(import.meta.url), [], {execArgv: ['--import=tsx']});
			child.on('message', figures => resolve(figures as Figure[]));
			child.on('exit', code => code === 0 || reject(new Error(`the large cluster ended with ${code}`)));
		}),
};
export default bench;

if (process.send && process.argv[1] === fileURLToPath(import.meta.url)) process.send(await measure(), () => process.exit(0));

async function measure(): Promise<Figure[]> {
	const {createCluster} = await import('../../source/cluster/cluster.js');
	const {withNodes} = await import('../../source/cluster/topology.js');
	const {createPlayer} = await import('../../source/lab/player.js');
	const {clientOf, fill} = await import('./objects.js');
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
