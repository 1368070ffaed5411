import test from 'ava';
import {createCluster} from '../../source/cluster/cluster.js';
import {createPlayer} from '../../source/lab/player.js';

test('a cluster starts with the roles and what else a v1.33 API server makes by itself', async t => {
	const player = createPlayer(createCluster({profile: 'empty'}));
	const play = async (run: string) => (await player.play(run)).stdout;
	t.is(await play('kubectl get clusterroles --no-headers | wc -l'), '66\n');
	t.is(await play('kubectl get clusterroles --no-headers | grep -c ^system:controller:'), '35\n');
	t.is(await play('kubectl get roles -A --no-headers | wc -l'), '7\n');
	t.is(
		await play('kubectl get clusterrole edit -o json | jq -r \'.rules[] | select(.resources == ["pods/eviction"]) | .verbs[]\''),
		'create\n',
	);
	t.is(await play('kubectl get flowschemas -o name | wc -l; kubectl get prioritylevelconfigurations -o name | wc -l'), '13\n8\n');
	t.is(
		await play('kubectl get apiservice v1. v2.autoscaling --no-headers | tr -s " " | cut -d" " -f1-3'),
		'v1. Local True\nv2.autoscaling Local True\n',
	);
	t.is(await play('kubectl get cs -o name'), 'componentstatus/controller-manager\ncomponentstatus/scheduler\ncomponentstatus/etcd-0\n');
});

test('who is given edit in a namespace may do there what edit allows, and no more', async t => {
	const player = createPlayer(createCluster({profile: 'empty'}));
	await player.play('kubectl create ns dev; kubectl create rolebinding b --clusterrole=edit --user=bob -n dev');
	const asked = ['create deploy', 'get secrets', 'create pods/exec', 'create leases', 'create roles', 'update resourcequotas'];
	const answers = await player.play(asked.map(what => `kubectl auth can-i ${what} --as=bob -n dev`).join('; '));
	t.deepEqual(answers.stdout.trim().split('\n'), ['yes', 'yes', 'yes', 'yes', 'no', 'no']);
});
