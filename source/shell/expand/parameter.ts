import type {Operation, Parameter} from '../syntax/ast.js';
import type {Scope} from '../run/scope.js';
import {LineError, ShellError} from '../run/signals.js';
import {declaration, singleQuoted} from '../run/variables.js';
import {elementIndex, expandedIndex, evaluateText, evaluateWritten, quotedWord, wordOf} from './arithmetic.js';
import type {Piece} from './piece.js';
import {parameterList, parameterText} from './special.js';
import {substitute} from './substitute.js';

/** What a parameter is before its operation: one value, or the elements of an array or of `$@`. */
interface Value {
	readonly texts: readonly string[];
	readonly many: boolean;
	/** `*`: quoted, the elements are joined with the first character of IFS. */
	readonly star: boolean;
	readonly set: boolean;
}

export async function expandParameter(scope: Scope, part: Parameter, quoted: boolean): Promise<Piece[]> {
	const {shell} = scope;
	const operation = part.operation;
	const target = operation?.type === 'Indirection' ? await indirect(scope, part.parameter) : part.parameter;
	const inner = operation?.type === 'Indirection' ? (operation.innerOp ?? null) : operation;
	const value = await lookUp(scope, target);
	if (!inner) {
		if (!parameterName.test(target)) throw new LineError(`\${${target}}: bad substitution`);
		if (!value.set && !value.many && shell.options.has('nounset')) throw new ShellError(`${target}: unbound variable`, 1, true);
		return toPieces(scope, value, quoted);
	}

	const alternative = await conditional(scope, target, value, inner, quoted);
	if (alternative) return alternative;
	if ('checkEmpty' in inner) return toPieces(scope, value, quoted);
	if (!value.set && !value.many && shell.options.has('nounset') && !['Length', 'ArrayKeys', 'VarNamePrefix'].includes(inner.type)) {
		throw new ShellError(`${target}: unbound variable`, 1, true);
	}

	return toPieces(scope, await operate(scope, target, value, inner), quoted);
}

const parameterName = /^(?:[A-Za-z_]\w*(?:\[[\s\S]*\])?|\d+|[-@*#?$!])$/;

function toPieces({shell}: Scope, value: Value, quoted: boolean): Piece[] {
	if (!value.many) return value.set ? [{text: value.texts[0] ?? '', quoted, split: !quoted}] : quoted ? [{text: '', quoted: true}] : [];
	if (quoted && value.star) return [{text: value.texts.join((shell.variables.text('IFS') ?? ' ').slice(0, 1)), quoted: true}];
	if (value.texts.length === 0) return quoted ? [{text: '', nothing: true}] : [];
	return value.texts.flatMap((text, index): Piece[] => [
		...(index > 0 ? [{text: '', boundary: true, ...(!quoted && {nothing: true})}] : []),
		{text, quoted, split: !quoted},
	]);
}

/** `a[1]` as name and subscript. */
export function splitName(parameter: string): {name: string; subscript?: string} {
	const match = /^([A-Za-z_]\w*)\[(.*)\]$/s.exec(parameter);
	return match ? {name: match[1]!, subscript: match[2]!} : {name: parameter};
}

/** The key that a subscript stands for: a text for maps, a number for arrays, counted from the end when negative. */
export async function elementKey(scope: Scope, name: string, subscript: string): Promise<string> {
	const variable = scope.shell.variables.get(name);
	if (subscript === '') throw new LineError(`\${${name}[]}: bad substitution`);
	if (variable?.kind === 'map') return /["'$`\\]/.test(subscript) ? quotedText(scope, subscript) : subscript;
	return elementIndex(scope.shell, name, evaluateText(scope, await expandedIndex(scope, subscript)));
}

/** Of a name as it is given to `read` and `printf -v`: `x`, or `a[1]`. */
export async function setNamed(scope: Scope, given: string, value: string): Promise<void> {
	const {name, subscript} = splitName(given);
	if (subscript === undefined) scope.shell.variables.set(name, value);
	else scope.shell.variables.setElement(name, await elementKey(scope, name, subscript), value);
}

async function quotedText(scope: Scope, text: string): Promise<string> {
	return scope.text(await (/["']/.test(text) ? wordOf(scope, text) : quotedWord(scope, text)));
}

async function lookUp(scope: Scope, parameter: string): Promise<Value> {
	const {shell} = scope;
	if (parameter === '@' || parameter === '*')
		return {texts: shell.positional, many: true, star: parameter === '*', set: shell.positional.length > 0};
	const {name, subscript} = splitName(parameter);
	const own = parameterList(shell, name);
	const list = own ? new Map(own.map((value, index) => [String(index), value])) : shell.variables.get(name)?.list;
	if (subscript === '@' || subscript === '*') {
		const text = shell.variables.text(name);
		const texts = list ? [...list.values()] : text === undefined ? [] : [text];
		return {texts, many: true, star: subscript === '*', set: texts.length > 0};
	}

	const text =
		subscript === undefined
			? (shell.variables.text(name) ?? parameterText(shell, name))
			: list
				? list.get(await elementKey(scope, name, subscript))
				: subscript === '0'
					? shell.variables.text(name)
					: undefined;
	return {texts: text === undefined ? [] : [text], many: false, star: false, set: text !== undefined};
}

async function indirect(scope: Scope, parameter: string): Promise<string> {
	const {texts, set} = await lookUp(scope, parameter);
	if (!set) throw new LineError(`${parameter}: invalid indirect expansion`);
	return texts[0] ?? '';
}

/** `:-` and its kin, which may take another word instead of the value. */
async function conditional(
	scope: Scope,
	target: string,
	value: Value,
	operation: Operation,
	quoted: boolean,
): Promise<Piece[] | undefined> {
	if (!('checkEmpty' in operation)) return undefined;
	const missing = !value.set || (operation.checkEmpty && value.texts.join('') === '');
	const word = async () => (operation.word ? scope.pieces(operation.word, quoted) : []);
	switch (operation.type) {
		case 'DefaultValue':
			return missing ? word() : undefined;
		case 'UseAlternative':
			return missing ? toPieces(scope, {texts: [], many: false, star: false, set: false}, quoted) : word();
		case 'AssignDefault': {
			if (!missing) return undefined;
			const text = await scope.text(operation.word);
			const {name, subscript} = splitName(target);
			if (subscript === undefined) scope.shell.variables.set(name, text);
			else scope.shell.variables.setElement(name, await elementKey(scope, name, subscript), text);
			return [{text, quoted, split: !quoted}];
		}
		default: {
			if (!missing) return undefined;
			const text = (operation.word && (await scope.text(operation.word))) || `parameter ${operation.checkEmpty ? 'null or ' : ''}not set`;
			throw new ShellError(`${target}: ${text}`, 1, true);
		}
	}
}

async function operate(scope: Scope, target: string, value: Value, operation: Operation): Promise<Value> {
	const {shell} = scope;
	const one = (text: string): Value => ({texts: [text], many: false, star: false, set: true});
	switch (operation.type) {
		case 'Length':
			return one(String(value.many ? value.texts.length : [...(value.texts[0] ?? '')].length));
		case 'ArrayKeys': {
			const variable = shell.variables.get(operation.array);
			return {
				texts: [...(variable?.list?.keys() ?? (variable?.value === undefined ? [] : ['0']))],
				many: true,
				star: operation.star,
				set: true,
			};
		}
		case 'VarNamePrefix':
			return {texts: shell.variables.names(operation.prefix), many: true, star: operation.star, set: true};
		case 'Substring':
			return substring(scope, target, value, operation);
		case 'BadSubstitution':
		case 'LengthSliceError':
			throw new LineError(`\${${operation.type === 'BadSubstitution' ? operation.text : target}}: bad substitution`);
		case 'Transform':
			if (operation.operator === 'A') {
				const variable = shell.variables.get(target);
				if (!variable) return one('');
				const written = declaration(target, variable).replace(/^declare -- /, '');
				return one(variable.list ? written : `${written.slice(0, written.indexOf('=') + 1)}${singleQuoted(value.texts[0] ?? '')}`);
			}

			if (operation.operator === 'a')
				return one(/^declare -(\S+)/.exec(declaration(target, shell.variables.get(target) ?? {kind: 'text'}))?.[1]?.replace('-', '') ?? '');
			return {...value, texts: value.texts.map(text => transform(operation.operator, text))};
		default:
			return {...value, texts: await substitute(scope, value.texts, operation)};
	}
}

async function substring(scope: Scope, target: string, value: Value, operation: Extract<Operation, {type: 'Substring'}>): Promise<Value> {
	// ${@:1} counts from $1; ${@:0} begins with $0.
	const isPositional = target === '@' || target === '*';
	const all = isPositional ? [scope.shell.name, ...value.texts] : value.many ? value.texts : [...(value.texts[0] ?? '')];
	let start = Number(await evaluateWritten(scope, operation.offset, `${target}: `));
	if (start < 0) start += all.length;
	if (start < 0) return value.many ? {...value, texts: []} : {...value, texts: ['']};
	const length = operation.length ? Number(await evaluateWritten(scope, operation.length, `${target}: `)) : all.length;
	const end = length < 0 ? all.length + length : start + length;
	if (length < 0 && value.set && (end < start || value.many)) throw new LineError(`${length}: substring expression < 0`);
	const slice = all.slice(start, end);
	return value.many ? {...value, texts: slice} : {...value, texts: [slice.join('')]};
}

function transform(operator: string, text: string): string {
	switch (operator) {
		case 'Q':
			return singleQuoted(text);
		case 'U':
			return text.toUpperCase();
		case 'u':
			return text.slice(0, 1).toUpperCase() + text.slice(1);
		case 'L':
			return text.toLowerCase();
		default:
			return text;
	}
}
