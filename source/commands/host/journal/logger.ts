import type {Machine} from '../../../node/host/machine.js';
import type {Command} from '../../../shell/command.js';
import {parseArguments} from '../arguments.js';

const levels: Readonly<Record<string, number>> = {
	...{emerg: 0, panic: 0, alert: 1, crit: 2, err: 3, error: 3, warning: 4, warn: 4, notice: 5, info: 6, debug: 7},
};

export const logger: Command<Machine> = {
	name: 'logger',
	summary: 'write into the journal',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {
			flags: 'ise',
			values: 'tpf',
			long: {tag: '=t', priority: '=p', file: '=f', stderr: '=s', 'skip-empty': '=e'},
		});
		if (args.problem) {
			io.err(`logger: ${args.problem}\nTry 'logger --help' for more information.\n`);
			return 1;
		}

		const [facility, level = facility] = (args.value('p') ?? 'user.notice').split('.');
		if (!Object.hasOwn(levels, level!)) {
			io.err(`logger: unknown priority name: ${level}\n`);
			return 1;
		}

		const identifier = args.value('t') ?? 'root';
		const file = args.value('f');
		const source = file === undefined ? io.stdin : io.machine.files.readText(io.path(file));
		for (const text of args.operands.length > 0 ? [args.operands.join(' ')] : source.split('\n').filter(line => line !== '')) {
			io.machine.journal?.write({unit: '', identifier, pid: args.has('i') ? (io.pid ?? 0) : 0, text, priority: levels[level!]!});
			if (args.has('s')) io.err(`<${8 + levels[level!]!}>${identifier}: ${text}\n`);
		}

		return 0;
	},
};
