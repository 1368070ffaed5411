import type {Command} from '../../shell/command.js';
import {kernelRelease} from '../../os/rhel/kernel.js';
import {findModule, isLoaded, setLoaded, usersOf} from '../../node/host/kernel-modules.js';
import {refuse, stackOf, tool} from './tool.js';

const command: Command = tool({
	name: 'modprobe',
	summary: 'load and unload kernel modules',
	path: '/usr/sbin/modprobe',
	run(io) {
		const args = io.argv.slice(1);
		const names = args.filter(arg => !arg.startsWith('-'));
		const unknown = args.find(arg => arg.startsWith('-') && !['-r', '--remove', '-a', '--all', '-q', '--quiet', '-v', '--'].includes(arg));
		if (unknown !== undefined) return refuse(io, `modprobe ${unknown}`);
		const remove = args.includes('-r') || args.includes('--remove');
		const stack = stackOf(io);
		if (names.length === 0) {
			io.err('modprobe: ERROR: missing parameters. See -h.\n');
			return 1;
		}
		// Without -a, further words are parameters of the first module.
		for (const name of remove || args.includes('-a') || args.includes('--all') ? names : names.slice(0, 1)) {
			const module = findModule(name);
			if (!module) {
				io.err(`modprobe: FATAL: Module ${name} not found${remove ? '.' : ` in directory /lib/modules/${kernelRelease}`}\n`);
				return 1;
			}
			if (remove && isLoaded(stack, module) && usersOf(stack, module).length > 0) {
				io.err(`modprobe: FATAL: Module ${name} is in use.\n`);
				return 1;
			}
			setLoaded(stack, module.name, !remove);
		}
		return 0;
	},
});
export default command;
