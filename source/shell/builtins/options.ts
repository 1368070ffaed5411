import {optionLetters} from '../expand/special.js';
import type {Scope} from '../run/scope.js';
import {out} from '../run/streams.js';
import {quoteWord} from '../run/variables.js';
import {type Builtin, complain} from './builtin.js';

export const longNames = [
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
export const alwaysOn = new Set(['braceexpand', 'hashall', 'interactive-comments']);
const byLetter = new Map([
	...Object.entries(optionLetters).map(([name, letter]) => [letter, name] as const),
	['h', 'hashall'],
	['m', 'monitor'],
	['E', 'errtrace'],
	['T', 'functrace'],
	['B', 'braceexpand'],
	['H', 'histexpand'],
]);

export function turn(scope: Scope, name: string, on: boolean): boolean {
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

export default [{name: 'set', keepsAssignments: true, run: set}] satisfies Builtin[];
