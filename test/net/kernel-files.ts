import test from 'ava';
import {createCluster} from '../../source/cluster/cluster.js';
import {createPlayer} from '../../source/lab/player.js';

/** On k8s-master. The formats are those of net/ipv4 and net/netfilter of Linux 5.14. */
const lines: ReadonlyArray<readonly [line: string, shown: RegExp]> = [
	['cat /proc/net/arp | head -1', /^IP address {7}HW type {5}Flags {7}HW address {12}Mask {5}Device\n$/],
	['cat /proc/net/arp', /\n172\.25\.254\.10 {4}0x1 {9}0x2 {9}00:0c:29:19:fe:0a {5}\* {8}eth0\n/],
	[
		'cat /proc/net/route',
		/^Iface\tDestination\t[^\n]{107,} *\neth0\t00000000\t02FE19AC\t0003\t0\t0\t100\t00000000\t0\t0\t0 +\n\*\t0000F40A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t/,
	],
	[
		'yum install -y -q net-tools > /dev/null; route -n | grep "[*]"',
		/^10\.244\.0\.0 {6}0\.0\.0\.0 {9}255\.255\.255\.0 {3}U {5}0 {6}0 {8}0 \*\n$/,
	],
	['awk \'$4 == "0A" {print $2}\' /proc/net/tcp', /^00000000:0016$/m],
	['awk \'$4 == "0A" {print $2}\' /proc/net/tcp6', /^0{32}:192B$/m],
	['grep -c . /proc/net/udp', /^\d+\n$/],
	[
		'head -1 /proc/net/nf_conntrack',
		/^ipv4 {5}2 tcp {6}6 \d+ ESTABLISHED src=\S+ dst=\S+ sport=\d+ dport=6443 .* \[ASSURED\] mark=0 zone=0 use=2\n$/,
	],
	[
		'w=$(cat /sys/class/net/eth0/statistics/{rx,tx}_{bytes,packets}); ping -c 3 -i 1 -w 9 172.25.254.250 > /dev/null; set -- $w $(cat /sys/class/net/eth0/statistics/{rx,tx}_{bytes,packets}); echo $(($5 - $1)) $(($6 - $2)) $(($7 - $3)) $(($8 - $4))',
		/^294 3 294 3\n$/,
	],
	[
		'set --; cat /proc/net/dev | sed -n "2p;3s/[1-9][0-9]*/N/gp"',
		/\n +lo: +N +N {4}0 {4}0 {4}0 {5}0 {10}0 {9}0 +N +N {4}0 {4}0 {4}0 {5}0 {7}0 {10}0\n$/,
	],
	['ip -s link show eth0 | tail -2 | tr -s " "', /^ TX: bytes packets errors dropped carrier collsns \n \d+ \d+ 0 0 0 0 \n$/],
	['cat /proc/net/ip_vs', /No such file or directory/],
	['ip vrf; ip tuntap; ip nexthop; ip xfrm state', /^Name {14}Table\n-{23}\nNo VRF has been configured\n$/],
	[
		'tc qdisc show dev lo; tc class show dev eth0; tc -s qdisc show dev eth0 | head -2',
		/^qdisc noqueue 0: root refcnt 2 \nqdisc fq_codel 0: root .* drop_batch 64 \n Sent \d\d+ bytes \d\d+ pkt /,
	],
	[
		'ethtool -i eth0 | head -2; ethtool lo; ethtool -S lo',
		/^driver: vmxnet3\nversion: 1\.7\.0\.0-k-NAPI\nSettings for lo:\n\tLink detected: yes\nno stats available\n$/,
	],
	['nft list tables', /^table ip mangle\n/],
	['yum install -y -q bind-utils > /dev/null; dig +short . NS | tail -1', /^m\.root-servers\.net\.\n$/],
	['yum install -y -q nmap-ncat > /dev/null; nc -lv 8080 > got 2> told &', /^/],
	[
		'nc -l 8080; echo hello | nc 172.25.254.100 8080; sleep 1; cat got; sed "s/[0-9]*$/PORT/" told',
		/^hello\nNcat: Version 7\.92 .*\nNcat: Listening on :::PORT\nNcat: Listening on 0\.0\.0\.0:PORT\nNcat: Connection from 172\.25\.254\.100\.PORT\nNcat: Connection from 172\.25\.254\.100:\d+\.PORT\nNcat: bind to 0\.0\.0\.0:8080: Address already in use\. QUITTING\.\n$/,
	],
	['printf "HTTP/1.1 200 OK\\r\\n\\r\\nhi\\n" | nc -l 8080 > asked &', /^/],
	['curl -s 127.0.0.1:8080/x; sleep 1; head -1 asked; ss -tln | grep -c 8080', /^hi\nGET \/x HTTP\/1\.1\r\n0\n$/],
	['ls /sys/class/net', /^eth0\nlo\n$/],
	['cat /sys/class/net/eth0/{address,operstate,carrier,flags,ifindex}', /^00:0c:29:19:fe:64\nup\n1\n0x1003\n2\n$/],
	['cat /sys/class/net/lo/{operstate,flags,type,mtu}', /^unknown\n0x9\n772\n65536\n$/],
	['echo 1400 > /sys/class/net/eth0/mtu; ip link show eth0', / mtu 1400 /],
	['echo 9 > /sys/class/net/eth0/mtu', /^-bash: .*Invalid argument\n$/],
	['echo 1 > /sys/class/net/eth0/ifindex', /^-bash: \/sys\/class\/net\/eth0\/ifindex: Permission denied\n$/],
	['cat /sys/class/net/eth9/mtu /sys/class/net/eth0/nosuch', /^(cat: \S+: No such file or directory\n){2}$/],
	[
		'd() { ip link $1 d0 type dummy; }; d add; sysctl -qw net.ipv4.conf.d0.rp_filter=2; d del; d add; sysctl -n net.ipv4.conf.d0.rp_filter; d del',
		/^0\n$/,
	],
	['echo 0 > /proc/sys/net/ipv4/ip_forward; sysctl net.ipv4.ip_forward', /^net\.ipv4\.ip_forward = 0\n$/],
	['echo 1 >> /proc/sys/net/ipv4/ip_forward; cat /proc/sys/net/ipv4/ip_forward', /^1\n$/],
	['echo yes > /proc/sys/net/ipv4/ip_forward; cat /proc/sys/net/ipv4/ip_forward', /^1\n-bash: .*Invalid argument\n$/],
	['rm /sys/class/net/lo/mtu; mv /proc/net/arp x', /^rm: cannot remove '\S+': Operation not permitted\nmv: /],
	['yum install -y -q ipvsadm > /dev/null; ipvsadm -A -t 10.0.0.1:80 -s rr -p 300; ipvsadm -a -t 10.0.0.1:80 -r 10.244.1.5:8080 -m', /^$/],
	[
		'tail -n +4 /proc/net/ip_vs',
		/^TCP {2}0A000001:0050 rr {2}persistent 300 FFFFFFFF\n {2}-> 0AF40105:1F90 {6}Masq {4}1 {6}0 {10}0 {9}\n$/,
	],
	['cat /proc/net/ip_vs_conn', /^Pro FromIP {3}FPrt ToIP {5}TPrt DestIP {3}DPrt State {7}Expires PEName PEData\n$/],
	[
		'docker run -d --name quiet busybox sleep 99 &> /dev/null; docker exec quiet ping -c 2 127.0.0.1 > /dev/null; docker exec quiet cat /proc/net/dev | grep lo: | tr -s " "; docker rm -f quiet > /dev/null',
		/^ lo: 336 4 0 0 0 0 0 0 336 4 0 0 0 0 0 0\n$/,
	],
	[
		'docker run -d --name counted nginx &> /dev/null; p=$(docker inspect -f "{{.NetworkSettings.IPAddress}}" counted); bridge vlan | wc -l; bridge link | grep -c "master docker0 state forwarding"; ethtool -S $(cd /sys/class/net; ls -d veth*) | grep -c peer_ifindex; ping -c 2 $p > /dev/null; v=$(ls -d /sys/class/net/veth*); cat $v/statistics/{tx,rx}_packets /sys/class/net/docker0/statistics/{rx,tx}_bytes; docker rm -f counted > /dev/null',
		/^3\n1\n1\n2\n2\n168\n196\n$/,
	],
];

test("the kernel's files tell of sockets, routes, neighbours, flows, virtual servers and devices", async t => {
	const player = createPlayer(createCluster());
	for (const [line, shown] of lines) {
		const {stdout, stderr} = await player.play(line);
		t.regex(stdout + stderr, shown, line);
	}
	await player.play('kubectl run w --image=nginx --restart=Never; kubectl wait --for=condition=Ready pod/w');
	const {stdout: cable} = await player.play(
		'n=$(kubectl get pod w -o jsonpath={.spec.nodeName}); i=$(kubectl exec w -- cat /sys/class/net/eth0/iflink); ssh $n "ip link" | grep "^$i: cali"',
	);
	t.regex(cable, /^\d+: cali[0-9a-f]{11}@if2: /, 'the pod knows the number of its cable on the node');
	const node = (await player.play('kubectl get pod w -o jsonpath={.spec.nodeName}')).stdout;
	const inPod = async (line: string) => (await player.play(`ssh ${node} '${line}'`)).stdout;
	const pid = 'p=$(crictl inspect $(crictl ps --name w -q) | grep -m1 pid.: | tr -dc 0-9)';
	const address = (await player.play('kubectl get pod w -o jsonpath={.status.podIP}')).stdout;
	t.true((await inPod(`${pid}; nsenter -t $p -n ip -4 a`)).includes(`inet ${address}/32`), "the node's own tools in the pod's network");
	t.regex(await inPod('ip netns exec $(ip netns list | head -1 | cut -d" " -f1) ss -tlnH'), /^LISTEN +0 +511 +0\.0\.0\.0:80 /);
	t.is(
		await inPod('ip -n $(ip netns | head -1 | cut -d" " -f1) r'),
		'default via 169.254.1.1 dev eth0 \n169.254.1.1 dev eth0 scope link \n',
	);
	const {stderr} = await player.play('ip netns exec; ip netns exec no; ip netns exec no ls; ip -n no a; nsenter -t 99999 -n ip a');
	t.is(
		stderr,
		'No netns name specified\nNo command specified\nCannot open network namespace "no": No such file or directory\n'.concat(
			'Cannot open network namespace "no": No such file or directory\nnsenter: cannot open /proc/99999/ns/net: No such file or directory\n',
		),
	);
});
