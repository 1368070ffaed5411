import type {Machine} from '../../../node/host/machine.js';
import {FileError} from '../../../os/files.js';
import type {Command, Io} from '../../../shell/command.js';
import {byteCount} from './byte-count.js';
import {notSimulated, parseArguments, refuse} from '../arguments.js';

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
		const args = parseArguments(io.argv.slice(1), {flags: 'co', values: 'sr', long: {size: '=s', 'no-create': '=c', reference: '=r'}});
		if (args.problem) return refuse(io, args.problem);
		const {files} = io.machine;
		const [text, reference] = [args.value('s'), args.value('r')];
		if (text === undefined && reference === undefined) return refuse(io, 'you must specify either ‘--size’ or ‘--reference’');
		const [, sign = '', amount = ''] = /^([-+<>/%]?)(.*)$/.exec(text ?? '') ?? [];
		const given = reference === undefined ? byteCount(amount) : files.stat(io.path(reference)).size;
		if (given === undefined) return refuse(io, `Invalid number: ‘${text}’`);
		if (args.operands.length === 0) return refuse(io, 'missing file operand');
		return eachFile(io, args.operands, 'open', path => {
			const old = files.exists(path) ? files.stat(path).size : undefined;
			if (old === undefined && args.has('c')) return;
			files.truncate(path, sized(sign, given, old ?? 0));
		});
	},
};

function sized(sign: string, given: number, old: number): number {
	if (sign === '+') return old + given;
	if (sign === '-') return Math.max(0, old - given);
	if (sign === '<') return Math.min(old, given);
	if (sign === '>') return Math.max(old, given);
	if (sign === '/') return Math.floor(old / given) * given;
	return sign === '%' ? Math.ceil(old / given) * given : given;
}

function eachFile(io: Io<Machine>, words: readonly string[], verb: string, act: (path: string) => void): number {
	let status = 0;
	for (const word of words) {
		try {
			act(io.path(word));
		} catch (error) {
			if (!(error instanceof FileError)) throw error;
			io.err(`${io.argv[0]}: cannot ${verb} '${word}'${verb === 'open' ? ' for writing' : ''}: ${error.message}\n`);
			status = 1;
		}
	}

	return status;
}

const fallocate: Command<Machine> = {
	name: 'fallocate',
	summary: 'give a file its size at once',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {
			flags: 'ncdpvxz',
			values: 'lo',
			long: {length: '=l', offset: '=o', 'keep-size': '=n', verbose: '=v', posix: '=x'},
		});
		if (args.problem) return refuse(io, args.problem);
		for (const letter of ['c', 'd', 'p', 'z', 'n']) if (args.has(letter)) return notSimulated(io, `fallocate -${letter}`);
		const [word] = args.operands;
		const [length, offset] = [byteCount(args.value('l') ?? ''), byteCount(args.value('o') ?? '0')];
		if (word === undefined) return refuse(io, 'no filename specified');
		if (!args.has('l')) return refuse(io, 'no length argument specified');
		if (!length || offset === undefined) return refuse(io, 'invalid length value specified');
		const {files} = io.machine;
		const path = io.path(word);
		try {
			const old = files.exists(path) ? files.stat(path).size : 0;
			if (offset + length > old) files.truncate(path, offset + length);
		} catch (error) {
			if (!(error instanceof FileError)) throw error;
			io.err(
				error.code === 'ENOSPC' ? `fallocate: fallocate failed: ${error.message}\n` : `fallocate: cannot open ${word}: ${error.message}\n`,
			);
			return 1;
		}

		if (args.has('v')) io.out(`${word}: ${args.value('l')} (${length} bytes) allocated.\n`);
		return 0;
	},
};

export default [mktemp, install, truncate, fallocate] satisfies Command<Machine>[];
