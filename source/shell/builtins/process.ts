import {out} from '../run/streams.js';
import {singleQuoted} from '../run/variables.js';
import {type Builtin, complain} from './builtin.js';
import {signals, signalTable} from '../../os/signals.js';

/** What can be trapped and is no signal. */
const pseudoSignals = ['EXIT', 'ERR', 'DEBUG', 'RETURN'];

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

const trapName = (word: string): string => (word === '0' ? 'EXIT' : (signals[Number(word)] ?? word.toUpperCase().replace(/^SIG/, '')));

export default [
	{
		name: 'trap',
		keepsAssignments: true,
		run(scope, args) {
			const {shell, streams} = scope;
			if (args[0] === '-l') {
				out(streams, signalTable());
				return 0;
			}

			if (args.length === 0 || args[0] === '-p') {
				const wanted = args.slice(1).map(trapName);
				for (const [name, action] of shell.traps)
					if (wanted.length === 0 || wanted.includes(name))
						out(streams, `trap -- ${singleQuoted(action)} ${pseudoSignals.includes(name) ? name : `SIG${name}`}\n`);
				return 0;
			}

			const [action, ...names] = args[0] === '--' ? args.slice(1) : args;
			let status = 0;
			for (const each of names) {
				const name = trapName(each);
				if (!(signals.includes(name) || pseudoSignals.includes(name)))
					status = complain(scope, 'trap', `${each}: invalid signal specification`);
				else if (action === '-') shell.traps.delete(name);
				else shell.traps.set(name, action ?? '');
			}

			return status;
		},
	},
	{
		name: 'umask',
		run(scope, [mode]) {
			if (mode === undefined) out(scope.streams, `${scope.shell.mask.toString(8).padStart(4, '0')}\n`);
			else if (mode === '-S' || mode === '-p')
				out(scope.streams, mode === '-S' ? `${symbolic(scope.shell.mask)}\n` : `umask ${scope.shell.mask.toString(8).padStart(4, '0')}\n`);
			else if (/^[ugoa]*[-+=][rwx]*(?:,[ugoa]*[-+=][rwx]*)*$/.test(mode)) scope.shell.mask = masked(scope.shell.mask, mode);
			else if (!/^[0-7]+$/.test(mode))
				return complain(
					scope,
					'umask',
					/^\d/.test(mode) ? `${mode}: octal number out of range` : `\`${mode[0]}': invalid symbolic mode operator`,
				);
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
] satisfies Builtin[];

const bits = {r: 4, w: 2, x: 1} as const;
const shifts = {u: 6, g: 3, o: 0} as const;

/** What a mask lets through, as `umask -S` says it. */
const symbolic = (mask: number): string =>
	(['u', 'g', 'o'] as const)
		.map(who => `${who}=${(['r', 'w', 'x'] as const).filter(bit => !((mask >> shifts[who]) & bits[bit])).join('')}`)
		.join(',');

function masked(mask: number, text: string): number {
	let open = ~mask & 0o777;
	for (const clause of text.split(',')) {
		const [, who = '', sign = '', letters = ''] = /^([ugoa]*)([-+=])([rwx]*)$/.exec(clause) ?? [];
		const value = [...letters].reduce((sum, letter) => sum | bits[letter as 'r'], 0);
		for (const each of who === '' || who.includes('a') ? 'ugo' : who) {
			const shift = shifts[each as 'u'];
			const before = (open >> shift) & 7;
			const after = sign === '+' ? before | value : sign === '-' ? before & ~value : value;
			open = (open & ~(7 << shift)) | (after << shift);
		}
	}

	return ~open & 0o777;
}
