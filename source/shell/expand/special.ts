import type {Shell} from '../shell.js';

/** Value of a special parameter (`$?`, `$1`, `$RANDOM`), or `undefined` when there is none of that name. */
export function parameterText(shell: Shell, name: string): string | undefined {
	if (/^\d+$/.test(name)) return name === '0' ? shell.name : shell.positional[Number(name) - 1];
	return Object.hasOwn(special, name) ? special[name]!(shell) : parameterList(shell, name)?.[0];
}

/** Elements of a special array, or `undefined` when there is none of that name. */
export function parameterList(shell: Shell, name: string): readonly string[] | undefined {
	return Object.hasOwn(lists, name) ? lists[name]!(shell) : undefined;
}

const isScript = ({name, interactive}: Shell) => !interactive && !/^-|^(?:.*\/)?(?:ba|da|a)?sh$/.test(name);

const lists: Readonly<Record<string, (shell: Shell) => readonly string[]>> = {
	PIPESTATUS: shell => shell.pipeStatus.map(String),
	// Innermost first; the script itself is `main`.
	FUNCNAME: shell =>
		shell.functionNames.length === 0 ? [] : [...[...shell.functionNames].reverse(), ...(isScript(shell) ? ['main'] : [])],
	BASH_LINENO: shell => [...[...shell.callLines].reverse(), ...(isScript(shell) ? [0] : [])].map(String),
	BASH_VERSINFO: shell =>
		/^(\d+)\.(\d+)\.(\d+)\((\d+)\)-(\w+)$/
			.exec(shell.variables.text('BASH_VERSION') ?? '')
			?.slice(1)
			.concat('x86_64-redhat-linux-gnu') ?? [],
	BASH_SOURCE: shell => (isScript(shell) ? [...shell.functionNames, ''].map(() => shell.name) : shell.functionNames.map(() => 'main')),
};

const special: Readonly<Record<string, (shell: Shell) => string | undefined>> = {
	'?': shell => String(shell.status),
	$: shell => String(shell.scriptPid),
	'!': shell => shell.backgroundPid || undefined,
	'#': shell => String(shell.positional.length),
	'-': shell => [...shell.options].map(option => optionLetters[option] ?? '').join('') + (shell.interactive ? 'himBH' : 'hB'),
	'*': shell => shell.positional.join((shell.variables.text('IFS') ?? ' ').slice(0, 1)),
	'@': shell => shell.positional.join(' '),
	RANDOM: shell => String(shell.services.random.int(32768)),
	SRANDOM: shell => String(shell.services.random.int(2 ** 32)),
	SECONDS: shell => String(Math.floor((shell.services.time.now() - shell.startedMs) / 1000)),
	EPOCHSECONDS: shell => String(Math.floor(shell.services.time.now() / 1000)),
	EPOCHREALTIME: shell => `${Math.floor(shell.services.time.now() / 1000)}.${String(shell.services.time.now() % 1000).padStart(3, '0')}000`,
	LINENO: shell => String(shell.line),
	BASH_COMMAND: shell =>
		shell.command &&
		shell.services.jobs
			.textOf({
				type: 'Statement',
				pipelines: [{type: 'Pipeline', commands: [shell.command], negated: false}],
				operators: [],
				background: false,
			})
			.trim(),
	BASHPID: shell => String(shell.pid),
	PPID: shell => String(shell.parentPid || (shell.machine.kind === 'host' ? 1 : 0)),
	UID: shell => (shell.machine.user === 'root' ? '0' : '1000'),
	EUID: shell => (shell.machine.user === 'root' ? '0' : '1000'),
	HOSTNAME: shell => shell.machine.hostname,
	BASH_SUBSHELL: shell => (shell.subshell ? '1' : '0'),
	COLUMNS: shell => (shell.services.terminal ? String(shell.services.terminal.columns) : undefined),
	LINES: shell => (shell.services.terminal ? String(shell.services.terminal.rows) : undefined),
};

export const optionLetters: Readonly<Record<string, string>> = {
	errexit: 'e',
	nounset: 'u',
	xtrace: 'x',
	noglob: 'f',
	noclobber: 'C',
	allexport: 'a',
	noexec: 'n',
	verbose: 'v',
};
