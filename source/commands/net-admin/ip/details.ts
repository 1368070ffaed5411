import type {Link} from '../../../net/link.js';

/** Words of the device's kind, as `ip -d` adds them below its address. */
const kinds: Partial<Readonly<Record<Link['type'], string>>> = {
	veth: 'veth',
	dummy: 'dummy',
	bridge:
		'bridge forward_delay 1500 hello_time 200 max_age 2000 ageing_time 30000 stp_state 0 priority 32768 vlan_filtering 0 vlan_protocol 802.1Q',
	ipip: 'ipip any remote any local any ttl inherit nopmtudisc',
	vxlan: 'vxlan id 4096 srcport 0 0 dstport 4789 nolearning ttl auto ageing 300 udpcsum noudp6zerocsumtx noudp6zerocsumrx',
};

const mtuLimits: Readonly<Record<Link['type'], readonly [number, number]>> = {
	loopback: [0, 0],
	ethernet: [68, 9000],
	veth: [68, 65_535],
	bridge: [68, 65_535],
	dummy: [0, 0],
	ipip: [0, 0],
	vxlan: [68, 65_535],
};

/** What `-d` puts at the end of the address line, and the line that may follow. */
export function details(link: Link, withMode: boolean): string {
	const [least, most] = mtuLimits[link.type];
	const queues = link.type === 'veth' ? 4 : 1;
	const sizes = 'gso_max_size 65536 gso_max_segs 65535 tso_max_size 65536 tso_max_segs 65535 gro_max_size 65536 ';
	const end = `${withMode ? 'addrgenmode eui64 ' : ''}numtxqueues ${queues} numrxqueues ${queues} ${sizes}`;
	const start = ` promiscuity 0  allmulti 0 minmtu ${least} maxmtu ${most} `;
	const kind = kinds[link.type];
	return kind === undefined ? `${start}${end}` : `${start}\n    ${kind} ${end}`;
}
