import type {Scope} from '../run/scope.js';
import {err} from '../run/streams.js';

/** A command that the shell itself is: it changes the shell, so no program could be it. */
export interface Builtin {
	readonly name: string;
	/** A special builtin: `NAME=value export` stays set. */
	readonly keepsAssignments?: boolean;
	run(scope: Scope, args: readonly string[], name: string): Promise<number> | number;
}

/** `-bash: cd: /x: No such file or directory` */
export function complain(scope: Scope, name: string, text: string, status = 1): number {
	err(scope.streams, `${scope.shell.prefix}${name}: ${text}\n`);
	return status;
}

/** How it is to be called, without the shell's name before it. */
export function usage(scope: Scope, text: string, status = 2): number {
	err(scope.streams, `${text.split(' ', 1)[0]}: usage: ${text}\n`);
	return status;
}

/** Splits leading options of single letters: `-ra`, `--`. */
export function letters(args: readonly string[], allowed: string): {flags: Set<string>; rest: readonly string[]; bad?: string} {
	const flags = new Set<string>();
	let at = 0;
	for (; at < args.length; at++) {
		const arg = args[at]!;
		if (arg === '--') return {flags, rest: args.slice(at + 1)};
		if (!/^-[A-Za-z]+$/.test(arg)) break;
		for (const letter of arg.slice(1)) {
			if (!allowed.includes(letter)) return {flags, rest: args.slice(at), bad: `-${letter}`};
			flags.add(letter);
		}
	}

	return {flags, rest: args.slice(at)};
}
