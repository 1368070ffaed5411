import {functionText} from '../syntax/function-text.js';
import {findExecutable, isExecutable} from '../machine.js';
import type {Scope} from '../run/scope.js';
import {out} from '../run/streams.js';
import {singleQuoted} from '../run/variables.js';
import {type Builtin, complain} from './builtin.js';
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

/** What a name means here, as `type`, `type -t` or `command -v` say it. */
export function describeCommand({shell}: Scope, name: string, style: 'sentence' | 'kind' | 'path'): string | undefined {
	const say = (kind: string, sentence: string, path: string) => ({kind, sentence, path})[style];
	const alias = shell.aliases.get(name);
	if (alias !== undefined) return say('alias', `${name} is aliased to \`${alias}'`, `alias ${name}=${singleQuoted(alias)}`);
	if (keywords.has(name)) return say('keyword', `${name} is a shell keyword`, name);
	if (shell.functions.has(name)) return say('function', `${name} is a function`, name);
	if (builtins.has(name)) return say('builtin', `${name} is a shell builtin`, name);
	const path = findExecutable(shell.machine, name, shell.path, shell.cwd);
	return path && isExecutable(shell.machine, path) ? say('file', `${name} is ${path}`, name.includes('/') ? name : path) : undefined;
}

export default [
	{
		name: 'type',
		async run(scope, args) {
			const flags = args.filter(arg => /^-[atpPf]+$/.test(arg)).join('');
			let status = 0;
			for (const name of args.filter(arg => !/^-[atpPf]+$/.test(arg))) {
				const style = flags.includes('t') ? 'kind' : /[pP]/.test(flags) ? 'path' : 'sentence';
				const text = describeCommand(scope, name, style);
				const definition = scope.shell.functions.get(name);
				if (text === undefined) status = style === 'sentence' ? complain(scope, 'type', `${name}: not found`) : 1;
				else out(scope.streams, `${text}\n`);
				if (text !== undefined && definition && style === 'sentence')
					out(scope.streams, `${functionText(definition, (await scope.shell.services.toolbox()).write)}\n`);
			}

			return status;
		},
	},
	{
		name: 'hash',
		run(scope, args) {
			if (args.length === 0) out(scope.streams, 'hash: hash table empty\n');
			return 0;
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
