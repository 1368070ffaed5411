import type {Link} from './link.js';
import type {Space} from './space.js';

/** What has gone through one device since it was made. */
export type Count = readonly [rxBytes: number, rxPackets: number, txBytes: number, txPackets: number];

/** The counters of a namespace's devices, as `ip -s link` and /proc/net/dev read them. `length` is that of the IP packet. */
export interface Traffic {
	of(device: string): Count;
	received(link: Link, length: number): void;
	sent(link: Link, length: number): void;
	forget(device: string): void;
}

/** Bytes of the Ethernet header that a device counts in and out: a bridge sees frames without it, lo has none (drivers/net/loopback.c). */
const headers: Readonly<Record<Link['type'], readonly [rx: number, tx: number]>> = {
	loopback: [0, 0],
	ethernet: [14, 14],
	veth: [14, 14],
	bridge: [0, 14],
	dummy: [14, 14],
	ipip: [0, 0],
	vxlan: [0, 14],
};

/** What a tunnel puts before a packet: IP; or IP, UDP, VXLAN and a frame's header of its own. */
export const tunnelHeader = {ipip: 20, vxlan: 50} as const;

const nothing: Count = [0, 0, 0, 0];

export function createTraffic(space: Space): Traffic {
	const rows = space.table<Count>('traffic');
	return {
		of: device => rows().get(device) ?? nothing,
		received({name, type}, length) {
			const table = rows();
			const [rxBytes, rxPackets, txBytes, txPackets] = table.get(name) ?? nothing;
			table.set(name, [rxBytes + length + headers[type][0], rxPackets + 1, txBytes, txPackets]);
		},
		sent({name, type}, length) {
			const table = rows();
			const [rxBytes, rxPackets, txBytes, txPackets] = table.get(name) ?? nothing;
			table.set(name, [rxBytes, rxPackets, txBytes + length + headers[type][1], txPackets + 1]);
		},
		forget: device => void rows().delete(device),
	};
}
