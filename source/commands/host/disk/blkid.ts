import type {Machine} from '../../../node/host/machine.js';
import type {Command} from '../../../shell/command.js';
import {fingerprint} from '../fingerprint.js';
import {notSimulated} from '../arguments.js';
import {blockDevices, uuidOf, withParts} from './devices.js';

export const blkid: Command<Machine> = {
	name: 'blkid',
	path: '/usr/sbin/blkid',
	summary: 'show what lies on block devices',
	*run(io) {
		const words = io.argv.slice(1);
		if (words.some(word => word.startsWith('-'))) return notSimulated(io, io.argv.join(' '));
		const formatted = withParts(blockDevices).filter(device => device.fileSystem);
		const found = words.length === 0 ? formatted : formatted.filter(device => words.includes(device.path));
		for (const device of found) {
			const disk = device.type === 'part' ? ` PARTUUID="${fingerprint(io.machine, 'disk').slice(0, 8)}-0${device.name.at(-1)}"` : '';
			const block = device.fileSystem === 'xfs' ? ' BLOCK_SIZE="512"' : '';
			io.out(`${device.path}: UUID="${uuidOf(io.machine, device)}"${block} TYPE="${device.fileSystem}"${disk}\n`);
		}

		return found.length > 0 ? 0 : 2;
	},
};
