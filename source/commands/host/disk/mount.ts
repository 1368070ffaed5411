import {capable} from '../../../node/host/capable.js';
import type {Machine} from '../../../node/host/machine.js';
import {mountRows} from '../../../node/host/mount-rows.js';
import type {Command, Io} from '../../../shell/command.js';
import {isBusybox} from '../../net-client/flavour.js';
import {notSimulated} from '../arguments.js';

export const mount: Command<Machine> = {
	name: 'mount',
	summary: 'show what is mounted',
	*run(io: Io<Machine>) {
		const words = io.argv.slice(1);
		if (words.length > 0 && !(words.length === 2 && words[0] === '-t')) {
			if (capable(io.machine, 'SYS_ADMIN')) return notSimulated(io, 'mounting by hand');
			const busybox = isBusybox(io.machine, 'mount');
			io.err(busybox ? 'mount: permission denied (are you root?)\n' : `mount: ${words.at(-1)}: permission denied.\n`);
			return busybox ? 1 : 32;
		}

		for (const {source, path, type, options} of mountRows(io.machine).filter(each => words[1] === undefined || each.type === words[1]))
			io.out(`${source} on ${path} type ${type} (${options})\n`);
		return 0;
	},
};
