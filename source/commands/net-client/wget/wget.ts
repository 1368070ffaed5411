import type {Machine} from '../../../node/host/machine.js';
import type {Command} from '../../../shell/command.js';
import {isBusybox} from '../flavour.js';
import {hasIpv6Host, refuseIpv6} from '../refuse.js';
import {busyboxWget} from './busybox/wget.js';
import {gnuWget} from './gnu/wget.js';

const wget: Command<Machine> = {
	name: 'wget',
	summary: 'download a URL',
	*run(io) {
		if (io.argv.slice(1).some(hasIpv6Host)) return refuseIpv6(io, io.argv.join(' '));
		return yield* isBusybox(io.machine, 'wget') ? busyboxWget(io) : gnuWget(io);
	},
};

export default wget;
