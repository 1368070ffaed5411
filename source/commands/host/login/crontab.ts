import type {Machine} from '../../../node/host/machine.js';
import type {Command} from '../../../shell/command.js';
import {notSimulated, parseArguments} from '../arguments.js';

/** Jobs can be looked at; nothing here runs them, so that none can be added. */
export const crontab: Command<Machine> = {
	name: 'crontab',
	summary: 'list the jobs of a user',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {flags: 'leri', values: 'u'});
		const user = args.value('u') ?? 'root';
		const path = `/var/spool/cron/${user}`;
		if (args.problem || !(args.has('l') || args.has('r'))) return notSimulated(io, 'crontab: jobs that run at a time');
		if (!io.machine.files.exists(path)) {
			io.err(`no crontab for ${user}\n`);
			return 1;
		}

		if (args.has('l')) io.out(io.machine.files.readText(path));
		else io.machine.files.remove(path);
		return 0;
	},
};
