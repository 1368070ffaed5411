import test from 'ava';
import {createCluster} from '../../source/cluster/cluster.js';
import {createPlayer} from '../../source/lab/player.js';
import {snapshotFromJson, snapshotToJson} from '../../source/sim/state.js';
import {randomLines} from '../helpers/random-lines.js';

const lines = [
	'kubectl create deployment web --image=nginx --replicas=3',
	'kubectl expose deployment web --port 80',
	'kubectl get pods -o wide',
	'kubectl delete pod -l app=web --wait=false; kubectl get pods',
	'kubectl get endpointslices -o yaml',
];

const onHosts = [
	...lines,
	'kubectl run looper --image=busybox -- sh -c "while true; do wget -qO- web | grep title; sleep 3; done"',
	'sleep 10; kubectl logs looper',
	'yum install -y ipvsadm; ssh k8s-node1 dnf -y install ipvsadm',
	'kubectl -n kube-system get cm kube-proxy -o yaml | sed \'s/mode: ""/mode: ipvs/\' > cm.yaml; kubectl replace -f cm.yaml',
	'kubectl -n kube-system rollout restart ds kube-proxy; kubectl -n kube-system rollout status ds kube-proxy',
	'for i in 1 2 3 4; do curl -s $(kubectl get svc web -o jsonpath={.spec.clusterIP}) | grep title; done; ipvsadm -Ln',
	'iptables-save; ip a; ss -tn; kubectl get events -A',
];

const played: Readonly<Record<string, {lines: readonly string[]; saveAfter: readonly number[]}>> = {
	empty: {lines, saveAfter: [0, 3]},
	base: {lines: onHosts, saveAfter: [3, 6, 9]},
};

/** Plays the lines; with `saveAfter`, goes through JSON and a fresh world after that many. */
async function play(profile: string, seed: string, saveAfter = -1) {
	let cluster = createCluster({profile, seed});
	let player = createPlayer(cluster);
	const printed: string[] = [];
	for (const [i, line] of played[profile]!.lines.entries()) {
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

for (const profile of ['empty', 'base']) {
	test(`${profile}: same seed and same commands give the same bytes`, async t => {
		const [first, second] = [await play(profile, 'one'), await play(profile, 'one')];
		t.deepEqual(first.printed, second.printed);
		t.false(first.printed.join('').includes('not simulated'));
		if (profile === 'base') t.regex(first.printed.at(-2)!, /Welcome to nginx[\s\S]*TCP {2}10\.96\.0\.1:443 rr/);
		t.is(first.end, second.end);
		t.not((await play(profile, 'two')).end, first.end);
	});

	test(`${profile}: a world saved and loaded half-way goes on to the same bytes`, async t => {
		const straight = await play(profile, 'one');
		for (const saveAfter of played[profile]!.saveAfter) {
			const resumed = await play(profile, 'one', saveAfter);
			t.deepEqual(resumed.printed, straight.printed);
			t.is(resumed.end, straight.end);
		}
	});
}

test('nothing that is typed goes wrong inside, with stand-ins for kubelets neither', async t => {
	const player = createPlayer(createCluster({profile: 'empty', seed: 'killed'}));
	for (const line of [...randomLines('killed', 60), "ssh k8s-node1 'systemctl stop kubelet; systemctl start kubelet'"])
		t.notRegex((await player.play(line)).stderr, /something went wrong inside/, line);
});
