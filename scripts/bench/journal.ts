import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {openSession} from '../../source/cli/sessions.js';
import {createCluster} from '../../source/cluster/cluster.js';
import type {AnswerStep} from '../../source/lab/answers.js';
import {createPlayer} from '../../source/lab/player.js';
import {type Bench, median, round, time} from './bench.js';

const lines = [
	'kubectl get pods -o wide',
	'kubectl create deployment web --image=nginx --replicas=2',
	'kubectl expose deployment web --port 80',
	'curl -s $(kubectl get svc web -o jsonpath={.spec.clusterIP}) | head -1',
	'kubectl describe svc web',
	'ls -l; cat /etc/hosts | grep node',
	'kubectl scale deployment web --replicas=3',
	'iptables-save -t nat | grep -c web',
	'kubectl delete deployment,svc web',
];
const count = 1000;

/** A session kept and played again. */
const bench: Bench = {
	name: 'journal',
	async run() {
		const home = mkdtempSync(path.join(tmpdir(), 'kubelab-bench-'));
		const host = {env: {KUBELAB_HOME: home}} as never;
		const steps: AnswerStep[] = [];
		const kept = openSession(host, 'bench', 'seed');
		const appends: number[] = [];
		for (let each = 0; each < count; each++) {
			steps.push({run: lines[each % lines.length]!});
			appends.push(await time(() => kept.record(steps)));
		}
		kept.close();
		const player = createPlayer(createCluster());
		const replay = await time(async () => {
			const again = openSession(host, 'bench', 'seed');
			for (const {run} of again.steps) await player.play(run);
			again.close();
		});
		rmSync(home, {recursive: true});
		return [
			{name: 'journal-append', value: round(median(appends)), unit: 'ms'},
			{name: `journal-replay-${count}`, value: round(replay / 1000), unit: 's', budget: 5},
		];
	},
};
export default bench;
