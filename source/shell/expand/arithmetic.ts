import type {ArithmeticNode} from '../syntax/ast.js';
import type {Scope} from '../run/scope.js';
import {ShellError} from '../run/signals.js';
import {parameterText} from './special.js';

/** 64-bit whole numbers that wrap round, as in bash. */
const wrap = (value: bigint) => BigInt.asIntN(64, value);

export async function evaluate(scope: Scope, node: ArithmeticNode, depth = 0): Promise<bigint> {
	if (depth > 200) throw new ShellError('expression recursion level exceeded');
	const again = (next: ArithmeticNode) => evaluate(scope, next, depth + 1);
	switch (node.type) {
		case 'ArithNumber':
			return wrap(BigInt(Number.isFinite(node.value) ? Math.trunc(node.value) : 0));
		case 'ArithVariable':
			return evaluateText(
				scope,
				scope.shell.variables.text(node.name) ?? parameterText(scope.shell, node.name) ?? unset(scope, node.name),
				depth,
			);
		case 'ArithSpecialVar':
			return evaluateText(scope, parameterText(scope.shell, node.name) ?? '', depth);
		case 'ArithGroup':
		case 'ArithNested':
			return again(node.expression);
		case 'ArithTernary':
			return (await again(node.condition)) === 0n ? again(node.alternate) : again(node.consequent);
		case 'ArithUnary':
			return unary(scope, node, depth);
		case 'ArithBinary':
			return binary(node.operator, await again(node.left), node.right, again);
		case 'ArithAssignment': {
			const subscript = node.subscript && String(await again(node.subscript));
			const place = {name: node.variable, key: node.stringKey ?? subscript};
			const right = await again(node.value);
			const old = node.operator === '=' ? 0n : await evaluateText(scope, read(scope, place), depth);
			const value = node.operator === '=' ? right : apply(node.operator.slice(0, -1), old, right);
			write(scope, place, value);
			return value;
		}
		case 'ArithArrayElement':
			return evaluateText(scope, read(scope, {name: node.array, key: await elementKey(scope, node, depth)}), depth);
		case 'ArithBracedExpansion':
			return evaluateText(scope, await expandedText(scope, `\${${node.content}}`), depth);
		case 'ArithCommandSubst':
			return evaluateText(scope, await expandedText(scope, `$(${node.command})`), depth);
		case 'ArithSingleQuote':
			return BigInt(node.value);
		case 'ArithSyntaxError':
			throw new ShellError(node.message);
		default:
			throw new ShellError(`kubelab: not simulated: this arithmetic expression (${node.type})`, 125);
	}
}

/** An expression as it was written: a division by zero names it. */
export async function evaluateWritten(
	scope: Scope,
	{expression, originalText}: {readonly expression: ArithmeticNode; readonly originalText?: string},
	before = '',
): Promise<bigint> {
	try {
		return await evaluate(scope, expression);
	} catch (error) {
		if (originalText === undefined || !(error instanceof ShellError) || error.message !== divisionByZero) throw error;
		const written = originalText.trimStart();
		const token = /[/%]=?\s*(.*)$/s.exec(written)?.[1] ?? '0';
		throw new ShellError(`${before}${written}: ${divisionByZero} (error token is "${token}")`);
	}
}

const divisionByZero = 'division by 0';

/** A text as an expression: what variables hold, and subscripts. */
export async function evaluateText(scope: Scope, text: string, depth = 0): Promise<bigint> {
	const trimmed = text.trim();
	if (trimmed === '') return 0n;
	if (/^[-+]?(?:0|[1-9]\d*)$/.test(trimmed)) return wrap(BigInt(trimmed));
	if (depth > 100) throw new ShellError(`${trimmed}: expression recursion level exceeded (error token is "${trimmed}")`);
	let script: Awaited<ReturnType<Scope['parse']>>;
	try {
		script = await scope.parse(`((${trimmed}))`);
	} catch {
		throw new ShellError(`${text}: syntax error: invalid arithmetic operator (error token is "${text.replace(/^\w*/, '')}")`);
	}

	const command = script.statements[0]?.pipelines[0]?.commands[0];
	if (command?.type !== 'ArithmeticCommand') throw new ShellError(`${text}: syntax error in expression`);
	return evaluate(scope, command.expression.expression, depth + 1);
}

interface Place {
	readonly name: string;
	readonly key?: string;
}

function unset({shell}: Scope, name: string): string {
	if (shell.options.has('nounset')) throw new ShellError(`${name}: unbound variable`, 1, true);
	return '0';
}

const read = ({shell}: Scope, {name, key}: Place) =>
	(key === undefined ? shell.variables.text(name) : shell.variables.get(name)?.list?.get(key)) ?? '0';

function write({shell}: Scope, {name, key}: Place, value: bigint) {
	if (key === undefined) shell.variables.set(name, String(value));
	else shell.variables.setElement(name, key, String(value));
}

async function elementKey(scope: Scope, node: Extract<ArithmeticNode, {type: 'ArithArrayElement'}>, depth: number): Promise<string> {
	if (node.stringKey !== undefined) return node.stringKey;
	const {index} = node;
	if (scope.shell.variables.get(node.array)?.kind === 'map' && index?.type === 'ArithVariable') {
		return index.hasDollarPrefix ? (scope.shell.variables.text(index.name) ?? '') : index.name;
	}

	return index ? String(await evaluate(scope, index, depth + 1)) : '0';
}

async function unary(scope: Scope, node: Extract<ArithmeticNode, {type: 'ArithUnary'}>, depth: number): Promise<bigint> {
	const {operand, operator} = node;
	if (operator === '++' || operator === '--') {
		if (operand.type !== 'ArithVariable' && operand.type !== 'ArithArrayElement') throw new ShellError('syntax error: operand expected');
		const place =
			operand.type === 'ArithVariable' ? {name: operand.name} : {name: operand.array, key: await elementKey(scope, operand, depth)};
		const old = await evaluateText(scope, read(scope, place), depth);
		const value = wrap(operator === '++' ? old + 1n : old - 1n);
		write(scope, place, value);
		return node.prefix ? value : old;
	}

	const value = await evaluate(scope, operand, depth + 1);
	return operator === '-' ? wrap(-value) : operator === '!' ? (value === 0n ? 1n : 0n) : operator === '~' ? wrap(~value) : value;
}

async function binary(
	operator: string,
	left: bigint,
	right: ArithmeticNode,
	again: (node: ArithmeticNode) => Promise<bigint>,
): Promise<bigint> {
	if (operator === '&&') return left !== 0n && (await again(right)) !== 0n ? 1n : 0n;
	if (operator === '||') return left !== 0n || (await again(right)) !== 0n ? 1n : 0n;
	return apply(operator, left, await again(right));
}

function apply(operator: string, left: bigint, right: bigint): bigint {
	const truth = (value: boolean) => (value ? 1n : 0n);
	if ((operator === '/' || operator === '%') && right === 0n) throw new ShellError(divisionByZero);
	if (operator === '**' && right < 0n) throw new ShellError('exponent less than 0');
	switch (operator) {
		case '+':
			return wrap(left + right);
		case '-':
			return wrap(left - right);
		case '*':
			return wrap(left * right);
		case '/':
			return wrap(left / right);
		case '%':
			return left % right;
		case '**':
			return power(left, right);
		case '<<':
			return wrap(left << (right & 63n));
		case '>>':
			return wrap(left >> (right & 63n));
		case '<':
			return truth(left < right);
		case '<=':
			return truth(left <= right);
		case '>':
			return truth(left > right);
		case '>=':
			return truth(left >= right);
		case '==':
			return truth(left === right);
		case '!=':
			return truth(left !== right);
		case '&':
			return left & right;
		case '|':
			return left | right;
		case '^':
			return left ^ right;
		default:
			return right; // the comma
	}
}

function power(base: bigint, exponent: bigint): bigint {
	let result = 1n;
	for (let rest = exponent; rest > 0n; rest >>= 1n) {
		if (rest & 1n) result = wrap(result * base);
		base = wrap(base * base);
	}

	return result;
}

/** Expands a text as if it stood in double quotes, by way of an assignment's right side. */
async function expandedText(scope: Scope, text: string): Promise<string> {
	const value = (await scope.parse(`_="${text}"`)).statements[0]?.pipelines[0]?.commands[0];
	const word = value?.type === 'SimpleCommand' ? value.assignments[0]?.value : undefined;
	return word ? scope.text(word) : '';
}
