import type {Count} from '../../net/traffic.js';
import {entryText} from '../../net/conntrack-text.js';
import type {Namespace} from '../../net/namespace.js';
import {maskOf, formatIpv4} from '../../net/address.js';
import {hexAddress} from './proc-hex.js';
import {hasIpvs, ipvsFiles} from './proc-ipvs.js';
import {socketFiles} from './proc-sockets.js';

type NetFile = (stack: Namespace, nowMs: number) => string;

const hardwareFlags = {PERMANENT: '6', FAILED: '0', REACHABLE: '2', STALE: '2'} as const;

/** Models net/core/net-procfs.c: bytes, packets and six that stay 0, in and out. */
const deviceRow = (name: string, [rxBytes, rxPackets, txBytes, txPackets]: Count): string => {
	const half = (bytes: number, packets: number) => `${String(bytes).padStart(7)} ${String(packets).padStart(7)}`;
	const inward = `${half(rxBytes, rxPackets)}    0    0    0     0          0         0`;
	return `${name.padStart(6)}: ${inward} ${half(txBytes, txPackets).padStart(16)}    0    0    0     0       0          0\n`;
};

const files: Readonly<Record<string, NetFile>> = {
	arp: ({neighbours}) =>
		`IP address       HW type     Flags       HW address            Mask     Device\n${neighbours
			.list()
			.map(
				({address, mac = '00:00:00:00:00:00', device, state}) =>
					`${address.padEnd(16)} 0x${'1'.padEnd(10)}0x${hardwareFlags[state].padEnd(10)}${mac.padEnd(17)}     *        ${device}\n`,
			)
			.join('')}`,
	dev: ({links, kernel}) =>
		`Inter-|   Receive                                                |  Transmit\n face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n` +
		links
			.list()
			.map(({name}) => deviceRow(name, kernel.traffic.of(name)))
			.join(''),
	nf_conntrack: ({conntrack}, nowMs) =>
		conntrack
			.entries()
			.map(entry => `ipv4     2 ${entryText(entry, nowMs)} zone=0 use=2\n`)
			.join(''),
	route: ({routes}) =>
		'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT'.padEnd(127) +
		'\n' +
		routes
			.list('main')
			.map(({dev = '*', type, destination, via, metric = 0}) => {
				const [address = '0.0.0.0', bits = '32'] = destination.split('/');
				const flags = 1 + (via ? 2 : 0) + (bits === '32' ? 4 : 0) + (type === 'unreachable' || type === 'prohibit' ? 0x200 : 0);
				const mask = hexAddress(formatIpv4(maskOf(Number(bits))));
				const row = [
					dev,
					hexAddress(address),
					hexAddress(via ?? '0.0.0.0'),
					flags.toString(16).toUpperCase().padStart(4, '0'),
					0,
					0,
					metric,
					mask,
					0,
					0,
					0,
				];
				return `${row.join('\t').padEnd(127)}\n`;
			})
			.join(''),
	sockstat({sockets}) {
		const listeners = sockets.listeners();
		const waits = sockets.connections().filter(({state}) => state === 'TIME-WAIT').length;
		const open = (protocol: string) =>
			listeners.filter(each => each.protocol === protocol && each.address !== '*' && each.address !== '::').length;
		const tcp = open('tcp') + sockets.connections().length - waits;
		return `sockets: used ${listeners.length + sockets.connections().length - waits}\nTCP: inuse ${tcp} orphan 0 tw ${waits} alloc ${tcp} mem 0\nUDP: inuse ${open('udp')} mem 0\nUDPLITE: inuse 0\nRAW: inuse 0\nFRAG: inuse 0 memory 0\n`;
	},
	...socketFiles,
};

export const namesInNet = (stack: Namespace): readonly string[] => [
	...Object.keys(files),
	...(hasIpvs(stack) ? Object.keys(ipvsFiles) : []),
];

export const netFile = (stack: Namespace, name: string): NetFile | undefined => {
	if (Object.hasOwn(files, name)) return files[name];
	return Object.hasOwn(ipvsFiles, name) && hasIpvs(stack) ? ipvsFiles[name] : undefined;
};
