import type {Command, Compound, Statement} from '../syntax/ast.js';
import {isTrue} from './condition.js';
import {evaluateFor} from '../expand/arithmetic.js';
import {matchesPattern} from '../expand/pattern.js';
import {selectVariable} from '../syntax/select.js';
import {expandWords} from '../expand/word.js';
import {redirect} from './redirect.js';
import type {Scope} from './scope.js';
import {announce} from './traps.js';
import {askChoice} from './select.js';
import {Interrupted, LimitReached, LoopJump} from './signals.js';

/** Between so many turns of a loop the event loop gets its chance, so that Ctrl-C is heard. */
const turnsBetweenBreaths = 64;
/** Without sleeping, a loop turns no more often than this. */
const turnsMax = 2_000_000;

export async function runCompound(command: Exclude<Command, {type: 'SimpleCommand'}>, outer: Scope): Promise<number> {
	if (command.type === 'FunctionDef') {
		outer.shell.functions.set(command.name, command);
		return 0;
	}

	const scope = outer.with(await redirect(outer, command.redirections));
	if (command.type === 'ArithmeticCommand' || command.type === 'ConditionalCommand') await announce(outer, command);
	switch (command.type) {
		case 'If':
			return runIf(command, scope);
		case 'For':
			return runFor(command, scope);
		case 'CStyleFor':
			return runCStyleFor(command, scope);
		case 'While':
			return runWhile(command, scope, true);
		case 'Until':
			return runWhile(command, scope, false);
		case 'Case':
			return runCase(command, scope);
		case 'Subshell':
			return scope.subshell(command.body);
		case 'Group':
			return body(command.body, scope);
		case 'ArithmeticCommand':
			return (await evaluateFor('((', scope, command.expression)) === 0n ? 1 : 0;
		case 'ConditionalCommand':
			return (await isTrue(scope, command.expression)) ? 0 : 1;
	}
}

async function body(statements: readonly Statement[], scope: Scope): Promise<number> {
	scope.shell.status = 0;
	return scope.run(statements);
}

async function test(statements: readonly Statement[], scope: Scope): Promise<boolean> {
	scope.shell.tolerant++;
	try {
		return (await scope.run(statements)) === 0;
	} finally {
		scope.shell.tolerant--;
	}
}

async function runIf(command: Compound<'If'>, scope: Scope): Promise<number> {
	for (const clause of command.clauses) {
		if (await test(clause.condition, scope)) return body(clause.body, scope);
	}

	return command.elseBody ? body(command.elseBody, scope) : 0;
}

async function runFor(command: Compound<'For'>, scope: Scope): Promise<number> {
	const {shell} = scope;
	const chosen = selectVariable(command.variable);
	const words = command.words ? await expandWords(scope, command.words) : shell.positional;
	if (chosen !== undefined && words.length === 0) return 0;
	let index = 0;
	let ended = false;
	const status = await loop(
		scope,
		async () => {
			if (chosen !== undefined) {
				ended = !(await askChoice(scope, chosen, words, index++ === 0));
				return !ended;
			}
			if (index >= words.length) return false;
			shell.variables.set(command.variable, words[index++]!);
			return true;
		},
		command.body,
	);
	return ended ? 1 : status;
}

async function runCStyleFor(command: Compound<'CStyleFor'>, scope: Scope): Promise<number> {
	const value = async (part: typeof command.init) => (part ? evaluateFor('((', scope, part) : 1n);
	await value(command.init);
	let first = true;
	return loop(
		scope,
		async () => {
			if (!first) await value(command.update);
			first = false;
			return (await value(command.condition)) !== 0n;
		},
		command.body,
	);
}

const runWhile = (command: Compound<'While' | 'Until'>, scope: Scope, wanted: boolean) =>
	loop(scope, async () => (await test(command.condition, scope)) === wanted, command.body);

async function loop(scope: Scope, next: () => Promise<boolean>, statements: readonly Statement[]): Promise<number> {
	const {shell} = scope;
	let status = 0;
	shell.loopDepth++;
	try {
		for (let turn = 1; ; turn++) {
			if (turn % turnsBetweenBreaths === 0) await shell.services.breathe();
			if (turn > turnsMax) throw new LimitReached('a loop turned two million times');
			if (shell.killed) throw new Interrupted();
			try {
				if (!(await next())) return status;
				status = await body(statements, scope);
			} catch (error) {
				if (!(error instanceof LoopJump)) throw error;
				if (error.levels > 1 && shell.loopDepth > 1) throw new LoopJump(error.kind, error.levels - 1);
				status = 0;
				if (error.kind === 'break') return 0;
			}
		}
	} finally {
		shell.loopDepth--;
	}
}

async function runCase(command: Compound<'Case'>, scope: Scope): Promise<number> {
	const text = await scope.text(command.word);
	let falls = false;
	let status = 0;
	for (const item of command.items) {
		let matches = falls;
		for (const pattern of item.patterns)
			matches ||= matchesPattern(text, await scope.pattern(pattern), scope.shell.shoptions.has('nocasematch'));
		if (!matches) continue;
		status = await body(item.body, scope);
		if (item.terminator === ';;') return status;
		falls = item.terminator === ';&';
	}

	return status;
}
