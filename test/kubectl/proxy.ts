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

test('the proxy subresource leads to what Services and Pods serve', async t => {
	const player = createPlayer(createCluster({profile: 'base'}));
	const play = async (run: string) => (await player.play(run)).stdout;
	await play(
		'kubectl create deploy web --image=nginx; kubectl expose deploy web --port=80; kubectl wait --for=condition=available deploy/web',
	);
	await play('kubectl proxy & sleep 1');
	const at = 'localhost:8001/api/v1/namespaces/default/services';
	t.is(await play(`curl -s ${at}/web/proxy/ | grep title`), '<title>Welcome to nginx!</title>\n');
	t.is(await play(`curl -s ${at}/http:web:80/proxy/index.html | grep title`), '<title>Welcome to nginx!</title>\n');
	t.is(
		await play(`curl -s -o /dev/null -w '%{http_code} %{redirect_url}' ${at}/web/proxy`),
		'301 http://localhost:8001/api/v1/namespaces/default/services/web/proxy/',
	);
	t.is(await play(`curl -s ${at}/web:81/proxy/ | jq -r .message`), 'no service port 81 found for service "web"\n');
	t.is(
		(await player.play('kubectl get --raw /api/v1/namespaces/default/services/web/proxy/ --as=bob')).stderr,
		'Error from server (Forbidden): services "web" is forbidden: User "bob" cannot get resource "services/proxy" in API group "" in the namespace "default"\n',
	);
	await play('kubectl scale deploy web --replicas=0; sleep 2');
	t.is(await play(`curl -s ${at}/web/proxy/ | jq -r .message`), 'no endpoints available for service "web"\n');
});
