import {bash, busybox, type Dialect, dash} from '../syntax/dialect.js';
import {defaultPath, isFile, loginPath, type ShellMachine} from '../machine.js';
import type {Services} from './services.js';
import {Shell} from '../shell.js';

/** Which shell `/bin/sh` (or the one asked for) is on a machine. */
export function dialectOf(machine: ShellMachine, shell: string | undefined): Dialect {
	if (machine.kind === 'host') return bash;
	const name = (shell ?? 'sh').split('/').at(-1)!;
	if (name === 'bash') return bash;
	if (isFile(machine, '/bin/busybox')) return busybox;
	return isDebian(machine) ? dash : bash;
}

/** Debian and Ubuntu: `sh` is dash, and bash shows who and where. */
function isDebian(machine: ShellMachine): boolean {
	if (isFile(machine, '/bin/dash') || isFile(machine, '/etc/debian_version')) return true;
	return isFile(machine, '/etc/os-release') && /^ID(?:_LIKE)?=.*(?:debian|ubuntu)/m.test(machine.files.readText('/etc/os-release'));
}

export interface ProcessOptions {
	readonly services: Services;
	readonly machine: ShellMachine;
	readonly name: string;
	readonly shell?: string;
	readonly interactive?: boolean;
	readonly signal?: AbortSignal;
	readonly env?: Readonly<Record<string, string>>;
	readonly cwd?: string;
	/** Nothing but `env`. */
	readonly onlyEnv?: boolean;
	/** No shell at all: a container's runtime starts one program. */
	readonly bare?: boolean;
	readonly parentPid?: number;
	readonly terminal?: boolean;
}

/** A shell as a login, or a container's runtime, starts it. */
export function createProcess(options: ProcessOptions): Shell {
	const {machine, services} = options;
	const dialect = dialectOf(machine, options.shell);
	const {name, interactive, signal, parentPid, terminal} = options;
	const shell = new Shell({services, machine, dialect, name, interactive, signal, parentPid, terminal});
	shell.cwd = options.cwd ?? machine.home;
	const base = options.onlyEnv
		? {}
		: machine.kind === 'host'
			? hostEnvironment(machine, services)
			: containerEnvironment(machine, services, options.bare ?? false);
	const own = options.bare ? {} : {PWD: shell.cwd};
	for (const [name, value] of Object.entries({...base, ...(options.onlyEnv ? {} : machine.env), ...options.env, ...own})) {
		shell.variables.mark(name, {value, exported: true});
	}

	shell.variables.set('IFS', ' \t\n');
	if (options.interactive) {
		shell.variables.mark('PS1', {value: promptTemplate(machine, dialect)});
		shell.variables.mark('PS2', {value: '> '});
		shell.shoptions.add('expand_aliases');
		if (machine.kind === 'host') for (const [name, value] of hostAliases) shell.aliases.set(name, value);
	}

	return shell;
}

function hostEnvironment(machine: ShellMachine, {terminal}: Services): Record<string, string> {
	return {
		SHELL: '/bin/bash',
		HOSTNAME: machine.hostname,
		HOME: machine.home,
		LOGNAME: machine.user,
		USER: machine.user,
		LANG: 'en_US.UTF-8',
		TERM: terminal ? 'xterm-256color' : 'dumb',
		MAIL: `/var/spool/mail/${machine.user}`,
		HISTSIZE: '1000',
		SHLVL: '1',
		PATH: loginPath,
	};
}

const containerEnvironment = (machine: ShellMachine, {terminal}: Services, bare: boolean): Record<string, string> => ({
	PATH: defaultPath,
	HOSTNAME: machine.hostname,
	HOME: '/root',
	...(!bare && {SHLVL: '1'}),
	...(terminal ? {TERM: 'xterm'} : {}),
});

/** What RHEL's root has in ~/.bashrc and /etc/profile.d; `ls` colours only on a terminal. */
const hostAliases: ReadonlyArray<readonly [string, string]> = [
	['ll', 'ls -l --color=auto'],
	['l.', 'ls -d .* --color=auto'],
	['grep', 'grep --color=auto'],
	['egrep', 'egrep --color=auto'],
	['fgrep', 'fgrep --color=auto'],
];

function promptTemplate(machine: ShellMachine, dialect: Dialect): string {
	if (machine.kind === 'host') return '[\\u@\\h \\W]\\$ ';
	if (dialect === busybox) return '\\w \\$ ';
	if (dialect === dash) return '\\$ ';
	return isDebian(machine) ? '\\u@\\h:\\w\\$ ' : '\\s-\\v\\$ ';
}
