import type {Machine} from '../../node/machine.js';
import {FileError} from '../../os/files.js';
import type {Command, Io} from '../../shell/command.js';
import {type ArgumentSpec, type Arguments, notSimulated, parseArguments, refuse} from './arguments.js';

/** A tool that does one thing to each file named; failures are told and the rest goes on. */
function fileTool(
	name: string,
	summary: string,
	spec: ArgumentSpec,
	failure: string,
	act: (io: Io<Machine>, path: string, args: Arguments, word: string) => void,
	operandsMin = 1,
): Command<Machine> {
	return {
		name,
		summary,
		*run(io) {
			const args = parseArguments(io.argv.slice(1), spec);
			if (args.problem) return refuse(io, args.problem);
			if (args.operands.length < operandsMin)
				return refuse(io, args.operands.length === 0 ? 'missing operand' : `missing operand after ‘${args.operands[0]}’`);
			let status = 0;
			for (const word of args.operands.slice(operandsMin - 1)) {
				try {
					act(io, io.path(word), args, word);
				} catch (error) {
					if (!(error instanceof FileError)) throw error;
					// BusyBox names the file and says no more.
					const what = io.machine.files.exists('/bin/busybox') ? word : failure.replace('%', () => word);
					io.err(`${name}: ${what}: ${error.message}\n`);
					status = 1;
				}
			}

			return status;
		},
	};
}

const touch = fileTool(
	'touch',
	'make a file, or set its time',
	{flags: 'acm', values: 'dtr', long: {'no-create': '=c', date: '=d', reference: '=r'}},
	"cannot touch '%'",
	({machine}, path, args) => {
		const {files, sim} = machine;
		if (!files.exists(path)) {
			if (!args.has('c')) files.write(path, '');
			return;
		}

		files.touch(path, args.has('r') ? files.stat(args.value('r')!).mtimeMs : sim.clock.now());
	},
);

const realpath = fileTool(
	'realpath',
	'print the absolute path of a file',
	{flags: 'emsqz', long: {'canonicalize-missing': '=m'}},
	'%',
	({machine, out}, path, args) => out(`${args.has('m') && !machine.files.exists(path) ? path : machine.files.realpath(path)}\n`),
);

/** Users and groups by name are looked up in the machine's own files. */
const chown = fileTool(
	'chown',
	'set the owner of files',
	{flags: 'RvhfcH', long: {recursive: '=R', verbose: '=v'}},
	"changing ownership of '%'",
	({machine}, path, args) => {
		const [user = '', group] = args.operands[0]!.split(/[:.]/);
		const {uid, gid} = machine.files.stat(path);
		const each = (at: string) => {
			machine.files.chown(at, idOf(machine, '/etc/passwd', user) ?? uid, idOf(machine, '/etc/group', group ?? '') ?? gid);
			if (args.has('R') && machine.files.lstat(at).type === 'folder') for (const name of machine.files.list(at)) each(`${at}/${name}`);
		};
		each(path);
	},
	2,
);

function idOf({files}: Machine, table: string, name: string): number | undefined {
	if (name === '') return undefined;
	if (/^\d+$/.test(name)) return Number(name);
	const row = files.exists(table)
		? files
				.readText(table)
				.split('\n')
				.find(line => line.startsWith(`${name}:`))
		: undefined;
	return row === undefined ? undefined : Number(row.split(':')[2]);
}

const mktemp: Command<Machine> = {
	name: 'mktemp',
	summary: 'make a file with a name of its own',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {
			flags: 'dqut',
			values: 'p',
			long: {directory: '=d', tmpdir: '=p', quiet: '=q', 'dry-run': '=u'},
		});
		if (args.problem) return refuse(io, args.problem);
		const template = args.operands[0] ?? 'tmp.XXXXXXXXXX';
		if (!/X{3,}/.test(template)) return refuse(io, `too few X's in template ‘${template}’`);
		const random = io.machine.sim.random.fork(`mktemp/${io.machine.name}`);
		const name = template.replace(/X{3,}(?!.*X{3})/, run => random.hex(run.length));
		const folder = args.value('p') ?? (args.operands[0] === undefined || args.has('t') ? '/tmp' : '.');
		const path = template.includes('/') ? io.path(name) : io.path(`${folder}/${name}`);
		if (args.has('d')) io.machine.files.makeFolder(path, {mode: 0o700});
		else io.machine.files.write(path, '', {mode: 0o600});
		io.out(`${folder === '.' ? name : path}\n`);
		return 0;
	},
};

const install: Command<Machine> = {
	name: 'install',
	summary: 'copy files and set their mode',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {
			flags: 'dDvcpCs',
			values: 'mogtT',
			long: {mode: '=m', directory: '=d', owner: '=o', group: '=g', 'target-directory': '=t'},
		});
		if (args.problem) return refuse(io, args.problem);
		const {files} = io.machine;
		const mode = Number.parseInt(args.value('m') ?? '755', 8);
		if (args.has('d')) {
			for (const word of args.operands) files.makeFolder(io.path(word), {recursive: true, mode});
			return 0;
		}

		const target = args.value('t') ?? args.operands.at(-1);
		const sources = args.has('t') ? args.operands : args.operands.slice(0, -1);
		if (target === undefined || sources.length === 0)
			return refuse(
				io,
				args.operands.length === 0 ? 'missing file operand' : `missing destination file operand after '${args.operands[0]}'`,
			);
		for (const word of sources) {
			const from = io.path(word);
			if (!files.exists(from)) {
				io.err(`install: cannot stat '${word}': No such file or directory\n`);
				return 1;
			}

			const at = io.path(target);
			const to = files.exists(at) && files.stat(at).type === 'folder' ? `${at}/${word.split('/').at(-1)}` : at;
			if (args.has('D')) files.makeFolder(to.slice(0, Math.max(1, to.lastIndexOf('/'))), {recursive: true});
			files.write(to, files.readBytes(from), {mode});
			files.chmod(to, mode);
		}

		return 0;
	},
};

const truncate: Command<Machine> = {
	name: 'truncate',
	summary: 'set the size of a file',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {flags: 'c', values: 's', long: {size: '=s'}});
		if (args.problem) return refuse(io, args.problem);
		if (args.value('s') !== '0') return notSimulated(io, `truncate -s ${args.value('s') ?? ''}`);
		for (const word of args.operands) io.machine.files.write(io.path(word), '');
		return 0;
	},
};

export default [
	touch,
	realpath,
	chown,
	{
		...fileTool(
			'chgrp',
			'set the group of files',
			{flags: 'Rv'},
			"changing group of '%'",
			({machine}, path, args) =>
				machine.files.chown(path, machine.files.stat(path).uid, idOf(machine, '/etc/group', args.operands[0]!) ?? 0),
			2,
		),
	},
	mktemp,
	install,
	truncate,
] satisfies Command<Machine>[];
