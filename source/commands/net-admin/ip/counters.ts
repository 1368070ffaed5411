import type {Link} from '../../../net/link.js';
import type {Namespace} from '../../../net/namespace.js';
import type {IpOptions} from './print.js';

const rows = {
	RX: ['bytes', 'packets', 'errors', 'dropped', 'missed', 'mcast'],
	TX: ['bytes', 'packets', 'errors', 'dropped', 'carrier', 'collsns'],
};
const errors = {
	RX: ['    RX errors:  length    crc   frame    fifo overrun', '                     0      0       0       0       0 '],
	TX: ['    TX errors: aborted   fifo  window heartbt transns', '                     0      0       0       0       0 '],
};
/** As wide as the titles of the error rows, whichever are shown (ip/ipaddress.c, print_stats64). */
const widths = [10, 7, 6, 7, 7, 7];

/** What `-s` adds to a device, with `-s -s` its errors one by one. */
export function counterLines({stats, errors: each}: IpOptions, {kernel}: Namespace, {name}: Link): readonly string[] {
	if (!stats) return [];
	const [rxBytes, rxPackets, txBytes, txPackets] = kernel.traffic.of(name);
	const values = {RX: [rxBytes, rxPackets], TX: [txBytes, txPackets]};
	const wide = widths.map((width, at) => Math.max(width, ...(['RX', 'TX'] as const).map(way => String(values[way][at] ?? 0).length)));
	return (['RX', 'TX'] as const).flatMap(way => {
		const titles = rows[way].map((title, at) => title.padStart(wide[at]! - (at === 0 ? 4 : 0)));
		const counts = wide.map((width, at) => String(values[way][at] ?? 0).padStart(width));
		return [`    ${way}: ${titles.join(' ')} ${' '.repeat(10)}`, `    ${counts.join(' ')} `, ...(each ? errors[way] : [])];
	});
}

/** The same as `-j` has it. */
export function countersJson({stats, errors: each}: IpOptions, {kernel}: Namespace, {name}: Link): object {
	if (!stats) return {};
	const [rxBytes, rxPackets, txBytes, txPackets] = kernel.traffic.of(name);
	return {
		stats64: {
			rx: {
				bytes: rxBytes,
				packets: rxPackets,
				...{errors: 0, dropped: 0, over_errors: 0, multicast: 0},
				...(each && {length_errors: 0, crc_errors: 0, frame_errors: 0, fifo_errors: 0, missed_errors: 0}),
			},
			tx: {
				bytes: txBytes,
				packets: txPackets,
				...{errors: 0, dropped: 0, carrier_errors: 0, collisions: 0},
				...(each && {aborted_errors: 0, fifo_errors: 0, window_errors: 0, heartbeat_errors: 0, carrier_changes: 2}),
			},
		},
	};
}
