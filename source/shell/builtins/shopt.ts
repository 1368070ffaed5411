import type {Scope} from '../run/scope.js';
import {err, out} from '../run/streams.js';
import {type Builtin, complain, usage} from './builtin.js';
import {alwaysOn, longNames, turn} from './options.js';

/** What changes nothing that could be seen here, or is always so. */
const harmless =
	'assoc_expand_once checkwinsize cmdhist complete_fullquote direxpand extglob extquote force_fignore globasciiranges histappend histreedit ' +
	'histverify hostcomplete huponexit interactive_comments lithist login_shell mailwarn no_empty_cmd_completion progcomp progcomp_alias ' +
	'promptvars sourcepath';
const simulated = 'dotglob expand_aliases failglob globstar inherit_errexit lastpipe nocasematch nullglob xpg_echo';
const lacking =
	'autocd cdable_vars cdspell checkhash checkjobs compat31 compat32 compat40 compat41 compat42 compat43 compat44 dirspell execfail extdebug ' +
	'gnu_errfmt localvar_inherit localvar_unset nocaseglob restricted_shell shift_verbose';
const missing: ReadonlySet<string> = new Set(lacking.split(' '));
const names: readonly string[] = `${harmless} ${simulated} ${lacking}`.split(' ').sort();

/** On in every new shell; a shell keeps what differs from that. */
const usual: ReadonlySet<string> = new Set(
	(
		'checkwinsize cmdhist complete_fullquote extquote force_fignore globasciiranges hostcomplete interactive_comments progcomp promptvars ' +
		'sourcepath'
	).split(' '),
);
const off = (name: string) => `!${name}`;

interface Kind {
	readonly names: readonly string[];
	readonly noun: string;
	has(scope: Scope, name: string): boolean;
	turn(scope: Scope, name: string, on: boolean): number;
	/** As it could be typed. */
	typed(name: string, on: boolean): string;
}

const own: Kind = {
	names,
	noun: 'shell option name',
	has: ({shell: {shoptions}}, name) => shoptions.has(name) || (usual.has(name) && !shoptions.has(off(name))),
	turn({shell: {shoptions}, streams}, name, on) {
		if (on && missing.has(name)) {
			err(streams, `kubelab: not simulated: shopt -s ${name}\n`);
			return 125;
		}
		shoptions.delete(on ? off(name) : name);
		if (on !== usual.has(name)) shoptions.add(on ? name : off(name));
		return 0;
	},
	typed: (name, on) => `shopt ${on ? '-s' : '-u'} ${name}`,
};

/** `shopt -o`: those of `set -o`. */
const setOptions: Kind = {
	names: longNames,
	noun: 'option name',
	has: ({shell}, name) => shell.options.has(name) || alwaysOn.has(name),
	turn: (scope, name, on) => (turn(scope, name, on) ? 0 : 1),
	typed: (name, on) => `set ${on ? '-' : '+'}o ${name}`,
};

function run(scope: Scope, args: readonly string[]): number {
	const flags = args
		.filter(arg => /^-./.test(arg))
		.join('')
		.replaceAll('-', '');
	const bad = /[^pqsuo]/.exec(flags)?.[0];
	if (bad) {
		complain(scope, 'shopt', `-${bad}: invalid option`);
		return usage(scope, 'shopt [-pqsu] [-o] [optname ...]');
	}
	if (flags.includes('s') && flags.includes('u')) return complain(scope, 'shopt', 'cannot set and unset shell options simultaneously');
	const kind = flags.includes('o') ? setOptions : own;
	const named = args.filter(arg => !/^-./.test(arg));
	const wanted = /[su]/.test(flags) ? flags.includes('s') : undefined;
	let status = 0;
	for (const name of named.length > 0 ? named : kind.names) {
		const on = kind.has(scope, name);
		if (!kind.names.includes(name)) status = complain(scope, 'shopt', `${name}: invalid ${kind.noun}`);
		else if (named.length > 0 && wanted !== undefined) status = kind.turn(scope, name, wanted) || status;
		else {
			if (!on && named.length > 0) status = 1;
			if (!flags.includes('q') && (wanted === undefined || wanted === on))
				out(scope.streams, flags.includes('p') ? `${kind.typed(name, on)}\n` : `${name.padEnd(15)}\t${on ? 'on' : 'off'}\n`);
		}
	}
	return status;
}

export default [{name: 'shopt', run}] satisfies Builtin[];
