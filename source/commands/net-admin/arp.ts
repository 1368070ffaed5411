import {parseIpv4} from '../../net/address.js';
import type {Neighbour} from '../../net/neighbour.js';
import type {Command} from '../../shell/command.js';
import {isBusybox} from '../net-client/flavour.js';
import {refuse, stackOf, tool, type ToolIo} from './tool.js';

const command: Command = tool({
	name: 'arp',
	summary: 'show and clear the ARP cache (net-tools)',
	path: '/usr/sbin/arp',
	run(io) {
		const args = io.argv.slice(1);
		const {neighbours} = stackOf(io);
		if (args[0] === '-d' || args[0] === '--delete') return forget(io, args[1]);
		if ((args[0] === '-s' || args[0] === '--set') && args.length <= 3) return fix(io, args[1], args[2]);
		const at = args.indexOf('-i');
		const device = at < 0 ? undefined : args[at + 1];
		const words = args.filter((arg, i) => (at < 0 || (i !== at && i !== at + 1)) && !/^-[naev]+$/.test(arg) && arg !== '--numeric');
		const letters = args.filter(arg => /^-[naev]+$/.test(arg)).join('');
		const [word, ...rest] = words;
		if (rest.length > 0 || word?.startsWith('-')) return refuse(io, `arp ${args.join(' ')}`);
		const hosts = hostNames(io);
		const address = word === undefined || parseIpv4(word) !== undefined ? word : hosts.find(row => row.names.includes(word))?.address;
		if (word !== undefined && address === undefined) return fail(io, `${word}: Unknown host`);
		const all = neighbours.list();
		const rows = all.filter(row => (address === undefined || row.address === address) && (device === undefined || row.device === device));
		if (device !== undefined && rows.length === 0) {
			io.out(`arp: in ${all.length} entries no match found.\n`);
			return 0;
		}
		if (address !== undefined && rows.length === 0) {
			io.out(`${word} (${address}) -- no entry\n`);
			return isBusybox(io.machine, 'arp') ? 1 : 0;
		}
		const busybox = isBusybox(io.machine, 'arp');
		const numeric = letters.includes('n') || args.includes('--numeric');
		const nameOf = (row: Neighbour) => (numeric ? undefined : hosts.find(each => each.address === row.address)?.names[0]);
		const bsd = busybox || letters.includes('a');
		io.out(bsd ? rows.map(row => bsdLine(row, nameOf(row), busybox ? ' ' : '')).join('') : linuxTable(rows, nameOf));
		if (letters.includes('v')) io.out(`Entries: ${all.length}\tSkipped: ${all.length - rows.length}\tFound: ${rows.length}\n`);
		return 0;
	},
});
export default command;

/** Who is who, by the machine's own list; nobody is asked about what is not there. */
const hostNames = ({machine: {files}}: ToolIo): ReadonlyArray<{readonly address: string; readonly names: readonly string[]}> =>
	(files.exists('/etc/hosts') ? files.readText('/etc/hosts') : '').split('\n').flatMap(line => {
		const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
		return names.length > 0 ? [{address, names}] : [];
	});

function fail(io: ToolIo, text: string): number {
	io.err(`${text}\n`);
	return 255;
}

function forget(io: ToolIo, address: string | undefined): number {
	const {neighbours, routes} = stackOf(io);
	if (address === undefined) return fail(io, 'arp: need host name');
	const found = neighbours.list().find(row => row.address === address);
	const route = routes.lookup(address);
	if (!found && (!route || route.via !== undefined)) return fail(io, 'SIOCDARP(dontpub): Network is unreachable');
	if (!found) return fail(io, `No ARP entry for ${address}`);
	neighbours.remove(found.device, found.address);
	return 0;
}

/** An entry by hand, on the device that the address is reached by. */
function fix(io: ToolIo, address: string | undefined, mac: string | undefined): number {
	const {neighbours, routes, kernel} = stackOf(io);
	if (address === undefined) return fail(io, 'arp: need host name');
	if (mac === undefined) return fail(io, 'arp: need hardware address');
	if (!/^[0-9a-f]{1,2}(:[0-9a-f]{1,2}){5}$/i.test(mac)) return fail(io, 'arp: invalid hardware address');
	const route = routes.lookup(address);
	if (!route?.dev || route.via !== undefined) return fail(io, 'SIOCSARP: Network is unreachable');
	neighbours.put({device: route.dev, address, mac: mac.toLowerCase(), confirmedMs: kernel.now(), permanent: true});
	return 0;
}

/** BusyBox leaves one more blank. */
const bsdLine = ({address, mac, device, state}: Neighbour, name: string | undefined, gap: string) =>
	`${name ?? '?'} (${address}) at ${mac === undefined ? '<incomplete>' : `${mac} [ether]${state === 'PERMANENT' ? ' PERM' : ''}${gap}`} on ${device}\n`;

function linuxTable(rows: readonly Neighbour[], nameOf: (row: Neighbour) => string | undefined): string {
	if (rows.length === 0) return '';
	const lines = rows.map(row => {
		const {address, mac, device, state} = row;
		const hardware = mac === undefined ? `${''.padEnd(8)}${'(incomplete)'.padEnd(20)}` : `${'ether'.padEnd(8)}${mac.padEnd(20)}`;
		const flags = mac === undefined ? '' : state === 'PERMANENT' ? 'CM' : 'C';
		return `${(nameOf(row) ?? address).slice(0, 23).padEnd(23)}  ${hardware}${flags.padEnd(6)}${''.padEnd(15)} ${device}\n`;
	});
	return `Address                  HWtype  HWaddress           Flags Mask            Iface\n${lines.join('')}`;
}
