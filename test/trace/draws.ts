import test from 'ava';
import {traceText} from '../../source/trace/print/text.js';
import {traceRequest} from '../../source/trace/walk/request.js';
import {apply, build, deployWeb} from './_scene.js';
import {createCluster} from '../../source/cluster/cluster.js';
import {createPlayer} from '../../source/lab/player.js';

test('a Service with one bad endpoint: whichever was drawn, the fate of the others is told', async t => {
	const cluster = await build([...deployWeb, 'kubectl run bad --image=busybox --labels=app=web --command -- sleep 9999']);
	const vip = cluster.api.reader.get<any>('services', 'default', 'web').spec.clusterIP;
	const trace = traceRequest(cluster, {words: [vip], draws: true});
	const [{verdict, draws}] = trace.conversations as any;
	t.is(draws.length, 2);
	const fates = [verdict.kind === 'answered' ? 'connected' : verdict.kind, ...draws.map((draw: any) => draw.fate)];
	t.deepEqual(fates.sort(), ['connected', 'connected', 'refused']);
	t.regex(traceText(trace, {columns: 400}), /\n {3}also possible: 10\.244\.\S+ \(pod default\/\S+\) (answers|refused), /);
	t.is(traceRequest(cluster, {words: [vip]}).conversations[0]!.draws, undefined);
});

test('endpoints that all answer are not worth a word; an address with one endpoint has no other', async t => {
	const cluster = await build(deployWeb);
	const vip = cluster.api.reader.get<any>('services', 'default', 'web').spec.clusterIP;
	const trace = traceRequest(cluster, {words: [vip], draws: true});
	t.is(trace.conversations[0]!.draws?.length, 1);
	t.notRegex(traceText(trace, {columns: 80}), /also possible/);
});

test('an address that nobody has: which Service waits for it, and why', async t => {
	const cluster = createCluster({profile: 'metallb'});
	const player = createPlayer(cluster);
	const type = (line: string) => player.play(line);
	const said = (address: string) => traceRequest(cluster, {words: [address]}).verdict.sentence;
	await type('kubectl create deployment web --image=nginx');
	await type('kubectl expose deployment web --port=80 --type=LoadBalancer --name=one');
	t.is(
		said('172.25.254.77'),
		'nobody answers ARP for 172.25.254.77; Service default/one has no EXTERNAL-IP yet: there is no IPAddressPool',
	);
	await type(
		apply(
			'{apiVersion: metallb.io/v1beta1, kind: IPAddressPool, metadata: {name: p, namespace: metallb-system}, spec: {addresses: [172.25.254.50-172.25.254.50]}}',
		),
	);
	await type('kubectl expose deployment web --port=80 --type=LoadBalancer --name=two');
	await type('kubectl expose deployment web --port=80 --type=LoadBalancer --name=three --load-balancer-ip=172.25.254.99');
	t.regex(
		said('172.25.254.99'),
		/; Service default\/three has no EXTERNAL-IP yet: Failed to allocate IP for "default\/three": \["172\.25\.254\.99"\] is not allowed in config$/,
	);
	t.is(said('172.25.254.78'), 'nobody answers ARP for 172.25.254.78');
});
