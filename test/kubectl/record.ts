import test from 'ava';
import {createCluster} from '../../source/cluster/cluster.js';
import {createPlayer} from '../../source/lab/player.js';

test('--record is deprecated, shown nowhere, and still written down', async t => {
	const player = createPlayer(createCluster({profile: 'empty'}));
	const said = async (line: string) => {
		const {stdout, stderr} = await player.play(line);
		return stdout + stderr;
	};
	const deprecated = 'Flag --record has been deprecated, --record will be removed in the future\n';
	await said('kubectl create deployment web --image=nginx:1.25');
	t.is(await said('kubectl set image deploy/web nginx=nginx:1.26 --record -n default'), `deployment.apps/web image updated\n${deprecated}`);
	await said('kubectl set image deploy/web nginx=nginx:1.27');
	t.regex(
		await said('kubectl rollout history deploy/web --revision=2'),
		/kubernetes.io\/change-cause: kubectl set image deploy\/web nginx=nginx:1.26 --record=true --namespace=default\n/,
	);
	await said('kubectl scale deploy web --replicas=2 --record; kubectl label deploy web a=b --record=false');
	t.is(
		await said(`kubectl get deploy web -o jsonpath='{.metadata.annotations.kubernetes\\.io/change-cause}'`),
		'kubectl scale deploy web --replicas=2 --record=true',
	);
	t.notRegex(await said('kubectl set image --help; kubectl scale --help'), /record/);
	t.regex(await said('kubectl taint node k8s-node1 a=b:NoSchedule --record'), /^error: unknown flag: --record\n/);
});
