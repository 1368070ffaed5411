import type {Command, ExecResult} from '../../../shell/command.js';
import {parseArguments, refuse} from '../arguments.js';
import {durationMs} from './sleep.js';

export default {
	name: 'timeout',
	summary: 'stop a command after some time',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {
			flags: 'v',
			values: 'sk',
			long: {signal: '=s', 'kill-after': '=k', 'preserve-status': 'flag', foreground: 'flag', verbose: '=v'},
			stopAtOperand: true,
		});
		if (args.problem) return refuse(io, args.problem, 125);
		const [limit, ...argv] = args.operands;
		if (limit === undefined || argv.length === 0) return refuse(io, 'missing operand', 125);
		const timeoutMs = durationMs(limit);
		if (timeoutMs === undefined) return refuse(io, `invalid time interval '${limit}'`, 125);
		const result: ExecResult = yield {exec: {argv, stream: true, timeoutMs: timeoutMs || undefined}};
		if (!result.timedOut) return result.exitCode;
		return args.has('preserve-status') ? 143 : args.value('s') === 'KILL' || args.value('s') === '9' ? 137 : 124;
	},
} satisfies Command;
