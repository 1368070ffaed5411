import type {Machine} from '../../../node/host/machine.js';
import {mayBind} from '../../../node/host/capable.js';
import {greetingOf, inUse, serverArguments, traceback} from '../../../node/python/arguments.js';
import {typedServerHandler, typedServers} from '../../../node/python/listeners.js';
import type {Io, Run} from '../../../shell/command.js';

/** How often it is looked whether somebody has come. */
const lookEveryMs = 100;

/** `python3 -m http.server`: gives the files of a folder until it is stopped, and tells of each request. */
export function* httpServer(io: Io<Machine>, words: readonly string[], version: string): Run {
	const {machine} = io;
	const asked = serverArguments(words);
	const fail = (text: string, code: number) => {
		io.err(`${text}\n`);
		return code;
	};
	if ('problem' in asked) return fail(asked.problem, 2);
	const {port, bind = '0.0.0.0', directory = '.'} = asked;
	if (bind !== '0.0.0.0' && !machine.stack.hasAddress(bind))
		return fail(traceback('OSError: [Errno 99] Cannot assign requested address'), 1);
	if (!mayBind(machine, port)) return fail(traceback('PermissionError: [Errno 13] Permission denied'), 1);
	const owner = `${machine.host}/python-${io.pid ?? 0}-${port}`;
	try {
		machine.stack.sockets.listen({
			protocol: 'tcp',
			address: bind,
			port,
			handler: typedServerHandler,
			owner,
			process: {name: 'python3', pid: io.pid ?? 0},
		});
	} catch {
		return fail(inUse, 1);
	}

	const servers = typedServers(machine.sim);
	servers.set(owner, {host: machine.host, container: machine.container, folder: io.path(directory), version, lines: []});
	// Into a file or a pipe the line is written when there is more of it.
	if (io.stdoutIsTerminal) io.out(`${greetingOf(asked)}\n`);
	const tell = () => {
		const server = servers.get(owner);
		if (!server || server.lines.length === 0) return;
		io.err(`${server.lines.join('\n')}\n`);
		servers.set(owner, {...server, lines: []});
	};
	try {
		for (;;) {
			yield {sleepMs: lookEveryMs};
			tell();
		}
	} finally {
		tell();
		machine.stack.sockets.closeAll(owner);
		servers.delete(owner);
		if (io.stdoutIsTerminal) io.out('\nKeyboard interrupt received, exiting.\n');
	}
}
