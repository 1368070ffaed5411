import {capable} from '../../../node/host/capable.js';
import type {Machine} from '../../../node/host/machine.js';
import type {Command} from '../../../shell/command.js';
import {isBusybox} from '../../net-client/flavour.js';
import {parseArguments, refuse} from '../arguments.js';
import {strftime} from '../../../sim/strftime.js';
import {parseDate} from './date-text.js';

export default {
	name: 'date',
	summary: 'print the time of the machine',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {
			flags: 'uR',
			values: 'dsfIr',
			long: {
				utc: '=u',
				universal: '=u',
				date: '=d',
				set: '=s',
				'rfc-email': '=R',
				'iso-8601': 'flag',
				'rfc-3339': 'value',
				reference: '=r',
			},
		});
		if (args.problem) return refuse(io, args.problem);
		const now = io.machine.sim.clock.now();
		const text = args.value('d');
		const at = text === undefined ? now : parseDate(text, now);
		if (at === undefined) {
			io.err(`date: invalid date ‘${text}’\n`);
			return 1;
		}

		if (args.has('s') && !capable(io.machine, 'SYS_TIME')) {
			const wanted = parseDate(args.value('s')!, now);
			if (wanted === undefined) {
				io.err(`date: invalid date ‘${args.value('s')}’\n`);
				return 1;
			}

			io.err(`date: ${isBusybox(io.machine, 'date') ? "can't" : 'cannot'} set date: Operation not permitted\n`);
			io.out(`${strftime(localFormat(io.env), wanted)}\n`);
			return 1;
		}

		if (args.has('s')) {
			io.err('kubelab: not simulated: date --set\n');
			return 125;
		}

		const [operand] = args.operands;
		if (operand !== undefined && !operand.startsWith('+')) return refuse(io, `invalid date ‘${operand}’`);
		const format =
			operand?.slice(1) ??
			(args.has('R')
				? '%a, %d %b %Y %T %z'
				: (isoFormat(args.value('I') ?? args.value('iso-8601')) ?? (args.has('rfc-3339') ? '%F %T+00:00' : localFormat(io.env))));
		io.out(`${strftime(format, at)}\n`);
		return 0;
	},
} satisfies Command<Machine>;

const isoFormat = (precision: string | undefined): string | undefined =>
	precision === undefined ? undefined : precision.startsWith('s') ? '%FT%T+00:00' : precision.startsWith('m') ? '%FT%R+00:00' : '%F';

/** glibc's en_US writes the hours as Americans do; without a locale, as in containers, they are written in full. */
const localFormat = (env: Readonly<Record<string, string>>): string =>
	/^en_US/.test(env['LC_ALL'] || env['LC_TIME'] || env['LANG'] || '') ? '%a %b %e %I:%M:%S %p %Z %Y' : '%a %b %e %H:%M:%S %Z %Y';
