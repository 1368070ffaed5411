import test from 'ava';
import netAdmin from '../../source/commands/net-admin/index.js';
import type {Io} from '../../source/shell/command.js';
import {cluster, get, listen, nodeBase, runTool, words, world} from '../helpers/net-world.js';

const text = (made: ReturnType<typeof cluster>, stack: ReturnType<typeof cluster>['node1'], line: string) =>
	runTool(made, stack, words(line)).text;

test('conntrack lists, filters, counts and deletes', t => {
	const made = cluster();
	const {node1, pods, network} = made;
	network.onService('shout', ({bytes}) => ({bytes: bytes.toUpperCase()}));
	listen(pods[2], 53, 'shout', 'udp');
	node1.iptables.command(words('-t nat -A PREROUTING -d 10.96.0.9 -j DNAT --to-destination 10.244.2.2'));
	pods[0].connect('10.96.0.9', 80, {sourcePort: 40_000});
	pods[0].exchange('10.244.2.2', 53, 'x', {sourcePort: 40_001});
	pods[0].exchange('10.244.2.99', 53, 'x', {sourcePort: 40_002});
	pods[0].ping('10.244.2.2');
	const icmp =
		/icmp {5}1 29 src=10\.244\.1\.2 dst=10\.244\.2\.2 type=8 code=0 id=(\d+) src=10\.244\.2\.2 dst=10\.244\.1\.2 type=0 code=0 id=\1 mark=0 use=1/;
	const all = text(made, node1, 'conntrack -L');
	t.true(
		all.includes(
			'tcp      6 432000 ESTABLISHED src=10.244.1.2 dst=10.96.0.9 sport=40000 dport=80 src=10.244.2.2 dst=10.244.1.2 sport=80 dport=40000 [ASSURED] mark=0 use=1\n',
		),
		all,
	);
	t.true(
		all.includes(
			'udp      17 30 src=10.244.1.2 dst=10.244.2.2 sport=40001 dport=53 src=10.244.2.2 dst=10.244.1.2 sport=53 dport=40001 mark=0 use=1\n',
		),
		all,
	);
	t.true(
		all.includes(
			'udp      17 30 src=10.244.1.2 dst=10.244.2.99 sport=40002 dport=53 [UNREPLIED] src=10.244.2.99 dst=10.244.1.2 sport=53 dport=40002 mark=0 use=1\n',
		),
		all,
	);
	t.regex(all.replace('icmp     1 30', 'icmp     1 29'), icmp);
	t.true(all.endsWith('conntrack v1.4.7 (conntrack-tools): 4 flow entries have been shown.\n'));
	t.is(text(made, node1, 'conntrack -L --dst-nat').split('\n').length, 3);
	t.is(text(made, node1, 'conntrack -C'), '4\n');
	t.deepEqual(runTool(made, node1, words('conntrack -D -p udp --dport 53 -d 10.244.2.99')).exitCode, 0);
	t.deepEqual(runTool(made, node1, words('conntrack -D -p udp -d 10.1.1.1')), {
		text: 'conntrack v1.4.7 (conntrack-tools): 0 flow entries have been deleted.\n',
		exitCode: 1,
	});
	t.is(text(made, node1, 'conntrack -C'), '3\n');
	t.is(runTool(made, node1, words('conntrack -E -e BAD')).exitCode, 2);
});

test('conntrack -E tells what becomes of each flow', t => {
	const {sim, node1, client} = cluster();
	nodeBase(node1);
	listen(node1, 81, 'hello');
	let out = '';
	const io = {
		argv: words('conntrack -E -p tcp --dport 81'),
		machine: {stack: node1, sim},
		out: (chunk: string) => void (out += chunk),
		err: () => undefined,
	} as unknown as Io;
	const run = netAdmin.find(command => command.name === 'conntrack')!.run(io);
	run.next();
	get(client, '172.25.254.10', 81);
	client.ping('172.25.254.10');
	sim.clock.advance(200);
	run.next();
	node1.conntrack.flush();
	sim.clock.advance(200);
	run.next();
	const told = out.trimEnd().split('\n');
	t.deepEqual(
		told.map(line => line.slice(0, 9).trim()),
		['[NEW]', ...Array.from({length: told.length - 2}, () => '[UPDATE]'), '[DESTROY]'],
	);
	t.regex(
		told[0]!,
		/^ {4}\[NEW\] tcp {6}6 120 SYN_SENT src=\S+ dst=172\.25\.254\.10 sport=\d+ dport=81 \[UNREPLIED\] src=\S+ dst=\S+ sport=81 dport=\d+$/,
	);
	t.regex(told[2]!, /^ \[UPDATE\] tcp {6}6 \d+ ESTABLISHED .* \[ASSURED\]$/);
	t.regex(told.at(-1)!, /^\[DESTROY\] tcp {6}6 \d+ CLOSE .* \[ASSURED\] \[USERSPACE\] portid=\d+$/);
});

test("routes typed by hand carry traffic, and are refused in the kernel's words", t => {
	const made = cluster();
	const {client} = made;
	t.is(get(client, '10.244.2.2', 80), 'unreachable');
	t.is(text(made, client, 'ip route add 10.244.2.0/24 via 172.25.254.20'), '');
	t.is(get(client, '10.244.2.2', 80), '10.244.2.2 172.25.254.250');
	t.deepEqual(runTool(made, client, words('ip route add 10.244.2.0/24 via 172.25.254.20')), {
		text: 'RTNETLINK answers: File exists\n',
		exitCode: 2,
	});
	t.deepEqual(runTool(made, client, words('ip route add 10.9.0.0/24 via 9.9.9.9')), {
		text: 'Error: Nexthop has invalid gateway.\n',
		exitCode: 2,
	});
	t.is(text(made, client, 'ip route show 10.244.2.0/24'), '10.244.2.0/24 via 172.25.254.20 dev eth0 \n');
	t.is(text(made, client, 'ip route del 10.244.2.0/24'), '');
	t.deepEqual(runTool(made, client, words('ip route del 10.244.2.0/24')), {text: 'RTNETLINK answers: No such process\n', exitCode: 2});
	text(made, client, 'ip route add unreachable 10.244.2.0/24');
	t.like(client.connect('10.244.2.2', 80).outcome, {kind: 'unreachable', code: 'host'});
});

test('a link set down takes its routes along', t => {
	const made = cluster();
	const {node1} = made;
	text(made, node1, 'ip link set eth0 down');
	t.regex(
		text(made, node1, 'ip link show eth0'),
		/^2: eth0: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN mode DEFAULT group default qlen 1000\n/,
	);
	t.false(text(made, node1, 'ip route').includes('eth0'));
	text(made, node1, 'ip link set eth0 up');
	t.true(text(made, node1, 'ip route').includes('172.25.254.0/24 dev eth0 proto kernel scope link src 172.25.254.10'));
});

test('a second address answers ARP; a dummy device is made and removed', t => {
	const made = cluster();
	const {node1, client} = made;
	listen(node1, 80, 'echo');
	text(made, node1, 'ip addr add 172.25.254.77/24 brd + dev eth0');
	t.is(get(client, '172.25.254.77', 80), '172.25.254.77 172.25.254.250');
	t.true(text(made, node1, 'ip -4 a show eth0').includes('inet 172.25.254.77/24 brd 172.25.254.255 scope global eth0\n'));
	text(made, node1, 'ip link add dummy0 type dummy');
	t.deepEqual(runTool(made, node1, words('ip link add dummy0 type dummy')), {text: 'RTNETLINK answers: File exists\n', exitCode: 2});
	text(made, node1, 'ip link del dummy0');
	t.is(runTool(made, node1, words('ip link show dummy0')).text, 'Device "dummy0" does not exist.\n');
});

test('ip neigh and arp know who answered and who did not', t => {
	const made = cluster();
	const {client, sim} = made;
	client.ping('172.25.254.10');
	client.ping('172.25.254.99');
	t.is(text(made, client, 'ip neigh'), '172.25.254.10 dev eth0 lladdr 00:0c:29:00:00:0a REACHABLE \n172.25.254.99 dev eth0 FAILED \n');
	sim.clock.advance(60_000);
	t.true(text(made, client, 'ip neigh show dev eth0').startsWith('172.25.254.10 lladdr 00:0c:29:00:00:0a STALE \n'));
	t.is(
		text(made, client, 'arp -n'),
		'Address                  HWtype  HWaddress           Flags Mask            Iface\n' +
			'172.25.254.10            ether   00:0c:29:00:00:0a   C                     eth0\n' +
			'172.25.254.99                    (incomplete)                              eth0\n',
	);
});

test('sysctl reads and writes what the packets obey', t => {
	const made = cluster();
	const {node1, pods} = made;
	t.is(text(made, node1, 'sysctl net.ipv4.ip_forward'), 'net.ipv4.ip_forward = 1\n');
	t.is(text(made, node1, 'sysctl -w net/ipv4/ip_forward=0'), 'net.ipv4.ip_forward = 0\n');
	t.not(get(pods[0], '10.244.2.2', 80), '10.244.2.2 10.244.1.2');
	t.is(text(made, node1, 'sysctl -n net.ipv4.ip_forward net.ipv4.conf.eth0.rp_filter'), '0\n0\n');
	t.deepEqual(runTool(made, node1, words('sysctl net.no.such')), {
		text: 'sysctl: cannot stat /proc/sys/net/no/such: No such file or directory\n',
		exitCode: 1,
	});
	t.true(text(made, node1, 'sysctl -a').includes('\nnet.ipv4.vs.conntrack = 0\n'));
});

test('modules: IPVS appears once it is used, modprobe loads, and a module in use stays', t => {
	const made = cluster();
	const {node1} = made;
	t.false(text(made, node1, 'lsmod').includes('ip_vs'));
	node1.ipvs.addService({protocol: 'tcp', address: '10.0.0.1', port: 80}, {scheduler: 'rr'});
	t.regex(text(made, node1, 'lsmod'), /^ip_vs {17}237568 {2}3 ip_vs_rr,ip_vs_sh,ip_vs_wrr$/m);
	t.is(runTool(made, node1, words('modprobe -r ip_vs')).text, 'modprobe: FATAL: Module ip_vs is in use.\n');
	t.is(runTool(made, node1, words('modprobe ip_vs_lc')).exitCode, 0);
	t.regex(text(made, node1, 'lsmod'), /^ip_vs_lc /m);
});

test('ss: an accepted connection of both families, its memory, its end by -K', t => {
	const made = cluster();
	const {node1, client} = made;
	made.network.onService('greeter', () => ({bytes: 'hi'}));
	node1.sockets.listen({protocol: 'tcp', address: '*', port: 80, handler: 'greeter', owner: 'n/7', process: {name: 'httpd', pid: 7}});
	client.connect('172.25.254.10', 80, {sourcePort: 40_000});
	t.is(
		text(made, node1, 'ss -tnp'),
		'State Recv-Q Send-Q          Local Address:Port            Peer Address:Port Process                      \n' +
			'ESTAB 0      0      [::ffff:172.25.254.10]:80   [::ffff:172.25.254.250]:40000 users:(("httpd",pid=7,fd=8))\n',
	);
	t.regex(text(made, node1, 'ss -tnOmH'), / skmem:\(r0,rb131072,t0,tb87040,f0,w0,o0,bl0,d0\)\n$/);
	t.regex(text(made, node1, 'ss -tneH'), / ino:(\d+) sk:[0-9a-f]+ v6only:0 <->\n$/);
	t.is(text(made, node1, 'ss -tnH4'), '');
	t.regex(text(made, node1, 'netstat -tnp'), /^tcp6 .* 172.25.254.10:80 +172.25.254.250:40000 +ESTABLISHED 7\/httpd/m);
	t.regex(text(made, client, 'ss -K dport = :80'), /^tcp +ESTAB .* 172.25.254.250:40000 +172.25.254.10:http/m);
	t.is(text(made, client, 'ss -tnH'), '');
	t.is(text(made, node1, 'ss -tnH'), '');
});

test('a veth pair, a bridge: carrier follows the other end, names and masters change', t => {
	const made = world();
	const stack = made.network.namespace('n');
	const ip = (line: string) => runTool(made, stack, ['ip', ...words(line)]);
	t.is(ip('link add v0 mtu 1400 type veth peer name v1 address 02:00:00:00:00:09').text, '');
	t.is(
		ip('link').text.replace(/(v0@.*\n +link.ether )\S+/, '$1MAC'),
		`1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN mode DEFAULT group default qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
2: v1@v0: <BROADCAST,MULTICAST,M-DOWN> mtu 1500 qdisc noop state DOWN mode DEFAULT group default qlen 1000
    link/ether 02:00:00:00:00:09 brd ff:ff:ff:ff:ff:ff
3: v0@v1: <BROADCAST,MULTICAST,M-DOWN> mtu 1400 qdisc noop state DOWN mode DEFAULT group default qlen 1000
    link/ether MAC brd ff:ff:ff:ff:ff:ff
`,
	);
	t.deepEqual(ip('link add v9 type veth peer name v1'), {text: 'RTNETLINK answers: File exists\n', exitCode: 2});
	ip('link set v1 up');
	t.regex(ip('link show v1').text, /<NO-CARRIER,BROADCAST,MULTICAST,UP,M-DOWN> .* state LOWERLAYERDOWN /);
	ip('link add br0 type bridge');
	ip('link set br0 up');
	t.regex(ip('link show br0').text, /<NO-CARRIER,BROADCAST,MULTICAST,UP> .* state DOWN /);
	ip('link set v1 master br0');
	ip('link set v0 up');
	t.regex(ip('link show br0').text, /<BROADCAST,MULTICAST,UP,LOWER_UP> .* state UP .*\n +link.ether 02:00:00:00:00:09 /);
	t.regex(runTool(made, stack, ['bridge', 'fdb', 'show', 'br', 'br0']).text, /^02:00:00:00:00:09 dev v1 master br0 permanent$/m);
	t.is(ip('link set v0 name x').text, 'RTNETLINK answers: Device or resource busy\n');
	ip('link set v0 down');
	ip('link set v0 name x');
	t.regex(ip('link show v1').text, /v1@x: <NO-CARRIER.* master br0 state LOWERLAYERDOWN/);
	t.is(ip('link set x netns nowhere').exitCode, 255);
	ip('link del br0');
	t.notRegex(ip('link show v1').text, /master/);
	ip('link del x');
	t.is(ip('-br link').text.split('\n').length, 2);
});

test('ip -6 route and rule show what the kernel has by itself', t => {
	const made = cluster();
	t.is(
		text(made, made.client, 'ip -6 route'),
		'::1 dev lo proto kernel metric 256 pref medium\nfe80::/64 dev eth0 proto kernel metric 1024 pref medium\n',
	);
	t.regex(
		text(made, made.client, 'ip -6 route show table local dev eth0'),
		/^local fe80::\S+ proto kernel metric 0 pref medium\nmulticast ff00::\/8 /,
	);
	t.is(text(made, made.client, 'ip -6 rule'), '0:\tfrom all lookup local\n32766:\tfrom all lookup main\n');
});

test('what is not simulated says so', t => {
	const made = world();
	const stack = made.network.namespace('n');
	for (const line of [
		'ip netns pids blue',
		'ip -b file',
		'ip rule add goto 5',
		'nft add table ip x',
		'iptables-legacy -L',
		'brctl show',
		'ipset create x hash:ip timeout 5',
		'ipvsadm --start-daemon master',
		'ss -i',
		'iptables -A INPUT -m u32 -j DROP',
	]) {
		const ran = runTool(made, stack, words(line));
		t.is(ran.exitCode, 125, line);
		t.regex(ran.text, /^kubelab: not simulated: /);
	}
	t.true(made.sim.notes.list().length > 5);
});
