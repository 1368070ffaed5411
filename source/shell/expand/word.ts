import type {Word, WordPart} from '../syntax/ast.js';
import type {Scope} from '../run/scope.js';
import {ShellError} from '../run/signals.js';
import {bounded, textCost} from '../run/stream.js';
import {evaluateWritten} from './arithmetic.js';
import {expandBraces} from './brace.js';
import {glob} from './glob.js';
import {expandParameter} from './parameter.js';
import {escapePattern, type Field, type Piece, toFields} from './piece.js';

/** Words of a command: braces, then parameters and commands, then splitting, then file names. */
export async function expandWords(scope: Scope, words: readonly Word[]): Promise<string[]> {
	const result: string[] = [];
	for (const word of words) {
		const plain = plainText(word);
		if (plain !== undefined) result.push(plain);
		else for (const one of expandBraces(word)) for (const text of await expandWord(scope, one)) result.push(text);
		bounded(result.length * textCost, 'the words of a command');
	}

	return result;
}

/** Most words are plain: no work at all. */
function plainText({parts}: Word): string | undefined {
	if (parts.length !== 1) return undefined;
	const part = parts[0]!;
	if (part.type === 'SingleQuoted') return part.value;
	return part.type === 'Literal' && !/[*?[]|[@+!]\(/.test(part.value) ? part.value : undefined;
}

async function expandWord(scope: Scope, word: Word): Promise<string[]> {
	const {shell} = scope;
	const fields = toFields(await pieces(scope, word), shell.variables.text('IFS') ?? ' \t\n');
	return fields.flatMap(field => files(scope, field));
}

function files({shell}: Scope, field: Field): string[] {
	if (!field.isPattern || shell.options.has('noglob')) return [field.text];
	const found = glob(shell.machine, shell.cwd, field.pattern, {
		hidden: shell.shoptions.has('dotglob'),
		globstar: shell.shoptions.has('globstar'),
	});
	if (found.length > 0) return found;
	if (shell.shoptions.has('failglob')) throw new ShellError(`no match: ${field.text}`);
	return shell.shoptions.has('nullglob') ? [] : [field.text];
}

/** One text: right sides of assignments, here-strings, redirection targets. */
export async function expandText(scope: Scope, word: Word): Promise<string> {
	const separator = (scope.shell.variables.text('IFS') ?? ' ').slice(0, 1);
	return (await pieces(scope, word)).map(piece => (piece.boundary ? separator || ' ' : piece.text)).join('');
}

/** A pattern in which quoted characters stand for themselves. */
export async function expandPattern(scope: Scope, word: Word): Promise<string> {
	return (await pieces(scope, word)).map(piece => (piece.quoted ? escapePattern(piece.text) : piece.text)).join('');
}

/** The right side of `=~`: quoted parts are literal. */
export async function expandRegex(scope: Scope, word: Word): Promise<string> {
	return (await pieces(scope, word))
		.map(piece => (piece.quoted ? piece.text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&') : piece.text))
		.join('');
}

export async function pieces(scope: Scope, word: Word, quoted = false): Promise<Piece[]> {
	const result: Piece[] = [];
	for (const part of word.parts) for (const piece of await expandPart(scope, part, quoted)) result.push(piece);
	return result;
}

async function expandPart(scope: Scope, part: WordPart, quoted: boolean): Promise<Piece[]> {
	const {shell} = scope;
	switch (part.type) {
		case 'Literal':
			return [{text: part.value, quoted}];
		case 'SingleQuoted':
		case 'Escaped':
			return [{text: part.value, quoted: true}];
		case 'DoubleQuoted': {
			const inner: Piece[] = [];
			for (const one of part.parts) for (const piece of await expandPart(scope, one, true)) inner.push(piece);
			return inner.length === 0 ? [{text: '', quoted: true}] : inner;
		}
		case 'ParameterExpansion':
			return expandParameter(scope, part, quoted);
		case 'CommandSubstitution':
			return [{text: await scope.capture(part.body), quoted, split: !quoted}];
		case 'ArithmeticExpansion':
			return [{text: String(await evaluateWritten(scope, part.expression)), quoted, split: !quoted}];
		case 'ProcessSubstitution':
			return [{text: await scope.processPath(part.body, part.direction), quoted: true}];
		case 'TildeExpansion':
			return [{text: tilde(part.user, shell.variables.text('HOME') ?? shell.machine.home, shell), quoted: true}];
		case 'Glob':
			return [{text: part.pattern, quoted}];
		case 'BraceExpansion':
			// Assignments do not expand braces; what was written is rebuilt from the choices.
			return pieces(scope, {type: 'Word', parts: expandBraces({type: 'Word', parts: [part]})[0]?.parts ?? []}, quoted);
	}
}

function tilde(user: string | null, home: string, {cwd, variables}: Scope['shell']): string {
	if (user === null || user === '') return home;
	if (user === '+') return cwd;
	if (user === '-') return variables.text('OLDPWD') ?? '~-';
	return user === 'root' ? '/root' : `~${user}`;
}
