import type {FunctionDefinition} from '../syntax/ast.js';
import type {Shell} from '../shell.js';
import {Elements} from '../run/elements.js';
import {type Variable, Variables} from '../run/variables.js';

/** A shell as plain data. */
export interface SavedShell {
	readonly machine: string;
	readonly name: string;
	readonly cwd: string;
	/** pushd's. */
	readonly folders: readonly string[];
	readonly variables: ReadonlyArray<readonly [string, Omit<Variable, 'list'> & {readonly list?: ReadonlyArray<readonly [string, string]>}]>;
	readonly functions: ReadonlyArray<readonly [string, FunctionDefinition]>;
	readonly aliases: ReadonlyArray<readonly [string, string]>;
	readonly options: readonly string[];
	readonly shoptions: readonly string[];
	readonly positional: readonly string[];
	readonly traps: ReadonlyArray<readonly [string, string]>;
	readonly status: number;
	readonly pipeStatus: readonly number[];
	readonly backgroundPid: string;
	readonly mask: number;
	/** Absent: of an older world. */
	readonly hashed?: {
		readonly path: string;
		readonly found: ReadonlyArray<readonly [string, {readonly path: string; readonly hits: number}]>;
	};
}

export const saveShell = (shell: Shell): SavedShell => ({
	machine: shell.machine.name,
	name: shell.name,
	cwd: shell.cwd,
	folders: shell.folders,
	variables: shell.variables.entries().map(([name, {list, ...rest}]) => [name, list ? {...rest, list: [...list]} : rest] as const),
	functions: [...shell.functions],
	aliases: [...shell.aliases],
	options: [...shell.options],
	shoptions: [...shell.shoptions],
	positional: shell.positional,
	traps: [...shell.traps],
	status: shell.status,
	pipeStatus: shell.pipeStatus,
	backgroundPid: shell.backgroundPid,
	mask: shell.mask,
	...(shell.hashed.found.size > 0 && {
		hashed: {path: shell.hashed.path, found: [...shell.hashed.found].map(([name, each]) => [name, {...each}] as const)},
	}),
});

/** Makes a fresh shell what it was. */
export function restoreShell(shell: Shell, saved: SavedShell): Shell {
	shell.cwd = saved.cwd;
	shell.folders = saved.folders;
	shell.variables = new Variables(
		saved.variables.map(
			([name, {list, ...rest}]) => [name, list ? {...rest, list: new Elements(list, rest.kind !== 'map')} : rest] as const,
		),
	);
	shell.functions = new Map(saved.functions);
	shell.aliases = new Map(saved.aliases);
	shell.options = new Set(saved.options);
	shell.shoptions = new Set(saved.shoptions);
	shell.positional = saved.positional;
	shell.traps = new Map(saved.traps);
	shell.status = saved.status;
	shell.pipeStatus = saved.pipeStatus;
	shell.backgroundPid = saved.backgroundPid;
	shell.mask = saved.mask;
	shell.hashed = {path: saved.hashed?.path ?? '', found: new Map(saved.hashed?.found.map(([name, each]) => [name, {...each}]))};
	return shell;
}
