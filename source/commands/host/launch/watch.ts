import type {Machine} from '../../../node/host/machine.js';
import type {Command, ExecResult, Io, Run} from '../../../shell/command.js';
import {type Arguments, parseArguments, refuse} from '../arguments.js';
import {strftime} from '../../../sim/strftime.js';

/** With nobody to end it, it looks this often and then leaves. */
const roundsUnattended = 3;

export default {
	name: 'watch',
	summary: 'run a command again and again',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {
			flags: 'bcdegtxvh',
			values: 'n',
			long: {interval: '=n', 'no-title': '=t', differences: '=d', errexit: '=e', chgexit: '=g', exec: '=x', color: '=c', beep: '=b'},
			stopAtOperand: true,
		});
		if (args.problem) return refuse(io, args.problem);
		if (args.operands.length === 0) {
			io.err('\nUsage:\n watch [options] command\n');
			return 1;
		}

		const seconds = Math.max(0.1, Number(args.value('n') ?? 2));
		if (Number.isNaN(seconds)) {
			io.err(`watch: failed to parse argument: '${args.value('n')}'\n`);
			return 1;
		}

		const again = repeat(io, args, seconds);
		if (!io.stdoutIsTerminal) return yield* again;
		io.out(alternateScreen);
		try {
			return yield* again;
		} finally {
			io.out(earlierScreen);
		}
	},
} satisfies Command<Machine>;

const alternateScreen = '\u001b[?1049h';
const earlierScreen = '\u001b[?1049l';

function* repeat(io: Io<Machine>, args: Arguments, seconds: number): Run {
	const line = args.operands.join(' ');
	let before: string | undefined;
	for (let round = 1; ; round++) {
		const {stdout, stderr, exitCode}: ExecResult = yield {exec: args.has('x') ? {argv: args.operands} : {line}};
		const text = stdout + stderr;
		const title = args.has('t')
			? ''
			: header(
					`Every ${seconds.toFixed(1)}s: ${line}`,
					`${io.machine.hostname}: ${strftime('%a %b %e %H:%M:%S %Y', io.machine.sim.clock.now())}`,
					io.columns,
				);
		io.out(io.stdoutIsTerminal ? `\u001b[H\u001b[2J${screenful(title + text, io)}` : title + text);
		if (args.has('e') && exitCode !== 0) {
			if (io.stdoutIsTerminal && !io.unattended) {
				io.out('\ncommand exit with a non-zero status, press a key to exit');
				yield {read: 'key'};
			}
			return 8;
		}
		if (args.has('g') && before !== undefined && before !== text) return 0;
		before = text;
		if (io.unattended && round >= roundsUnattended) return 0;
		yield {sleepMs: Math.round(seconds * 1000)};
	}
}

/** The first rows that the terminal has room for; whatever is longer is never seen. */
function screenful(text: string, {columns, rows}: Io): string {
	const shown: string[] = [];
	let left = rows;
	for (const line of text.replace(/\n$/, '').split('\n')) {
		left -= Math.max(1, Math.ceil(line.length / columns));
		if (left < 0) break;
		shown.push(line);
	}
	return shown.join('\n');
}

const header = (left: string, right: string, columns: number) =>
	`${left.length + right.length + 1 > columns ? left.slice(0, columns) : left.padEnd(columns - right.length) + right}\n\n`;
