import type {Machine} from '../../../node/host/machine.js';
import type {Command} from '../../../shell/command.js';
import {type ArgumentSpec, notSimulated, parseArguments, refuse} from '../arguments.js';
import {strftime} from '../../../sim/strftime.js';
import {bootedMs} from '../clock/uptime.js';

const options: ArgumentSpec = {
	flags: 'THtxkuwWCcDEdreS',
	values: 'lfnsL',
	long: {
		...{ctime: '=T', human: '=H', notime: '=t', kernel: '=k', userspace: '=u', follow: '=w', clear: '=C', level: '=l', facility: '=f'},
		...{decode: '=x', reltime: '=e', nopager: 'flag', color: '=L'},
	},
};
const levels = ['emerg', 'alert', 'crit', 'err', 'warn', 'notice', 'info', 'debug'];

/** The kernel's lines of the journal, as its ring has them. */
export const dmesg: Command<Machine> = {
	name: 'dmesg',
	summary: 'what the kernel said',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), options);
		const {machine} = io;
		if (args.problem) return refuse(io, args.problem);
		if (['H', 'u', 'w', 'W', 'C', 'c', 'D', 'E', 'd', 'e', 'r', 'f', 'n', 's'].some(letter => args.has(letter)))
			return notSimulated(io, io.argv.join(' '));
		const wanted = args.value('l')?.split(',');
		const unknown = wanted?.find(level => !levels.includes(level));
		if (unknown !== undefined) {
			io.err(`dmesg: unknown level '${unknown}'\n`);
			return 1;
		}

		const time = (atMs: number) =>
			args.has('t')
				? ''
				: args.has('T')
					? `[${strftime('%a %b %e %H:%M:%S %Y', atMs)}] `
					: `[${(Math.max(0, atMs - bootedMs(machine)) / 1000).toFixed(6).padStart(12)}] `;
		for (const {identifier, atMs, priority, text} of machine.journal?.entries() ?? []) {
			if (identifier !== 'kernel' || (wanted && !wanted.includes(levels[priority]!))) continue;
			io.out(`${args.has('x') ? `kern  :${levels[priority]!.padEnd(6)}: ` : ''}${time(atMs)}${text}\n`);
		}

		return 0;
	},
};
