import type {Assignment, Command, FunctionDefinition, SimpleCommand, Statement, Word} from '../syntax/ast.js';
import {assign} from './assign.js';
import {builtins} from '../builtins/index.js';
import {expandWords} from '../expand/word.js';
import {runExternal} from './external.js';
import {redirect} from './redirect.js';
import type {Scope} from './scope.js';
import {Return, ShellError} from './signals.js';
import {err} from './streams.js';
import {hideTraps} from './inherited-traps.js';
import {announce, runTrap} from './traps.js';
import {tracedWord} from './variables.js';

/** `NAME=value command words < file`: expand, redirect, then a function, a builtin or a program. */
export async function runSimple(written: SimpleCommand, outer: Scope): Promise<number> {
	const {shell} = outer;
	const aliased = await expandAlias(written, outer);
	if (aliased.type !== 'SimpleCommand') return outer.runCommand(aliased);
	const command = aliased;
	await announce(outer, command);
	const {words, lists} = await expandCommand(command, outer);
	const scope = outer.with(await redirect(outer, command.redirections));
	if (words.length === 0) {
		for (const assignment of command.assignments) {
			await assign(scope, assignment);
			if (shell.options.has('xtrace')) trace(scope, [`${assignment.name}=${tracedWord(shell.variables.text(assignment.name) ?? '')}`]);
		}

		// The status of an assignment is that of its last command substitution.
		return hasSubstitution(command.assignments) ? shell.status : 0;
	}

	if (shell.options.has('xtrace')) trace(scope, words.map(tracedWord));
	if (words.length === 1 && words[0] === 'exec') return keepDescriptors(outer, scope);
	const text = () => shell.services.jobs.textOf(statementOf(command)) || words.join(' ');
	const status = await invoke(scope, words, command.assignments, 'all', text);
	for (const list of lists) await assign(scope, list);
	return status;
}

/** `exec 3>file`: the redirections outlive the command. */
function keepDescriptors(outer: Scope, scope: Scope): number {
	const {descriptors, substitutions, lasting} = outer.shell;
	// What is written to `>( )` from now on comes until the shell ends.
	lasting.push(...substitutions.splice(0));
	for (const [number, stream] of scope.streams) if (outer.streams.get(number) !== stream) descriptors.set(number, stream);
	for (const number of outer.streams.keys()) if (!scope.streams.has(number)) descriptors.delete(number);
	return 0;
}

/** Runs words that are expanded already. `lookup` leaves out functions (`command`) or all but builtins (`builtin`). */
export async function invoke(
	scope: Scope,
	words: readonly string[],
	assignments: readonly Assignment[] = [],
	lookup: 'all' | 'command' = 'all',
	text = () => words.join(' '),
): Promise<number> {
	const {shell} = scope;
	const name = words[0]!;
	const definition = lookup === 'all' ? shell.functions.get(name) : undefined;
	const builtin = builtins.get(name);
	const restore = await assignTemporarily(scope, assignments, (shell.dialect.name !== 'bash' && builtin?.keepsAssignments) ?? false);
	shell.variables.set('_', words.at(-1) ?? '');
	if (definition ?? builtin) shell.replaced = false;
	try {
		if (definition) return await callFunction(scope, definition, words);
		if (builtin) return await builtin.run(scope, words.slice(1), name);
		if (name.startsWith('%') && shell.interactive) return await builtins.get('fg')!.run(scope, [name], 'fg');
		return await scope.foreground(text, own => runExternal(own, words));
	} finally {
		restore();
	}
}

async function assignTemporarily(scope: Scope, assignments: readonly Assignment[], keep: boolean): Promise<() => void> {
	const {variables} = scope.shell;
	const old = assignments.map(({name}) => [name, variables.get(name)] as const);
	for (const assignment of assignments) {
		await assign(scope, assignment);
		variables.mark(assignment.name, {exported: true});
	}

	return () => {
		if (!keep) for (const [name, variable] of old) variables.restore(name, variable);
	};
}

const callsMax = 500;

async function callFunction(scope: Scope, definition: FunctionDefinition, words: readonly string[]): Promise<number> {
	const {shell} = scope;
	if (shell.callDepth >= callsMax) throw new ShellError(`${words[0]}: maximum function nesting level exceeded (${callsMax})`, 1, true);
	const saved = {positional: shell.positional, loopDepth: shell.loopDepth, names: shell.functionNames, lines: shell.callLines};
	shell.callDepth++;
	shell.positional = words.slice(1);
	shell.loopDepth = 0;
	shell.functionNames = [...shell.functionNames, definition.name];
	shell.callLines = [...shell.callLines, shell.line];
	const showTraps = hideTraps(shell.traps, shell.options);
	shell.variables.enter();
	try {
		const status = await scope.with(await redirect(scope, definition.redirections)).runCommand(definition.body);
		return await returned(scope, status);
	} catch (error) {
		if (error instanceof Return) return returned(scope, error.status);
		throw error;
	} finally {
		shell.variables.leave();
		shell.callDepth--;
		shell.positional = saved.positional;
		shell.loopDepth = saved.loopDepth;
		shell.functionNames = saved.names;
		shell.callLines = saved.lines;
		showTraps();
	}
}

/** `trap ... RETURN`, as a function sets it for itself. */
async function returned(scope: Scope, status: number): Promise<number> {
	const {shell} = scope;
	await runTrap(scope, 'RETURN');
	// What failed is the call, as the caller sees it.
	if (!shell.inTrap) shell.line = shell.callLines.at(-1)!;
	return status;
}

/** Words of `export A=$x` and its kin are assignments: not split. */
const declarations = new Set(['export', 'declare', 'typeset', 'local', 'readonly']);

async function expandCommand(command: SimpleCommand, scope: Scope): Promise<{words: string[]; lists: Assignment[]}> {
	const lists: Assignment[] = [];
	if (!command.name) return {words: [], lists};
	const words = await expandWords(scope, [command.name]);
	if (!declarations.has(words[0] ?? '')) return {words: [...words, ...(await expandWords(scope, command.args))], lists};
	for (const word of command.args) {
		const [first] = word.parts;
		const list = listOf(word);
		if (list) {
			words.push(list.name);
			lists.push(list);
		} else if (first?.type === 'Literal' && /^[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=/.test(first.value)) words.push(await scope.text(word));
		else for (const text of await expandWords(scope, [word])) words.push(text);
	}

	return {words, lists};
}

/** `declare -a x=(1 "2 3")` arrives as one word; its elements are parted by the blanks in its bare parts. */
function listOf(word: Word): Assignment | undefined {
	const [first] = word.parts;
	const last = word.parts.at(-1);
	const head = first?.type === 'Literal' ? /^([A-Za-z_]\w*)(\+?)=\(/.exec(first.value) : null;
	if (!head || last?.type !== 'Literal' || !last.value.endsWith(')')) return undefined;
	const elements: Word[] = [{type: 'Word', parts: []}];
	word.parts.forEach((part, index) => {
		if (part.type !== 'Literal') {
			elements.at(-1)!.parts.push(part);
			return;
		}

		const text = part.value.slice(index === 0 ? head[0].length : 0, index === word.parts.length - 1 ? -1 : undefined);
		text.split(/\s+/).forEach((piece, at) => {
			if (at > 0) elements.push({type: 'Word', parts: []});
			if (piece !== '') elements.at(-1)!.parts.push({type: 'Literal', value: piece});
		});
	});
	return {type: 'Assignment', name: head[1]!, value: null, append: head[2] === '+', array: elements.filter(({parts}) => parts.length > 0)};
}

async function expandAlias(command: SimpleCommand, scope: Scope): Promise<Command> {
	const {shell} = scope;
	if (!shell.interactive && !shell.shoptions.has('expand_aliases')) return command;
	let current = command;
	const seen = new Set<string>();
	for (;;) {
		const [part] = current.name?.parts ?? [];
		const name = current.name?.parts.length === 1 && part?.type === 'Literal' ? part.value : '';
		const value = shell.aliases.get(name);
		if (value === undefined || seen.has(name)) return current;
		seen.add(name);
		const rest = (await shell.services.toolbox()).write({
			...current,
			name: {type: 'Word', parts: [{type: 'Literal', value: '__alias'}]},
			assignments: [],
		});
		const script = await scope.parse(`${value}${rest.trim().replace(/^__alias/, '')}`);
		const statement = script.statements[0];
		const next = statement?.pipelines[0]?.commands[0];
		if (
			script.statements.length !== 1 ||
			statement?.pipelines.length !== 1 ||
			statement.pipelines[0]?.commands.length !== 1 ||
			next?.type !== 'SimpleCommand'
		) {
			return {type: 'Group', body: script.statements, redirections: []};
		}

		current = {...next, assignments: [...command.assignments, ...next.assignments]};
	}
}

const statementOf = (command: SimpleCommand): Statement => ({
	type: 'Statement',
	pipelines: [{type: 'Pipeline', commands: [command], negated: false}],
	operators: [],
	background: false,
});

const hasSubstitution = (assignments: readonly Assignment[]) => JSON.stringify(assignments).includes('"CommandSubstitution"');

const trace = (scope: Scope, words: readonly string[]) =>
	err(scope.streams, `${scope.shell.variables.text('PS4') ?? '+ '}${words.join(' ')}\n`);
