import {strftime} from '../../../sim/strftime.js';
import {bootedMs} from '../clock/uptime.js';
import {ago} from './status.js';
import type {Verb} from './verb.js';

const dayMs = 86_400_000;

/** When a timer of the base system is next due. */
const due: Readonly<Record<string, (now: number, booted: number) => number>> = {
	'logrotate.timer': now => now - (now % dayMs) + dayMs,
	'systemd-tmpfiles-clean.timer': (now, booted) => {
		const first = booted + 15 * 60_000;
		return now < first ? first : first + Math.ceil((now - first) / dayMs) * dayMs;
	},
};

/** Those that have run since the start tell when. */
export const listTimers: Verb = (io, units, _names, flags) => {
	const now = io.machine.sim.clock.now();
	const booted = bootedMs(io.machine);
	const time = (ms: number) => strftime('%a %F %T UTC', ms);
	const rows = units
		.list()
		.filter(unit => unit.name.endsWith('.timer') && unit.activeState === 'active' && Object.hasOwn(due, unit.name))
		.map(unit => ({unit, next: due[unit.name]!(now, booted)}))
		.sort((a, b) => a.next - b.next)
		.map(({unit, next}) => {
			const last = next - dayMs >= booted ? next - dayMs : undefined;
			const past = last === undefined ? ['-', '-'] : [time(last), `${ago(now - last)} ago`];
			return [time(next), `${ago(next - now)} left`, ...past, unit.name, unit.name.replace('.timer', '.service')];
		});
	const titles = ['NEXT', 'LEFT', 'LAST', 'PASSED', 'UNIT', 'ACTIVATES'];
	const table = flags.has('no-legend') ? rows : [titles, ...rows];
	const widths = titles.map((_, column) => Math.max(...table.map(row => row[column]!.length)));
	for (const row of table)
		io.out(`${row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column]!))).join(' ')}\n`);
	if (!flags.has('no-legend')) io.out(`\n${rows.length} timers listed.\nPass --all to see loaded but inactive timers, too.\n`);
	return 0;
};
