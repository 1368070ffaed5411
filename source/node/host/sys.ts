import type {Link} from '../../net/link.js';
import {linkState, queueLengthOf} from '../../net/link-state.js';
import type {Namespace} from '../../net/namespace.js';
import {FileError} from '../../os/files.js';
import {createGenerated} from '../../os/generated.js';
import type {Layer} from '../../os/layer.js';
import type {Machine} from './machine.js';

const hardwareTypes: Readonly<Record<Link['type'], number>> = {
	loopback: 772,
	ethernet: 1,
	veth: 1,
	bridge: 1,
	dummy: 1,
	ipip: 768,
	vxlan: 1,
};
/** Mbit/s; the others have no wire to have a speed on. */
const speeds: Partial<Record<Link['type'], number>> = {ethernet: 10_000, veth: 10_000};

type LinkFile = (link: Link, stack: Namespace) => string | number | undefined;

/** include/uapi/linux/if.h: UP, BROADCAST, LOOPBACK, NOARP, MULTICAST. */
const flagsOf = ({up, type, noArp}: Link): number =>
	(up ? 1 : 0) + (type === 'loopback' ? 8 : type === 'ipip' ? 0x80 : 2 + (noArp ? 0x80 : 0x1000));

/** The other end of a veth by its number in its own namespace: how one finds a pod's cable on its node. */
const peerIndex: LinkFile = ({index, peer}, stack) =>
	peer ? (stack.kernel.wire.kernel(peer.namespace)?.links.get(peer.link)?.index ?? 0) : index;

/** Of one device. Undefined: it has no such thing, or not while it is down. */
const linkFiles: Readonly<Record<string, LinkFile>> = {
	addr_len: ({type}) => (type === 'ipip' ? 4 : 6),
	address: ({mac}) => mac,
	broadcast: ({type}) => (type === 'loopback' ? '00:00:00:00:00:00' : 'ff:ff:ff:ff:ff:ff'),
	carrier: ({up, carrier}) => (up ? Number(carrier) : undefined),
	dev_id: () => '0x0',
	dormant: ({up}) => (up ? 0 : undefined),
	duplex: ({type, up}) => (up && speeds[type] !== undefined ? 'full' : undefined),
	flags: link => `0x${flagsOf(link).toString(16)}`,
	ifalias: () => '',
	ifindex: ({index}) => index,
	iflink: peerIndex,
	link_mode: () => 0,
	mtu: ({mtu}) => mtu,
	operstate: link => linkState(link).toLowerCase(),
	speed: ({type, up}) => (up ? speeds[type] : undefined),
	tx_queue_len: queueLengthOf,
	type: ({type}) => hardwareTypes[type],
	uevent: ({name, index}) => `INTERFACE=${name}\nIFINDEX=${index}`,
};

const ownErrors = {
	rx: ['crc_errors', 'frame_errors', 'length_errors', 'missed_errors', 'nohandler', 'over_errors'],
	tx: ['aborted_errors', 'carrier_errors', 'heartbeat_errors', 'window_errors'],
};
const statistics = (['rx', 'tx'] as const)
	.flatMap(way => ['bytes', 'packets', 'errors', 'dropped', 'fifo_errors', 'compressed', ...ownErrors[way]].map(name => `${way}_${name}`))
	.concat('collisions', 'multicast')
	.sort();

/** In the order in which they are kept; the others stay 0. */
const counted = ['rx_bytes', 'rx_packets', 'tx_bytes', 'tx_packets'];

/** /sys as far as the network goes: the devices of the machine's namespace. */
export function createSys(machine: () => Machine): Layer {
	const stack = () => machine().stack as Namespace;
	const linkAt = (name: string) => stack().links.get(name);
	const portsOf = (bridge: Link) =>
		stack()
			.links.list()
			.filter(({master}) => master === bridge.name)
			.map(({name}) => name);
	const part = /^\/class\/net\/([^/]+)(?:\/(.+))?$/;
	return createGenerated({
		nowMs: () => machine().sim.clock.now(),
		names(path) {
			if (path === '/') return ['class', ...(machine().kind === 'host' ? [] : ['fs'])];
			if (path === '/class') return ['net'];
			if (path === '/class/net')
				return stack()
					.links.list()
					.map(({name}) => name);
			const [, name = '', folder] = part.exec(path) ?? [];
			const link = linkAt(name);
			if (!link) return undefined;
			if (folder === undefined)
				return [
					...Object.keys(linkFiles).filter(each => linkFiles[each]!(link, stack()) !== undefined),
					'statistics',
					...(link.type === 'bridge' ? ['brif'] : []),
				];
			if (folder === 'statistics') return statistics;
			return folder === 'brif' && link.type === 'bridge' ? portsOf(link) : undefined;
		},
		file(path) {
			const [, name = '', file = ''] = part.exec(path) ?? [];
			const link = linkAt(name);
			if (!link) return undefined;
			if (file.startsWith('statistics/')) {
				const what = file.slice('statistics/'.length);
				const at = counted.indexOf(what);
				return statistics.includes(what) ? {read: () => `${stack().kernel.traffic.of(name)[at] ?? 0}\n`} : undefined;
			}

			const value = Object.hasOwn(linkFiles, file) ? linkFiles[file]!(link, stack()) : undefined;
			if (value === undefined) return undefined;
			const read = () => `${value}\n`;
			return file === 'mtu' && machine().kind === 'host' ? {read, write: text => setMtu(link, text)} : {read};
		},
	});

	function setMtu({name}: Link, text: string): void {
		const mtu = Number(text.trim());
		if (!Number.isInteger(mtu) || mtu < 68 || mtu > 65_535) throw new FileError('EINVAL', `/sys/class/net/${name}/mtu`);
		stack().links.configure(name, {mtu});
	}
}
