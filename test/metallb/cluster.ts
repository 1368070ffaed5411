import test from 'ava';
import type {KubeObject} from '../../source/api/object.js';
import {advertisement, clientOf, externalIp, fetchFromOutside, installed, pool, serveWeb, speakers} from '../helpers/metallb-world.js';

test('an address comes with a pool, and answers with an advertisement', t => {
	const cluster = installed();
	const client = clientOf(cluster);
	serveWeb(cluster);
	t.is(externalIp(cluster), undefined);
	client.create(pool('first-pool', '172.25.254.50-172.25.254.99'));
	cluster.settle();
	t.is(externalIp(cluster), '172.25.254.50');
	t.deepEqual(speakers(cluster), []);
	t.is(fetchFromOutside(cluster, '172.25.254.50'), 'unreachable');
	client.create(advertisement({ipAddressPools: ['first-pool']}));
	cluster.settle();
	t.is(speakers(cluster).length, 1);
	t.regex(fetchFromOutside(cluster, '172.25.254.50'), /Hello MyApp/);
	const messages = cluster.api.reader.list<any>('events', {namespace: 'default'}).map(({message}) => message);
	t.true(messages.includes('Assigned IP ["172.25.254.50"]'));
	t.true(messages.some(message => /^announcing from node "k8s-node[12]" with protocol "layer2"$/.test(message)));
});

test('a node that loses its power loses the address to another', t => {
	const cluster = installed();
	const client = clientOf(cluster);
	client.create(pool('p', '172.25.254.50/32'));
	client.create(advertisement());
	serveWeb(cluster);
	const [first] = speakers(cluster);
	const node = first!.split(' ')[1]!;
	cluster.setPower(node, false);
	t.not(fetchFromOutside(cluster, '172.25.254.50').slice(0, 8), 'HTTP/1.1');
	cluster.advance(10_000);
	const other = node === 'k8s-node1' ? 'k8s-node2' : 'k8s-node1';
	t.true(speakers(cluster).includes(`172.25.254.50 ${other}`));
	// Pods of the lost node are endpoints until it is NotReady.
	cluster.advance(60_000);
	t.regex(fetchFromOutside(cluster, '172.25.254.50'), /Hello MyApp/);
});

test('the webhook judges pools, and is refused while nobody listens', t => {
	const cluster = installed();
	const client = clientOf(cluster);
	t.throws(() => client.create(pool('p', '1.2.3.4')), {
		message:
			'admission webhook "ipaddresspoolvalidationwebhook.metallb.io" denied the request: parsing address pool p: invalid CIDR "1.2.3.4" in pool "p": invalid CIDR "1.2.3.4"',
	});
	client.create(pool('a', '10.0.0.0/24'));
	t.throws(() => client.create(pool('b', '10.0.0.128/25')), {
		message: /CIDR "10\.0\.0\.128\/25" in pool "b" overlaps with already defined CIDR "10\.0\.0\.0\/24"$/,
	});
	client.patch('deployments.apps', 'metallb-system', 'controller', 'merge', {spec: {replicas: 0}});
	cluster.settle();
	t.throws(() => client.create(pool('c', '10.0.1.0/24')), {
		message:
			/^Internal error occurred: failed calling webhook "ipaddresspoolvalidationwebhook\.metallb\.io": failed to call webhook: Post "https:\/\/metallb-webhook-service\.metallb-system\.svc:443\/validate-metallb-io-v1beta1-ipaddresspool\?timeout=10s": dial tcp 10\.\d+\.\d+\.\d+:443: connect: connection refused$/,
	});
});

test('an image that is in no registry keeps MetalLB from starting', t => {
	const cluster = installed(text => text.replaceAll('quay.io/metallb/', 'reg.lilee.org/metallb/'));
	const pods = cluster.api.reader.list<any>('pods', {namespace: 'metallb-system', labelSelector: 'component=controller'});
	t.regex(pods[0].status.containerStatuses[0].state.waiting.reason, /^(ErrImagePull|ImagePullBackOff)$/);
	const waiting = cluster.api.reader.list<any>('events', {namespace: 'metallb-system'}).map(({message}) => message);
	t.true(waiting.some(message => message === 'MountVolume.SetUp failed for volume "memberlist" : secret "memberlist" not found'));
});

test('a local traffic policy keeps the address on nodes with endpoints', t => {
	const cluster = installed();
	const client = clientOf(cluster);
	client.create(pool('p', '172.25.254.50/32'));
	client.create(advertisement());
	serveWeb(cluster, {externalTrafficPolicy: 'Local'});
	for (const node of ['k8s-node1', 'k8s-node2']) {
		client.patch('deployments.apps', 'default', 'web', 'merge', {spec: {template: {spec: {nodeName: node}}}});
		cluster.settle();
		t.deepEqual(speakers(cluster), [`172.25.254.50 ${node}`]);
		t.regex(fetchFromOutside(cluster, '172.25.254.50'), /Hello MyApp/);
	}
});

test('in ipvs mode every node answers ARP, unless strictARP is on', t => {
	const cluster = installed();
	const client = clientOf(cluster);
	const proxyMode = (strict: boolean) => {
		const {data, ...rest} = client.get<any>('configmaps', 'kube-system', 'kube-proxy');
		const text = data['config.conf'].replace(/^mode:.*$/m, 'mode: ipvs').replace(/strictARP:.*/, `strictARP: ${strict}`);
		client.update<KubeObject>({...rest, data: {...data, 'config.conf': text}});
		for (const {metadata} of client.list('pods', {namespace: 'kube-system', labelSelector: 'k8s-app=kube-proxy'}))
			client.delete('pods', 'kube-system', metadata.name);
		cluster.settle();
	};
	client.create(pool('p', '172.25.254.50/32'));
	serveWeb(cluster);
	proxyMode(false);
	// Nobody announces, and yet: the address is on kube-ipvs0 of each node.
	t.regex(fetchFromOutside(cluster, '172.25.254.50'), /Hello MyApp/);
	proxyMode(true);
	cluster.advance(60_000);
	t.is(fetchFromOutside(cluster, '172.25.254.50'), 'unreachable');
	client.create(advertisement());
	cluster.settle();
	t.regex(fetchFromOutside(cluster, '172.25.254.50'), /Hello MyApp/);
});

test('a snapshot taken half-way continues with the same bytes', t => {
	const cluster = installed();
	const client = clientOf(cluster);
	client.create(pool('p', '172.25.254.50-172.25.254.51'));
	client.create(advertisement());
	const snapshot = cluster.snapshot();
	const play = () => {
		serveWeb(cluster);
		cluster.advance(5000);
		return JSON.stringify([cluster.api.reader.list('services'), cluster.api.reader.list('events'), speakers(cluster)]);
	};
	const once = play();
	cluster.restore(snapshot);
	t.is(play(), once);
});
