import type {Machine} from '../../node/host/machine.js';
import {FileError} from '../../os/files.js';
import type {Command, Io} from '../../shell/command.js';
import {parseArguments, refuse} from '../host/arguments.js';
import {changeMode} from './mode.js';
import {isFolder} from './targets.js';

export const mkdir: Command<Machine> = {
	name: 'mkdir',
	summary: 'make folders',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {flags: 'pvZ', values: 'm', long: {parents: '=p', verbose: '=v', mode: '=m'}});
		if (args.problem) return refuse(io, args.problem);
		if (args.operands.length === 0) return refuse(io, 'missing operand');
		const mode = args.has('m') ? changeMode(args.value('m')!, 0o777, true) : 0o755;
		if (mode === undefined) {
			io.err(`mkdir: invalid mode ‘${args.value('m')}’\n`);
			return 1;
		}

		let status = 0;
		for (const word of args.operands) {
			for (const step of args.has('p') ? ancestors(word) : [word]) {
				if (args.has('p') && isFolder(io, io.path(step))) continue;
				const problem = attempt(() => io.machine.files.makeFolder(io.path(step), {mode: step === word ? mode : 0o755}));
				if (problem === undefined) {
					if (args.has('v')) io.out(`mkdir: created directory '${step}'\n`);
					continue;
				}

				io.err(
					`mkdir: cannot create directory ‘${step}’: ${args.has('p') && problem === 'File exists' && step !== word ? 'Not a directory' : problem}\n`,
				);
				status = 1;
				break;
			}
		}

		return status;
	},
};

export const rmdir: Command<Machine> = {
	name: 'rmdir',
	summary: 'remove empty folders',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {flags: 'pv', long: {parents: '=p', verbose: '=v', 'ignore-fail-on-non-empty': 'flag'}});
		if (args.problem) return refuse(io, args.problem);
		if (args.operands.length === 0) return refuse(io, 'missing operand');
		let status = 0;
		for (const word of args.operands) {
			for (const step of args.has('p') ? ancestors(word).reverse() : [word]) {
				if (args.has('v')) io.out(`rmdir: removing directory, '${step}'\n`);
				const problem = attempt(() => removeEmpty(io, step));
				if (problem === undefined) continue;
				if (problem !== 'Directory not empty' || !args.has('ignore-fail-on-non-empty')) {
					io.err(`rmdir: failed to remove '${step}': ${problem}\n`);
					status = 1;
				}

				break;
			}
		}

		return status;
	},
};

function removeEmpty(io: Io<Machine>, word: string): void {
	const path = io.path(word);
	if (io.machine.files.lstat(path).type !== 'folder') throw new FileError('ENOTDIR', path);
	io.machine.files.remove(path);
}

/** `a`, `a/b`, `a/b/c`. */
function ancestors(word: string): string[] {
	const parts = word.replace(/\/+$/, '').split('/');
	return parts.map((_, index) => parts.slice(0, index + 1).join('/')).filter(part => part !== '');
}

function attempt(deed: () => void): string | undefined {
	try {
		deed();
		return undefined;
	} catch (error) {
		if (error instanceof FileError) return error.message;
		throw error;
	}
}
