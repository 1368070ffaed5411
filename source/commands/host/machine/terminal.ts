import type {Machine} from '../../../node/host/machine.js';
import {FileError} from '../../../os/files.js';
import type {Command, Io, Run} from '../../../shell/command.js';
import {notSimulated} from '../arguments.js';

/** vi, vim, nano, ... all open the editor of the session. */
const editor: Command<Machine> = {
	name: 'vim',
	aliases: ['vi', 'nano', 'view', 'nvim'],
	summary: 'edit a file',
	*run(io) {
		const words = io.argv.slice(1);
		if (words.includes('--version')) {
			io.out('VIM - Vi IMproved 8.2 (2019 Dec 12, compiled Mar 22 2024 00:00:00)\n');
			return 0;
		}

		const files = words.filter(word => !/^[-+]/.test(word));
		if (files.length === 0) return notSimulated(io, `${io.argv[0]} without a file`);
		for (const file of files) {
			const path = io.path(file);
			if (io.machine.files.exists(path) && io.machine.files.stat(path).type === 'folder') {
				io.err(`"${file}" is a directory\n`);
				return 1;
			}

			try {
				yield {edit: path};
			} catch (error) {
				if (!(error instanceof FileError)) throw error;
				io.err(`"${file}" ${error.code === 'ENOENT' ? "E212: Can't open file for writing" : error.message}\n`);
				return 1;
			}
		}

		return 0;
	},
};

const capabilities: Readonly<Record<string, string>> = {
	clear: '\u001b[H\u001b[2J',
	bold: '\u001b[1m',
	sgr0: '\u001b(B\u001b[m',
	smul: '\u001b[4m',
	rmul: '\u001b[24m',
	rev: '\u001b[7m',
	civis: '\u001b[?25l',
	cnorm: '\u001b[?25h',
	el: '\u001b[K',
};

function* tput(io: Io<Machine>): Run {
	const [, name = '', value = '0'] = io.argv;
	if (name === 'cols') io.out(`${io.columns}\n`);
	else if (name === 'lines') io.out(`${io.rows}\n`);
	else if (name === 'colors') io.out('256\n');
	else if (name === 'setaf' || name === 'setab') io.out(`\u001b[${name === 'setaf' ? 3 : 4}${value}m`);
	else if (Object.hasOwn(capabilities, name)) io.out(capabilities[name]!);
	else {
		io.err(`tput: unknown terminfo capability '${name}'\n`);
		return 4;
	}

	return 0;
}

function* clear(io: Io<Machine>): Run {
	io.out('\u001b[H\u001b[2J\u001b[3J');
	return 0;
}

function* man(io: Io<Machine>): Run {
	const name = io.argv.slice(1).findLast(word => !word.startsWith('-') && !/^\d$/.test(word));
	if (name === undefined) {
		io.err("What manual page do you want?\nFor example, try 'man man'.\n");
		return 1;
	}

	io.err(`No manual entry for ${name}\n`);
	return 16;
}

function* tty(io: Io<Machine>): Run {
	io.out(io.stdinIsTerminal ? '/dev/pts/0\n' : 'not a tty\n');
	return io.stdinIsTerminal ? 0 : 1;
}

function* stty(io: Io<Machine>): Run {
	if (!io.stdinIsTerminal) {
		io.err("stty: 'standard input': Inappropriate ioctl for device\n");
		return 1;
	}

	if (io.argv[1] === 'size') io.out(`${io.rows} ${io.columns}\n`);
	return 0;
}

export default [
	editor,
	{name: 'tput', summary: 'control the terminal', run: tput},
	{name: 'clear', aliases: ['reset'], summary: 'clear the screen', run: clear},
	{name: 'man', summary: 'manual pages (there are none)', run: man},
	{name: 'tty', summary: 'name the terminal', run: tty},
	{name: 'stty', summary: 'set the terminal', run: stty},
] satisfies Command<Machine>[];
