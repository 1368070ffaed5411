import {type MountRow, mountRows} from '../../../node/host/mount-rows.js';
import type {Machine} from '../../../node/host/machine.js';
import {fingerprint} from '../fingerprint.js';

/** A block device of a host, and those that lie on it. */
export interface BlockDevice {
	readonly name: string;
	readonly kernelName: string;
	readonly number: string;
	readonly type: 'disk' | 'part' | 'lvm' | 'rom';
	readonly bytes: number;
	readonly removable?: boolean;
	readonly fileSystem?: string;
	readonly version?: string;
	readonly path: string;
	readonly parts?: readonly BlockDevice[];
}

const gib = 1024 ** 3;

/** The disk of every host: a boot partition, and a volume group that is all root. */
export const blockDevices: readonly BlockDevice[] = [
	{
		...{name: 'sda', kernelName: 'sda', number: '8:0', type: 'disk', bytes: 51 * gib, path: '/dev/sda'},
		parts: [
			{name: 'sda1', kernelName: 'sda1', number: '8:1', type: 'part', bytes: gib, path: '/dev/sda1', fileSystem: 'xfs'},
			{
				...{name: 'sda2', kernelName: 'sda2', number: '8:2', type: 'part', bytes: 50 * gib, path: '/dev/sda2'},
				...{fileSystem: 'LVM2_member', version: 'LVM2 001'},
				parts: [
					{
						...{name: 'rhel-root', kernelName: 'dm-0', number: '253:0', type: 'lvm', bytes: 50 * gib - 4 * 1024 ** 2},
						...{path: '/dev/mapper/rhel-root', fileSystem: 'xfs'},
					},
				],
			},
		],
	},
	{name: 'sr0', kernelName: 'sr0', number: '11:0', type: 'rom', bytes: gib, removable: true, path: '/dev/sr0'},
];

export const withParts = (devices: readonly BlockDevice[]): readonly BlockDevice[] =>
	devices.flatMap(device => [device, ...withParts(device.parts ?? [])]);

/** Where a device is mounted, the last mount first, as the kernel's table is read. */
export const mountsOf = (machine: Machine, device: BlockDevice): readonly MountRow[] =>
	mountRows(machine).filter(row => row.source === device.path);

/** `8-4-4-4-12`; LVM has its own letters. */
export function uuidOf(machine: Machine, device: BlockDevice): string {
	const hex = fingerprint(machine, `uuid/${device.path}`);
	const parts = device.fileSystem === 'LVM2_member' ? [6, 4, 4, 4, 4, 4, 6] : [8, 4, 4, 4, 12];
	let at = 0;
	return parts.map(length => hex.slice(at, (at += length))).join('-');
}
