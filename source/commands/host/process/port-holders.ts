import {portName} from '../../../net/iptables/text.js';
import type {Machine} from '../../../node/host/machine.js';
import type {Command} from '../../../shell/command.js';
import {isBusybox} from '../../net-client/flavour.js';
import {notSimulated, parseArguments} from '../arguments.js';
import {visibleProcesses} from './process-rows.js';

const userOf = (machine: Machine, pid: number): string => visibleProcesses(machine).find(row => row.pid === pid)?.process.user ?? 'root';

const fuser: Command<Machine> = {
	name: 'fuser',
	path: '/usr/sbin/fuser',
	summary: 'say which process holds a port',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {flags: 'v', values: 'n', long: {verbose: '=v', namespace: '=n'}});
		const space = args.value('n');
		const wanted = args.operands.map(word => (space ? `${word}/${space}` : word));
		const ports = wanted.map(word => /^(\d+)\/(tcp|udp)$/.exec(word));
		if (args.problem || args.has('v') || wanted.length === 0 || ports.includes(null) || isBusybox(io.machine, 'fuser'))
			return notSimulated(io, io.argv.join(' '));
		let status = 1;
		for (const [text = '', port, protocol] of ports as RegExpExecArray[]) {
			const held = io.machine.stack.sockets.listeners().filter(each => each.port === Number(port) && each.protocol === protocol);
			const pids = [...new Set(held.map(each => each.process.pid))].sort((a, b) => a - b);
			if (pids.length === 0) continue;
			// The name goes to standard error, so that a script reads numbers only.
			io.err(`${text}:${' '.repeat(Math.max(0, 21 - text.length - 1))}`);
			io.out(pids.map(pid => String(pid).padStart(6)).join(''));
			io.err('\n');
			status = 0;
		}

		return status;
	},
};

/** `-i`, `-i :6443`, `-i tcp:22`, `-i tcp`: of the files that processes hold, the sockets that wait for connections. */
const lsof: Command<Machine> = {
	name: 'lsof',
	summary: 'list open ports',
	*run(io) {
		const words = io.argv
			.slice(1)
			.filter(word => word !== '-sTCP:LISTEN')
			.flatMap(word => (/^-i./.test(word) ? ['-i', word.slice(2)] : [word]));
		const flags = words.filter(word => word.startsWith('-')).join('');
		const spec = /^(?:4|6)?(tcp|udp)?(?::(\d+))?$/i.exec(words.find(word => !word.startsWith('-')) ?? '');
		if (!flags.includes('i') || !spec || /[^-inPlt]/.test(flags) || isBusybox(io.machine, 'lsof'))
			return notSimulated(io, io.argv.join(' '));
		const [, protocol, port] = spec;
		const found = io.machine.stack.sockets
			.listeners()
			.filter(
				each => (port === undefined || each.port === Number(port)) && (protocol === undefined || each.protocol === protocol.toLowerCase()),
			)
			.sort((a, b) => a.process.pid - b.process.pid || a.port - b.port);
		if (flags.includes('t')) io.out([...new Set(found.map(each => `${each.process.pid}\n`))].join(''));
		if (found.length === 0 || flags.includes('t')) return found.length === 0 ? 1 : 0;
		const rows = found.map(({process, protocol: kind, address, port: number}, index) => [
			process.name.slice(0, 9),
			String(process.pid),
			userOf(io.machine, process.pid),
			`${3 + found.slice(0, index).filter(each => each.process.pid === process.pid).length}u`,
			address === '*' || address.includes(':') ? 'IPv6' : 'IPv4',
			String(20_213 + process.pid * 7 + number),
			kind.toUpperCase(),
			`${/^(?:\*|0\.0\.0\.0|::)$/.test(address) ? '*' : address.includes(':') ? `[${address}]` : address}:${flags.includes('P') ? number : portName(number)}${kind === 'tcp' ? ' (LISTEN)' : ''}`,
		]);
		const [command, pid, user] = [7, 4, 4].map((least, at) => Math.max(least, ...rows.map(row => row[at]!.length))) as [
			number,
			number,
			number,
		];
		io.out(`${'COMMAND'.padEnd(command)} ${'PID'.padStart(pid)} ${'USER'.padStart(user)}   FD   TYPE DEVICE SIZE/OFF NODE NAME\n`);
		for (const [name = '', id = '', who = '', fd = '', type = '', device = '', node = '', text = ''] of rows)
			io.out(
				`${name.padEnd(command)} ${id.padStart(pid)} ${who.padStart(user)} ${fd.padStart(5)}  ${type} ${device.padStart(6)}      0t0 ${node.padStart(4)} ${text}\n`,
			);
		return 0;
	},
};

export default [fuser, lsof] satisfies Command<Machine>[];
