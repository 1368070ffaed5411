import type {Machine} from '../../../node/host/machine.js';
import {signalNamed} from '../../../os/signals.js';
import type {Command, Io, Run} from '../../../shell/command.js';
import {notSimulated} from '../arguments.js';
import {type ProcessRow, processesOf, programName} from './process-rows.js';

interface Request {
	readonly signal: string;
	readonly operands: readonly string[];
	readonly full: boolean;
	readonly exact: boolean;
	readonly list: boolean;
}

function parse(words: readonly string[]): Request {
	let signal = 'SIGTERM';
	const operands: string[] = [];
	const flags = new Set<string>();
	for (let at = 0; at < words.length; at++) {
		const word = words[at]!;
		const name = word === '-s' || word === '--signal' ? (words[++at] ?? '') : /^-(\d+|(?:SIG)?[A-Z][A-Z0-9]+)$/.exec(word)?.[1];
		if (name !== undefined) signal = name === '0' ? name : (signalNamed(name) ?? `SIG${name}`);
		else if (word.startsWith('-')) for (const letter of word.slice(1)) flags.add(letter);
		else operands.push(word);
	}

	return {signal, operands, full: flags.has('f'), exact: flags.has('x'), list: flags.has('l') || flags.has('a')};
}

/** Sends it through the machine, so that the process's supervisor (systemd, the kubelet) notices. */
function send({machine}: Io<Machine>, row: ProcessRow, signal: string): boolean {
	const {world, processes} = machine;
	// A number of a session in a container is nobody's number on the node.
	if (processes.get(row.process.pid) !== row.process) return false;
	if (!world.signal) return false;
	world.signal(machine.host, row.process.pid, signal);
	return true;
}

function* kill(io: Io<Machine>): Run {
	const {signal, operands} = parse(io.argv.slice(1));
	let status = 0;
	for (const word of operands) {
		const row = processesOf(io).find(each => String(each.pid) === word);
		if (!row) {
			io.err(`${io.argv[0] === 'kill' ? 'kill' : '-bash: kill'}: (${word}) - No such process\n`);
			status = 1;
		} else if (signal !== '0' && !row.kernel && !send(io, row, signal)) return notSimulated(io, `kill of process ${word}`);
	}

	return status;
}

/** Processes by a pattern: `pgrep`, `pkill`; by their exact name: `killall`, `pidof`. */
function* byName(io: Io<Machine>): Run {
	const name = io.argv[0]!.split('/').at(-1)!;
	const request = parse(io.argv.slice(1));
	const exact = request.exact || name === 'killall' || name === 'pidof';
	const [pattern] = request.operands;
	if (pattern === undefined) {
		io.err(`${name}: no matching criteria specified\nTry \`${name} --help' for more information.\n`);
		return 2;
	}

	let matches: (row: ProcessRow) => boolean;
	try {
		const expression = new RegExp(pattern);
		matches = row => (exact ? programName(row) === pattern : expression.test(request.full ? row.command : programName(row)));
	} catch {
		io.err(`${name}: regex error: Invalid regular expression\n`);
		return 2;
	}

	const found = processesOf(io).filter(row => row.process.pid !== io.pid && matches(row));
	if (found.length === 0) {
		if (name === 'killall') io.err(`${pattern}: no process found\n`);
		return 1;
	}

	if (name === 'pidof')
		io.out(
			`${found
				.map(row => row.pid)
				.reverse()
				.join(' ')}\n`,
		);
	else if (name === 'pgrep')
		for (const row of found)
			io.out(`${row.pid}${request.list ? ` ${io.argv.some(word => /^-\w*a/.test(word)) ? row.command : programName(row)}` : ''}\n`);
	else for (const row of found) if (!row.kernel && !send(io, row, request.signal)) return notSimulated(io, name);
	return 0;
}

export default [
	{name: 'kill', summary: 'send a signal to a process', run: kill},
	{name: 'pkill', aliases: ['pgrep', 'killall', 'pidof'], summary: 'find or signal processes by name', run: byName},
] satisfies Command<Machine>[];
