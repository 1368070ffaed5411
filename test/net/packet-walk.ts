import test from 'ava';
import type {Hop} from '../../source/net/trace.js';
import {cluster, get, host, listen, words, world} from '../helpers/net-world.js';

const rules = (stack: ReturnType<typeof cluster>['node1'], ...lines: string[]) => {
	for (const line of lines) stack.iptables.command(words(line));
};

test('a pod reaches a pod on another node with its own address', t => {
	const {pods} = cluster();
	t.is(get(pods[0], '10.244.2.2', 80), '10.244.2.2 10.244.1.2');
	t.is(get(pods[0], '10.244.1.3', 80), '10.244.1.3 10.244.1.2');
	t.is(get(pods[0], '10.244.1.2', 80), '10.244.1.2 10.244.1.2');
});

test('what does not answer says who was in the way', t => {
	const {pods, node1, client} = cluster();
	t.like(pods[0].connect('10.244.2.2', 81).outcome, {kind: 'refused', by: 'pod/10.244.2.2: nothing listens on 10.244.2.2:81'});
	t.like(node1.connect('172.25.254.99', 80).outcome, {kind: 'unreachable', code: 'host', from: '172.25.254.10'});
	t.like(client.connect('8.8.8.8', 80).outcome, {kind: 'unreachable', code: 'no-route'});
	node1.setSysctl('net.ipv4.ip_forward', '0');
	client.routes.add({destination: '10.244.1.0/24', via: '172.25.254.10'});
	t.like(client.connect('10.244.1.2', 80).outcome, {kind: 'timeout', by: 'node1: 10.244.1.2 is not local and net.ipv4.ip_forward is 0'});
});

test('a dropping and a rejecting rule are told apart, and named', t => {
	const {pods, node2} = cluster();
	rules(
		node2,
		'-A FORWARD -d 10.244.2.2 -p tcp --dport 80 -j DROP',
		'-A FORWARD -d 10.244.2.3 -p tcp -j REJECT',
		'-I FORWARD -p tcp --dport 90 -j REJECT --reject-with tcp-reset',
	);
	t.deepEqual(pods[0].connect('10.244.2.2', 80).outcome, {
		kind: 'timeout',
		by: 'node2: iptables filter FORWARD rule 2: -d 10.244.2.2/32 -p tcp -m tcp --dport 80 -j DROP',
	});
	t.like(pods[0].connect('10.244.2.3', 80).outcome, {
		kind: 'unreachable',
		code: 'port',
		by: 'node2: iptables filter FORWARD rule 3: -d 10.244.2.3/32 -p tcp -j REJECT --reject-with icmp-port-unreachable',
	});
	t.like(pods[0].connect('10.244.2.3', 90).outcome, {kind: 'refused'});
	const [drop] = node2.iptables
		.table('filter')!
		.chains.find(chain => chain.name === 'FORWARD')!
		.rules.slice(1);
	t.deepEqual([drop!.packets, drop!.bytes], [1, 60]);
});

test('DNAT in OUTPUT and PREROUTING, answered under the address that was asked', t => {
	const {pods, node1} = cluster();
	const to = '-p tcp -d 10.96.0.9 --dport 8080 -j DNAT --to-destination 10.244.2.2:80';
	rules(node1, `-t nat -A PREROUTING ${to}`, `-t nat -A OUTPUT ${to}`);
	t.is(get(pods[0], '10.96.0.9', 8080), '10.244.2.2 10.244.1.2');
	t.is(get(node1, '10.96.0.9', 8080), '10.244.2.2 172.25.254.10');
	const [entry] = node1.conntrack.entries();
	t.like(entry, {
		state: 'TIME_WAIT',
		assured: true,
		original: {destination: '10.96.0.9', destinationPort: 8080},
		reply: {source: '10.244.2.2', sourcePort: 80, destination: '10.244.1.2'},
	});
	t.is(node1.iptables.table('nat')!.chains[0]!.rules[0]!.packets, 1, 'nat is asked once a connection');
});

test('a pod that reaches itself through a service needs the hairpin masquerade', t => {
	const {pods, node1} = cluster();
	rules(node1, '-t nat -A PREROUTING -d 10.96.0.9 -p tcp -j DNAT --to-destination 10.244.1.2:80');
	t.is(pods[0].connect('10.96.0.9', 80).outcome.kind, 'timeout');
	rules(node1, '-t nat -A POSTROUTING -s 10.244.1.2 -d 10.244.1.2 -j MASQUERADE');
	t.regex(get(pods[0], '10.96.0.9', 80), /^10\.244\.1\.2 172\.25\.254\.10$/);
});

test('an ICMP error about a translated packet reaches the sender under the address it asked', t => {
	const {pods, node1, node2} = cluster();
	rules(
		node1,
		'-t nat -A PREROUTING -d 10.96.0.9 -p tcp -j DNAT --to-destination 10.244.2.2:80',
		'-t nat -A POSTROUTING -d 10.244.2.2 -j MASQUERADE --random-fully',
	);
	rules(node2, '-A FORWARD -p tcp -d 10.244.2.2 -j REJECT');
	t.like(pods[0].connect('10.96.0.9', 80).outcome, {kind: 'unreachable', code: 'port', from: '10.96.0.9'});
});

test('a node port on 127.0.0.1 needs route_localnet', t => {
	const {node1} = cluster();
	rules(
		node1,
		'-t nat -A OUTPUT -d 127.0.0.1 -p tcp --dport 30080 -j DNAT --to-destination 10.244.2.2:80',
		'-t nat -A POSTROUTING -j MASQUERADE',
	);
	t.like(node1.connect('127.0.0.1', 30_080).outcome, {kind: 'timeout'});
	node1.setSysctl('net.ipv4.conf.all.route_localnet', '1');
	t.is(get(node1, '127.0.0.1', 30_080), '10.244.2.2 172.25.254.10');
});

test('statistic picks evenly, and the same way for the same seed', t => {
	const count = (seed: string) => {
		const {client, node1} = cluster(seed);
		client.routes.add({destination: '10.96.0.0/12', via: '172.25.254.10'});
		rules(
			node1,
			'-t nat -N SVC',
			'-t nat -A PREROUTING -d 10.96.0.9 -j SVC',
			'-t nat -A SVC -p tcp -m statistic --mode random --probability 0.5 -j DNAT --to-destination 10.244.1.2:80',
			'-t nat -A SVC -p tcp -j DNAT --to-destination 10.244.1.3:80',
		);
		return Array.from({length: 200}, () => get(client, '10.96.0.9', 80).split(' ')[0]!).filter(address => address === '10.244.1.2').length;
	};
	t.true(count('one') > 75 && count('one') < 125);
	t.is(count('one'), count('one'));
});

test('recent keeps a client at the server it was given, until its time is up', t => {
	const {client, node1, sim} = cluster();
	client.routes.add({destination: '10.96.0.0/12', via: '172.25.254.10'});
	rules(
		node1,
		...['1.2', '1.3'].flatMap(end => [
			`-t nat -N SEP-${end}`,
			`-t nat -A SEP-${end} -p tcp -m recent --name ${end} --set -j DNAT --to-destination 10.244.${end}:80`,
		]),
		'-t nat -N SVC',
		'-t nat -A PREROUTING -d 10.96.0.9 -j SVC',
		'-t nat -A SVC -m recent --name 1.2 --rcheck --seconds 100 --reap -j SEP-1.2',
		'-t nat -A SVC -m recent --name 1.3 --rcheck --seconds 100 --reap -j SEP-1.3',
		'-t nat -A SVC -m statistic --mode random --probability 0.5 -j SEP-1.2',
		'-t nat -A SVC -j SEP-1.3',
	);
	const first = get(client, '10.96.0.9', 80);
	t.deepEqual(new Set(Array.from({length: 20}, () => get(client, '10.96.0.9', 80))), new Set([first]));
	const seen = new Set<string>();
	for (let i = 0; i < 20; i++) {
		sim.clock.advance(101_000);
		seen.add(get(client, '10.96.0.9', 80));
	}
	t.is(seen.size, 2);
});

test('two clients with the same port masqueraded to one server are kept apart', t => {
	const {pods, node1, client} = cluster();
	listen(client, 80, 'open');
	rules(node1, '-t nat -A POSTROUTING -s 10.244.0.0/16 ! -d 10.244.0.0/16 -j MASQUERADE');
	const one = pods[0].connect('172.25.254.250', 80, {sourcePort: 40_000});
	const other = pods[1].connect('172.25.254.250', 80, {sourcePort: 40_000});
	t.is(one.exchange('a').bytes, 'A');
	t.is(other.exchange('b').bytes, 'B');
	const ports = client.sockets.connections().map(connection => connection.peer.port);
	t.is(new Set(ports).size, 2);
	t.deepEqual(
		client.sockets.connections().map(connection => connection.peer.address),
		['172.25.254.10', '172.25.254.10'],
	);
});

test('who closes first waits', t => {
	const {pods, sim} = cluster();
	listen(pods[2], 8080, 'open');
	const connection = pods[0].connect('10.244.2.2', 8080);
	t.is(connection.exchange('hello').bytes, 'HELLO');
	t.is(pods[2].sockets.connections()[0]!.state, 'ESTAB');
	connection.close();
	t.deepEqual(
		pods[0].sockets.connections().map(({state}) => state),
		['TIME-WAIT'],
	);
	t.deepEqual(pods[2].sockets.connections(), []);
	get(pods[0], '10.244.2.3', 80);
	t.deepEqual(
		pods[3].sockets.connections().map(({state}) => state),
		['TIME-WAIT'],
		'here the server closed',
	);
	sim.clock.advance(60_000);
	t.deepEqual(
		[pods[0], pods[3]].flatMap(pod => pod.sockets.connections()),
		[],
	);
});

test('UDP is answered, or refused by ICMP', t => {
	const {pods, network} = cluster();
	network.onService('shout', ({bytes}) => ({bytes: bytes.toUpperCase(), delayMs: 3}));
	listen(pods[2], 53, 'shout', 'udp');
	t.like(pods[0].exchange('10.244.2.2', 53, 'hi'), {
		outcome: {kind: 'connected'},
		payload: 'HI',
		delayMs: 3,
		from: {address: '10.244.2.2', port: 53},
	});
	t.is(pods[0].exchange('10.244.2.2', 54, 'hi').outcome.kind, 'refused');
});

test('ping shows the hops in its ttl, and a ttl that is too short', t => {
	const {pods} = cluster();
	t.like(pods[0].ping('10.244.2.2'), {outcome: {kind: 'connected'}, ttl: 62, from: '10.244.2.2'});
	t.deepEqual(pods[0].ping('10.244.2.2', {ttl: 1}).outcome, {kind: 'ttl-exceeded', from: '172.25.254.10'});
	t.deepEqual(pods[0].ping('10.244.2.2', {ttl: 2}).outcome, {kind: 'ttl-exceeded', from: '172.25.254.20'});
});

test('a cut cable and a host without power are not reached', t => {
	const {pods, node2, network} = cluster();
	node2.links.setCarrier('eth0', false);
	t.like(pods[0].connect('10.244.2.2', 80).outcome, {kind: 'unreachable', code: 'host', from: '172.25.254.10'});
	node2.links.setCarrier('eth0', true);
	t.is(get(pods[0], '10.244.2.2', 80), '10.244.2.2 10.244.1.2');
	network.setPower('node2', false);
	t.is(pods[0].connect('10.244.2.2', 80).outcome.kind, 'unreachable');
});

test('a speaker answers ARP for an address it does not have; every holder does unless arp_ignore says no', t => {
	const {client, node1, node2, network} = cluster();
	t.is(client.connect('172.25.254.50', 80).outcome.kind, 'unreachable');
	network.announce('172.25.254.50', {namespace: 'node2', link: 'eth0'});
	rules(node2, '-t nat -A PREROUTING -d 172.25.254.50 -p tcp -j DNAT --to-destination 10.244.2.2:80');
	t.is(get(client, '172.25.254.50', 80), '10.244.2.2 172.25.254.250');
	t.like(
		client.neighbours.list().find(row => row.address === '172.25.254.50'),
		{mac: '00:0c:29:00:00:14', state: 'REACHABLE'},
	);
	network.withdraw('172.25.254.50', {namespace: 'node2', link: 'eth0'});
	t.is(client.connect('172.25.254.50', 80).outcome.kind, 'unreachable');
	node2.announce('172.25.254.50', {device: 'eth0', owner: 'speaker'});
	t.is(get(client, '172.25.254.50', 80), '10.244.2.2 172.25.254.250');
	node2.sockets.closeAll('speaker');
	t.is(client.connect('172.25.254.50', 80).outcome.kind, 'unreachable', 'announcements end with their process');
	node1.links.add({name: 'kube-ipvs0', type: 'dummy', mac: '7a:1b:3c:4d:5e:6f', mtu: 1500, up: false, carrier: true, noArp: true});
	node1.links.addAddress('kube-ipvs0', {address: '172.25.254.50', prefix: 32, scope: 'global'});
	t.is(client.connect('172.25.254.50', 80).outcome.kind, 'refused', 'held by a dummy that is down: local all the same');
	node1.setSysctl('net.ipv4.conf.all.arp_ignore', '1');
	t.is(client.connect('172.25.254.50', 80).outcome.kind, 'unreachable');
});

test('a trace tells every step, and costs nothing when nobody looks', t => {
	const {pods, node1, network} = cluster();
	rules(node1, '-t nat -A PREROUTING -d 10.96.0.9 -p tcp -j DNAT --to-destination 10.244.2.2:80');
	const hops: Hop[] = [];
	const stop = network.trace(hop => hops.push(hop));
	get(pods[0], '10.96.0.9', 80);
	const dnat = hops.find(hop => hop.verdict === 'DNAT')!;
	t.like(dnat, {
		where: 'node1',
		hook: 'PREROUTING',
		table: 'nat',
		chain: 'PREROUTING',
		rule: 1,
		text: '-d 10.96.0.9/32 -p tcp -j DNAT --to-destination 10.244.2.2:80',
	});
	t.is(hops.find(hop => hop.verdict === 'translated')!.after!.destination, '10.244.2.2');
	t.deepEqual([...new Set(hops.map(hop => hop.where))], ['pod/10.244.1.2', 'node1', 'node2', 'pod/10.244.2.2']);
	const count = hops.length;
	stop();
	get(pods[0], '10.96.0.9', 80);
	t.is(hops.length, count);
});

test('a snapshot taken half-way goes on with the same bytes', t => {
	const {pods, node1, sim} = cluster();
	rules(node1, '-t nat -A POSTROUTING -j MASQUERADE --random-fully', '-A FORWARD -m conntrack --ctstate NEW -j ACCEPT');
	get(pods[0], '10.244.2.2', 80);
	const snapshot = sim.state.snapshot();
	const play = () => {
		get(pods[1], '10.244.2.3', 80);
		get(pods[0], '10.244.2.2', 80);
		return JSON.stringify([
			node1.conntrack.entries(),
			node1.iptables.save('nat', {counters: true}),
			node1.iptables.save('filter', {counters: true}),
			pods.map(pod => pod.sockets.connections()),
		]);
	};
	const once = play();
	sim.state.restore(snapshot);
	t.is(play(), once);
});

test('a namespace that is removed leaves nothing behind', t => {
	const {network, node1, pods, sim} = cluster();
	get(pods[0], '10.244.2.2', 80);
	network.remove('pod/10.244.2.2');
	t.false([...sim.state.snapshot().tables.keys()].some(name => name.startsWith('net/pod/10.244.2.2/')));
	t.is(pods[0].connect('10.244.2.2', 80).outcome.kind, 'unreachable');
	t.true(node1.hasAddress('172.25.254.10'));
});

test('bridged containers reach each other and the world', t => {
	const made = world();
	const box = host(made, 'box', '172.25.254.10');
	const client = host(made, 'client', '172.25.254.20');
	box.links.add({name: 'docker0', type: 'bridge', mac: '02:42:00:00:00:01', mtu: 1500, up: true, carrier: true});
	box.links.addAddress('docker0', {address: '172.17.0.1', prefix: 16, broadcast: '172.17.255.255', scope: 'global'});
	const containers = ['172.17.0.2', '172.17.0.3'].map((address, i) => {
		const stack = made.network.namespace(`c${i}`);
		box.links.add({
			name: `veth${i}`,
			type: 'veth',
			mac: `02:42:00:00:01:0${i}`,
			mtu: 1500,
			up: true,
			carrier: true,
			master: 'docker0',
			peer: {namespace: `c${i}`, link: 'eth0'},
		});
		stack.links.add({
			name: 'eth0',
			type: 'veth',
			mac: `02:42:ac:11:00:0${i + 2}`,
			mtu: 1500,
			up: true,
			carrier: true,
			peer: {namespace: 'box', link: `veth${i}`},
		});
		stack.links.addAddress('eth0', {address, prefix: 16, scope: 'global'});
		stack.routes.add({destination: 'default', via: '172.17.0.1'});
		return stack;
	});
	made.network.onService('echo', ({local, peer}) => ({bytes: `${local.address} ${peer.address}`, end: 'closed'}));
	for (const stack of [...containers, client]) listen(stack, 80, 'echo');
	t.is(get(containers[0]!, '172.17.0.3', 80), '172.17.0.3 172.17.0.2');
	box.iptables.command(words('-t nat -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE'));
	box.iptables.command(
		words('-t nat -A PREROUTING -p tcp --dport 8080 -m addrtype --dst-type LOCAL -j DNAT --to-destination 172.17.0.2:80'),
	);
	t.is(get(containers[0]!, '172.25.254.20', 80), '172.25.254.20 172.25.254.10');
	t.is(get(client, '172.25.254.10', 8080), '172.17.0.2 172.25.254.20');
	t.is(get(box, '172.17.0.3', 80), '172.17.0.3 172.17.0.1');
});

test('a connection that is kept open is probed, not opened again', t => {
	const {pods, node1, node2} = cluster();
	listen(node2, 6443, 'open');
	rules(node1, '-t nat -A PREROUTING -d 10.96.0.1 -p tcp --dport 443 -j DNAT --to-destination 172.25.254.20:6443');
	for (let i = 0; i < 5; i++) t.is(pods[0].reach('10.96.0.1', 443).kind, 'connected');
	t.deepEqual(
		node2.sockets.connections().map(({state}) => state),
		['ESTAB'],
	);
	t.deepEqual(
		node1.conntrack.entries().map(({state}) => state),
		['ESTABLISHED'],
	);
	rules(node1, '-t nat -F PREROUTING');
	t.is(pods[0].reach('10.96.0.1', 443).kind, 'connected', 'conntrack still knows it');
	node2.sockets.closeAll('node2/6443');
	t.is(pods[0].reach('10.96.0.1', 443).kind, 'unreachable', 'and now there is no rule for a new one');
	t.deepEqual(pods[0].sockets.connections(), []);
});

test('a server that asks itself gets no answer, and the world goes on', t => {
	const {network, pods} = cluster();
	network.onService('proxy', () => ({bytes: get(pods[2], '10.244.2.2', 8080), end: 'closed'}));
	listen(pods[2], 8080, 'proxy');
	t.is(get(pods[0], '10.244.2.2', 8080), 'timeout');
	t.is(get(pods[0], '10.244.2.2', 80), '10.244.2.2 10.244.1.2');
});

test('a rule of `ip rule` decides which table is asked, also after OUTPUT marked the packet', t => {
	const {pods, node1} = cluster();
	const from = {priority: 100, source: '10.244.1.2/32'};
	const standing = node1.policy.list();
	node1.policy.set([...standing, {...from, action: 'prohibit'}]);
	t.like(pods[0].connect('10.244.2.2', 80).outcome, {kind: 'unreachable', by: 'node1: ip rule 100 says prohibit'});
	t.is(get(pods[1], '10.244.2.2', 80), '10.244.2.2 10.244.1.3');

	// A table without routes is passed over; one that leads astray is not.
	node1.policy.set([...standing, {...from, table: 100}]);
	t.is(get(pods[0], '10.244.2.2', 80), '10.244.2.2 10.244.1.2');
	node1.routes.add({destination: '10.244.2.0/24', type: 'unreachable', table: 100});
	t.like(pods[0].connect('10.244.2.2', 80).outcome, {kind: 'unreachable', by: 'node1: route unreachable 10.244.2.0/24'});
	t.is(get(node1, '10.244.2.2', 80), '10.244.2.2 172.25.254.10');

	node1.policy.set([...standing, {priority: 100, mark: 7, table: 100}]);
	rules(node1, '-t mangle -A OUTPUT -d 10.244.2.2 -j MARK --set-mark 7');
	t.like(node1.connect('10.244.2.2', 80).outcome, {kind: 'unreachable', by: 'node1: route unreachable 10.244.2.0/24'});
	t.is(get(pods[0], '10.244.2.2', 80), '10.244.2.2 10.244.1.2');
});
