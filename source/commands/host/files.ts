import type {Machine} from '../../node/host/machine.js';
import type {Command} from '../../shell/command.js';
import {notSimulated, parseArguments, refuse} from './arguments.js';

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

export default [mktemp, install, truncate] satisfies Command<Machine>[];
