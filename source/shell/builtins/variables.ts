import {assign} from '../run/assign.js';
import {evaluateText} from '../expand/arithmetic.js';
import {elementKey, splitName} from '../expand/parameter.js';
import {functionText} from '../syntax/function-text.js';
import type {Scope} from '../run/scope.js';
import {err, out} from '../run/streams.js';
import {declaration, type Variable} from '../run/variables.js';
import {type Builtin, complain, usage} from './builtin.js';

const isName = (name: string) => /^[A-Za-z_]\w*$/.test(name);

/** `declare`, `local`, `export`, `readonly`: attributes, and a value for each word that has one. */
async function declare(scope: Scope, args: readonly string[], name: string, marks: Partial<Variable>, local: boolean): Promise<number> {
	const {shell} = scope;
	const {variables} = shell;
	const words: string[] = [];
	let attributes: Partial<Variable> = marks;
	let print = false;
	let functions = false;
	let global = false;
	for (const arg of args) {
		if (words.length > 0 || !/^[-+][A-Za-z]+$/.test(arg)) {
			if (arg !== '--') words.push(arg);
			continue;
		}

		const on = arg.startsWith('-');
		for (const letter of arg.slice(1)) {
			if (letter === 'p') print = true;
			else if (letter === 'f' || letter === 'F') functions = true;
			else if (letter === 'g') global = true;
			else if (letter === 'n' && name === 'export') attributes = {...attributes, exported: false};
			else if (Object.hasOwn(flagMarks, letter))
				attributes = {...attributes, ...(on ? flagMarks[letter] : flagMarks[letter] && unmark(flagMarks[letter]))};
			else return complain(scope, name, `${arg.slice(0, 1)}${letter}: invalid option`, 2);
		}
	}

	if (functions)
		return listFunctions(
			scope,
			words,
			args.some(arg => /^-\w*F/.test(arg)),
		);
	if (words.length === 0 || print) return list(scope, name, words, attributes);
	let status = 0;
	for (const word of words) {
		const match = /^([A-Za-z_]\w*)(\[[^\]]*\])?(\+?)=(.*)$/s.exec(word);
		const variable = match?.[1] ?? word;
		if (!isName(variable)) {
			status = complain(scope, name, `\`${word}': not a valid identifier`);
			continue;
		}

		if (local && !global) variables.local(variable);
		const {readonly, ...early} = attributes;
		if (Object.keys(early).length > 0 || !match) variables.mark(variable, early);
		if (match) await setValue(scope, name, match);
		if (readonly) variables.mark(variable, {readonly: true});
	}

	return status;
}

const flagMarks: Readonly<Record<string, Partial<Variable>>> = {
	x: {exported: true},
	r: {readonly: true},
	i: {integer: true},
	a: {kind: 'array'},
	A: {kind: 'map'},
	l: {letters: 'lower'},
	u: {letters: 'upper'},
	n: {reference: true},
	t: {},
};

const unmark = (marks: Partial<Variable>): Partial<Variable> => Object.fromEntries(Object.keys(marks).map(key => [key, undefined]));

async function setValue(scope: Scope, builtin: string, [, name = '', subscript = '', plus = '', value = '']: RegExpExecArray) {
	const {variables} = scope.shell;
	if (value.startsWith('(') && value.endsWith(')')) {
		const command = (await scope.parse(`${name}${plus}=${value}`)).statements[0]?.pipelines[0]?.commands[0];
		if (command?.type === 'SimpleCommand' && command.assignments[0]) await assign(scope, command.assignments[0]);
		return;
	}

	const integer = variables.get(name)?.integer;
	const text = integer ? String(evaluateText(scope, value, `${builtin}: `)) : value;
	if (subscript) variables.setElement(name, await elementKey(scope, name, subscript.slice(1, -1)), text);
	else variables.set(name, plus ? (variables.text(name) ?? '') + text : text);
}

function list(scope: Scope, name: string, words: readonly string[], attributes: Partial<Variable>): number {
	const {variables} = scope.shell;
	if (words.length > 0) {
		let status = 0;
		for (const word of words) {
			const variable = variables.get(word);
			if (variable) out(scope.streams, `${declaration(word, variable)}\n`);
			else status = complain(scope, name, `${word}: not found`);
		}

		return status;
	}

	const wanted = Object.entries(attributes).filter(([, value]) => value);
	for (const each of variables.names()) {
		const variable = variables.get(each)!;
		if (wanted.every(([key, value]) => variable[key as keyof Variable] === value)) out(scope.streams, `${declaration(each, variable)}\n`);
	}

	return 0;
}

async function listFunctions(scope: Scope, words: readonly string[], onlyNames: boolean): Promise<number> {
	const {functions, services} = scope.shell;
	const names = words.length > 0 ? words : [...functions.keys()].sort();
	let status = 0;
	for (const name of names) {
		const definition = functions.get(name);
		if (!definition) status = 1;
		else if (onlyNames) out(scope.streams, words.length > 0 ? `${name}\n` : `declare -f ${name}\n`);
		else out(scope.streams, `${functionText(definition, (await services.toolbox()).write)}\n`);
	}

	return status;
}

export default [
	{name: 'export', keepsAssignments: true, run: (scope, args) => declare(scope, args, 'export', {exported: true}, false)},
	{name: 'readonly', keepsAssignments: true, run: (scope, args) => declare(scope, args, 'readonly', {readonly: true}, false)},
	...['declare', 'typeset'].map(
		(name): Builtin => ({name, run: (scope, args) => declare(scope, args, name, {}, scope.shell.variables.inFunction)}),
	),
	{
		name: 'local',
		run: (scope, args) =>
			scope.shell.variables.inFunction
				? declare(scope, args, 'local', {}, true)
				: complain(scope, 'local', 'can only be used in a function'),
	},
	{
		name: 'unset',
		keepsAssignments: true,
		async run(scope, args) {
			const {shell} = scope;
			const words = args.filter(arg => arg !== '-v' && arg !== '-f' && arg !== '--');
			for (const word of words) {
				const {name, subscript} = splitName(word);
				if (args.includes('-f')) shell.functions.delete(word);
				else if (subscript !== undefined) shell.variables.unsetElement(name, await elementKey(scope, name, subscript));
				else if (shell.variables.get(name)?.readonly) return complain(scope, 'unset', `${name}: cannot unset: readonly variable`);
				else if (shell.variables.get(name)) shell.variables.unset(name);
				else shell.functions.delete(name);
			}

			return 0;
		},
	},
	{
		name: 'shift',
		keepsAssignments: true,
		run(scope, [count = '1']) {
			const {shell} = scope;
			if (!/^\d+$/.test(count)) return complain(scope, 'shift', `${count}: numeric argument required`);
			if (Number(count) > shell.positional.length) return 1;
			shell.positional = shell.positional.slice(Number(count));
			return 0;
		},
	},
	{
		name: 'getopts',
		run(scope, [spec, name, ...given]) {
			if (spec === undefined || name === undefined) return usage(scope, 'getopts optstring name [arg ...]');
			return getopts(scope, spec, name, given.length > 0 ? given : scope.shell.positional);
		},
	},
] satisfies Builtin[];

/** Position within a group of letters, such as `-ab`, is kept in `__getopts`. */
function getopts(scope: Scope, spec: string, name: string, args: readonly string[]): number {
	const {variables} = scope.shell;
	let index = Number(variables.text('OPTIND') ?? '1');
	let letterAt =
		index === 1 && variables.text('OPTIND') !== undefined
			? Number(variables.text('__getopts') ?? '1')
			: Number(variables.text('__getopts') ?? '1');
	const arg = args[index - 1];
	const finish = (text: string) => {
		variables.set(name, text);
		return text === '?' && (arg === undefined || !/^-./.test(arg) || arg === '--') ? 1 : 0;
	};
	if (arg === undefined || !/^-./.test(arg) || arg === '--') {
		if (arg === '--') variables.set('OPTIND', String(index + 1));
		return finish('?');
	}

	const letter = arg[letterAt]!;
	const at = letter === ':' ? -1 : spec.indexOf(letter);
	letterAt++;
	let value: string | undefined;
	if (at >= 0 && spec[at + 1] === ':') {
		value = arg.slice(letterAt);
		if (value === '') value = args[index++];
		letterAt = arg.length;
	}

	if (letterAt >= arg.length) {
		index++;
		letterAt = 1;
	}

	// What is missing counts for nothing.
	variables.set('OPTIND', String(Math.min(index, args.length + 1)));
	variables.set('__getopts', String(letterAt));
	if (value === undefined) variables.restore('OPTARG', undefined);
	else variables.set('OPTARG', value);
	if (at >= 0 && !(spec[at + 1] === ':' && value === undefined)) return finish(letter);
	const silent = spec.startsWith(':');
	if (silent) variables.set('OPTARG', letter);
	else err(scope.streams, `${scope.shell.name}: ${at < 0 ? 'illegal option' : 'option requires an argument'} -- ${letter}\n`);
	variables.set(name, silent && at >= 0 ? ':' : '?');
	return 0;
}
