import type {Machine} from '../../../node/host/machine.js';
import type {Command} from '../../../shell/command.js';
import {strftime} from '../../../sim/strftime.js';

const proc = ({files}: Machine, path: string): string => (files.exists(path) ? files.readText(path) : '');

/** Seconds since this machine was started. */
export const uptimeSeconds = (machine: Machine): number =>
	Math.floor(Number(proc(machine, '/proc/uptime').split(' ')[0] || machine.sim.clock.uptime() / 1000));

/** When this machine was started; /proc/uptime tells hundredths. */
export function bootedMs(machine: Machine): number {
	const seconds = Number(proc(machine, '/proc/uptime').split(' ')[0] || machine.sim.clock.uptime() / 1000);
	return Math.round((machine.sim.clock.now() - seconds * 1000) / 100) * 100;
}

export function uptimeLine(machine: Machine, users = 1): string {
	const seconds = uptimeSeconds(machine);
	const days = Math.floor(seconds / 86_400);
	const hours = Math.floor(seconds / 3600) % 24;
	const minutes = Math.floor(seconds / 60) % 60;
	const clock = hours > 0 ? `${String(hours).padStart(2)}:${String(minutes).padStart(2, '0')}` : `${minutes} min`;
	const load = proc(machine, '/proc/loadavg').split(' ').slice(0, 3).join(', ') || '0.00, 0.00, 0.00';
	return ` ${strftime('%H:%M:%S', machine.sim.clock.now())} up ${days > 0 ? `${days} day${days > 1 ? 's' : ''}, ` : ''}${clock},  ${users} user${users === 1 ? '' : 's'},  load average: ${load}`;
}

export const uptime: Command<Machine> = {
	name: 'uptime',
	summary: 'say how long the machine has run',
	*run(io) {
		if (io.argv[1] === '-p') io.out(`up ${Math.floor(uptimeSeconds(io.machine) / 60)} minutes\n`);
		else if (io.argv[1] === '-s') io.out(`${strftime('%F %T', io.machine.sim.clock.now() - uptimeSeconds(io.machine) * 1000)}\n`);
		else io.out(`${uptimeLine(io.machine)}\n`);
		return 0;
	},
};
