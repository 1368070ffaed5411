import test from 'ava';
import fc from 'fast-check';
import {snapshotToJson} from '../../source/sim/state.js';
import {cluster, get, runTool, words} from '../helpers/net-world.js';

const maybe = (...words: string[]) => fc.constantFrom('', ...words);
const chains = ['raw PREROUTING', 'raw OUTPUT', 'mangle PREROUTING', 'mangle FORWARD', 'mangle A', 'nat PREROUTING', 'nat OUTPUT'].concat([
	'nat POSTROUTING',
	'nat A',
	'filter INPUT',
	'filter FORWARD',
	'filter OUTPUT',
	'filter A',
	'filter B',
	'filter FORWARD',
	'filter INPUT',
]);

/** What a walk may remember, and what it must not. */
const plainAsks = ['', '-p tcp', '-p tcp --dport 80', '-p tcp ! --sport 80', '-p tcp --sport 32768:45000', '-p udp --dport 53'].concat(
	['-p tcp --syn', '-p tcp --tcp-flags FIN,ACK FIN,ACK', '-p tcp -m multiport --dports 80,443,40000:50000', '-m state --state NEW'],
	[
		'-p tcp -m multiport ! --ports 79,81',
		'-m conntrack --ctstate ESTABLISHED,DNAT',
		'-m conntrack ! --ctdir REPLY',
		'-m mark ! --mark 0x2',
	],
	['-m mark --mark 0x1/0x1', '-m addrtype --dst-type LOCAL', '-m set --match-set S src', '-m set ! --match-set P dst,dst'],
	['-m set --match-set B src', '-m owner --uid-owner 0'],
);
const oddAsks = [
	'-p tcp -m statistic --mode nth --every 3 --packet 0',
	'-m limit --limit 1/second --limit-burst 3',
	'-m length --length 60',
].concat(
	['-m connmark --mark 0x1', '-m ttl --ttl-lt 64', '-m recent --name R --update --seconds 9', '-m conntrack --ctorigdst 10.244.2.2'],
	['-p icmp', '-p icmp --icmp-type echo-reply'],
);
const plainTargets = ['', '', '', '-j ACCEPT', '-j RETURN', '-j A', '-j A', '-j B', '-g B', '-j MARK --set-mark 1', '-j MARK --xor-mark 3'];
const oddTargets = ['-j DROP', '-j REJECT', '-j CONNMARK --save-mark', '-j CONNMARK --restore-mark', '-j CT --notrack'].concat([
	'-j TTL --ttl-set 9',
	'-j DNAT --to-destination 10.244.2.3',
	'-j MASQUERADE',
	'-m recent --name R --set',
]);

/** A rule that some packet of the small world may meet. */
const rule = fc
	.tuple(
		fc.constantFrom(...chains),
		fc.constantFrom('-A', '-A', '-I'),
		maybe('-s 10.244.1.0/24', '-s 10.244.2.2', '! -s 172.25.254.250', '-d 10.244.2.2', '-d 10.244.2.0/24', '! -d 10.244.1.3'),
		maybe('-i eth0', '-i cali+', '! -i lo'),
		fc.oneof({weight: 9, arbitrary: fc.constantFrom(...plainAsks)}, {weight: 1, arbitrary: fc.constantFrom(...oddAsks)}),
		fc.oneof({weight: 9, arbitrary: fc.constantFrom(...plainTargets)}, {weight: 1, arbitrary: fc.constantFrom(...oddTargets)}),
	)
	.map(([chain, verb, address, device, asks, target]) => {
		const [table, name] = chain.split(' ');
		return `iptables -t ${table} ${verb} ${name} ${address} ${device} ${asks} ${target}`;
	});

const act = fc.oneof(
	{weight: 3, arbitrary: rule},
	{
		weight: 1,
		arbitrary: fc.constantFrom(
			...['ipset add S 10.244.1.2', 'ipset del S 10.244.1.2', 'ipset add P 10.244.2.2,tcp:80', 'ipset flush P', 'ipset add B 80'],
			...['ipset swap S T', 'iptables -F B', 'iptables -D FORWARD 1', 'iptables -Z', 'iptables -t nat -F', 'iptables -P FORWARD DROP'],
			...['ip addr add 10.9.0.1/32 dev eth0', 'ip route add 10.8.0.0/16 via 172.25.254.20', 'conntrack -F'],
		),
	},
	{weight: 8, arbitrary: fc.constantFrom('get', 'get', 'in', 'back', 'node', 'udp', 'ping', 'snapshot', 'second')},
);

function play(acts: readonly string[], isWatched: boolean): string {
	const made = cluster('walks');
	const {pods, node1, node2, client, sim, network} = made;
	const tool = (line: string) => void runTool(made, node1, words(line));
	for (const line of ['-N A', '-N B', '-t nat -N A', '-t mangle -N A']) tool(`iptables ${line}`);
	for (let port = 81; port < 95; port++) tool(`iptables -A B -p tcp --dport ${port} -j DROP`);
	for (const line of ['S hash:net', 'T hash:net', 'P hash:ip,port', 'B bitmap:port range 0-1024']) tool(`ipset create ${line}`);
	if (isWatched) network.trace(() => {});
	client.routes.add({destination: '10.244.0.0/16', via: '172.25.254.10'});
	const seen: unknown[] = [];
	for (const each of acts) {
		if (each === 'get') seen.push(get(pods[0], '10.244.2.2', 80), get(pods[1], '10.244.2.2', 80));
		else if (each === 'in') seen.push(get(client, '10.244.1.2', 80));
		else if (each === 'back') seen.push(get(node2, '172.25.254.10', 80), get(pods[2], '10.244.1.3', 80));
		else if (each === 'node') seen.push(get(node1, '10.244.2.2', 80), get(node1, '10.244.2.2', 81), get(node1, '10.9.0.1', 80));
		else if (each === 'udp') seen.push(pods[0].exchange('10.244.2.2', 53, 'x').outcome);
		else if (each === 'ping') seen.push(pods[0].ping('10.244.2.2').outcome, client.ping('10.244.1.2').outcome);
		else if (each === 'snapshot') sim.state.restore(sim.state.snapshot());
		else if (each === 'second') sim.clock.advance(1000);
		else tool(each);
	}
	return JSON.stringify([seen, snapshotToJson(sim.state.snapshot())]);
}

/** Whoever watches sees each step, so nothing is remembered then. */
test('a world goes the same way whether its packets are watched on their way through the rules or not', t => {
	fc.assert(
		fc.property(fc.array(act, {minLength: 20, maxLength: 60, size: 'max'}), acts => play(acts, false) === play(acts, true)),
		{numRuns: 60, seed: 11},
	);
	t.pass();
});
