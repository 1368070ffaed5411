import type {Program} from '../program/program.js';

const port = 22;

/**
 * OpenSSH's server as others find it on the network: it listens and greets. What is done over a login is done by the shell's own means
 * (`ssh` in commands/host), once packets get this far.
 */
export const sshd: Program = {
	name: 'sshd',
	start: context => context.listen('tcp', '0.0.0.0', port),
	serve: (_, {bytes}) =>
		bytes === '' ? {bytes: 'SSH-2.0-OpenSSH_8.7\r\n', end: 'open'} : {bytes: 'Invalid SSH identification string.\r\n', end: 'closed'},
	signal(context, signal) {
		if (signal === 'SIGTERM' || signal === 'SIGINT') context.exit(0);
	},
};
