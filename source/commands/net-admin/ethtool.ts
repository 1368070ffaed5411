import type {Link} from '../../net/link.js';
import type {Namespace} from '../../net/namespace.js';
import {kernelRelease} from '../../os/rhel/kernel.js';
import {featureText} from './ethtool-features.js';
import {refuse, stackOf, tool} from './tool.js';

interface Driver {
	readonly name: string;
	readonly version: string;
	readonly firmware?: string;
	readonly bus?: string;
	/** Of statistics, test, eeprom-access, register-dump and priv-flags, those that it supports. */
	readonly supports?: readonly string[];
}

const statistics = ['statistics'];
const drivers: Partial<Readonly<Record<Link['type'], Driver>>> = {
	ethernet: {name: 'vmxnet3', version: '1.7.0.0-k-NAPI', bus: '0000:03:00.0', supports: [...statistics, 'register-dump']},
	veth: {name: 'veth', version: '1.0', supports: statistics},
	bridge: {name: 'bridge', version: '2.3', firmware: 'N/A', bus: 'N/A'},
	dummy: {name: 'dummy', version: '1.0'},
	ipip: {name: 'ipip', version: kernelRelease},
	vxlan: {name: 'vxlan', version: '0.1'},
};

/** Without an option; the others have nothing to set and only tell of their link. */
const settings: Partial<Readonly<Record<Link['type'], (link: Link) => readonly string[]>>> = {
	ethernet: link => [
		'Supported ports: [ TP ]',
		'Supported link modes:   1000baseT/Full',
		'                        10000baseT/Full',
		...common(link, 'Full', 'Twisted Pair'),
		'MDI-X: Unknown',
		'Supports Wake-on: uag',
		'Wake-on: d',
	],
	veth: link => [
		'Supported ports: [  ]',
		'Supported link modes:   Not reported',
		...common(link, 'Full', 'Twisted Pair'),
		'MDI-X: Unknown',
	],
	bridge: link => ['Supported ports: [  ]', 'Supported link modes:   Not reported', ...common(link, 'Unknown! (255)', 'Other')],
};

const common = ({up, carrier}: Link, duplex: string, port: string): readonly string[] => [
	'Supported pause frame use: No',
	'Supports auto-negotiation: No',
	'Supported FEC modes: Not reported',
	'Advertised link modes:  Not reported',
	'Advertised pause frame use: No',
	'Advertised auto-negotiation: No',
	'Advertised FEC modes: Not reported',
	`Speed: ${up && carrier ? '10000Mb/s' : 'Unknown!'}`,
	`Duplex: ${up && carrier ? duplex : 'Unknown! (255)'}`,
	'Auto-negotiation: off',
	`Port: ${port}`,
	'PHYAD: 0',
	'Transceiver: internal',
];

export default tool({
	name: 'ethtool',
	summary: 'show network card settings',
	path: '/usr/sbin/ethtool',
	run(io) {
		const [first, ...rest] = io.argv.slice(1);
		if (first === '--version') {
			io.out('ethtool version 6.11\n');
			return 0;
		}

		const option = first?.startsWith('-') ? first : undefined;
		const name = option === undefined ? first : rest[0];
		const act =
			option === undefined
				? show
				: {
						'-i': driver,
						'--driver': driver,
						'-S': counters,
						'--statistics': counters,
						'-P': permanent,
						'--show-permaddr': permanent,
						'-k': showFeatures,
						'--show-features': showFeatures,
						'--show-offload': showFeatures,
					}[option];
		if (first === undefined || (act && name === undefined)) {
			io.err('ethtool: bad command line argument(s)\nFor more information run ethtool -h\n');
			return 1;
		}

		const stack = stackOf(io);
		if (!act || rest.length > (option === undefined ? 0 : 1)) return refuse(io, io.argv.join(' '));
		const link = stack.links.get(name!);
		const said = act(link, stack);
		if (said === undefined) return refuse(io, io.argv.join(' '));
		if (said.text !== undefined) io.out(said.text);
		if (said.error !== undefined) io.err(said.error);
		return said.status ?? 0;
	},
});

interface Said {
	readonly text?: string;
	readonly error?: string;
	readonly status?: number;
}

const unknownDevice = 'netlink error: no device matches name (offset 24)\nnetlink error: No such device\n';

function show(link: Link | undefined): Said {
	if (!link) return {error: `${unknownDevice.repeat(5)}No data available\n`, status: 75};
	const lines = [...(settings[link.type]?.(link) ?? []), `Link detected: ${link.up && link.carrier ? 'yes' : 'no'}`];
	return {text: `Settings for ${link.name}:\n${lines.map(line => `\t${line}\n`).join('')}`};
}

function showFeatures(link: Link | undefined): Said | undefined {
	if (!link) return {error: unknownDevice, status: 1};
	const text = featureText(link);
	return text === undefined ? undefined : {text};
}

function permanent(link: Link | undefined): Said {
	if (!link) return {error: unknownDevice, status: 75};
	return {text: `Permanent address: ${link.type === 'ethernet' ? link.mac : 'not set'}\n`};
}

function driver(link: Link | undefined): Said {
	if (!link) return {error: 'Cannot get driver information: No such device\n', status: 71};
	const known = drivers[link.type];
	if (!known) return {error: 'Cannot get driver information: Operation not supported\n', status: 71};
	const {name, version, firmware = '', bus = '', supports = []} = known;
	const can = ['statistics', 'test', 'eeprom-access', 'register-dump', 'priv-flags'].map(
		what => `supports-${what}: ${supports.includes(what) ? 'yes' : 'no'}\n`,
	);
	return {
		text: `driver: ${name}\nversion: ${version}\nfirmware-version: ${firmware}\nexpansion-rom-version: \nbus-info: ${bus}\n${can.join('')}`,
	};
}

const queueCounters = [
	...['xdp_packets', 'xdp_bytes', 'drops', 'xdp_redirect', 'xdp_drops', 'xdp_tx', 'xdp_tx_errors'].map(name => `rx_queue_0_${name}`),
	...['xdp_xmit', 'xdp_xmit_errors'].map(name => `tx_queue_0_${name}`),
];

/** Of a veth: the number of its other end, by which a pod's device is found on its node. */
function counters(link: Link | undefined, stack: Namespace): Said | undefined {
	if (!link) return {error: 'Cannot get stats strings information: No such device\n', status: 96};
	if (link.type === 'ethernet') return undefined;
	if (link.type !== 'veth') return {error: 'no stats available\n', status: 94};
	const peer = link.peer && stack.kernel.wire.kernel(link.peer.namespace)?.links.get(link.peer.link);
	const rows = [`peer_ifindex: ${peer?.index ?? 0}`, ...queueCounters.map(name => `${name}: 0`)];
	return {text: `NIC statistics:\n${rows.map(row => `     ${row}\n`).join('')}`};
}
