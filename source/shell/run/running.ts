import type {Command, Statement, Word} from '../syntax/ast.js';
import {builtins} from '../builtins/index.js';
import type {Shell} from '../shell.js';
import type {RunningProcess} from '../command.js';
import type {Running} from '../session/services.js';
import {LimitReached} from './signals.js';

interface Row extends RunningProcess {
	readonly machine: string;
}

/** Processes that the shells of one session may have at a time, and one below the other: more is a fork bomb. */
const processesMax = 1000;
const forksMax = 200;

/** `onTooMany`: whatever still runs must end, or it would go on forking. */
export function createRunning(logins: () => readonly Shell[], onTooMany: () => void): Running {
	/** By machine and number: each PID namespace counts for itself. */
	const rows = new Map<string, Row>();
	const row = (shell: Shell, pid: number, ppid: number, argv: readonly string[], startedMs: number): Row => ({
		machine: shell.machine.name,
		pid,
		ppid,
		argv,
		startedMs,
		terminal: shell.terminal,
	});
	const put = (next: Row) => {
		const key = `${next.machine} ${next.pid}`;
		const before = rows.get(key);
		rows.set(key, next);
		return () => void (before ? rows.set(key, before) : rows.delete(key));
	};

	let generation = 0;
	return {
		get generation() {
			return generation;
		},
		list(machine) {
			const shells = logins().map(shell => ({...row(shell, shell.pid, shell.parentPid, [shell.name], shell.startedMs), login: true}));
			return [...shells, ...rows.values()].filter(each => each.machine === machine).sort((a, b) => a.pid - b.pid);
		},
		shell(shell, argv = [shell.name]) {
			if (rows.size >= processesMax || shell.forks > forksMax) {
				generation++;
				onTooMany();
				throw new LimitReached('more processes ran than a session may have');
			}

			return put(row(shell, shell.pid, shell.parentPid, argv, shell.services.time.now()));
		},
		program(shell, argv) {
			const pid = shell.replaced ? shell.pid : shell.newPid();
			return {pid, end: put(row(shell, pid, shell.replaced ? shell.parentPid : shell.pid, argv, shell.services.time.now()))};
		},
	};
}

/** What a member of a pipe will be once bash has exec'ed it, as far as that can be told without expanding anything: `ps | grep x`. */
export function foreseen(command: Command, shell: Shell): readonly string[] | undefined {
	if (command.type !== 'SimpleCommand' || !command.name) return undefined;
	const words = [command.name, ...command.args].map(word => plainText(word, shell));
	if (!words.every(word => word !== undefined) || builtins.has(words[0]!) || shell.functions.has(words[0]!)) return undefined;
	const alias = shell.shoptions.has('expand_aliases') ? shell.aliases.get(words[0]!) : undefined;
	return alias === undefined ? words : [...alias.split(/\s+/), ...words.slice(1)];
}

function plainText({parts}: Word, shell: Shell): string | undefined {
	let text = '';
	for (const part of parts) {
		if (part.type === 'Literal' || part.type === 'SingleQuoted' || part.type === 'Escaped') text += part.value;
		else if (part.type === 'DoubleQuoted') {
			const inner = plainText({type: 'Word', parts: part.parts}, shell);
			if (inner === undefined) return undefined;
			text += inner;
		} else if (part.type === 'ParameterExpansion' && part.operation === null) text += shell.variables.text(part.parameter) ?? '';
		else return undefined;
	}

	return text;
}

/** One command alone, which bash runs in the very process that it made for it. */
export function isAlone(statements: readonly Statement[]): boolean {
	const [statement] = statements;
	const [pipeline] = statement?.pipelines ?? [];
	return (
		statements.length === 1 &&
		statement!.pipelines.length === 1 &&
		!statement!.background &&
		pipeline!.commands.length === 1 &&
		pipeline!.commands[0]!.type === 'SimpleCommand'
	);
}
