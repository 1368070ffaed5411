import type {Machine} from '../../../node/machine.js';
import type {Command} from '../../../shell/command.js';
import {isBusybox} from '../flavour.js';
import {busyboxWget} from './busybox-wget.js';
import {gnuWget} from './gnu-wget.js';

const wget: Command<Machine> = {
	name: 'wget',
	summary: 'download a URL',
	run: io => (isBusybox(io.machine, 'wget') ? busyboxWget(io) : gnuWget(io)),
};

export default wget;
