import {lookup} from './lookup.js';
import {restoreText} from '../../net/iptables/restore.js';
import {FileError} from '../../os/files.js';
import type {Command, Run} from '../../shell/command.js';
import {attempt, families, tablesOf} from './iptables.js';
import {readInput, stackOf, type ToolIo} from './tool.js';

interface Options {
	noflush: boolean;
	counters: boolean;
	test: boolean;
	table?: string;
	file?: string;
	unknown?: string;
}

export function createRestoreCommand(family: 4 | 6): Command {
	const name = `${families[family]}-restore`;
	return {
		name,
		aliases: [`${families[family]}-nft-restore`],
		summary: `load IPv${family} rules from standard input or a file`,
		path: `/usr/sbin/${name}`,
		*run(io: ToolIo): Run {
			const {file, unknown, ...options} = readArgs(io.argv.slice(1));
			if (unknown !== undefined) {
				io.err(`${name}: unrecognized option '${unknown}'\nTry \`${name} -h' for more information.\n`);
				return 1;
			}
			let text: string;
			try {
				text = file === undefined ? yield* readInput(io) : io.machine.files.readText(io.path(file));
			} catch (error) {
				if (!(error instanceof FileError)) throw error;
				io.err(`Can't open ${file}: ${error.message}\n`);
				return 1;
			}
			return attempt(io, () => restoreText(tablesOf(io, family).base, text, options, set => stackOf(io).kernel.ipsets.has(set)));
		},
	};
}

const flags: Readonly<Record<string, 'noflush' | 'counters' | 'test'>> = {
	'-n': 'noflush',
	'--noflush': 'noflush',
	'-c': 'counters',
	'--counters': 'counters',
	'-t': 'test',
	'--test': 'test',
};

function readArgs(args: readonly string[]): Options {
	const options: Options = {noflush: false, counters: false, test: false};
	for (let i = 0; i < args.length; i++) {
		const arg = args[i]!;
		const flag = lookup(flags, arg);
		if (flag) options[flag] = true;
		else if (arg === '-T' || arg === '--table') options.table = args[++i];
		else if (arg === '-w' || arg === '--wait' || arg === '-W') {
			if (/^\d+$/.test(args[i + 1] ?? '')) i++;
		} else if (/^-(w|W)\d*$|^--wait=\d+$|^-v$|^--verbose$/.test(arg)) continue;
		else if (arg.startsWith('-')) options.unknown = arg;
		else options.file = arg;
	}
	return options;
}

export default createRestoreCommand(4);
