import type {Machine} from '../../../node/host/machine.js';
import type {Command} from '../../../shell/command.js';
import {notSimulated} from '../arguments.js';

type Field = readonly [depth: 0 | 1 | 2, name: string, value: string];

/** Models sys-utils/lscpu.c: on a terminal set in as it belongs together, in a pipe flat. */
export const lscpu: Command<Machine> = {
	name: 'lscpu',
	summary: 'describe the processors',
	*run(io) {
		if (io.argv.length > 1) return notSimulated(io, io.argv.slice(0, 2).join(' '));
		const text = io.machine.files.readText('/proc/cpuinfo');
		const shown = fields(text.match(/^processor\b/gm)?.length ?? 1, /^model name\s*: (.*)$/m.exec(text)?.[1] ?? '');
		const step = io.stdoutIsTerminal ? 2 : 0;
		// Headings without a value belong to the set-in form.
		const rows = shown.filter(([, , value]) => step > 0 || value !== '');
		const width = Math.max(...rows.map(([depth, name]) => depth * step + name.length)) + 1;
		for (const [depth, name, value] of rows) io.out(`${`${' '.repeat(depth * step)}${name}:`.padEnd(width)} ${value}\n`);
		return 0;
	},
};

const fields = (cpus: number, model: string): readonly Field[] => [
	[0, 'Architecture', 'x86_64'],
	[1, 'CPU op-mode(s)', '32-bit, 64-bit'],
	[1, 'Address sizes', '45 bits physical, 48 bits virtual'],
	[1, 'Byte Order', 'Little Endian'],
	[0, 'CPU(s)', String(cpus)],
	[1, 'On-line CPU(s) list', cpus === 2 ? '0,1' : cpus === 1 ? '0' : `0-${cpus - 1}`],
	[0, 'Vendor ID', 'GenuineIntel'],
	[1, 'Model name', model],
	[2, 'CPU family', '6'],
	[2, 'Model', '85'],
	[2, 'Thread(s) per core', '1'],
	[2, 'Core(s) per socket', '1'],
	[2, 'Socket(s)', String(cpus)],
	[2, 'Stepping', '7'],
	[2, 'BogoMIPS', '4800.00'],
	[0, 'Virtualization features', ''],
	[1, 'Hypervisor vendor', 'VMware'],
	[1, 'Virtualization type', 'full'],
	[0, 'NUMA', ''],
	[1, 'NUMA node(s)', '1'],
	[1, 'NUMA node0 CPU(s)', cpus === 2 ? '0,1' : cpus === 1 ? '0' : `0-${cpus - 1}`],
];
