import test from 'ava';
import {createNetwork} from '../../source/net/network.js';
import {createSim} from '../../source/sim/sim.js';
import {type SnapshotJson, snapshotFromJson, snapshotToJson} from '../../source/sim/state.js';
import {cluster, get, listen, runTool, words} from '../helpers/net-world.js';

/** A bit of everything that remembers: NAT, sets, lists, counters, virtual servers, sockets, ARP. */
function busyWorld() {
	const made = cluster('snapshot');
	const {node1, node2, pods} = made;
	listen(pods[2], 81, 'open');
	for (const line of [
		'ipset create S hash:ip,port',
		'ipset add S 10.96.0.9,tcp:80',
		'iptables -t nat -A PREROUTING -p tcp -m set --match-set S dst,dst -m statistic --mode random --probability 0.5 -j DNAT --to-destination 10.244.2.2:80',
		'iptables -t nat -A PREROUTING -p tcp -m set --match-set S dst,dst -m recent --name R --set -j DNAT --to-destination 10.244.2.3:80',
		'iptables -t nat -A POSTROUTING -j MASQUERADE --random-fully',
		'iptables -A FORWARD -m limit --limit 1/second --limit-burst 2 -j LOG',
		'ip link add kube-ipvs0 type dummy',
		'ip addr add 10.96.0.8/32 dev kube-ipvs0',
		'ipvsadm -A -t 10.96.0.8:80 -s wrr -p 100',
		'ipvsadm -a -t 10.96.0.8:80 -r 10.244.2.2:80 -m -w 2',
		'ipvsadm -a -t 10.96.0.8:80 -r 10.244.2.3:80 -m',
		'sysctl -w net.ipv4.vs.conntrack=1',
	]) {
		const ran = runTool(made, node1, words(line));
		if (ran.exitCode !== 0) throw new Error(`${line}: ${ran.text}`);
	}
	node2.announce('172.25.254.50', {device: 'eth0', owner: 'speaker'});
	return made;
}

type Busy = Pick<ReturnType<typeof busyWorld>, 'sim' | 'network'>;

/** What happens next, and everything that can be seen of it. */
function play({sim, network}: Busy): string {
	const [node1, pod, other, client] = ['node1', 'pod/10.244.1.2', 'pod/10.244.1.3', 'client'].map(name => network.namespace(name)) as [
		ReturnType<typeof network.namespace>,
		ReturnType<typeof network.namespace>,
		ReturnType<typeof network.namespace>,
		ReturnType<typeof network.namespace>,
	];
	const seen: unknown[] = [];
	for (let i = 0; i < 6; i++) {
		seen.push(
			get(pod, '10.96.0.9', 80),
			get(other, '10.96.0.8', 80),
			get(pod, '10.96.0.8', 80),
			client.connect('172.25.254.50', 80).outcome,
			pod.ping('10.244.2.2'),
		);
		sim.clock.advance(700);
	}
	const lines = [
		'iptables-save -c',
		'ipvsadm -Ln --stats',
		'ipvsadm -Lnc',
		'conntrack -L',
		'ipset save',
		'ss -tan',
		'ip neigh',
		'ip a',
		'ip r',
	];
	return JSON.stringify([
		seen,
		lines.map(line => runTool({sim, network}, node1, words(line)).text),
		node1.sockets.connections(),
		client.neighbours.list(),
	]);
}

const handlers = (network: Busy['network']) => {
	network.onService('echo', ({local, peer}) => ({bytes: `${local.address} ${peer.address}`, end: 'closed'}));
	network.onService('open', ({bytes}) => ({bytes: bytes.toUpperCase()}));
};

test('a world that is rewound plays the same again', t => {
	const made = busyWorld();
	play(made);
	const snapshot = made.sim.state.snapshot();
	const once = play(made);
	play(made);
	made.network.remove('pod/10.244.2.3');
	made.sim.state.restore(snapshot);
	t.is(play(made), once);
});

test('a world that went to disk and came back in another process plays on with the same bytes', t => {
	const made = busyWorld();
	play(made);
	const saved = JSON.stringify(snapshotToJson(made.sim.state.snapshot()));
	const sim = createSim('snapshot');
	const network = createNetwork(sim);
	handlers(network);
	sim.state.restore(snapshotFromJson(JSON.parse(saved) as SnapshotJson));
	t.is(play({sim, network}), play(made));
});

test('what ended is forgotten at the same moment by a world that was taken up again', t => {
	const made = busyWorld();
	const connect = ({sim, network}: Busy, count: number) => {
		const pod = network.namespace('pod/10.244.1.2');
		for (let i = 0; i < count; i++) {
			get(pod, i % 2 === 0 ? '10.244.2.2' : '10.96.0.8', 80);
			// Most of them end before the table is swept.
			if (i % 40 === 39) sim.clock.advance(200_000);
		}
		return JSON.stringify(snapshotToJson(sim.state.snapshot()));
	};
	connect(made, 630);
	const sim = createSim('snapshot');
	const network = createNetwork(sim);
	handlers(network);
	sim.state.restore(made.sim.state.snapshot());
	for (let round = 0; round < 12; round++) t.is(connect({sim, network}, 50), connect(made, 50), `round ${round}`);
});
