import type {Machine} from '../../../node/host/machine.js';
import type {Command, Io} from '../../../shell/command.js';
import {parseArguments} from '../arguments.js';
import {processesOf, programName} from './process-rows.js';
import {uptimeLine} from '../clock/uptime.js';

/** One screen of top, as `-b` prints it. */
function screen(io: Io<Machine>, rowsMax: number): string {
	const rows = processesOf(io).toSorted((a, b) => b.cpuSeconds - a.cpuSeconds || a.pid - b.pid);
	const mib = (kib: number) => (kib / 1024).toFixed(1).padStart(8);
	const used = rows.reduce((sum, row) => sum + row.rssKib, 0);
	const total = 3_997_184;
	const head = [
		`top -${uptimeLine(io.machine)}`,
		`Tasks: ${String(rows.length).padStart(3)} total,   1 running, ${String(rows.length - 1).padStart(3)} sleeping,   0 stopped,   0 zombie`,
		'%Cpu(s):  2.3 us,  1.5 sy,  0.0 ni, 95.9 id,  0.0 wa,  0.2 hi,  0.1 si,  0.0 st',
		`MiB Mem :${mib(total)} total,${mib(Math.max(0, total - used - 1_400_000))} free,${mib(used)} used,${mib(1_400_000)} buff/cache`,
		`MiB Swap:${mib(0)} total,${mib(0)} free,${mib(0)} used.${mib(Math.max(0, total - used))} avail Mem`,
		'',
		'    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND',
	];
	const lines = rows.slice(0, rowsMax).map(row => {
		return [
			String(row.pid).padStart(7),
			row.process.user.slice(0, 8).padEnd(8),
			row.kernel && row.state === 'I<' ? '  0 -20' : ' 20   0',
			String(row.vszKib).padStart(7),
			String(row.rssKib).padStart(6),
			String(Math.floor(row.rssKib / 2)).padStart(6),
			row.state[0],
			(row.cpuSeconds > 0 ? Math.min(9.9, row.cpuSeconds / 3) : 0).toFixed(1).padStart(5),
			((row.rssKib / total) * 100).toFixed(1).padStart(5),
			`${Math.floor(row.cpuSeconds / 60)}:${String(row.cpuSeconds % 60).padStart(2, '0')}.00`.padStart(9),
			programName(row),
		].join(' ');
	});
	return `${[...head, ...lines].join('\n')}\n`;
}

export default {
	name: 'top',
	summary: 'show the busiest processes',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {flags: 'bcHiS1', values: 'ndpuow'});
		if (args.problem) {
			io.err(
				`top: ${args.problem.replace(/.*-- '(.)'/, "unknown option '$1'")}\nUsage:\n  top -hv | -bcEeHiOSs1 -d secs -n max -u|U user -p pid(s) -o field -w [cols]\n`,
			);
			return 1;
		}

		const rounds = Number(args.value('n') ?? (io.unattended ? 1 : Number.POSITIVE_INFINITY));
		const batch = args.has('b') || !io.stdoutIsTerminal;
		for (let round = 1; ; round++) {
			io.out((batch ? '' : '\u001b[H\u001b[2J') + screen(io, batch ? Number.POSITIVE_INFINITY : Math.max(1, io.rows - 8)));
			if (round >= rounds) return 0;
			if (batch) io.out('\n');
			yield {sleepMs: Math.round(Number(args.value('d') ?? 3) * 1000)};
		}
	},
} satisfies Command<Machine>;
