import test from 'ava';
import {createCluster} from '../../source/cluster/cluster.js';
import {createPlayer} from '../../source/lab/player.js';

const made =
	'ip netns add red; ip link add v0 type veth peer name v1; ip link set v1 netns red; ip link add br0 type bridge; ip link set v0 master br0; ' +
	'ip link set br0 up; ip addr add 10.9.0.1/24 dev br0; ip link set v0 up; ip -n red addr add 10.9.0.2/24 dev v1; ip -n red link set v1 up; ' +
	'ip -n red link set lo up';
const seen = 'ip -n red a; ip a show br0; ping -c1 10.9.0.2; bridge fdb show br br0; ip netns';

test('a network made by hand carries packets, lives on in a saved world, and ends with the machine', async t => {
	const cluster = createCluster({profile: 'base'});
	const player = createPlayer(cluster);
	t.is((await player.play(made)).stderr, '');
	const saved = cluster.snapshot();
	const before = (await player.play(seen)).stdout;
	t.regex(before, /1 received, 0% packet loss[\s\S]*\nred \(id: 0\)\n$/);
	const other = createCluster({profile: 'base'});
	other.restore(saved);
	const later = createPlayer(other);
	t.is((await later.play(seen)).stdout, before);
	t.is((await later.play('ip netns exec red ping -c1 172.25.254.100')).stderr, 'ping: connect: Network is unreachable\n');
	t.regex(
		(await later.play('ip -n red route add default via 10.9.0.1; ip netns exec red ping -c1 172.25.254.100')).stdout,
		/ 0% packet loss/,
	);
	await later.play('reboot');
	t.is(
		(await later.play('ip netns; ip -br link show type veth; ip -br link show type bridge; ip netns add red; ip -n red -br link')).stdout,
		'lo               DOWN           00:00:00:00:00:00 <LOOPBACK> \n',
	);
});
