import {derived, type Space} from './space.js';

/** Kernel settings of one namespace: what was written, else the default. Names in dotted form. */
export interface Sysctls {
	get(name: string): string | undefined;
	set(name: string, value: string): void;
	/** The device has gone, and its settings with it. */
	forget(device: string): void;
	/** All known names in byte order. */
	names(): readonly string[];
	/** A number; 0 when absent. */
	number(name: string): number;
	/** `net.ipv4.conf.<dev>.<name>`, where `all` counts as well: the larger one, as the kernel has it for most of them. */
	conf(device: string, name: string): number;
}

const perDevice: Readonly<Record<string, string>> = {
	accept_local: '0',
	accept_redirects: '1',
	accept_source_route: '0',
	arp_accept: '0',
	arp_announce: '0',
	arp_ignore: '0',
	forwarding: '0',
	log_martians: '0',
	proxy_arp: '0',
	route_localnet: '0',
	rp_filter: '0',
	send_redirects: '1',
};

export const sysctlDefaults: Readonly<Record<string, string>> = {
	'net.bridge.bridge-nf-call-arptables': '1',
	'net.bridge.bridge-nf-call-ip6tables': '1',
	'net.bridge.bridge-nf-call-iptables': '1',
	'net.core.netdev_max_backlog': '1000',
	'net.core.somaxconn': '4096',
	'net.ipv4.icmp_echo_ignore_all': '0',
	'net.ipv4.ip_forward': '0',
	'net.ipv4.ip_local_port_range': '32768\t60999',
	'net.ipv4.ip_nonlocal_bind': '0',
	'net.ipv4.ip_unprivileged_port_start': '1024',
	'net.ipv4.ping_group_range': '0\t2147483647',
	'net.ipv4.tcp_fin_timeout': '60',
	'net.ipv4.tcp_keepalive_time': '7200',
	'net.ipv4.tcp_max_syn_backlog': '1024',
	'net.ipv4.tcp_syn_retries': '6',
	'net.ipv4.tcp_tw_reuse': '2',
	'net.ipv4.vs.conn_reuse_mode': '1',
	'net.ipv4.vs.conntrack': '0',
	'net.ipv4.vs.expire_nodest_conn': '0',
	'net.ipv4.vs.expire_quiescent_template': '0',
	'net.ipv6.conf.all.disable_ipv6': '0',
	'net.ipv6.conf.all.forwarding': '0',
	'net.ipv6.conf.default.disable_ipv6': '0',
	'net.netfilter.nf_conntrack_buckets': '65536',
	'net.netfilter.nf_conntrack_icmp_timeout': '30',
	'net.netfilter.nf_conntrack_max': '262144',
	'net.netfilter.nf_conntrack_tcp_be_liberal': '0',
	'net.netfilter.nf_conntrack_tcp_loose': '1',
	'net.netfilter.nf_conntrack_tcp_timeout_close': '10',
	'net.netfilter.nf_conntrack_tcp_timeout_close_wait': '60',
	'net.netfilter.nf_conntrack_tcp_timeout_established': '432000',
	'net.netfilter.nf_conntrack_tcp_timeout_fin_wait': '120',
	'net.netfilter.nf_conntrack_tcp_timeout_last_ack': '30',
	'net.netfilter.nf_conntrack_tcp_timeout_syn_recv': '60',
	'net.netfilter.nf_conntrack_tcp_timeout_syn_sent': '120',
	'net.netfilter.nf_conntrack_tcp_timeout_time_wait': '120',
	'net.netfilter.nf_conntrack_udp_timeout': '30',
	'net.netfilter.nf_conntrack_udp_timeout_stream': '120',
	'net.nf_conntrack_max': '262144',
};

/** Two names of one setting. */
const sameAs: Readonly<Record<string, string>> = {
	'net.nf_conntrack_max': 'net.netfilter.nf_conntrack_max',
	'net.ipv4.conf.all.forwarding': 'net.ipv4.ip_forward',
};

export function createSysctls(space: Space, devices: () => readonly string[]): Sysctls {
	const rows = space.table<string>('sysctl');
	const fallback = (name: string): string | undefined => {
		const known = sysctlDefaults[name];
		if (known !== undefined) return known;
		const match = /^net\.ipv4\.conf\.(.+)\.(\w+)$/.exec(name);
		if (!match) return undefined;
		const [, device = '', setting = ''] = match;
		if (device !== 'all' && device !== 'default' && !devices().includes(device)) return undefined;
		return device !== 'all' && device !== 'default'
			? (rows().get(`net.ipv4.conf.default.${setting}`) ?? perDevice[setting])
			: perDevice[setting];
	};

	const get = (name: string) => {
		const real = sameAs[name] ?? name;
		return rows().get(real) ?? fallback(real);
	};

	// Every packet asks for some: they are numbers until somebody writes one.
	const numbers = derived(rows, () => new Map<string, number>());
	const byDevice = derived(rows, () => new Map<string, Map<string, number>>());
	const confOf = (device: string, name: string) => {
		const table = rows();
		const all = Number(table.get(`net.ipv4.conf.all.${name}`) ?? perDevice[name] ?? 0);
		const own = Number(table.get(`net.ipv4.conf.${device}.${name}`) ?? table.get(`net.ipv4.conf.default.${name}`) ?? perDevice[name] ?? 0);
		return Math.max(all, own);
	};

	return {
		get,
		set(name, value) {
			rows().set(sameAs[name] ?? name, value);
		},
		forget(device) {
			const own = `net.ipv4.conf.${device}.`;
			for (const name of [...rows().keys()]) if (name.startsWith(own)) rows().delete(name);
		},
		names() {
			const conf = ['all', 'default', ...devices()].flatMap(device =>
				Object.keys(perDevice).map(setting => `net.ipv4.conf.${device}.${setting}`),
			);
			return [...new Set([...Object.keys(sysctlDefaults), ...conf, ...rows().keys()])].sort();
		},
		number(name) {
			// The settings of a device come and go with it.
			if (sysctlDefaults[name] === undefined) return Number(get(name) ?? 0);
			const known = numbers();
			let value = known.get(name);
			if (value === undefined) known.set(name, (value = Number(get(name) ?? 0)));
			return value;
		},
		conf(device, name) {
			if (rows().size === 0) return Number(perDevice[name] ?? 0);
			const known = byDevice();
			let settings = known.get(device);
			if (!settings) known.set(device, (settings = new Map()));
			let value = settings.get(name);
			if (value === undefined) settings.set(name, (value = confOf(device, name)));
			return value;
		},
	};
}
