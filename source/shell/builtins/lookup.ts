import {functionText} from '../syntax/function-text.js';
import {glob} from '../expand/glob.js';
import {findExecutable, isExecutable, isFolder, resolvePath} from '../machine.js';
import {hashedPath, inBuckets, tableOf} from '../run/hashed.js';
import type {Scope} from '../run/scope.js';
import type {Shell} from '../shell.js';
import {err, out} from '../run/streams.js';
import {singleQuoted} from '../run/variables.js';
import {type Builtin, complain, usage} from './builtin.js';
import {builtins} from './index.js';

const keywords = new Set([
	'if',
	'then',
	'else',
	'elif',
	'fi',
	'case',
	'esac',
	'for',
	'while',
	'until',
	'do',
	'done',
	'in',
	'function',
	'time',
	'{',
	'}',
	'!',
	'[[',
	']]',
	'select',
	'coproc',
]);

interface Meaning {
	readonly kind: 'alias' | 'keyword' | 'function' | 'builtin' | 'file';
	readonly sentence: string;
	readonly path: string;
}

/** What a name means here, what counts first; `all`: also what that hides. */
function* meaningsOf({shell}: Scope, name: string, all = false): Generator<Meaning> {
	const alias = shell.aliases.get(name);
	if (alias !== undefined)
		yield {kind: 'alias', sentence: `${name} is aliased to \`${alias}'`, path: `alias ${name}=${singleQuoted(alias)}`};
	if (keywords.has(name)) yield {kind: 'keyword', sentence: `${name} is a shell keyword`, path: name};
	if (shell.functions.has(name)) yield {kind: 'function', sentence: `${name} is a function`, path: name};
	if (builtins.has(name)) yield {kind: 'builtin', sentence: `${name} is a shell builtin`, path: name};
	const known = all ? undefined : hashedPath(shell, name);
	if (known !== undefined) yield {kind: 'file', sentence: `${name} is hashed (${known})`, path: known};
	else yield* filesOf(shell, name);
}

function* filesOf(shell: Shell, name: string): Generator<Meaning> {
	for (const folder of name.includes('/') ? [''] : shell.path.split(':')) {
		const path = findExecutable(shell.machine, name, folder, shell.cwd);
		if (path && isExecutable(shell.machine, path))
			yield {kind: 'file', sentence: `${name} is ${path}`, path: name.includes('/') ? name : path};
	}
}

/** What a name means, as `type`, `type -t` or `command -v` say it. */
export function describeCommand(scope: Scope, name: string, style: keyof Meaning): string | undefined {
	for (const meaning of meaningsOf(scope, name)) return meaning[style];
	return undefined;
}

async function type(scope: Scope, args: readonly string[]): Promise<number> {
	const {shell, streams} = scope;
	const flags = args.filter(arg => /^-[atpPf]+$/.test(arg)).join('');
	const all = flags.includes('a');
	let status = 0;
	for (const name of args.filter(arg => !/^-[atpPf]+$/.test(arg))) {
		const found = flags.includes('P') ? [...filesOf(shell, name)] : [...meaningsOf(scope, name, all)];
		const plain = !/[tpP]/.test(flags);
		if (found.length === 0) status = plain ? complain(scope, 'type', `${name}: not found`) : 1;
		for (const {kind, sentence, path} of all ? found : found.slice(0, 1)) {
			if (flags.includes('t')) out(streams, `${kind}\n`);
			else if (plain) out(streams, `${sentence}\n`);
			else if (kind === 'file') out(streams, `${path}\n`);
			const definition = kind === 'function' && plain ? shell.functions.get(name) : undefined;
			if (definition) out(streams, `${functionText(definition, (await shell.services.toolbox()).write)}\n`);
		}
	}
	return status;
}

/** What `compgen` lists, by its letter or its name behind `-A`. */
const generators: Readonly<Record<string, (scope: Scope, prefix: string) => Iterable<string>>> = {
	variable: ({shell}) => shell.variables.names(),
	function: ({shell}) => [...shell.functions.keys()].sort(),
	builtin: () => [...builtins.keys()].sort(),
	keyword: () => keywords,
	alias: ({shell}) => [...shell.aliases.keys()].sort(),
	command: ({shell}) => [
		...shell.aliases.keys(),
		...keywords,
		...shell.functions.keys(),
		...builtins.keys(),
		...shell.services.commandNames().filter(name => findExecutable(shell.machine, name, shell.path, shell.cwd) !== undefined),
	],
	file: ({shell}, prefix) => glob(shell.machine, shell.cwd, `${prefix}*`),
	directory: ({shell}, prefix) =>
		glob(shell.machine, shell.cwd, `${prefix}*`).filter(name => isFolder(shell.machine, resolvePath(shell.cwd, name))),
};
const letters: Readonly<Record<string, string>> = {
	...{v: 'variable', b: 'builtin', k: 'keyword', a: 'alias', c: 'command', f: 'file', d: 'directory'},
};

function compgen(scope: Scope, args: readonly string[]): number {
	const found: string[] = [];
	const wanted: Array<(prefix: string) => Iterable<string>> = [];
	let at = 0;
	for (; args[at]?.startsWith('-') && args[at] !== '--'; at++) {
		const flag = args[at]!;
		const kind = flag === '-A' ? args[++at]! : letters[flag.slice(1)];
		if (flag === '-W') {
			const words = args[++at] ?? '';
			wanted.push(() => words.split(/\s+/).filter(Boolean));
		} else if (kind !== undefined && Object.hasOwn(generators, kind)) wanted.push(prefix => generators[kind]!(scope, prefix));
		else {
			err(scope.streams, `kubelab: not simulated: compgen ${flag}${flag === '-A' ? ` ${kind}` : ''}\n`);
			return 125;
		}
	}
	const prefix = args[args[at] === '--' ? at + 1 : at] ?? '';
	for (const list of wanted) for (const name of list(prefix)) if (name.startsWith(prefix)) found.push(name);
	for (const name of found) out(scope.streams, `${name}\n`);
	return found.length > 0 ? 0 : 1;
}

export default [
	{name: 'compgen', run: compgen},
	{name: 'type', run: type},
	{
		name: 'hash',
		run(scope, args) {
			const {shell, streams} = scope;
			const table = tableOf(shell);
			const flags = /^-([rldtp]+)$/.exec(args[0] ?? '')?.[1] ?? '';
			if (flags === '' && args[0]?.startsWith('-')) {
				complain(scope, 'hash', `${args[0].slice(0, 2)}: invalid option`);
				return usage(scope, 'hash [-lr] [-p pathname] [-dt] [name ...]');
			}
			const names = flags === '' ? args : args.slice(1);
			if (flags.includes('r')) table.clear();
			if (flags.includes('p')) {
				for (const name of names.slice(1)) table.set(name, {path: names[0] ?? '', hits: 0});
				return 0;
			}
			if (names.length === 0 && (flags === '' || flags === 'l')) {
				const known = inBuckets([...table.keys()]);
				if (known.length === 0) out(streams, 'hash: hash table empty\n');
				else if (flags === '') out(streams, 'hits\tcommand\n');
				for (const name of known) {
					const {path, hits} = table.get(name)!;
					out(streams, flags === '' ? `${String(hits).padStart(4)}\t${path}\n` : `builtin hash -p ${path} ${name}\n`);
				}
				return 0;
			}
			let status = 0;
			for (const name of names) {
				const known = table.get(name)?.path;
				if (flags.includes('d') || flags.includes('t')) {
					if (known === undefined) status = complain(scope, 'hash', `${name}: not found`);
					else if (flags.includes('d')) table.delete(name);
					else out(streams, names.length > 1 ? `${name}\t${known}\n` : `${known}\n`);
					continue;
				}
				if (builtins.has(name) || shell.functions.has(name) || name.includes('/')) continue;
				const path = findExecutable(shell.machine, name, shell.path, shell.cwd);
				if (path === undefined) status = complain(scope, 'hash', `${name}: not found`);
				else table.set(name, {path, hits: 0});
			}
			return status;
		},
	},
	{
		name: 'alias',
		run(scope, args) {
			const {aliases} = scope.shell;
			let status = 0;
			const words = args.filter(arg => arg !== '-p');
			for (const word of words.length > 0 ? words : [...aliases.keys()].sort()) {
				const equals = word.indexOf('=');
				const value = aliases.get(word);
				if (equals > 0) aliases.set(word.slice(0, equals), word.slice(equals + 1));
				else if (value === undefined) status = complain(scope, 'alias', `${word}: not found`);
				else out(scope.streams, `alias ${word}=${singleQuoted(value)}\n`);
			}

			return status;
		},
	},
	{
		name: 'unalias',
		run(scope, args) {
			if (args[0] === '-a') scope.shell.aliases.clear();
			let status = 0;
			for (const name of args.filter(arg => arg !== '-a'))
				if (!scope.shell.aliases.delete(name)) status = complain(scope, 'unalias', `${name}: not found`);
			return status;
		},
	},
	{
		name: 'help',
		run(scope, args) {
			if (args[0] !== undefined && !builtins.has(args[0]))
				return complain(
					scope,
					'help',
					`no help topics match \`${args[0]}'.  Try \`help help' or \`man -k ${args[0]}' or \`info ${args[0]}'.`,
				);
			out(
				scope.streams,
				args[0] === undefined
					? `These shell commands are defined internally.\n\n${[...builtins.keys()].sort().join('\n')}\n`
					: `${args[0]}: ${args[0]}\n    A shell builtin.\n`,
			);
			return 0;
		},
	},
] satisfies Builtin[];
