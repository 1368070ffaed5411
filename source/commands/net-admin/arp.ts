import type {Neighbour} from '../../net/neighbour.js';
import type {Command} from '../../shell/command.js';
import {isBusybox} from '../net-client/flavour.js';
import {refuse, stackOf, tool} from './tool.js';

const command: Command = tool({
	name: 'arp',
	summary: 'show and clear the ARP cache (net-tools)',
	path: '/usr/sbin/arp',
	run(io) {
		const args = io.argv.slice(1);
		const {neighbours} = stackOf(io);
		if (args[0] === '-d' || args[0] === '--delete') {
			const found = neighbours.list().find(row => row.address === args[1]);
			if (found) neighbours.remove(found.device, found.address);
			else io.err(`No ARP entry for ${args[1] ?? ''}\n`);
			return found ? 0 : 255;
		}
		const words = args.filter(arg => !['-n', '-a', '-e', '-an', '-na', '-en', '-ne'].includes(arg));
		const [address, ...rest] = words;
		if (rest.length > 0 || address?.startsWith('-')) return refuse(io, `arp ${args.join(' ')}`);
		const rows = neighbours.list().filter(row => address === undefined || row.address === address);
		if (address !== undefined && rows.length === 0) {
			io.out(`${address} (${address}) -- no entry\n`);
			return 1;
		}
		const busybox = isBusybox(io.machine, 'arp');
		const bsd = busybox || args.some(arg => /^-n?an?$/.test(arg));
		io.out(bsd ? rows.map(row => bsdLine(row, busybox ? ' ' : '')).join('') : linuxTable(rows));
		return 0;
	},
});
export default command;

/** BusyBox leaves one more blank. */
const bsdLine = ({address, mac, device}: Neighbour, gap: string) =>
	`? (${address}) at ${mac === undefined ? '<incomplete>' : `${mac} [ether]${gap}`} on ${device}\n`;

function linuxTable(rows: readonly Neighbour[]): string {
	if (rows.length === 0) return '';
	const lines = rows.map(({address, mac, device, state}) => {
		const hardware = mac === undefined ? `${''.padEnd(8)}${'(incomplete)'.padEnd(20)}` : `${'ether'.padEnd(8)}${mac.padEnd(20)}`;
		const flags = mac === undefined ? '' : state === 'PERMANENT' ? 'CM' : 'C';
		return `${address.padEnd(23)}  ${hardware}${flags.padEnd(6)}${''.padEnd(15)} ${device}\n`;
	});
	return `Address                  HWtype  HWaddress           Flags Mask            Iface\n${lines.join('')}`;
}
