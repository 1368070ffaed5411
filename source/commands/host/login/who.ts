import type {Machine} from '../../../node/host/machine.js';
import {kernelRelease} from '../../../os/rhel/kernel.js';
import type {Command, Io} from '../../../shell/command.js';
import {notSimulated, parseArguments} from '../arguments.js';
import {strftime} from '../../../sim/strftime.js';
import {bootedMs, uptimeLine, uptimeSeconds} from '../clock/uptime.js';
import {accounts} from './accounts.js';

/** Where the learner sits. */
const from = '172.25.254.1';

const sinceMs = ({machine}: Io<Machine>) => machine.sim.clock.now() - Math.min(60, uptimeSeconds(machine)) * 1000;

const who: Command<Machine> = {
	name: 'who',
	summary: 'say who is logged in',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {flags: 'abHqrumsTw', long: {boot: '=b', heading: '=H', count: '=q', runlevel: '=r'}});
		if (args.problem || ['a', 'u', 'T', 'w'].some(letter => args.has(letter))) return notSimulated(io, io.argv.join(' '));
		if (args.has('q')) {
			io.out('root\n# users=1\n');
			return 0;
		}

		const row = (name: string, line: string, ms: number, comment = '') =>
			io.out(`${name.padEnd(8)} ${line.padEnd(12)} ${strftime('%F %H:%M', ms)}${comment}\n`);
		if (args.has('H')) io.out('NAME     LINE         TIME             COMMENT\n');
		if (args.has('b')) row('', 'system boot', bootedMs(io.machine));
		if (args.has('r')) row('', 'run-level 3', bootedMs(io.machine));
		if (!args.has('b') && !args.has('r')) row('root', 'pts/0', sinceMs(io), ` (${from})`);
		return 0;
	},
};

const users: Command<Machine> = {
	name: 'users',
	summary: 'name who is logged in',
	*run(io) {
		io.out('root\n');
		return 0;
	},
};

const w: Command<Machine> = {
	name: 'w',
	summary: 'say who is logged in and what they do',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {flags: 'hsfiou', long: {'no-header': '=h', short: '=s'}});
		if (args.problem || args.has('s') || args.has('o')) return notSimulated(io, io.argv.join(' '));
		const heading = `${uptimeLine(io.machine)}\nUSER     TTY        LOGIN@   IDLE   JCPU   PCPU WHAT\n`;
		io.out(
			`${args.has('h') ? '' : heading}root     pts/0     ${strftime('%H:%M', sinceMs(io))}    1.00s  0.02s  0.00s ${io.argv.join(' ')}\n`,
		);
		return 0;
	},
};

const last: Command<Machine> = {
	name: 'last',
	aliases: ['lastb'],
	summary: 'list logins',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {flags: 'xaFiRw', values: 'nf'});
		if (args.problem || args.operands.some(word => word !== 'root' && word !== 'reboot')) return notSimulated(io, io.argv.join(' '));
		const begun = strftime('%a %b %e %H:%M:%S %Y', bootedMs(io.machine));
		if (io.argv[0]!.endsWith('lastb')) {
			io.out(`\nbtmp begins ${begun}\n`);
			return 0;
		}

		const line = (user: string, terminal: string, where: string, ms: number, still: string) =>
			`${user.padEnd(8)} ${terminal.padEnd(12)} ${where.slice(0, 16).padEnd(16)} ${strftime('%a %b %e %H:%M', ms)}   still ${still}\n`;
		const rows = [
			line('root', 'pts/0', from, sinceMs(io), 'logged in'),
			line('reboot', 'system boot', kernelRelease, bootedMs(io.machine), 'running'),
		];
		const wanted = rows.filter(row => args.operands.length === 0 || args.operands.some(name => row.startsWith(name)));
		io.out(`${wanted.slice(0, Number(args.value('n') ?? 10)).join('')}\nwtmp begins ${begun}\n`);
		return 0;
	},
};

const lastlog: Command<Machine> = {
	name: 'lastlog',
	summary: 'when each user was last here',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {values: 'u', long: {user: '=u'}});
		if (args.problem) return notSimulated(io, io.argv.join(' '));
		io.out('Username         Port     From                                       Latest\n');
		for (const {name} of accounts(io.machine).filter(each => args.value('u') === undefined || each.name === args.value('u')))
			io.out(
				name === 'root'
					? `${'root'.padEnd(16)} ${'pts/0'.padEnd(8)} ${from.padEnd(42)} ${strftime('%a %b %e %H:%M:%S +0000 %Y', sinceMs(io))}\n`
					: `${name.padEnd(16)} ${''.padEnd(8)} ${''.padEnd(42)} **Never logged in**\n`,
			);
		return 0;
	},
};

export default [who, users, w, last, lastlog] satisfies Command<Machine>[];
