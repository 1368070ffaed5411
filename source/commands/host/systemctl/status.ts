import type {Machine} from '../../../node/host/machine.js';
import {signalName, type Unit, type Units} from '../../../os/units.js';
import type {Io} from '../../../shell/command.js';
import {visibleProcesses} from '../process/process-rows.js';
import {strftime, syslogTime} from '../../../sim/strftime.js';
import {bootedMs} from '../clock/uptime.js';
import {fullName, type Verb} from './verb.js';

export const status: Verb = (io, units, names) => {
	let code = 0;
	for (const [index, name] of names.entries()) {
		const unit = units.get(name);
		if (index > 0) io.out('\n');
		if (!unit) {
			io.err(`Unit ${fullName(name)} could not be found.\n`);
			code = 4;
		} else {
			io.out(describe(io, unit));
			if (unit.activeState !== 'active') code = 3;
		}
	}

	return code;
};

function describe(io: Io<Machine>, unit: Unit): string {
	const {machine} = io;
	const now = machine.sim.clock.now();
	const dot = {failed: '×', active: '●', activating: '●', inactive: '○'}[unit.activeState];
	const since = `since ${strftime('%a %F %T UTC', unit.sinceMs)}; ${ago(now - unit.sinceMs)} ago`;
	const cause = ` (Result: ${(unit.exitCode ?? 0) > 128 ? 'signal' : 'exit-code'})`;
	const result = unit.activeState === 'failed' ? cause : ` (${unit.sub})${unit.activeState === 'activating' ? cause : ''}`;
	const lines = [
		`${dot} ${unit.name} - ${unit.description}`,
		`     Loaded: loaded (${unit.path}; ${unit.enabledState}; preset: disabled)`,
		...(unit.dropIns ?? []).flatMap((path, index) =>
			index === 0
				? [`    Drop-In: ${path.slice(0, path.lastIndexOf('/'))}`, `             └─${path.slice(path.lastIndexOf('/') + 1)}`]
				: [],
		),
		unit.activeState === 'inactive' && unit.sinceMs === 0
			? '     Active: inactive (dead)'
			: `     Active: ${unit.activeState}${result} ${since}`,
		...(unit.documentation ?? []).map((text, index) => `${index === 0 ? '       Docs: ' : '             '}${text}`),
	];
	const row = unit.mainPid ? visibleProcesses(machine).find(each => each.pid === unit.mainPid) : undefined;
	if (row) {
		const name = (unit.argv?.[0] ?? '').split('/').at(-1)!.split(' ')[0]!;
		lines.push(
			`   Main PID: ${unit.mainPid} (${name})`,
			'      Tasks: 12 (limit: 23162)',
			`     Memory: ${(row.rssKib / 1024).toFixed(1)}M`,
			'        CPU: 1.204s',
			`     CGroup: /system.slice/${unit.name}`,
			`             └─${unit.mainPid} ${unit.argv?.join(' ') ?? ''}`,
		);
	} else if (unit.exitCode !== undefined && unit.argv) {
		const how = endOf(unit.exitCode);
		lines.push(`    Process: ${unit.lastPid ?? 1} ExecStart=${unit.argv.join(' ')} (${how})`, `   Main PID: ${unit.lastPid ?? 1} (${how})`);
	}

	const log =
		machine.journal
			?.entries()
			.filter(entry => entry.unit === unit.name || entry.text.includes(unit.name))
			.slice(-10) ?? [];
	if (log.length > 0)
		lines.push('', ...log.map(entry => `${syslogTime(entry.atMs)} ${machine.hostname} ${entry.identifier}[${entry.pid}]: ${entry.text}`));
	return `${lines.join('\n')}\n`;
}

const endOf = (exitCode: number): string =>
	exitCode > 128
		? `code=killed, signal=${signalName(exitCode)}`
		: `code=exited, status=${exitCode}/${exitCode === 0 ? 'SUCCESS' : 'FAILURE'}`;

/** `3min 34s`, `2h 5min`, `1 day 3h`. */
export function ago(ms: number): string {
	const seconds = Math.max(0, Math.floor(ms / 1000));
	const [days, hours, minutes] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60];
	if (days > 0) return `${days} day${days > 1 ? 's' : ''}${hours > 0 ? ` ${hours}h` : ''}`;
	if (hours > 0) return `${hours}h${minutes > 0 ? ` ${minutes}min` : ''}`;
	return minutes > 0 ? `${minutes}min ${seconds % 60}s` : `${seconds}s`;
}

/** `systemctl status` alone: the machine, and what runs in it. */
export function systemStatus({machine, out}: Io<Machine>, units: Units): number {
	const all = units.list();
	const failed = all.filter(unit => unit.activeState === 'failed').length;
	const began = bootedMs(machine);
	const now = machine.sim.clock.now();
	out(`● ${machine.hostname}\n    State: ${failed > 0 ? 'degraded' : 'running'}\n    Units: ${all.length} loaded (incl. loaded aliases)\n`);
	out(`     Jobs: 0 queued\n   Failed: ${failed} units\n    Since: ${strftime('%a %F %T UTC', began)}; ${ago(now - began)} ago\n`);
	out('  systemd: 252-51.el9\n   CGroup: /\n           ├─init.scope\n');
	out('           │ └─1 /usr/lib/systemd/systemd --switched-root --system --deserialize 31\n           └─system.slice\n');
	const running = all.filter(unit => unit.mainPid).sort((a, b) => (a.name < b.name ? -1 : 1));
	for (const [index, unit] of running.entries()) {
		const isLast = index === running.length - 1;
		out(
			`             ${isLast ? '└' : '├'}─${unit.name}\n             ${isLast ? ' ' : '│'} └─${unit.mainPid} ${unit.argv?.join(' ') ?? ''}\n`,
		);
	}

	return 0;
}
