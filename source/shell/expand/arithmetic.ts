import {ArithmeticError, evaluate, type Names} from '../arithmetic/expression.js';
import type {Scope} from '../run/scope.js';
import {LineError, ShellError} from '../run/signals.js';
import type {Arithmetic, Word} from '../syntax/ast.js';
import {parameterList, parameterText} from './special.js';

/** An expression as it was written: `$` and quotes are done away with first, as between double quotes. `before` is what the complaint begins with. */
export async function evaluateWritten(scope: Scope, arithmetic: Arithmetic, before = ''): Promise<bigint> {
	return evaluateText(scope, await expanded(scope, arithmetic), before);
}

/** Of a command (`((`, `let`, `[[`), whose name the complaint begins with: a mistake ends that command only, not all of the line. */
export async function evaluateFor(command: string, scope: Scope, given: Arithmetic | string): Promise<bigint> {
	const text = typeof given === 'string' ? given : await expanded(scope, given);
	return inWords(
		() => evaluate(text, namesOf(scope.shell)),
		message => new ShellError(`${command}: ${message}`),
	);
}

/** A text as an expression: subscripts, and what an integer variable is given. */
export function evaluateText({shell}: Scope, text: string, before = ''): bigint {
	return inWords(
		() => evaluate(text, namesOf(shell)),
		message => new LineError(before + message),
	);
}

function inWords<T>(run: () => T, toError: (message: string) => Error): T {
	try {
		return run();
	} catch (error) {
		throw error instanceof ArithmeticError ? toError(error.message) : error;
	}
}

function namesOf(shell: Scope['shell']): Names {
	const {variables} = shell;
	const names: Names = {
		get(name, key) {
			const value = key === undefined ? (variables.text(name) ?? parameterText(shell, name)) : element(shell, name, key);
			if (value === undefined && shell.options.has('nounset')) throw new ShellError(`${name}: unbound variable`, 1, true);
			return value;
		},
		set(name, key, value) {
			if (key === undefined) variables.set(name, String(value));
			else variables.setElement(name, key, String(value));
		},
		key(name, subscript) {
			const text = subscript.includes('$') ? subscript.replaceAll(parameter, found => parameterOf(shell, found)) : subscript;
			if (variables.get(name)?.kind === 'map') return text.replaceAll(/^(["'])(.*)\1$/gs, '$2');
			if (text.trim() === '') throw new ShellError(`${name}[${text}]: bad array subscript`);
			return elementIndex(shell, name, evaluate(text, names));
		},
	};
	return names;
}

/** What `let` is given between single quotes still has its dollars. */
const parameter = /\$(?:(\w+)|\{(\w+)\})/g;
const parameterOf = (shell: Scope['shell'], found: string) => {
	const name = found.replaceAll(/[${}]/g, '');
	return shell.variables.text(name) ?? parameterText(shell, name) ?? '';
};

function element(shell: Scope['shell'], name: string, key: string): string | undefined {
	const variable = shell.variables.get(name);
	if (!variable) return parameterList(shell, name)?.[Number(key)];
	return variable?.list ? variable.list.get(key) : key === '0' ? variable?.value : undefined;
}

/** The key of an array's element, counted from the end when negative. */
export function elementIndex({variables}: Scope['shell'], name: string, index: bigint): string {
	const last = variables.get(name)?.list?.last ?? -1;
	const key = index < 0n ? BigInt(last) + 1n + index : index;
	if (key < 0n) throw new ShellError(`${name}: bad array subscript`);
	return String(key);
}

/** Of each expression, what is expanded of it: a loop comes back to it again and again. */
const words = new WeakMap<Arithmetic, Word>();

async function expanded(scope: Scope, arithmetic: Arithmetic): Promise<string> {
	const text = arithmetic.originalText ?? '';
	if (!special.test(text)) return text;
	let word = words.get(arithmetic);
	if (!word) words.set(arithmetic, (word = await quotedWord(scope, withoutQuotes(text))));
	return scope.text(word);
}

/** A subscript before its arithmetic is done. */
export const expandedIndex = async (scope: Scope, text: string): Promise<string> =>
	special.test(text) ? scope.text(await quotedWord(scope, withoutQuotes(text))) : text;

/** A text as if it stood between double quotes. */
export const quotedWord = (scope: Scope, text: string): Promise<Word> => wordOf(scope, `"${text}"`);

/** A text as the right side of an assignment. */
export async function wordOf(scope: Scope, text: string): Promise<Word> {
	try {
		const command = (await scope.parse(`_=${text}`)).statements[0]?.pipelines[0]?.commands[0];
		const word = command?.type === 'SimpleCommand' ? command.assignments[0]?.value : undefined;
		if (word) return word;
	} catch (error) {
		if (!(error instanceof ShellError)) throw error;
	}

	throw new LineError(`${text}: bad substitution`);
}

const special = /[$`"\\]/;
const kept = /\\[\s\S]|\$\((?:[^()]|\([^()]*\))*\)|\$\{[^}]*\}|`[^`]*`|"/g;
const withoutQuotes = (text: string) => text.replaceAll(kept, found => (found === '"' ? '' : found));
