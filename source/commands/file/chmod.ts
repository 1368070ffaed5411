import type {Machine} from '../../node/host/machine.js';
import {FileError} from '../../os/files.js';
import {join} from '../../os/layer.js';
import type {Command} from '../../shell/command.js';
import {parseArguments, refuse} from '../host/arguments.js';
import {modeText} from '../host/files/ls.js';
import {changeMode} from './mode.js';

export default {
	name: 'chmod',
	summary: 'set who may do what with a file',
	*run(io) {
		// `chmod -x FILE` takes permissions away: that is no option.
		const words = io.argv.slice(1);
		const minus = words.findIndex(word => /^-[rwxXstugo]+$/.test(word));
		const spec = {
			flags: 'Rvcf',
			long: {recursive: '=R', verbose: '=v', changes: '=c', silent: '=f', quiet: '=f', reference: 'value'},
		} as const;
		const args = parseArguments(minus < 0 ? words : words.toSpliced(minus, 1), spec);
		if (args.problem) return refuse(io, args.problem);
		const {files} = io.machine;
		const reference = args.value('reference');
		const names = [...args.operands];
		const change =
			minus >= 0 ? words[minus]! : reference === undefined ? names.shift() : (files.stat(io.path(reference)).mode & 0o7777).toString(8);
		if (change === undefined) return refuse(io, 'missing operand');
		if (names.length === 0) return refuse(io, `missing operand after ‘${change}’`);
		if (changeMode(change, 0, false) === undefined) return refuse(io, `invalid mode: ‘${change}’`);
		let status = 0;
		const set = (word: string, path: string): void => {
			const {type, mode} = files.stat(path);
			const next = changeMode(change, mode & 0o7777, type === 'folder')!;
			try {
				files.chmod(path, next);
			} catch (error) {
				if (!(error instanceof FileError)) throw error;
				if (!args.has('f')) io.err(`chmod: changing permissions of '${word}': ${error.message}\n`);
				status = 1;
				return;
			}

			const shown = (bits: number) =>
				`${bits.toString(8).padStart(4, '0')} (${modeText({...files.stat(path), mode: bits}, false).slice(1)})`;
			if (next !== (mode & 0o7777) && (args.has('v') || args.has('c')))
				io.out(`mode of '${word}' changed from ${shown(mode & 0o7777)} to ${shown(next)}\n`);
			else if (args.has('v')) io.out(`mode of '${word}' retained as ${shown(next)}\n`);
			if (args.has('R') && type === 'folder') for (const name of files.list(path)) set(join(word, name), join(path, name));
		};
		for (const word of names) {
			if (files.exists(io.path(word))) set(word, io.path(word));
			else {
				if (!args.has('f')) io.err(`chmod: cannot access '${word}': No such file or directory\n`);
				status = 1;
			}
		}

		return status;
	},
} satisfies Command<Machine>;
