import type {Machine} from '../../../node/host/machine.js';
import type {Command, Io} from '../../../shell/command.js';
import {type ArgumentSpec, type Arguments, notSimulated, parseArguments, refuse} from '../arguments.js';
import {type BlockDevice, blockDevices, mountsOf, uuidOf, withParts} from './devices.js';
import {type Column, chosen, smartTable} from './smart-table.js';

const options: ArgumentSpec = {
	flags: 'abdfilmnpr',
	values: 'o',
	long: {all: '=a', bytes: '=b', nodeps: '=d', fs: '=f', ascii: '=i', list: '=l', noheadings: '=n', paths: '=p', raw: '=r', output: '=o'},
};

interface Row {
	readonly device: BlockDevice;
	readonly branch: string;
}

function tree(devices: readonly BlockDevice[], deep: boolean, indent = ''): Row[] {
	return devices.flatMap((device, index) => {
		const isLast = index === devices.length - 1;
		return [
			{device, branch: indent && indent.slice(2) + (isLast ? '└─' : '├─')},
			...(deep ? tree(device.parts ?? [], true, `${indent}${indent && !isLast ? '│ ' : '  '}`) : []),
		];
	});
}

/** `50G`, `1024M`: as few digits as say it, one behind the point. Models util-linux size_to_human_string. */
function human(bytes: number): string {
	let value = bytes;
	let unit = 0;
	for (; value >= 1024 && unit < 5; unit++) value /= 1024;
	return `${value.toFixed(1).replace(/\.0$/, '')}${'BKMGTP'[unit]}`;
}

/** A drive without a disc tells 1 GiB in mebibytes, as the kernel has it. */
const sizeOf = (device: BlockDevice, bytes: boolean) =>
	bytes ? String(device.bytes) : device.type === 'rom' ? '1024M' : human(device.bytes);

function columnsOf(machine: Machine, args: Arguments): readonly Column<Row>[] {
	const column = (name: string, value: (device: BlockDevice) => string, right = false): Column<Row> => ({
		name,
		right,
		value: row => value(row.device),
	});
	const first = (device: BlockDevice) => mountsOf(machine, device)[0];
	return [
		column('NAME', device => (args.has('p') ? device.path : device.name)),
		column('KNAME', device => (args.has('p') ? `/dev/${device.kernelName}` : device.kernelName)),
		column('PATH', device => device.path),
		column('MAJ:MIN', ({number}) => number.split(':')[0]!.padStart(3) + ':' + number.split(':')[1]!.padEnd(3)),
		column('RM', device => (device.removable ? '1' : '0'), true),
		column('SIZE', device => sizeOf(device, args.has('b')), true),
		column('RO', () => '0', true),
		column('TYPE', device => device.type),
		column('FSTYPE', device => device.fileSystem ?? ''),
		column('FSVER', device => device.version ?? ''),
		column('LABEL', () => ''),
		column('UUID', device => (device.fileSystem ? uuidOf(machine, device) : '')),
		column('FSAVAIL', device => (first(device) ? human((first(device)!.sizeKib - first(device)!.usedKib) * 1024) : ''), true),
		column('FSUSE%', device => (first(device) ? `${Math.floor((first(device)!.usedKib / first(device)!.sizeKib) * 100)}%` : ''), true),
		column('MOUNTPOINT', device => first(device)?.path ?? ''),
		column('MOUNTPOINTS', device => first(device)?.path ?? ''),
		column('MODEL', device => (device.type === 'disk' ? 'VMware Virtual S' : device.type === 'rom' ? 'VMware IDE CDR00' : '')),
	];
}

const usual = ['NAME', 'MAJ:MIN', 'RM', 'SIZE', 'RO', 'TYPE', 'MOUNTPOINTS'];
const fileSystems = ['NAME', 'FSTYPE', 'FSVER', 'LABEL', 'UUID', 'FSAVAIL', 'FSUSE%', 'MOUNTPOINTS'];

function wanted(io: Io<Machine>, args: Arguments): Row[] {
	const flat = args.has('l') || args.has('r');
	if (args.operands.length === 0) return tree(blockDevices, !args.has('d')).map(row => (flat ? {...row, branch: ''} : row));
	return args.operands.flatMap(word => {
		const found = withParts(blockDevices).find(device => word === device.path || word === `/dev/${device.kernelName}`);
		if (found) return tree([found], !args.has('d'));
		io.err(`lsblk: ${word}: not a block device\n`);
		return [];
	});
}

export const lsblk: Command<Machine> = {
	name: 'lsblk',
	summary: 'list disks and their partitions',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), options);
		if (args.problem) return refuse(io, args.problem);
		if (args.has('m') || args.has('i')) return notSimulated(io, io.argv.join(' '));
		const columns = chosen(columnsOf(io.machine, args), args.has('f') ? fileSystems : usual, args.value('o'));
		if ('unknown' in columns) {
			io.err(`lsblk: unknown column: ${columns.unknown}\n`);
			return 1;
		}

		const rows = wanted(io, args);
		io.out(smartTable(columns, rows, {headless: args.has('n'), raw: args.has('r')}, row => row.branch));
		return args.operands.length > 0 && rows.length === 0 ? 32 : 0;
	},
};
