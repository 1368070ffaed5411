import type {Machine} from '../../node/host/machine.js';
import type {Command} from '../../shell/command.js';
import {parseArguments, refuse} from '../host/arguments.js';

const baseOf = (path: string): string => {
	const bare = path.replace(/\/+$/, '');
	return bare === '' ? (path === '' ? '' : '/') : bare.slice(bare.lastIndexOf('/') + 1);
};

const basename: Command<Machine> = {
	name: 'basename',
	summary: 'print the last part of a path',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {
			flags: 'az',
			values: 's',
			long: {multiple: '=a', suffix: '=s', zero: '=z'},
			stopAtOperand: true,
		});
		if (args.problem) return refuse(io, args.problem);
		const many = args.has('a') || args.has('s');
		const [first, second, third] = args.operands;
		if (first === undefined) return refuse(io, 'missing operand');
		if (!many && third !== undefined) return refuse(io, `extra operand ‘${third}’`);
		const suffix = args.value('s') ?? (many ? '' : (second ?? ''));
		for (const path of many ? args.operands : [first]) {
			const base = baseOf(path);
			io.out(
				(suffix !== '' && base.endsWith(suffix) && base !== suffix ? base.slice(0, -suffix.length) : base) + (args.has('z') ? '\0' : '\n'),
			);
		}

		return 0;
	},
};

const dirname: Command<Machine> = {
	name: 'dirname',
	summary: 'print a path without its last part',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {flags: 'z', long: {zero: '=z'}});
		if (args.problem) return refuse(io, args.problem);
		if (args.operands.length === 0) return refuse(io, 'missing operand');
		for (const path of args.operands) {
			const bare = path.replace(/\/+$/, '');
			const folder = bare.includes('/')
				? bare.slice(0, bare.lastIndexOf('/')).replace(/\/+$/, '') || '/'
				: bare === '' && path !== ''
					? '/'
					: '.';
			io.out(folder + (args.has('z') ? '\0' : '\n'));
		}

		return 0;
	},
};

export default [basename, dirname];
