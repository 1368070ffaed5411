import {out} from '../run/streams.js';
import {singleQuoted} from '../run/variables.js';
import {type Builtin, complain} from './builtin.js';

const limits: Readonly<Record<string, string>> = {
	n: '1024',
	u: '31133',
	c: '0',
	s: '8192',
	f: 'unlimited',
	v: 'unlimited',
	t: 'unlimited',
	m: 'unlimited',
	d: 'unlimited',
	l: '8192',
};

export default [
	{
		name: 'trap',
		keepsAssignments: true,
		run({shell, streams}, args) {
			if (args.length === 0 || args[0] === '-p') {
				for (const [name, action] of shell.traps)
					out(streams, `trap -- ${singleQuoted(action)} ${name === 'EXIT' || name === 'ERR' ? name : `SIG${name}`}\n`);
				return 0;
			}

			const [action, ...names] = args[0] === '--' ? args.slice(1) : args;
			for (const each of names) {
				const name = each === '0' ? 'EXIT' : each.toUpperCase().replace(/^SIG/, '');
				if (action === '-') shell.traps.delete(name);
				else shell.traps.set(name, action ?? '');
			}

			return 0;
		},
	},
	{
		name: 'umask',
		run(scope, [mode]) {
			if (mode === undefined) out(scope.streams, `${scope.shell.mask.toString(8).padStart(4, '0')}\n`);
			else if (!/^[0-7]+$/.test(mode)) return complain(scope, 'umask', `${mode}: octal number out of range`);
			else scope.shell.mask = Number.parseInt(mode, 8) & 0o777;
			return 0;
		},
	},
	{
		name: 'ulimit',
		run({streams}, args) {
			const letter = /^-[SH]?([a-z])/.exec(args[0] ?? '-f')?.[1] ?? 'f';
			if (args.length <= 1) out(streams, `${limits[letter] ?? 'unlimited'}\n`);
			return 0;
		},
	},
	{
		name: 'times',
		run({streams}) {
			out(streams, '0m0.010s 0m0.005s\n0m0.020s 0m0.010s\n');
			return 0;
		},
	},
	...['complete', 'compopt', 'bind', 'enable', 'suspend'].map((name): Builtin => ({name, run: () => 0})),
	{name: 'compgen', run: () => 1},
] satisfies Builtin[];
