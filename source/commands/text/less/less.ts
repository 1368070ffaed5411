import type {Machine} from '../../../node/host/machine.js';
import type {Command, Io, Run} from '../../../shell/command.js';
import {FileError} from '../../../os/files.js';
import {fromBytes} from '../../../shell/run/stream.js';
import {readContent, standardInput} from '../input.js';
import {browse} from './browse.js';
import {helpText} from './help.js';
import {parseLess} from './options.js';

/** To a pipe, or where nobody can press a key, a pager is `cat`. */
export function* pour(io: Io<Machine>, names: readonly string[]): Run {
	let status = 0;
	for (const name of names) {
		if (name === '-') {
			io.out(yield* standardInput(io));
			continue;
		}
		try {
			io.out(fromBytes(readContent(io, io.path(name))));
		} catch (error) {
			if (!(error instanceof FileError)) throw error;
			io.err(`${error.code === 'EISDIR' ? `${name} is a directory` : `${name}: ${error.message}`}\n`);
			status = 1;
		}
	}
	return status;
}

export default {
	name: 'less',
	summary: 'read a long text',
	readsLines: true,
	*run(io) {
		const {names, options, problem, missing, asks} = parseLess(io.argv.slice(1), io.env['LESS']);
		if (missing !== undefined) {
			io.err(`kubelab: not simulated: ${missing}\n`);
			return 125;
		}
		if (problem !== undefined) {
			io.err(`${problem}\n`);
			return 1;
		}
		const shows = io.stdoutIsTerminal && io.hasKeyboard;
		if (asks === 'version') io.out('less 590 (GNU regular expressions)\nCopyright (C) 1984-2021  Mark Nudelman\n');
		if (asks === 'help' && !shows) io.out(helpText);
		if (asks === 'help' && shows) return yield* browse(io, ['-'], options, helpText);
		if (asks) return 0;
		if (names.length === 0 && io.stdinIsTerminal) {
			io.err('Missing filename ("less --help" for help)\n');
			return 1;
		}
		const files = names.length === 0 ? ['-'] : names;
		return shows ? yield* browse(io, files, options) : yield* pour(io, files);
	},
} satisfies Command<Machine>;
