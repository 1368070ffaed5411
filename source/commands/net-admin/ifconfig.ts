import {formatIpv4, linkLocalOf, maskOf} from '../../net/address.js';
import type {Link} from '../../net/link.js';
import type {Namespace} from '../../net/namespace.js';
import type {Count} from '../../net/traffic.js';
import type {Command} from '../../shell/command.js';
import {isBusybox} from '../net-client/flavour.js';
import {refuse, stackOf, tool} from './tool.js';

const command: Command = tool({
	name: 'ifconfig',
	summary: 'show network devices (net-tools)',
	path: '/usr/sbin/ifconfig',
	run(io) {
		const {links, kernel} = stackOf(io);
		const args = io.argv.slice(1).filter(arg => arg !== '-a');
		const [name, verb, ...rest] = args;
		if (rest.length > 0 || (verb !== undefined && verb !== 'up' && verb !== 'down')) return refuse(io, `ifconfig ${args.join(' ')}`);
		if (name !== undefined && !links.get(name)) {
			io.err(`${name}: error fetching interface information: Device not found\n`);
			return 1;
		}
		if (verb !== undefined) links.setUp(name!, verb === 'up');
		else {
			const busybox = isBusybox(io.machine, 'ifconfig');
			const all = io.argv.includes('-a') || name !== undefined;
			for (const link of [...links.list()].sort(byName))
				if (name === undefined ? all || link.up : link.name === name)
					io.out(`${(busybox ? showBusybox : show)(link, kernel.traffic.of(link.name))}\n`);
		}
		return 0;
	},
});
export default command;

/** `netstat -ie` shows the same. */
export const interfaceTexts = ({links, kernel}: Namespace, all: boolean): string =>
	`Kernel Interface table\n${[...links.list()]
		.sort(byName)
		.filter(link => all || link.up)
		.map(link => `${show(link, kernel.traffic.of(link.name))}\n`)
		.join('')}`;

export const byName = (a: Link, b: Link) => (a.name < b.name ? -1 : 1);
const bits: ReadonlyArray<readonly [bit: number, name: string, holds: (link: Link) => boolean]> = [
	[1, 'UP', link => link.up],
	[2, 'BROADCAST', link => link.type !== 'loopback' && link.type !== 'ipip'],
	[8, 'LOOPBACK', link => link.type === 'loopback'],
	[64, 'RUNNING', link => link.up && link.carrier],
	[128, 'NOARP', link => link.noArp === true || link.type === 'ipip'],
	[4096, 'MULTICAST', link => !link.noArp && link.type !== 'loopback' && link.type !== 'ipip'],
];
const kinds: Readonly<Record<string, string>> = {
	loopback: 'loop  txqueuelen 1000  (Local Loopback)',
	ipip: 'tunnel   txqueuelen 1000  (IPIP Tunnel)',
};

/** `(10.7 KiB)` */
function humanBytes(bytes: number): string {
	let value = bytes;
	let unit = 0;
	for (; value > 1024 && unit < 5; unit++) value /= 1024;
	return `(${(Math.floor(value * 10) / 10).toFixed(1)} ${['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'][unit]})`;
}

function show(link: Link, [rxBytes, rxPackets, txBytes, txPackets]: Count): string {
	const flags = bits.filter(([, , holds]) => holds(link));
	const sum = flags.reduce((total, [bit]) => total + bit, 0);
	const lines = [`${link.name}: flags=${sum}<${flags.map(([, name]) => name).join(',')}>  mtu ${link.mtu}`];
	const address = link.addresses.find(each => !each.address.includes(':'));
	if (address)
		lines.push(
			`inet ${address.address}  netmask ${formatIpv4(maskOf(address.prefix))}${address.broadcast ? `  broadcast ${address.broadcast}` : ''}`,
		);
	if (link.up && link.type === 'loopback') lines.push('inet6 ::1  prefixlen 128  scopeid 0x10<host>');
	else if (link.up && !link.noArp && link.type !== 'ipip') lines.push(`inet6 ${linkLocalOf(link.mac)}  prefixlen 64  scopeid 0x20<link>`);
	lines.push(kinds[link.type] ?? `ether ${link.mac}  txqueuelen ${link.queueLength ?? 1000}  (Ethernet)`);
	for (const direction of ['RX', 'TX']) {
		const errors = direction === 'RX' ? 'overruns 0  frame 0' : 'overruns 0  carrier 0  collisions 0';
		const [packets, bytes] = direction === 'RX' ? [rxPackets, rxBytes] : [txPackets, txBytes];
		lines.push(
			`${direction} packets ${packets}  bytes ${bytes} ${humanBytes(bytes)}`,
			`${direction} errors 0  dropped 0${direction === 'RX' ? '  ' : ' '}${errors}`,
		);
	}
	return `${lines.map((line, i) => `${i > 0 ? '        ' : ''}${line}\n`).join('')}`;
}

const encapsulations: Readonly<Record<string, string>> = {loopback: 'Local Loopback  ', ipip: 'UNSPEC  '};

/** ifconfig of BusyBox, in the layout of the 1990s. */
function showBusybox(link: Link, [rxBytes, rxPackets, txBytes, txPackets]: Count): string {
	const encapsulation = encapsulations[link.type] ?? `Ethernet  HWaddr ${link.mac.toUpperCase()}  `;
	const lines = [`Link encap:${encapsulation}`];
	const address = link.addresses.find(each => !each.address.includes(':'));
	if (address)
		lines.push(
			`inet addr:${address.address}  ${link.type === 'loopback' ? '' : `Bcast:${address.broadcast ?? '0.0.0.0'}  `}Mask:${formatIpv4(maskOf(address.prefix))}`,
		);
	if (link.up && link.type === 'loopback') lines.push('inet6 addr: ::1/128 Scope:Host');
	else if (link.up && !link.noArp && link.type !== 'ipip') lines.push(`inet6 addr: ${linkLocalOf(link.mac)}/64 Scope:Link`);
	lines.push(
		`${bits
			.filter(([, , holds]) => holds(link))
			.map(([, name]) => `${name} `)
			.join('')} MTU:${link.mtu}  Metric:1`,
		`RX packets:${rxPackets} errors:0 dropped:0 overruns:0 frame:0`,
		`TX packets:${txPackets} errors:0 dropped:0 overruns:0 carrier:0`,
		`collisions:0 txqueuelen:${link.queueLength ?? 1000} `,
		`RX bytes:${rxBytes} ${humanBytes(rxBytes)}  TX bytes:${txBytes} ${humanBytes(txBytes)}`,
	);
	return lines.map((line, i) => `${(i === 0 ? link.name : '').padEnd(9)} ${line}\n`).join('');
}
