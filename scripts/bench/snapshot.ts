import {createCluster} from '../../source/cluster/cluster.js';
import {type Bench, median, round, time} from './bench.js';

const objects = 1000;
const rounds = 30;

const bench: Bench = {
	name: 'snapshot',
	async run() {
		const cluster = createCluster();
		const client = cluster.api.client({name: 'bench', groups: ['system:masters']});
		for (let each = 0; each < objects; each++) {
			client.create({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: `c${each}`, namespace: 'default'}, data: {key: String(each)}});
		}

		cluster.settle();
		const save: number[] = [];
		const undo: number[] = [];
		for (let each = 0; each < rounds; each++) {
			let saved = cluster.snapshot();
			save.push(await time(() => (saved = cluster.snapshot())));
			client.delete('configmaps', 'default', `c${each}`);
			undo.push(await time(() => cluster.restore(saved)));
		}

		return [
			{name: 'snapshot', value: round(median(save), 3), unit: 'ms', budget: 5},
			{name: 'undo', value: round(median(undo), 3), unit: 'ms', budget: 5},
		];
	},
};
export default bench;
