import type {Machine} from '../../node/host/machine.js';
import {FileError} from '../../os/files.js';
import type {Command, Io} from '../../shell/command.js';
import {parseArguments, refuse} from '../host/arguments.js';

const trimmed = (name: string): string => name.replace(/(.)\/+$/, '$1');

const lastPart = (name: string, suffix: string): string => {
	const part = /^\/+$/.test(name) ? '/' : trimmed(name).replace(/^.*\//s, '');
	return suffix !== '' && part !== suffix && part.endsWith(suffix) ? part.slice(0, -suffix.length) : part;
};

const basename: Command = {
	name: 'basename',
	summary: 'the last part of a name',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {
			flags: 'az',
			values: 's',
			long: {multiple: '=a', suffix: '=s', zero: '=z'},
			stopAtOperand: true,
		});
		if (args.problem) return refuse(io, args.problem);
		const [name, suffix, more] = args.operands;
		if (name === undefined) return refuse(io, 'missing operand');
		const many = args.has('a') || args.has('s');
		if (!many && more !== undefined) return refuse(io, `extra operand '${more}'`);
		const names = many ? args.operands : [name];
		for (const each of names) io.out(lastPart(each, many ? (args.value('s') ?? '') : (suffix ?? '')) + (args.has('z') ? '\0' : '\n'));
		return 0;
	},
};

const dirname: Command = {
	name: 'dirname',
	summary: 'a name without its last part',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {flags: 'z', long: {zero: '=z'}});
		if (args.problem) return refuse(io, args.problem);
		if (args.operands.length === 0) return refuse(io, 'missing operand');
		for (const name of args.operands) {
			const folder = /^\/+$/.test(name) ? '/' : /^(.*?)\/+[^/]+\/*$/s.exec(name)?.[1];
			io.out((folder === '' ? '/' : (folder ?? '.')) + (args.has('z') ? '\0' : '\n'));
		}

		return 0;
	},
};

/** The path with its links followed. All of it must be there (`e`), all but the last part (`f`), or nothing (`m`). */
function canonical(io: Io<Machine>, name: string, must: 'e' | 'f' | 'm'): string {
	const {files} = io.machine;
	const path = io.path(name);
	if (must === 'e' || files.exists(path)) return files.realpath(path);
	if (must === 'm') return path;
	const cut = path.lastIndexOf('/');
	const folder = files.realpath(path.slice(0, cut) || '/');
	const whole = `${folder === '/' ? '' : folder}/${path.slice(cut + 1)}`;
	try {
		return canonical(io, files.readlink(whole), 'f');
	} catch (error) {
		if (error instanceof FileError) return whole;
		throw error;
	}
}

const readlink: Command<Machine> = {
	name: 'readlink',
	summary: 'where a link leads',
	*run(io) {
		const long = {
			canonicalize: '=f',
			'canonicalize-existing': '=e',
			'canonicalize-missing': '=m',
			'no-newline': '=n',
			verbose: '=v',
			zero: '=z',
		} as const;
		const args = parseArguments(io.argv.slice(1), {flags: 'femnqsvz', long});
		if (args.problem) return refuse(io, args.problem);
		if (args.operands.length === 0) return refuse(io, 'missing operand');
		const must = (['e', 'f', 'm'] as const).find(letter => args.has(letter));
		let status = 0;
		for (const name of args.operands) {
			try {
				io.out((must ? canonical(io, name, must) : io.machine.files.readlink(io.path(name))) + (args.has('n') ? '' : '\n'));
			} catch (error) {
				if (!(error instanceof FileError)) throw error;
				if (args.has('v')) io.err(`readlink: ${name}: ${error.message}\n`);
				status = 1;
			}
		}

		return status;
	},
};

const realpath: Command<Machine> = {
	name: 'realpath',
	summary: 'the absolute path of a file',
	*run(io) {
		const long = {
			'canonicalize-existing': '=e',
			'canonicalize-missing': '=m',
			quiet: '=q',
			strip: '=s',
			'no-symlinks': '=s',
			zero: '=z',
			'relative-to': 'value',
		} as const;
		const args = parseArguments(io.argv.slice(1), {flags: 'emqsz', long});
		if (args.problem) return refuse(io, args.problem);
		if (args.operands.length === 0) return refuse(io, 'missing operand');
		const resolve = (name: string) =>
			args.has('s') ? io.path(name) : canonical(io, name, args.has('e') ? 'e' : args.has('m') ? 'm' : 'f');
		const base = args.value('relative-to');
		const end = args.has('z') ? '\0' : '\n';
		let status = 0;
		for (const name of args.operands) {
			try {
				io.out(`${base === undefined ? resolve(name) : relative(resolve(base), resolve(name))}${end}`);
			} catch (error) {
				if (!(error instanceof FileError)) throw error;
				if (!args.has('q')) io.err(`realpath: ${name}: ${error.message}\n`);
				status = 1;
			}
		}

		return status;
	},
};

/** The way from one folder to a file. */
function relative(from: string, to: string): string {
	const [start, goal] = [from, to].map(path => path.split('/').filter(Boolean));
	let common = 0;
	while (common < start!.length && start![common] === goal![common]) common++;
	return [...start!.slice(common).map(() => '..'), ...goal!.slice(common)].join('/') || '.';
}

export default [basename, dirname, readlink, realpath] satisfies Command<any>[];
