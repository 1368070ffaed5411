import type {Machine} from '../../node/host/machine.js';
import {FileError} from '../../os/files.js';
import type {Command} from '../../shell/command.js';
import {parseArguments, refuse} from '../host/arguments.js';
import {parseDate} from '../host/clock/date-text.js';

const long = {'no-create': '=c', date: '=d', reference: '=r', 'no-dereference': '=h', time: 'value'} as const;

export default {
	name: 'touch',
	summary: 'make a file, or set its time',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {flags: 'acmhf', values: 'dtr', long});
		if (args.problem) return refuse(io, args.problem);
		if (args.operands.length === 0) return refuse(io, 'missing file operand');
		const {files, sim} = io.machine;
		const now = sim.clock.now();
		const [reference, date, stamp] = [args.value('r'), args.value('d'), args.value('t')];
		const time =
			reference !== undefined
				? files.stat(io.path(reference)).mtimeMs
				: date !== undefined
					? parseDate(date, now)
					: stamp !== undefined
						? stampMs(stamp)
						: now;
		if (time === undefined) {
			io.err(`touch: invalid date format ‘${date ?? stamp}’\n`);
			return 1;
		}

		let status = 0;
		for (const word of args.operands) {
			const path = io.path(word);
			try {
				if (!files.exists(path)) {
					if (args.has('c')) continue;
					files.write(path, '');
				}

				files.touch(path, time);
			} catch (error) {
				if (!(error instanceof FileError)) throw error;
				// BusyBox names the file and says no more.
				io.err(`touch: ${files.exists('/bin/busybox') ? word : `cannot touch '${word}'`}: ${error.message}\n`);
				status = 1;
			}
		}

		return status;
	},
} satisfies Command<Machine>;

/** `[[CC]YY]MMDDhhmm[.ss]`. */
function stampMs(text: string): number | undefined {
	const found = /^(\d{4}|\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:\.(\d{2}))?$/.exec(text);
	if (!found) return undefined;
	const [, year = '', month, day, hour, minute, second = '0'] = found;
	return Date.UTC(
		Number(year.length === 2 ? `20${year}` : year),
		Number(month) - 1,
		Number(day),
		Number(hour),
		Number(minute),
		Number(second),
	);
}
