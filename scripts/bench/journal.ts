import {mkdtempSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {bookmarkFile} from '../../source/cli/journal/bookmark-file.js';
import {openSession} from '../../source/cli/sessions.js';
import {createCluster} from '../../source/cluster/cluster.js';
import type {AnswerStep} from '../../source/lab/answers.js';
import {bookmarkOf, openBookmark} from '../../source/lab/bookmark.js';
import {createPlayer} from '../../source/lab/player.js';
import {type Bench, median, round, time} from './bench.js';
import {randomCommands} from './random-commands.js';

/** Each turn starts three pods and ends them: as much work for the cluster as commands can be. */
const heavy = [
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
const between = 100;

/** A session kept, and typed again from its start: of random commands, and of heavy ones. */
const bench: Bench = {
	name: 'journal',
	async run() {
		const home = mkdtempSync(path.join(tmpdir(), 'kubelab-bench-'));
		const random = await replayed(home, 'random', randomCommands(count));
		const pods = await replayed(
			home,
			'heavy',
			Array.from({length: count}, (_, each) => heavy[each % heavy.length]!),
		);
		const figures = await resumed(path.join(home, 'world'));
		rmSync(home, {recursive: true});
		return [
			{name: 'journal-append', value: round(median([...random.appends, ...pods.appends])), unit: 'ms'},
			{name: `journal-replay-${count}`, value: round(random.replay / 1000), unit: 's', budget: 5},
			{name: `journal-replay-${count}-of-pods`, value: round(pods.replay / 1000), unit: 's'},
			...figures,
		];
	},
};
export default bench;

async function replayed(home: string, seed: string, lines: readonly string[]) {
	const host = {env: {KUBELAB_HOME: home}} as never;
	const steps: AnswerStep[] = [];
	const kept = openSession(host, 'bench', seed);
	const appends: number[] = [];
	for (const run of lines) {
		steps.push({run});
		appends.push(await time(() => kept.record(steps)));
	}
	kept.close();
	const replay = await time(async () => {
		const again = openSession(host, 'bench', seed);
		const {player} = newPlay();
		for (const {run} of again.steps) await player.play(run);
		again.close();
	});
	return {appends, replay};
}

function newPlay() {
	const cluster = createCluster();
	return {cluster, player: createPlayer(cluster)};
}

/** As a lab is gone on with: the world that was kept last, and at worst as many commands as lie between two of them. */
async function resumed(name: string) {
	const file = bookmarkFile(name, {lab: 'bench', seed: 'seed'}, 'bench');
	const first = newPlay();
	const steps: AnswerStep[] = [];
	const kept: number[] = [];
	for (let each = 1; each < count; each++) {
		const run = heavy[each % heavy.length]!;
		await first.player.play(run);
		steps.push({run, hash: first.player.timeline.hash()});
		if (each % between === 0) kept.push(await time(() => file.write(bookmarkOf(first.cluster, first.player, steps, {})!)));
	}
	const resume = await time(async () => {
		const {cluster, player} = newPlay();
		const bookmark = file.read()!;
		if (!openBookmark(bookmark, cluster, player, steps)) throw new Error('the kept world is none');
		for (const {run} of steps.slice(bookmark.steps)) await player.play(run);
		if (player.timeline.hash() !== steps.at(-1)!.hash) throw new Error('it led elsewhere');
	});
	return [
		{name: `journal-resume-${count}`, value: round(resume / 1000), unit: 's', budget: 5},
		{name: 'journal-keep-world', value: round(median(kept)), unit: 'ms'},
		{name: 'journal-kept-world', value: round(statSync(name).size / 1024, 0), unit: 'KiB'},
	];
}
