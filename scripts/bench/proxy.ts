import {portHash} from '../../source/images/kube-proxy/chain-names.js';
import type {Cluster} from '../../source/cluster/cluster.js';
import {createCluster} from '../../source/cluster/cluster.js';
import {traceRequest} from '../../source/trace/walk/request.js';
import {type Bench, median, round, time} from './bench.js';
import {series} from './fit.js';
import {clientOf, fillProxies} from './objects.js';

const sizes = [10, 100, 1000, 5000];
const changes = 15;

/** kube-proxy in iptables mode on three nodes: all Services at once, then one change at a time. */
const bench: Bench = {
	name: 'proxy',
	async run() {
		const [full, change, curl]: Array<Array<{size: number; ms: number}>> = [[], [], []];
		for (const size of sizes) {
			const cluster = createCluster();
			fillProxies(clientOf(cluster), size);
			full!.push({size, ms: await time(() => cluster.settle())});
			change!.push({size, ms: await oneChange(cluster)});
			curl!.push({size, ms: await oneCurl(cluster)});
		}
		const [first, last] = [change![0]!, change!.at(-1)!];
		return [
			...series('sync-all', 'services', full!),
			{
				name: `service-change-${last.size}-services`,
				value: round(last.ms),
				unit: 'ms',
				budget: 5,
				peer: `with ${first.size} services ${round(first.ms)} ms`,
				ratio: round(last.ms / first.ms),
			},
			{name: `traced-curl-${last.size}-services`, value: round(curl!.at(-1)!.ms), unit: 'ms', budget: 2},
		];
	},
};
export default bench;

/** From the write to the rules on every node; kube-proxy waits up to a second, so the rest of the cluster lives that long meanwhile. */
async function oneChange(cluster: Cluster): Promise<number> {
	const client = clientOf(cluster);
	const taken: number[] = [];
	for (let each = 0; each < changes; each++) {
		const sessionAffinity = each % 2 === 0 ? 'ClientIP' : 'None';
		taken.push(
			await time(() => {
				client.patch('services', 'default', 's5', 'merge', {spec: {sessionAffinity}});
				cluster.settle();
			}),
		);
		for (const node of nodes) {
			if (isSticky(cluster, node) !== (sessionAffinity === 'ClientIP')) throw new Error(`the change has not come to ${node}`);
		}
	}
	return median(taken);
}

const nodes = ['k8s-master', 'k8s-node1', 'k8s-node2'];
const chain = `KUBE-SVC-${portHash({name: 'default/s5:http', protocol: 'tcp'})}`;

const isSticky = (cluster: Cluster, node: string): boolean =>
	cluster
		.host(node)!
		.stack.iptables.chain('nat', chain)!
		.rules.some(({text}) => text.includes('-m recent'));

async function oneCurl(cluster: Cluster): Promise<number> {
	const address: string = clientOf(cluster).get('services', 'default', 's5')['spec'].clusterIP;
	const taken: number[] = [];
	for (let each = 0; each < changes; each++)
		taken.push(await time(() => traceRequest(cluster, {from: 'k8s-master', words: ['curl', '-m', '1', address]})));
	return median(taken);
}
