import {createPlayer} from '../../source/lab/player.js';
import {createCluster} from '../../source/cluster/cluster.js';
import {type Bench, median, percentile, round, time} from './bench.js';

const rounds = 40;
const lines = [
	'kubectl get pods -A',
	'kubectl get pods -A -o wide',
	'kubectl get svc',
	'kubectl -n kube-system get cm kube-proxy -o yaml',
	'kubectl describe node k8s-node1',
	'kubectl create deployment bench --image=myapp:v1 --replicas=2',
	'kubectl expose deployment bench --port 80',
	'kubectl label deployment bench x=y --overwrite',
	'kubectl scale deployment bench --replicas=3',
	'kubectl get deploy bench -o jsonpath={.spec.replicas}',
	'kubectl delete svc bench',
	'kubectl delete deployment bench',
];

/** kubectl in a running cluster, shell included, the world at rest before each. */
const bench: Bench = {
	name: 'command',
	async run() {
		const cluster = createCluster();
		const player = createPlayer(cluster);
		const taken: number[] = [];
		for (let each = 0; each < rounds; each++) {
			for (const line of lines) {
				const ms = await time(async () => {
					const {exitCode, stderr} = await player.session.run(line);
					if (exitCode !== 0) throw new Error(`${line}: ${stderr}`);
				});
				if (each > 0) taken.push(ms);
				await player.settle();
			}
		}

		return [
			{name: 'kubectl-median', value: round(median(taken)), unit: 'ms', budget: 4},
			{name: 'kubectl-p99', value: round(percentile(taken, 0.99)), unit: 'ms', budget: 15},
		];
	},
};
export default bench;
