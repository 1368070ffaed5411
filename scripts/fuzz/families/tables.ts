import type {Family} from '../family.js';
import {nasty} from '../mutate.js';
import {createStage} from '../world.js';

const tools: ReadonlyArray<readonly [string, string]> = [
	[
		'iptables',
		'-t nat filter mangle raw -A -I -D -R -N -X -F -P -L -S -C -Z -E INPUT OUTPUT FORWARD PREROUTING POSTROUTING KUBE-SERVICES MINE -j ACCEPT DROP REJECT DNAT SNAT MASQUERADE MARK RETURN LOG REDIRECT --to-destination 10.1.1.1:80 --to-source --to-ports 8080 -p tcp udp icmp all 17 --dport 80 1:1024 --sport -s -d 10.0.0.0/8 ! 1.2.3.4 -i eth0 -o lo+ -m multiport --dports 80,443 conntrack --ctstate NEW,ESTABLISHED statistic --mode random --probability 0.5 nth --every 3 --packet 0 comment --comment hi mark --mark 0x1/0x1 set --match-set s src recent --rcheck --seconds 10 limit --limit 5/min addrtype --dst-type LOCAL -n -v --line-numbers 1 99 -w',
	],
	[
		'ipvsadm',
		'-A -E -D -C -R -S -a -e -d -L -l -Z --set -t -u -f 10.96.0.50:80 10.96.0.1:443 1 2 -s rr wrr lc sh mh -p 60 -M 255.255.255.0 -r 10.244.1.9:80 -m -g -i -w 3 -x -y -n -c --stats --rate --timeout --connection --sort --exact -b sh-port 900 120 300',
	],
	[
		'ipset',
		'create add del test destroy flush list save restore swap rename s t hash:ip hash:net hash:ip,port hash:net,port bitmap:port list:set family inet timeout 10 comment maxelem 5 10.0.0.1 10.0.0.0/24 10.0.0.1,tcp:80 range 1-100 -exist -! -o save',
	],
	[
		'ip',
		'addr link route neigh rule netns add del show set replace flush get dev eth0 lo kube-ipvs0 type dummy veth bridge up down via 172.25.254.2 10.9.0.0/16 default 10.9.9.9/32 mtu 1400 -4 -br -d -s -j table 100 from to scope host metric 5 lladdr 02:00:00:00:00:01',
	],
	['conntrack', '-L -D -E -C -F -p tcp udp -s -d 10.0.0.1 --dport 80 --sport -o extended --state ESTABLISHED'],
	['sysctl', '-w -a -n -p net.ipv4.ip_forward=1 net.ipv4.vs.conntrack net.netfilter.nf_conntrack_max=5 kernel.hostname ='],
	['tc', 'qdisc add del show dev eth0 root netem delay 10ms loss 5%'],
	['ss', '-tlnp -tan -u -s state established sport = :80 dst 10.0.0.1'],
];

/** Arguments of the tools that read and write kernel tables. */
const family: Family = {
	name: 'tables',
	open() {
		const stage = createStage('base', [
			'yum install -y ipvsadm ipset conntrack-tools',
			'iptables -N MINE; ipset create s hash:ip; ipvsadm -A -t 10.96.0.50:80 -s rr',
		]);
		return {
			draw(random) {
				const one = () => {
					const [tool, words] = random.pick(tools);
					const list = words.split(' ');
					const argv = Array.from({length: 1 + random.int(10)}, () => (random.chance(1, 15) ? random.pick(nasty) : random.pick(list)));
					return [tool, ...argv.map(word => `'${word.replaceAll(/['\u0000]/g, '')}'`)].join(' ');
				};
				return `${one()}; ${one()}; curl -s -m 1 10.96.0.50; iptables-save | iptables-restore --test`;
			},
			take: line => stage.run(line),
		};
	},
};
export default family;
