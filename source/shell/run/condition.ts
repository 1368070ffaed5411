import type {Condition} from '../syntax/ast.js';
import {evaluateFor} from '../expand/arithmetic.js';
import {matchesPattern, regexSource} from '../expand/pattern.js';
import {expandRegex} from '../expand/word.js';
import {isExecutable, isFile, isFolder, resolvePath} from '../machine.js';
import {BoundedRegExp} from '../../regex/bounded.js';
import type {Scope} from './scope.js';
import {ShellError} from './signals.js';

/** `[[ ... ]]` */
export async function isTrue(scope: Scope, node: Condition): Promise<boolean> {
	switch (node.type) {
		case 'CondNot':
			return !(await isTrue(scope, node.operand));
		case 'CondAnd':
			return (await isTrue(scope, node.left)) && (await isTrue(scope, node.right));
		case 'CondOr':
			return (await isTrue(scope, node.left)) || (await isTrue(scope, node.right));
		case 'CondGroup':
			return isTrue(scope, node.expression);
		case 'CondWord':
			return (await scope.text(node.word)) !== '';
		case 'CondUnary':
			return unaryTest(scope, node.operator, await scope.text(node.operand));
		case 'CondBinary': {
			const left = await scope.text(node.left);
			if (node.operator === '=~') return matchesRegex(scope, left, await expandRegex(scope, node.right));
			if (node.operator === '==' || node.operator === '=' || node.operator === '!=') {
				return matchesPattern(left, await scope.pattern(node.right), scope.shell.shoptions.has('nocasematch')) === (node.operator !== '!=');
			}

			return binaryTest(scope, left, node.operator, await scope.text(node.right));
		}
	}
}

function matchesRegex({shell}: Scope, text: string, source: string): boolean {
	let match: RegExpExecArray | null;
	try {
		match = new BoundedRegExp(regexSource(source), shell.shoptions.has('nocasematch') ? 'iu' : 'u', {longest: true}).exec(text);
	} catch {
		throw new ShellError(`${source}: invalid regular expression`, 2);
	}

	shell.variables.setList(
		'BASH_REMATCH',
		(match ?? []).map((group, index) => [String(index), group ?? ''] as const),
		'array',
	);
	return match !== null;
}

/** `test` and `[`: by the number of words, as POSIX prescribes, with `-a`, `-o`, `!` and parentheses beyond that. */
export async function testWords(scope: Scope, words: readonly string[]): Promise<boolean> {
	let at = 0;
	const either = async (): Promise<boolean> => {
		let value = await both();
		while (words[at] === '-o') {
			at++;
			const right = await both();
			value ||= right;
		}

		return value;
	};
	const both = async (): Promise<boolean> => {
		let value = await primary();
		while (words[at] === '-a') {
			at++;
			const right = await primary();
			value &&= right;
		}

		return value;
	};
	const primary = async (): Promise<boolean> => {
		const word = words[at];
		if (word === undefined) throw new ShellError('argument expected', 2);
		if (at + 2 < words.length && isBinary(words[at + 1]!)) {
			const [left, operator, right] = [word, words[at + 1]!, words[at + 2]!];
			at += 3;
			return binaryTest(scope, left, operator, right, true);
		}

		if (word === '!' && at + 1 < words.length) {
			at++;
			return !(await primary());
		}

		if (word === '(' && at + 1 < words.length) {
			at++;
			const value = await either();
			if (words[at++] !== ')') throw new ShellError("`)' expected", 2);
			return value;
		}

		at++;
		if (at < words.length && /^-[a-zA-Z]$/.test(word) && words[at] !== '-a' && words[at] !== '-o') {
			if (!isUnary(word)) throw new ShellError(`${word}: unary operator expected`, 2);
			return unaryTest(scope, word, words[at++]!);
		}

		return word !== '';
	};
	if (words.length === 0) return false;
	const value = await either();
	if (at < words.length) {
		if (words.length === 2) throw new ShellError(`${words[0]}: unary operator expected`, 2);
		if (words.length === 3) throw new ShellError(`${words[1]}: binary operator expected`, 2);
		throw new ShellError('too many arguments', 2);
	}

	return value;
}

const binaryOperators = new Set(['=', '==', '!=', '<', '>', '-eq', '-ne', '-lt', '-le', '-gt', '-ge', '-nt', '-ot', '-ef']);
const isBinary = (word: string) => binaryOperators.has(word);
const isUnary = (word: string) => /^-[abcdefghkprstuwxGLNOSznovR]$/.test(word);

function unaryTest({shell, streams}: Scope, operator: string, text: string): boolean {
	const {machine} = shell;
	const path = resolvePath(shell.cwd, text);
	switch (operator) {
		case '-n':
			return text !== '';
		case '-z':
			return text === '';
		case '-e':
		case '-a':
			return text !== '' && machine.files.exists(path);
		case '-f':
			return text !== '' && isFile(machine, path) && machine.files.stat(path).type === 'file';
		case '-d':
			return text !== '' && isFolder(machine, path);
		case '-s':
			return text !== '' && machine.files.exists(path) && machine.files.stat(path).size > 0;
		case '-x':
			return text !== '' && (isFolder(machine, path) || isExecutable(machine, path));
		case '-r':
		case '-w':
		case '-O':
		case '-G':
		case '-N':
			return text !== '' && machine.files.exists(path);
		case '-L':
		case '-h':
			return isLink(shell, path);
		case '-c':
			return text !== '' && machine.files.exists(path) && machine.files.stat(path).type === 'device';
		case '-t':
			return streams.get(Number(text))?.terminal ?? false;
		case '-v':
			return isSet(shell, text);
		case '-o':
			return shell.options.has(text);
		default:
			return false;
	}
}

/** A variable, or an element of one: `m[key]`, `a[@]`. */
function isSet({variables, positional}: Scope['shell'], text: string): boolean {
	if (/^\d+$/.test(text)) return positional[Number(text) - 1] !== undefined;
	const [, name = text, subscript] = /^(\w+)\[(.*)\]$/s.exec(text) ?? [];
	const variable = variables.get(name);
	const list = variable?.list;
	if (subscript === undefined) return variable?.value !== undefined || list?.get('0') !== undefined;
	if (!list) return subscript === '0' && variable?.value !== undefined;
	if (subscript === '@' || subscript === '*') return list.size > 0;
	return list.has(subscript);
}

function isLink({machine}: Scope['shell'], path: string): boolean {
	try {
		return machine.files.lstat(path).type === 'symlink';
	} catch {
		return false;
	}
}

async function binaryTest(scope: Scope, left: string, operator: string, right: string, plain = false): Promise<boolean> {
	const {shell} = scope;
	switch (operator) {
		case '=':
		case '==':
			return left === right;
		case '!=':
			return left !== right;
		case '<':
			return left < right;
		case '>':
			return left > right;
		case '-nt':
		case '-ot': {
			const [first, second] = [left, right].map(text => modified(shell, text));
			return operator === '-nt' ? (first ?? -1) > (second ?? -1) : (first ?? -1) < (second ?? -1);
		}
		case '-ef':
			return resolvePath(shell.cwd, left) === resolvePath(shell.cwd, right);
		default: {
			const [a, b] = plain ? [whole(left), whole(right)] : [await evaluateFor('[[', scope, left), await evaluateFor('[[', scope, right)];
			return compare(operator, a, b);
		}
	}
}

const compare = (operator: string, a: bigint, b: bigint) =>
	({'-eq': a === b, '-ne': a !== b, '-lt': a < b, '-le': a <= b, '-gt': a > b, '-ge': a >= b})[operator] ?? false;

function whole(text: string): bigint {
	if (!/^\s*[-+]?\d+\s*$/.test(text)) throw new ShellError(`${text}: integer expression expected`, 2);
	return BigInt(text.trim().replace('+', ''));
}

function modified({machine, cwd}: Scope['shell'], text: string): number | undefined {
	const path = resolvePath(cwd, text);
	return machine.files.exists(path) ? machine.files.stat(path).mtimeMs : undefined;
}
