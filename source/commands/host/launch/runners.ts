import type {Machine} from '../../../node/host/machine.js';
import {findExecutable} from '../../../shell/machine.js';
import type {Command, ExecResult, Io, Run} from '../../../shell/command.js';
import {notSimulated, parseArguments} from '../arguments.js';
import {findAccount} from '../login/accounts.js';

const exists = (io: Io<Machine>, name: string) => findExecutable(io.machine, name, io.env['PATH'] ?? '/usr/bin', io.cwd) !== undefined;

/** Everybody is root here: the command just runs. */
function* sudo(io: Io<Machine>): Run {
	const args = parseArguments(io.argv.slice(1), {flags: 'isSnEHkKlvb', values: 'uUgpChD', stopAtOperand: true});
	if (args.problem) {
		io.err(`sudo: ${args.problem}\nusage: sudo -h | -K | -k | -V\n`);
		return 1;
	}

	const user = args.value('u');
	if (user !== undefined && user !== 'root') return notSimulated(io, `sudo -u ${user}`);
	const pairs = args.operands.filter(
		(word, index) => /^\w+=/.test(word) && args.operands.slice(0, index).every(each => /^\w+=/.test(each)),
	);
	const argv = args.operands.slice(pairs.length);
	const env = Object.fromEntries(pairs.map(pair => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
	if (argv.length === 0) {
		if (args.has('i') || args.has('s'))
			return (yield {enter: {shell: args.has('i') ? '-bash' : 'bash', cwd: args.has('i') ? '/root' : io.cwd}}) as number;
		io.err('usage: sudo -h | -K | -k | -V\nusage: sudo -v [-ABkNnS] [-g group] [-h host] [-p prompt] [-u user]\n');
		return 1;
	}

	if (!exists(io, argv[0]!)) {
		io.err(`sudo: ${argv[0]}: command not found\n`);
		return 1;
	}

	const {exitCode}: ExecResult = yield {exec: {argv, stream: true, env}};
	return exitCode;
}

function* su(io: Io<Machine>): Run {
	const words = io.argv.slice(1);
	const at = words.indexOf('-c');
	const user = words.find((word, index) => !word.startsWith('-') && (at < 0 || index !== at + 1)) ?? 'root';
	if (!findAccount(io.machine, user)) {
		io.err(`su: user ${user} does not exist or the user entry does not contain all the required fields\n`);
		return 1;
	}

	if (user !== 'root') return notSimulated(io, `su ${user}`);
	if (at >= 0) return ((yield {exec: {line: words[at + 1] ?? '', shell: 'bash', stream: true}}) as ExecResult).exitCode;
	return (yield {enter: {shell: words.includes('-') ? '-bash' : 'bash', cwd: words.includes('-') ? '/root' : io.cwd}}) as number;
}

/** `nohup`, `nice`, `setsid`, `stdbuf`: the command, without more. */
const passOn = (name: string, flags: string, values: string): Command<Machine> => ({
	name,
	summary: 'run a command',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {flags, values, stopAtOperand: true});
		if (args.operands.length === 0) {
			io.err(`${name}: missing operand\nTry '${name} --help' for more information.\n`);
			return 125;
		}

		if (name === 'nohup' && io.stdoutIsTerminal) io.err("nohup: ignoring input and appending output to 'nohup.out'\n");
		const {exitCode}: ExecResult = yield {exec: {argv: args.operands, stream: true}};
		return exitCode;
	},
});

function* script(io: Io<Machine>): Run {
	const args = parseArguments(io.argv.slice(1), {
		flags: 'aeqf',
		values: 'cEIOTt',
		long: {command: '=c', quiet: '=q', return: '=e', append: '=a'},
	});
	const line = args.value('c');
	if (args.problem || line === undefined) return notSimulated(io, 'script without -c');
	const file = args.operands[0] ?? 'typescript';
	const {stdout, stderr, exitCode}: ExecResult = yield {exec: {line, tty: true}};
	io.out(stdout + stderr);
	if (file !== '/dev/null') io.machine.files.write(io.path(file), stdout + stderr, {append: args.has('a')});
	return args.has('e') ? exitCode : 0;
}

/** Endless; the reader of the pipe ends it. */
function* yes(io: Io<Machine>): Run {
	const line = `${io.argv.slice(1).join(' ') || 'y'}\n`;
	const block = line.repeat(Math.max(1, Math.floor(16_384 / line.length)));
	for (;;) {
		io.out(block);
		yield {sleepMs: 0};
	}
}

function* nothing(): Run {
	return 0;
}

export default [
	{name: 'sudo', summary: 'run a command as root', run: sudo},
	{name: 'su', summary: 'become another user', run: su},
	passOn('nohup', '', ''),
	passOn('nice', '', 'n'),
	passOn('setsid', 'cfw', ''),
	passOn('stdbuf', '', 'ioe'),
	{name: 'script', summary: 'keep what a command prints', run: script},
	{name: 'yes', summary: 'print a line for ever', run: yes},
	{name: 'sync', summary: 'write what is cached', run: nothing},
] satisfies Command<Machine>[];
