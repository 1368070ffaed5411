import test from 'ava';
import type {VirtualServerId, VirtualServerOptions} from '../../source/net/ipvs/ipvs.js';
import type {Namespace} from '../../source/net/namespace.js';
import {cluster, get, listen, runTool, words} from '../helpers/net-world.js';

const id: VirtualServerId = {protocol: 'tcp', address: '10.96.0.9', port: 80};

/** A node in IPVS mode: the address on a dummy device, the servers in the given order, and the masquerading that kube-proxy sets up. */
function balanced(
	node: Namespace,
	servers: ReadonlyArray<readonly [address: string, weight: number]>,
	options: VirtualServerOptions = {scheduler: 'rr'},
) {
	node.links.add({
		name: 'kube-ipvs0',
		type: 'dummy',
		mac: '7a:1b:3c:4d:5e:6f',
		mtu: 1500,
		up: false,
		carrier: true,
		noArp: true,
		queueLength: 0,
	});
	node.links.addAddress('kube-ipvs0', {address: id.address, prefix: 32, scope: 'global'});
	for (const name of ['conntrack', 'expire_nodest_conn', 'expire_quiescent_template']) node.setSysctl(`net.ipv4.vs.${name}`, '1');
	node.iptables.command(words('-t nat -A POSTROUTING ! -s 10.244.0.0/16 -j MASQUERADE --random-fully'));
	// A pod that is its own server: what KUBE-LOOP-BACK is for.
	node.iptables.command(words('-t nat -A POSTROUTING -s 10.244.1.2 -d 10.244.1.2 -j MASQUERADE'));
	node.ipvs.addService(id, options);
	for (const [address, weight] of servers) node.ipvs.addServer(id, {address, port: 80, weight, forward: 'Masq'});
}

const four = [
	['10.244.1.2', 1],
	['10.244.1.3', 1],
	['10.244.2.2', 1],
	['10.244.2.3', 1],
] as const;
const server = (answer: string) => answer.split(' ')[0]!;
const choices = (stack: Namespace, count: number) => Array.from({length: count}, () => server(get(stack, id.address, id.port)));

test('rr goes round from the server added last, as the kernel keeps its list', t => {
	const {pods, node1} = cluster();
	balanced(node1, four);
	t.deepEqual(choices(pods[0], 6), ['10.244.2.3', '10.244.2.2', '10.244.1.3', '10.244.1.2', '10.244.2.3', '10.244.2.2']);
});

test('from a pod, from the node itself and from outside; the client keeps seeing the virtual address', t => {
	const {pods, node1, client} = cluster();
	balanced(node1, [['10.244.2.2', 1]]);
	client.routes.add({destination: '10.96.0.0/12', via: '172.25.254.10'});
	t.is(get(pods[0], id.address, 80), '10.244.2.2 10.244.1.2', 'a pod is not masqueraded');
	t.is(get(node1, id.address, 80), '10.244.2.2 172.25.254.10');
	t.is(get(client, id.address, 80), '10.244.2.2 172.25.254.10');
	t.like(node1.ipvs.services()[0], {stats: {connections: 3}});
});

test('weights: wrr in the order of ip_vs_wrr.c, and weight 0 gets nothing new', t => {
	const {pods, node1} = cluster();
	balanced(
		node1,
		[
			['10.244.1.2', 1],
			['10.244.1.3', 3],
			['10.244.2.2', 0],
			['10.244.2.3', 2],
		],
		{scheduler: 'wrr'},
	);
	const round = choices(pods[0], 6);
	t.deepEqual(round, ['10.244.1.3', '10.244.2.3', '10.244.1.3', '10.244.2.3', '10.244.1.3', '10.244.1.2']);
	t.deepEqual(choices(pods[0], 6), round);
});

test('lc and wlc look at the connections that stand open', t => {
	const {pods, node1} = cluster();
	for (const pod of pods) listen(pod, 81, 'open');
	balanced(node1, [], {scheduler: 'lc'});
	for (const [address] of four) node1.ipvs.addServer(id, {address, port: 81, weight: 1, forward: 'Masq'});
	const open = Array.from({length: 4}, () => pods[0].connect(id.address, 80));
	t.deepEqual(
		open.map(({outcome}) => outcome.kind),
		Array.from({length: 4}, () => 'connected'),
	);
	t.deepEqual(
		node1.ipvs.services()[0]!.servers.map(each => each.activeConnections),
		[1, 1, 1, 1],
	);
	open[0]!.close();
	pods[0].connect(id.address, 80);
	t.deepEqual(
		node1.ipvs.services()[0]!.servers.map(each => [each.activeConnections, each.inactiveConnections]),
		[
			[1, 0],
			[1, 0],
			[1, 0],
			[1, 1],
		],
	);
	node1.ipvs.editService(id, {scheduler: 'wlc'});
	node1.ipvs.editServer(id, {address: '10.244.1.2', port: 81, weight: 10, forward: 'Masq'});
	for (let i = 0; i < 5; i++) pods[0].connect(id.address, 80);
	t.is(node1.ipvs.services()[0]!.servers[0]!.activeConnections, 6);
});

test('sed, nq, sh and dh', t => {
	const {pods, node1} = cluster();
	balanced(
		node1,
		[
			['10.244.1.2', 1],
			['10.244.1.3', 5],
		],
		{scheduler: 'sed'},
	);
	t.deepEqual(new Set(choices(pods[0], 3)), new Set(['10.244.1.3']), 'the shortest expected delay: nothing is open, so the heaviest');
	node1.ipvs.editService(id, {scheduler: 'nq'});
	t.deepEqual(new Set(choices(pods[0], 3)), new Set(['10.244.1.3']), 'the first idle one in list order');
	for (const scheduler of ['sh', 'dh']) {
		node1.ipvs.editService(id, {scheduler});
		t.is(new Set(choices(pods[0], 5)).size, 1);
	}
});

test('a persistent client stays with its server until its time is up', t => {
	const {pods, node1, sim} = cluster();
	balanced(node1, four, {scheduler: 'rr', persistentSeconds: 300});
	t.is(new Set(choices(pods[0], 5)).size, 1);
	t.is(new Set([choices(pods[0], 1)[0], choices(pods[1], 1)[0]]).size, 2, 'another client, another server');
	const template = node1.ipvs.connections().find(({client}) => client.port === 0)!;
	t.like(template, {state: 'NONE', client: {address: '10.244.1.2', port: 0}, virtual: {address: id.address, port: 80}});
	t.is(
		node1.ipvs.services()[0]!.servers.reduce((sum, each) => sum + each.persistentConnections, 0),
		2,
	);
	const [first] = choices(pods[0], 1);
	node1.ipvs.editServer(id, {address: first!, port: 80, weight: 0, forward: 'Masq'});
	t.not(choices(pods[0], 1)[0], first, 'expire_quiescent_template');
	sim.clock.advance(301_000);
	t.is(node1.ipvs.connections().length, 0);
});

test('states and counters follow the packets, and end after their times', t => {
	const {pods, node1, sim} = cluster();
	listen(pods[2], 81, 'open');
	balanced(node1, []);
	node1.ipvs.addServer(id, {address: '10.244.2.2', port: 81, weight: 1, forward: 'Masq'});
	const counts = () => node1.ipvs.services()[0]!.servers.map(each => `${each.activeConnections}/${each.inactiveConnections}`)[0];
	const connection = pods[0].connect(id.address, 80);
	t.is(counts(), '1/0');
	t.is(node1.ipvs.connections()[0]!.state, 'ESTABLISHED');
	t.is(connection.exchange('a').bytes, 'A');
	sim.clock.advance(899_000);
	t.is(counts(), '1/0');
	t.is(connection.exchange('b').bytes, 'B');
	connection.close();
	t.is(node1.ipvs.connections()[0]!.state, 'TIME_WAIT');
	t.is(counts(), '0/1');
	sim.clock.advance(119_000);
	t.is(counts(), '0/1');
	sim.clock.advance(1000);
	t.is(counts(), '0/0');
});

test('no server: refused by IPVS itself; a server that is taken away loses its connections', t => {
	const {pods, node1} = cluster();
	listen(pods[2], 81, 'open');
	balanced(node1, []);
	t.like(pods[0].connect(id.address, 80).outcome, {
		kind: 'unreachable',
		code: 'port',
		from: id.address,
		by: 'node1: IPVS TCP 10.96.0.9:80: no destination available',
	});
	node1.ipvs.addServer(id, {address: '10.244.2.2', port: 81, weight: 1, forward: 'Masq'});
	const connection = pods[0].connect(id.address, 80);
	node1.ipvs.editServer(id, {address: '10.244.2.2', port: 81, weight: 0, forward: 'Masq'});
	t.is(connection.exchange('still').bytes, 'STILL', 'weight 0 drains');
	t.is(pods[0].connect(id.address, 80).outcome.kind, 'unreachable');
	node1.ipvs.deleteServer(id, {address: '10.244.2.2', port: 81});
	t.is(connection.exchange('gone').end, 'timeout');
});

test('UDP is balanced, counted as inactive and kept for 300 seconds', t => {
	const {pods, node1, network, sim} = cluster();
	network.onService('shout', ({bytes}) => ({bytes: bytes.toUpperCase()}));
	const dns: VirtualServerId = {...id, protocol: 'udp', port: 53};
	balanced(node1, []);
	node1.ipvs.addService(dns, {scheduler: 'rr'});
	for (const pod of [pods[1], pods[2]]) listen(pod, 53, 'shout', 'udp');
	for (const address of ['10.244.1.3', '10.244.2.2']) node1.ipvs.addServer(dns, {address, port: 53, weight: 1, forward: 'Masq'});
	t.like(pods[0].exchange(id.address, 53, 'a'), {payload: 'A', from: {address: id.address, port: 53}});
	pods[0].exchange(id.address, 53, 'b');
	t.deepEqual(
		node1.ipvs.service(dns)!.servers.map(each => [each.activeConnections, each.inactiveConnections]),
		[
			[0, 1],
			[0, 1],
		],
	);
	sim.clock.advance(300_000);
	t.deepEqual(node1.ipvs.connections(), []);
});

test("a wrong port of a virtual address is the machine's own: refused; by rule it may be rejected before", t => {
	const {pods, node1} = cluster();
	balanced(node1, four);
	t.is(pods[0].connect(id.address, 81).outcome.kind, 'refused');
	runTool(cluster(), node1, words('ipset create KUBE-IPVS-IPS hash:ip'));
	runTool(cluster(), node1, words(`ipset add KUBE-IPVS-IPS ${id.address}`));
	node1.iptables.command(words('-A INPUT -p tcp -d 10.96.0.9 --dport 80 -j ACCEPT'));
	node1.iptables.command(words('-A INPUT -m conntrack --ctstate NEW -m set --match-set KUBE-IPVS-IPS dst -j REJECT'));
	t.like(pods[0].ping(id.address).outcome, {kind: 'unreachable', code: 'port'});
	t.like(pods[0].connect(id.address, 81).outcome, {kind: 'unreachable', code: 'port'});
	t.is(pods[0].connect(id.address, 80).outcome.kind, 'connected');
});

test('direct routing leaves the packet as it is and only chooses the machine', t => {
	const {client, node1, node2} = cluster();
	balanced(node1, []);
	client.routes.add({destination: '10.96.0.0/12', via: '172.25.254.10'});
	node2.links.addAddress('lo', {address: id.address, prefix: 32, scope: 'global'});
	node2.setSysctl('net.ipv4.conf.all.arp_ignore', '1');
	listen(node2, 80, 'echo');
	node1.iptables.command(words('-t nat -F POSTROUTING'));
	node1.ipvs.addServer(id, {address: '172.25.254.20', port: 80, weight: 1, forward: 'Route'});
	t.is(get(client, id.address, 80), `${id.address} 172.25.254.250`);
});

test('ipvsadm -Lnc shows what is in the table', t => {
	const made = cluster();
	balanced(made.node1, [['10.244.2.2', 1]]);
	const connection = made.pods[0].connect(id.address, 80, {sourcePort: 50_000});
	t.is(connection.outcome.kind, 'connected');
	const want =
		'IPVS connection entries\npro expire state       source             virtual            destination\nTCP 15:00  ESTABLISHED 10.244.1.2:50000   10.96.0.9:80       10.244.2.2:80\n';
	t.is(runTool(made, made.node1, ['ipvsadm', '-Lnc']).text, want);
	const stats = runTool(made, made.node1, ['ipvsadm', '-Ln', '--stats']).text.split('\n').slice(3);
	t.deepEqual(stats, [
		'TCP  10.96.0.9:80                        1        2        1      112       60',
		'  -> 10.244.2.2:80                       1        2        1      112       60',
		'',
	]);
});

test('rates rise while there is traffic and fade afterwards', t => {
	const made = cluster();
	const {node1, pods, sim} = made;
	balanced(node1, [['10.244.2.2', 1]]);
	const rate = () =>
		runTool(made, node1, ['ipvsadm', '-Ln', '--rate'])
			.text.split('\n')
			.slice(3, 5)
			.map(line => line.trim().split(/\s+/).slice(-5).map(Number));
	t.deepEqual(rate(), [
		[0, 0, 0, 0, 0],
		[0, 0, 0, 0, 0],
	]);
	for (let i = 0; i < 10; i++) {
		for (let n = 0; n < 8; n++) get(pods[0], id.address, 80);
		sim.clock.advance(2000);
	}
	const [service, only] = rate();
	t.deepEqual(service, only);
	t.is(service![0], 4, 'eight connections in two seconds');
	t.true(service![1]! > 15 && service![3]! > 1000);
	sim.clock.advance(60_000);
	t.deepEqual(rate()[0], [0, 0, 0, 0, 0]);
});
