import type {Machine} from '../../node/host/machine.js';
import {FileError} from '../../os/files.js';
import type {Command, Io} from '../../shell/command.js';
import {type Arguments, parseArguments, refuse} from '../host/arguments.js';
import {ask} from './ask.js';
import {isFolder, isThere, type Transfer, transfers} from './targets.js';

export default {
	name: 'mv',
	summary: 'move and rename files',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {
			flags: 'finvuTbZ',
			values: 'tS',
			long: {
				force: '=f',
				interactive: '=i',
				'no-clobber': '=n',
				verbose: '=v',
				update: '=u',
				'no-target-directory': '=T',
				'target-directory': '=t',
				backup: '=b',
				suffix: '=S',
			},
		});
		if (args.problem) return refuse(io, args.problem);
		const all = transfers(io, args);
		if (typeof all === 'number') return all;
		let status = 0;
		for (const each of all) {
			try {
				const problem: string | undefined = yield* move(io, args, each);
				if (problem === undefined) continue;
				io.err(`mv: ${problem}\n`);
			} catch (error) {
				if (!(error instanceof FileError)) throw error;
				io.err(`mv: cannot move '${each.from}' to '${each.to}': ${error.message}\n`);
			}

			status = 1;
		}

		return status;
	},
} satisfies Command<Machine>;

/** What is wrong, when something is. */
function* move(io: Io<Machine>, args: Arguments, {from, fromPath, to, toPath}: Transfer): Generator<any, string | undefined, any> {
	const {files} = io.machine;
	if (!isThere(io, fromPath)) return `cannot stat '${from}': No such file or directory`;
	if (fromPath === toPath) return `'${from}' and '${to}' are the same file`;
	if (toPath.startsWith(`${fromPath}/`)) return `cannot move '${from}' to a subdirectory of itself, '${to}'`;
	if (isThere(io, toPath)) {
		const folders = [fromPath, toPath].map(path => files.lstat(path).type === 'folder');
		if (args.has('n')) return undefined;
		if (args.has('u') && files.lstat(toPath).mtimeMs >= files.lstat(fromPath).mtimeMs) return undefined;
		if (folders[0] && !folders[1]) return `cannot overwrite non-directory '${to}' with directory '${from}'`;
		if (folders[1] && !folders[0]) return `cannot overwrite directory '${to}' with non-directory`;
		if (args.has('i') && !args.has('f') && !(yield* ask(io, `mv: overwrite '${to}'? `))) return undefined;
		if (args.has('b')) files.rename(toPath, `${toPath}${args.value('S') ?? '~'}`);
		else if (isFolder(io, toPath)) files.remove(toPath);
	}

	files.rename(fromPath, toPath);
	if (args.has('v')) io.out(`renamed '${from}' -> '${to}'\n`);
	return undefined;
}
