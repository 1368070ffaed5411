import type {Machine} from '../../../node/host/machine.js';
import type {Command} from '../../../shell/command.js';
import {notSimulated} from '../arguments.js';

const notRunning = 252;

/** It asks the daemon, which these machines have switched off. */
export const firewallCmd: Command<Machine> = {
	name: 'firewall-cmd',
	summary: 'ask firewalld',
	*run(io) {
		const [first] = io.argv.slice(1);
		if (first === '--version' || first === '-V') io.out('1.3.4\n');
		else if (io.machine.units?.get('firewalld')?.activeState === 'active') return notSimulated(io, io.argv.join(' '));
		else if (first === undefined) {
			io.err('usage: see firewall-cmd man page\nNo option specified.\n');
			return 2;
		} else if (first === '--state') {
			io.err('not running\n');
			return notRunning;
		} else {
			io.err('FirewallD is not running\n');
			return notRunning;
		}

		return 0;
	},
};
