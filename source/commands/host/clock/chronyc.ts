import type {Machine} from '../../../node/host/machine.js';
import type {Command, Io} from '../../../shell/command.js';
import {notSimulated} from '../arguments.js';
import {strftime} from '../../../sim/strftime.js';

/** One server, reached every 64 seconds, and followed to some microseconds: what a machine shows that has run for minutes. */
const server = {address: '172.25.254.2', hex: 'AC19FE02', stratum: 3};

const sources = () =>
	`MS Name/IP address         Stratum Poll Reach LastRx Last sample               
===============================================================================
^* ${server.address.padEnd(27)} ${server.stratum}   6    17    42   +12us[  +31us] +/-   18ms
`;

function tracking({machine}: Io<Machine>): string {
	const at = machine.sim.clock.now() - 42_000;
	const row = (name: string, value: string) => `${name.padEnd(16)}: ${value}\n`;
	return (
		row('Reference ID', `${server.hex} (${server.address})`) +
		row('Stratum', String(server.stratum + 1)) +
		row('Ref time (UTC)', strftime('%a %b %d %H:%M:%S %Y', at)) +
		row('System time', '0.000004126 seconds fast of NTP time') +
		row('Last offset', '+0.000018522 seconds') +
		row('RMS offset', '0.000018522 seconds') +
		row('Frequency', '12.847 ppm slow') +
		row('Residual freq', '+0.402 ppm') +
		row('Skew', '3.118 ppm') +
		row('Root delay', '0.021846008 seconds') +
		row('Root dispersion', '0.006711893 seconds') +
		row('Update interval', '64.4 seconds') +
		row('Leap status', 'Normal')
	);
}

const reports: Readonly<Record<string, (io: Io<Machine>) => string>> = {
	sources,
	tracking,
	activity: () =>
		'200 OK\n1 sources online\n0 sources offline\n0 sources doing burst (return to online)\n0 sources doing burst (return to offline)\n0 sources with unknown address\n',
};

export const chronyc: Command<Machine> = {
	name: 'chronyc',
	summary: 'ask the clock daemon',
	*run(io) {
		const words = io.argv.slice(1).filter(word => word !== '-n');
		const report = words.length === 1 && Object.hasOwn(reports, words[0]!) ? reports[words[0]!] : undefined;
		if (!report) return notSimulated(io, io.argv.join(' '));
		if (io.machine.units?.get('chronyd')?.activeState !== 'active') {
			io.out('506 Cannot talk to daemon\n');
			return 1;
		}

		io.out(report(io));
		return 0;
	},
};
