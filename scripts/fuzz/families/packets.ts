import type {Random} from '../../../source/sim/random.js';
import {TraceError, traceRequest} from '../../../source/trace/walk/request.js';
import type {Family} from '../family.js';
import {createStage} from '../world.js';

const service = [
	'kubectl create deployment web --image=nginx --replicas=2; kubectl expose deployment web --port=80 --type=NodePort --session-affinity=ClientIP',
	'kubectl run cli --image=busybox --command -- sleep 3600',
	'sleep 5',
];
const toIpvs =
	"kubectl -n kube-system get cm kube-proxy -o yaml | sed 's/^    mode:.*/    mode: ipvs/' | kubectl apply -f -; kubectl -n kube-system delete pod -l k8s-app=kube-proxy";

const hosts = ['k8s-master', 'k8s-node1', 'k8s-node2', 'reg'];
const addresses = [
	'10.96.0.1',
	'10.96.0.10',
	'10.244.1.2',
	'10.244.2.2',
	'172.25.254.10',
	'172.25.254.100',
	'127.0.0.1',
	'10.9.9.9',
	'0.0.0.0',
	'224.0.0.1',
	'255.255.255.255',
	'VIP',
	'POD',
	'CLI',
];
const nets = [...addresses.filter(each => /^\d/.test(each)), '10.96.0.0/12', '10.244.0.0/16', '172.25.254.0/24', '0.0.0.0/0'];
const ports = ['80', '443', '53', '6443', '30000', '1', '65535', 'NODEPORT'];
const chains: Readonly<Record<string, readonly string[]>> = {
	raw: ['PREROUTING', 'OUTPUT'],
	mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
	nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
	filter: ['INPUT', 'FORWARD', 'OUTPUT'],
};

/** A rule by hand: whatever iptables takes, and what it refuses. */
function rule(random: Random): string {
	const table = random.pick(Object.keys(chains));
	const protocol = random.pick(['tcp', 'udp', 'icmp', 'all']);
	const some = (text: () => string) => (random.chance(1, 3) ? ` ${text()}` : '');
	const match =
		`-p ${protocol}` +
		some(() => `${random.pick(['', '! '])}-s ${random.pick(nets)}`) +
		some(() => `${random.pick(['', '! '])}-d ${random.pick(nets)}`) +
		some(() => `${random.pick(['--dport', '--sport'])} ${random.pick(ports)}`) +
		some(() =>
			random.pick([
				'-m conntrack --ctstate NEW',
				'-m conntrack --ctstate ESTABLISHED,RELATED',
				'-m conntrack --ctstate INVALID,DNAT',
				'-m state --state NEW',
			]),
		) +
		some(() =>
			random.pick([
				'-m statistic --mode random --probability 0.5',
				'-m statistic --mode nth --every 2 --packet 0',
				'-m limit --limit 1/min --limit-burst 1',
				'-m recent --set --name r',
				'-m recent --update --seconds 60 --hitcount 2 --name r',
				'-m mark --mark 0x4000/0x4000',
				'-m addrtype --dst-type LOCAL',
				'-m length --length 0:80',
				'-m ttl --ttl-lt 64',
				'-m multiport --dports 80,443,53',
				'-m comment --comment fuzz',
			]),
		);
	const target = random.pick([
		'DROP',
		'DROP',
		'REJECT',
		'REJECT --reject-with tcp-reset',
		'REJECT --reject-with icmp-host-prohibited',
		'ACCEPT',
		'RETURN',
		'LOG',
		'NOTRACK',
		'MARK --set-mark 0x4000',
		'MASQUERADE',
		`DNAT --to-destination ${random.pick(['10.244.1.2', '10.9.9.9:81', '127.0.0.1:80', '172.25.254.10:10256'])}`,
		`SNAT --to-source ${random.pick(['10.9.9.9', '172.25.254.100'])}`,
		'REDIRECT --to-ports 10256',
		'TTL --ttl-set 1',
	]);
	return `iptables -t ${table} ${random.pick(['-I', '-A'])} ${random.pick(chains[table]!)} ${match} -j ${target}`;
}

const way = (random: Random): string =>
	random.pick([
		`ip route replace ${random.pick(['blackhole', 'prohibit', 'unreachable', 'throw'])} ${random.pick(nets)}`,
		`ip route replace ${random.pick(nets)} via ${random.pick(['172.25.254.2', '172.25.254.10', '172.25.254.77'])}`,
		`ip route del ${random.pick(['default', '10.244.1.0/24', '172.25.254.0/24'])}`,
		`ip addr add ${random.pick(nets)} dev ${random.pick(['eth0', 'lo'])}`,
		`ip link set ${random.pick(['eth0', 'lo', 'kube-ipvs0'])} ${random.pick(['down', 'up', 'mtu 100'])}`,
		`ip neigh replace 172.25.254.10 lladdr 02:00:00:00:00:99 dev eth0`,
		`sysctl -w net.ipv4.${random.pick(['ip_forward=0', 'conf.all.rp_filter=1', 'conf.eth0.rp_filter=2', 'conf.all.arp_ignore=1', 'vs.conntrack=0', 'vs.expire_nodest_conn=0', 'conf.all.route_localnet=0'])}`,
		`sysctl -w net.netfilter.nf_conntrack_max=${random.int(3)}`,
		`iptables -t ${random.pick(['nat', 'filter'])} -${random.pick(['F', 'P FORWARD DROP', 'P INPUT DROP', 'P OUTPUT DROP'])}`,
		`ipvsadm ${random.pick(['-C', `-A -t ${random.pick(nets)}:80 -s ${random.pick(['rr', 'sh', 'lc', 'mh'])}`, '-a -t 10.9.9.9:80 -r 10.244.1.2:80 -m', '-A -f 16384 -s wrr -p'])}`,
	]);

const packet = (random: Random): string => {
	const [address, port] = [random.pick(addresses), random.pick(ports)];
	const words = random.pick([
		`http://${address}:${port}`,
		`http://${address}:${port}`,
		`ping -c 1 ${address}`,
		`nc -zv ${address} ${port}`,
		`dig @${address} web.default.svc.cluster.local`,
	]);
	return `${random.pick([...hosts, 'cli'])} ${words}`;
};

/** Hand-made rules, routes and settings on any host, and requests of anybody through them: each ends, and what is lost is lost to something with a name. */
const family: Family = {
	name: 'packets',
	open() {
		const stages = {
			iptables: createStage('base', service),
			ipvs: createStage('base', ['yum install -y ipvsadm', ...service, toIpvs, 'sleep 30']),
		};
		return {
			draw(random) {
				const line = Array.from({length: 1 + random.int(5)}, () => {
					const host = random.pick(hosts);
					const command = random.chance(2, 3) ? rule(random) : way(random);
					return `${host} ${command}`;
				});
				return [random.pick(Object.keys(stages)), line.join('; '), ...Array.from({length: 3}, () => packet(random))].join('\n');
			},
			async take(input) {
				const [mode = '', line = '', ...requests] = input.split('\n');
				const stage = stages[mode as keyof typeof stages];
				const fault = await stage.run(line.split('; ').map(typedAt));
				if (fault) return fault;
				const {reader} = stage.cluster.api;
				const {spec} = reader.get<any>('services', 'default', 'web');
				const pods = reader.list<any>('pods').filter(pod => pod.metadata.namespace === 'default');
				const ip = (start: string) => pods.find(pod => pod.metadata.name.startsWith(start))?.status.podIP ?? '10.244.9.9';
				for (const request of requests) {
					const [from = '', ...words] = request
						.replace('VIP', spec.clusterIP)
						.replace('NODEPORT', spec.ports[0].nodePort)
						.replace('POD', ip('web'))
						.replace('CLI', ip('cli'))
						.split(' ');
					const nameless = verdictFault(() => traceRequest(stage.cluster, {from, words}));
					if (nameless) return `${request}: ${nameless}`;
				}
				return undefined;
			},
		};
	},
};

/** At the host itself: over ssh the second line would wait two minutes for a host that the first one cut off. */
function typedAt(text: string) {
	const [host = ''] = text.split(' ', 1);
	return {host, line: text.slice(host.length + 1)};
}

const named = /\d+\.\d+\.\d+\.\d+|k8s-\w+|\breg\b|route|Service|rule/;

function verdictFault(trace: () => ReturnType<typeof traceRequest>): string | undefined {
	try {
		const {verdict} = trace();
		if (['answered', 'not-sent'].includes(verdict.kind) || verdict.rule || verdict.object || named.test(verdict.sentence)) return undefined;
		return `${verdict.kind}: ${verdict.sentence}`;
	} catch (error) {
		if (error instanceof TraceError) return undefined;
		throw error;
	}
}
export default family;
