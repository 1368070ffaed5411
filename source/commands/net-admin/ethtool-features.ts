import type {Link} from '../../net/link.js';

/** In the order of the kernel's groups; a tab goes before what belongs to the line above. */
const names =
	'rx-checksumming|tx-checksumming|\ttx-checksum-ipv4|\ttx-checksum-ip-generic|\ttx-checksum-ipv6|\ttx-checksum-fcoe-crc|\ttx-checksum-sctp|scatter-gather|\ttx-scatter-gather|\ttx-scatter-gather-fraglist|tcp-segmentation-offload|\ttx-tcp-segmentation|\ttx-tcp-ecn-segmentation|\ttx-tcp-mangleid-segmentation|\ttx-tcp6-segmentation|generic-segmentation-offload|generic-receive-offload|large-receive-offload|rx-vlan-offload|tx-vlan-offload|ntuple-filters|receive-hashing|highdma|rx-vlan-filter|vlan-challenged|tx-lockless|netns-local|tx-gso-robust|tx-fcoe-segmentation|tx-gre-segmentation|tx-gre-csum-segmentation|tx-ipxip4-segmentation|tx-ipxip6-segmentation|tx-udp_tnl-segmentation|tx-udp_tnl-csum-segmentation|tx-gso-partial|tx-tunnel-remcsum-segmentation|tx-sctp-segmentation|tx-esp-segmentation|tx-udp-segmentation|tx-gso-list|fcoe-mtu|tx-nocache-copy|loopback|rx-fcs|rx-all|tx-vlan-stag-hw-insert|rx-vlan-stag-hw-parse|rx-vlan-stag-filter|l2-fwd-offload|hw-tc-offload|esp-hw-offload|esp-tx-csum-hw-offload|rx-udp_tunnel-port-offload|tls-hw-tx-offload|tls-hw-rx-offload|rx-gro-hw|tls-hw-record|rx-gro-list|macsec-hw-offload|rx-udp-gro-forwarding|hsr-tag-ins-offload|hsr-tag-rm-offload|hsr-fwd-offload|hsr-dup-offload'.split(
		'|',
	);

interface Features {
	/** What is on and can be switched (a line above others always is), what is on for good, what is off and can be switched; all else is off for good. */
	readonly on: string;
	readonly always?: string;
	readonly off: string;
}

const software =
	'tx-checksumming tx-checksum-ip-generic scatter-gather tx-scatter-gather tcp-segmentation-offload tx-tcp-segmentation tx-tcp6-segmentation generic-segmentation-offload';
const tunnels =
	'tx-gre-segmentation tx-gre-csum-segmentation tx-ipxip4-segmentation tx-ipxip6-segmentation tx-udp_tnl-segmentation tx-udp_tnl-csum-segmentation';
const switchedOff = 'tx-nocache-copy rx-gro-list rx-udp-gro-forwarding';
const local =
	'tx-scatter-gather-fraglist tx-tcp-ecn-segmentation tx-tcp-mangleid-segmentation highdma tx-sctp-segmentation tx-udp-segmentation tx-gso-list tx-checksum-sctp';

const features: Partial<Readonly<Record<Link['type'], Features>>> = {
	// vmxnet3
	ethernet: {
		on: `rx-checksumming ${software} generic-receive-offload large-receive-offload rx-vlan-offload tx-vlan-offload receive-hashing highdma`,
		always: 'rx-vlan-filter',
		off: `tx-tcp-mangleid-segmentation ${switchedOff}`,
	},
	veth: {
		on: `rx-checksumming ${software} ${local} ${tunnels} rx-vlan-offload tx-vlan-offload tx-vlan-stag-hw-insert rx-vlan-stag-hw-parse`,
		always: 'tx-lockless',
		off: `generic-receive-offload ${switchedOff}`,
	},
	loopback: {
		on: `tx-checksumming scatter-gather tcp-segmentation-offload tx-tcp-segmentation tx-tcp-ecn-segmentation tx-tcp-mangleid-segmentation tx-tcp6-segmentation generic-segmentation-offload generic-receive-offload tx-sctp-segmentation tx-udp-segmentation tx-gso-list`,
		always:
			'rx-checksumming tx-checksum-ip-generic tx-checksum-sctp tx-scatter-gather tx-scatter-gather-fraglist highdma vlan-challenged tx-lockless netns-local loopback',
		off: 'rx-gro-list rx-udp-gro-forwarding',
	},
};

/** `ethtool -k`; undefined for a device whose driver is not known so well. */
export function featureText({name, type}: Link): string | undefined {
	const known = features[type];
	if (!known) return undefined;
	const has = (list: string | undefined, feature: string) => (list ?? '').split(' ').includes(feature);
	const lines = names.map(line => {
		const feature = line.trim();
		const on = has(known.on, feature) || has(known.always, feature);
		const movable = has(known.on, feature) || has(known.off, feature);
		return `${line}: ${on ? 'on' : 'off'}${movable ? '' : ' [fixed]'}\n`;
	});
	return `Features for ${name}:\n${lines.join('')}`;
}
