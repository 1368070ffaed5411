import test from 'ava';
import {createCluster} from '../../source/cluster/cluster.js';
import {createPlayer} from '../../source/lab/player.js';

test('kubectl proxy hands requests on as its user', async t => {
	const player = createPlayer(createCluster({profile: 'base'}));
	const play = async (run: string) => (await player.play(run)).stdout;
	t.is(await play('kubectl proxy &'), 'Starting to serve on 127.0.0.1:8001\n');
	t.is(await play("curl -s localhost:8001/api/v1/namespaces | jq -r '.items[].metadata.name' | head -1"), 'default\n');
	t.is(
		await play(
			`curl -s -X POST -H 'Content-Type: application/json' -d '{"metadata":{"name":"c"},"data":{"a":"b"}}' localhost:8001/api/v1/namespaces/default/configmaps | jq -r .data.a`,
		),
		'b\n',
	);
	t.is(await play('kubectl get configmap c -o name'), 'configmap/c\n');
	t.is(await play("curl -s -o /dev/null -w '%{http_code}' localhost:8001/api/v1/namespaces/default/pods/x/exec"), '403');
	t.is(await play("curl -s -o /dev/null -w '%{http_code}' -H 'Host: evil' localhost:8001/api"), '403');
	const taken = await player.play('kubectl proxy');
	t.is(taken.stderr, 'error: listen tcp 127.0.0.1:8001: bind: address already in use\n');
	await play('kill %1');
	t.is(await play('curl -s localhost:8001/api; echo $?'), '7\n');
	t.is(
		await play('kubectl proxy --port=9001 --api-prefix=/k8s/ & sleep 1; curl -s localhost:9001/k8s/version | jq -r .major; kill %1'),
		'Starting to serve on 127.0.0.1:9001\n1\n',
	);
});
