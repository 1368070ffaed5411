import test from 'ava';
import {createCluster} from '../../source/cluster/cluster.js';
import {createPlayer} from '../../source/lab/player.js';
import {snapshotFromJson, snapshotToJson} from '../../source/sim/state.js';

const lines = [
	'kubectl create deployment web --image=nginx --replicas=3',
	'kubectl expose deployment web --port 80',
	'kubectl get pods -o wide',
	'kubectl delete pod -l app=web --wait=false; kubectl get pods',
	'kubectl get endpointslices -o yaml',
];

/** Plays the lines; with `saveAfter`, goes through JSON and a fresh world after that many. */
async function play(profile: string, seed: string, saveAfter = -1) {
	let cluster = createCluster({profile, seed});
	let player = createPlayer(cluster);
	const printed: string[] = [];
	for (const [i, line] of lines.entries()) {
		const {stdout, stderr} = await player.play(line);
		printed.push(stdout + stderr);
		if (i !== saveAfter) continue;
		const saved = JSON.parse(JSON.stringify({world: snapshotToJson(cluster.snapshot()), session: player.session.save()}));
		cluster = createCluster({profile, seed: `${seed} loaded`});
		cluster.restore(snapshotFromJson(saved.world));
		player = createPlayer(cluster);
		player.session.restore(saved.session);
	}

	return {printed, end: JSON.stringify(snapshotToJson(cluster.snapshot()))};
}

for (const profile of ['empty']) {
	test(`${profile}: same seed and same commands give the same bytes`, async t => {
		const [first, second] = [await play(profile, 'one'), await play(profile, 'one')];
		t.deepEqual(first.printed, second.printed);
		t.is(first.end, second.end);
		t.not((await play(profile, 'two')).end, first.end);
	});

	test(`${profile}: a world saved and loaded half-way goes on to the same bytes`, async t => {
		const straight = await play(profile, 'one');
		for (const saveAfter of [0, 3]) {
			const resumed = await play(profile, 'one', saveAfter);
			t.deepEqual(resumed.printed, straight.printed);
			t.is(resumed.end, straight.end);
		}
	});
}
