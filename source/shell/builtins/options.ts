import {optionLetters} from '../expand/special.js';
import type {Scope} from '../run/scope.js';
import {out} from '../run/streams.js';
import {quoteWord} from '../run/variables.js';
import {type Builtin, complain} from './builtin.js';

const longNames = [
	'allexport',
	'braceexpand',
	'emacs',
	'errexit',
	'errtrace',
	'functrace',
	'hashall',
	'histexpand',
	'history',
	'ignoreeof',
	'interactive-comments',
	'keyword',
	'monitor',
	'noclobber',
	'noexec',
	'noglob',
	'nolog',
	'notify',
	'nounset',
	'onecmd',
	'physical',
	'pipefail',
	'posix',
	'privileged',
	'verbose',
	'vi',
	'xtrace',
];
const alwaysOn = new Set(['braceexpand', 'hashall', 'interactive-comments']);
const byLetter = new Map([
	...Object.entries(optionLetters).map(([name, letter]) => [letter, name] as const),
	['h', 'hashall'],
	['m', 'monitor'],
	['E', 'errtrace'],
	['T', 'functrace'],
	['B', 'braceexpand'],
	['H', 'histexpand'],
]);

function turn(scope: Scope, name: string, on: boolean): boolean {
	if (!longNames.includes(name)) return false;
	if (on) scope.shell.options.add(name);
	else scope.shell.options.delete(name);
	return true;
}

function set(scope: Scope, args: readonly string[]): number {
	const {shell} = scope;
	if (args.length === 0) {
		for (const name of shell.variables.names()) {
			const text = shell.variables.text(name);
			if (text !== undefined) out(scope.streams, `${name}=${quoteWord(text)}\n`);
		}

		return 0;
	}

	for (let at = 0; at < args.length; at++) {
		const arg = args[at]!;
		if (arg === '--' || !/^[-+]./.test(arg)) {
			shell.positional = args.slice(arg === '--' ? at + 1 : at);
			return 0;
		}

		const on = arg.startsWith('-');
		for (const letter of arg.slice(1)) {
			if (letter === 'o') {
				const name = args[++at];
				if (name === undefined) return listOptions(scope, on);
				if (!turn(scope, name, on)) return complain(scope, 'set', `${name}: invalid option name`, 2);
			} else {
				const name = byLetter.get(letter);
				if (name === undefined) return complain(scope, 'set', `${arg.slice(0, 1)}${letter}: invalid option`, 2);
				turn(scope, name, on);
			}
		}
	}

	return 0;
}

function listOptions(scope: Scope, table: boolean): number {
	for (const name of longNames) {
		const on = scope.shell.options.has(name) || alwaysOn.has(name);
		out(scope.streams, table ? `${name.padEnd(15)}\t${on ? 'on' : 'off'}\n` : `set ${on ? '-' : '+'}o ${name}\n`);
	}

	return 0;
}

const shoptNames = [
	'autocd',
	'cdspell',
	'checkwinsize',
	'cmdhist',
	'dotglob',
	'expand_aliases',
	'extglob',
	'failglob',
	'globstar',
	'histappend',
	'inherit_errexit',
	'lastpipe',
	'login_shell',
	'nocaseglob',
	'nocasematch',
	'nullglob',
	'progcomp',
	'promptvars',
	'sourcepath',
	'xpg_echo',
];

export default [
	{name: 'set', keepsAssignments: true, run: set},
	{
		name: 'shopt',
		run(scope, args) {
			const {shoptions} = scope.shell;
			const names = args.filter(arg => !arg.startsWith('-'));
			const flags = args.filter(arg => arg.startsWith('-')).join('');
			let status = 0;
			for (const name of names.length > 0 ? names : shoptNames) {
				if (!shoptNames.includes(name)) status = complain(scope, 'shopt', `${name}: invalid shell option name`);
				else if (flags.includes('s')) shoptions.add(name);
				else if (flags.includes('u')) shoptions.delete(name);
				else {
					if (!shoptions.has(name) && names.length > 0) status = 1;
					if (!flags.includes('q')) out(scope.streams, `${name.padEnd(15)}\t${shoptions.has(name) ? 'on' : 'off'}\n`);
				}
			}

			return status;
		},
	},
] satisfies Builtin[];
