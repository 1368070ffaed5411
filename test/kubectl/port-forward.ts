import test from 'ava';
import {createCluster} from '../../source/cluster/cluster.js';
import {createPlayer} from '../../source/lab/player.js';

test('port-forward listens on the loopback of its host and tells of each connection', async t => {
	const player = createPlayer(createCluster({profile: 'base'}));
	const play = async (run: string) => (await player.play(run)).stdout;
	await play(
		'kubectl run web --image=nginx:1.27 --port=80 && kubectl wait --for=condition=Ready pod/web --timeout=30s && kubectl expose pod web --port=8000 --target-port=80',
	);
	const both = await play('(timeout 3 kubectl port-forward pod/web 18080:80 & sleep 1; curl -s localhost:18080 | grep title; wait)');
	t.is(
		both,
		`Forwarding from 127.0.0.1:18080 -> 80
Forwarding from [::1]:18080 -> 80
Handling connection for 18080
<title>Welcome to nginx!</title>
`,
	);
	t.is(await play('kubectl port-forward svc/web 8000:8000 &'), 'Forwarding from 127.0.0.1:8000 -> 80\nForwarding from [::1]:8000 -> 80\n');
	t.regex(await play('curl -s localhost:8000 | grep title'), /<title>Welcome to nginx!<\/title>/);
	const refused = await player.play('(timeout 3 kubectl port-forward web 8081:81 & sleep 1; curl -s localhost:8081; echo rc=$?; wait)');
	t.regex(refused.stdout, /rc=52/);
	t.regex(refused.stderr, /connect: connection refused/);
	t.regex(refused.stderr, /error: lost connection to pod/);
});
