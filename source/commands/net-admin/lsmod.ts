import type {Command} from '../../shell/command.js';
import {isLoaded, modules, usersOf} from '../../node/host/kernel-modules.js';
import {stackOf, tool} from './tool.js';

const command: Command = tool({
	name: 'lsmod',
	summary: 'list the modules that the kernel has loaded',
	path: '/usr/sbin/lsmod',
	run(io) {
		const stack = stackOf(io);
		io.out('Module                  Size  Used by\n');
		for (const module of modules.filter(each => isLoaded(stack, each))) {
			const users = usersOf(stack, module);
			io.out(
				`${module.name.padEnd(19)} ${String(module.sizeBytes).padStart(8)}  ${users.length}${users.length > 0 ? ` ${users.join(',')}` : ''}\n`,
			);
		}
		return 0;
	},
});
export default command;
