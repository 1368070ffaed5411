import type {Machine} from '../../../node/host/machine.js';
import type {Command} from '../../../shell/command.js';

/** The machines were installed without it, as the course does: what it is set to in the file holds after a reboot only. */
const getenforce: Command<Machine> = {
	name: 'getenforce',
	path: '/usr/sbin/getenforce',
	summary: 'say whether SELinux enforces',
	*run(io) {
		io.out('Disabled\n');
		return 0;
	},
};

const setenforce: Command<Machine> = {
	name: 'setenforce',
	path: '/usr/sbin/setenforce',
	summary: 'switch SELinux',
	*run(io) {
		if (/^(?:0|1|enforcing|permissive)$/i.test(io.argv[1] ?? '') && io.argv.length === 2) io.err('setenforce: SELinux is disabled\n');
		else io.err('usage:  setenforce [ Enforcing | Permissive | 1 | 0 ]\n');
		return 1;
	},
};

const sestatus: Command<Machine> = {
	name: 'sestatus',
	path: '/usr/sbin/sestatus',
	summary: 'describe SELinux',
	*run(io) {
		io.out('SELinux status:                 disabled\n');
		return 0;
	},
};

const selinuxenabled: Command<Machine> = {
	name: 'selinuxenabled',
	path: '/usr/sbin/selinuxenabled',
	summary: 'fail when SELinux is off',
	*run() {
		return 1;
	},
};

export default [getenforce, setenforce, sestatus, selinuxenabled] satisfies Command<Machine>[];
