import type {Command, ExecResult} from '../../../shell/command.js';
import {parseArguments, refuse} from '../arguments.js';

export const env = {
	name: 'env',
	summary: 'print or change the environment of a command',
	*run(io) {
		const args = parseArguments(io.argv.slice(1), {
			flags: 'i0',
			values: 'uC',
			long: {'ignore-environment': '=i', unset: '=u', chdir: '=C', null: '=0'},
			stopAtOperand: true,
		});
		if (args.problem) return refuse(io, args.problem, 125);
		const gone = new Set(args.all('u'));
		const variables = new Map(Object.entries(io.env).filter(([name]) => !args.has('i') && !gone.has(name)));
		let at = 0;
		for (; at < args.operands.length && /^[^=]+=/.test(args.operands[at]!); at++) {
			const [name = '', ...rest] = args.operands[at]!.split('=');
			variables.set(name, rest.join('='));
		}

		const argv = args.operands.slice(at);
		if (argv.length === 0) {
			for (const [name, value] of variables) io.out(`${name}=${value}${args.has('0') ? '\0' : '\n'}`);
			return 0;
		}

		const cwd = args.value('C');
		const result: ExecResult = yield {
			exec: {argv, env: Object.fromEntries(variables), onlyEnv: true, stream: true, cwd: cwd && io.path(cwd)},
		};
		return result.exitCode;
	},
} satisfies Command;

export const printenv = {
	name: 'printenv',
	summary: 'print environment variables',
	*run(io) {
		const names = io.argv.slice(1).filter(word => !word.startsWith('-'));
		if (names.length === 0) {
			for (const [name, value] of Object.entries(io.env)) io.out(`${name}=${value}\n`);
			return 0;
		}

		let status = 0;
		for (const name of names) {
			const value = Object.hasOwn(io.env, name) ? io.env[name] : undefined;
			if (value === undefined) status = 1;
			else io.out(`${value}\n`);
		}

		return status;
	},
} satisfies Command;
