import type {Machine} from '../../../node/host/machine.js';
import type {Command, Io, Run} from '../../../shell/command.js';
import {findExecutable, isExecutable} from '../../../shell/machine.js';

const pathOf = (io: Io<Machine>) => io.env['PATH'] ?? '/usr/bin:/bin';

function* which(io: Io<Machine>): Run {
	let status = 0;
	for (const name of io.argv.slice(1).filter(word => !word.startsWith('-'))) {
		const path = findExecutable(io.machine, name, pathOf(io), io.cwd);
		if (path && isExecutable(io.machine, path)) io.out(`${path}\n`);
		else {
			status = 1;
			if (io.machine.kind === 'host') io.err(`/usr/bin/which: no ${name} in (${pathOf(io)})\n`);
		}
	}

	return status;
}

const places = ['/usr/bin', '/usr/sbin', '/usr/local/bin', '/usr/local/sbin', '/etc', '/usr/lib', '/usr/libexec'];

function* whereis(io: Io<Machine>): Run {
	for (const name of io.argv.slice(1).filter(word => !word.startsWith('-'))) {
		const found = places.map(place => `${place}/${name}`).filter(path => io.machine.files.exists(path));
		io.out(`${name}:${found.map(path => ` ${path}`).join('')}\n`);
	}

	return 0;
}

export default [
	{name: 'which', summary: 'say where a command lies', run: which},
	{name: 'whereis', summary: 'say where a command and its files lie', run: whereis},
] satisfies Command<Machine>[];
