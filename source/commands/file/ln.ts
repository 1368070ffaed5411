import type {Machine} from '../../node/host/machine.js';
import {FileError} from '../../os/files.js';
import type {Command, Io} from '../../shell/command.js';
import {type Arguments, parseArguments, refuse} from '../host/arguments.js';
import {isThere, type Transfer, transfers} from './targets.js';

export default {
	name: 'ln',
	summary: 'give a file another name',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {
			flags: 'sfnvTirLP',
			values: 't',
			long: {
				symbolic: '=s',
				force: '=f',
				'no-dereference': '=n',
				verbose: '=v',
				'no-target-directory': '=T',
				'target-directory': '=t',
				relative: '=r',
			},
		});
		if (args.problem) return refuse(io, args.problem);
		const all = transfers(io, args);
		if (typeof all === 'number') return all;
		let status = 0;
		for (const each of all) {
			const problem = link(io, args, each);
			if (problem === undefined) {
				if (args.has('v')) io.out(`'${each.to.replace(/^\.\//, './')}' ${args.has('s') ? '->' : '=>'} '${each.from}'\n`);
				continue;
			}

			io.err(`ln: ${problem}\n`);
			status = 1;
		}

		return status;
	},
} satisfies Command<Machine>;

/** What is wrong, when something is. */
function link(io: Io<Machine>, args: Arguments, {from, fromPath, to, toPath}: Transfer): string | undefined {
	const {files} = io.machine;
	const soft = args.has('s');
	if (!soft) {
		if (!isThere(io, fromPath)) return `failed to access '${from}': No such file or directory`;
		if (files.stat(fromPath).type === 'folder') return `${from}: hard link not allowed for directory`;
	}

	const failed = `failed to create ${soft ? 'symbolic' : 'hard'} link '${to}'`;
	if (isThere(io, toPath)) {
		if (!args.has('f') || files.lstat(toPath).type === 'folder') return `${failed}: File exists`;
		files.remove(toPath);
	}

	try {
		if (soft) files.symlink(args.has('r') ? relative(toPath, fromPath) : from, toPath);
		else files.link(fromPath, toPath);
		return undefined;
	} catch (error) {
		if (error instanceof FileError) return `${failed}: ${error.message}`;
		throw error;
	}
}

/** The way from a link's folder to its target. */
function relative(link: string, target: string): string {
	const [from, to] = [link.split('/').slice(1, -1), target.split('/').slice(1)];
	let same = 0;
	while (same < from.length && from[same] === to[same]) same++;
	return [...from.slice(same).map(() => '..'), ...to.slice(same)].join('/') || '.';
}
