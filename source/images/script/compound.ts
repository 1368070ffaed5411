import {checkErrexit, fork} from './engine.js';
import type {Expander} from './expand.js';
import {arithmeticText} from './expand.js';
import {patternOf} from './pattern.js';
import {nodeOf, refs} from './source.js';
import type {Frame, NodeRef, Run, Task} from './state.js';
import {testWords} from './test-command.js';

type Compound = Frame & {kind: 'if' | 'loop' | 'for'};

/** Puts a compound command's frame on the stack. */
export function beginCommand(run: Run, task: Task, ref: NodeRef, node: any, expander: Expander): void {
	const [source] = ref;
	const list = (statements: readonly object[]) => task.frames.push({kind: 'list', nodes: refs(run.state, source, statements), at: 0});
	switch (node.type) {
		case 'If':
			task.frames.push({kind: 'if', node: ref, clause: 0, stage: 'test'});
			return;
		case 'While':
		case 'Until':
			task.frames.push({kind: 'loop', node: ref, stage: 'test', last: 0});
			return;
		case 'For':
			task.frames.push({kind: 'for', node: ref, words: node.words ? expander.words(node.words) : task.positional, at: 0});
			task.status = 0;
			return;
		case 'CStyleFor':
			if (node.init) expander.arithmetic(arithmeticText(node.init));
			task.frames.push({kind: 'loop', node: ref, stage: 'test', last: 0});
			return;
		case 'Case': {
			const word = expander.one(node.word);
			const item = node.items.find((each: any) => each.patterns.some((pattern: any) => patternOf(expander.pattern(pattern)).test(word)));
			task.status = 0;
			if (item) list(item.body);
			return;
		}

		case 'Group':
			list(node.body);
			return;
		case 'Subshell': {
			const child = fork(run, task);
			child.frames.push({kind: 'list', nodes: refs(run.state, source, node.body), at: 0});
			task.frames.push({kind: 'pipeline', ids: [child.id], negated: false});
			task.wait = {kind: 'tasks', ids: [child.id]};
			return;
		}

		case 'FunctionDef':
			task.functions[node.name] = refs(run.state, source, [node.body])[0]!;
			task.status = 0;
			return;
		case 'ArithmeticCommand':
			task.status = expander.arithmetic(arithmeticText(node.expression)) === 0 ? 1 : 0;
			checkErrexit(run, task);
			return;
		case 'ConditionalCommand':
			task.status = conditional(run, task, node.expression, expander) ? 0 : 1;
			checkErrexit(run, task);
			return;
		default:
			run.machine.sim.notes.notSimulated(`container script: ${node.type}`);
			task.status = 125;
	}
}

export function stepCompound(run: Run, task: Task, frame: Compound, expander: Expander): void {
	const [source] = frame.node;
	const node = nodeOf(run.state, frame.node);
	const list = (statements: readonly object[]) => task.frames.push({kind: 'list', nodes: refs(run.state, source, statements), at: 0});
	if (frame.kind === 'for') {
		const word = frame.words[frame.at++];
		if (word === undefined) {
			task.frames.pop();
			return;
		}

		task.vars[node.variable] = word;
		list(node.body);
	} else if (frame.kind === 'if') stepIf(task, frame, node, list);
	else stepLoop(task, frame, node, list, expander);
}

type List = (statements: readonly object[]) => void;

function stepIf(task: Task, frame: Frame & {kind: 'if'}, node: any, list: List): void {
	if (frame.stage === 'done') {
		task.frames.pop();
		return;
	}

	const clause = node.clauses[frame.clause];
	if (frame.stage === 'test' && clause) {
		frame.stage = 'tested';
		list(clause.condition);
	} else if (clause && task.status === 0) {
		frame.stage = 'done';
		list(clause.body);
	} else if (node.clauses[frame.clause + 1]) {
		frame.clause++;
		frame.stage = 'test';
	} else {
		frame.stage = 'done';
		task.status = 0;
		if (node.elseBody) list(node.elseBody);
	}
}

function stepLoop(task: Task, frame: Frame & {kind: 'loop'}, node: any, list: List, expander: Expander): void {
	if (node.type === 'CStyleFor') {
		if (frame.stage === 'tested' && node.update) expander.arithmetic(arithmeticText(node.update));
		frame.stage = 'tested';
		if (node.condition && expander.arithmetic(arithmeticText(node.condition)) === 0) task.frames.pop();
		else list(node.body);
	} else if (frame.stage === 'test') {
		frame.last = task.status;
		frame.stage = 'tested';
		list(node.condition);
	} else if ((task.status === 0) === (node.type === 'While')) {
		frame.stage = 'test';
		list(node.body);
	} else {
		task.frames.pop();
		task.status = 0;
	}
}

/** `[[ ... ]]`. */
function conditional(run: Run, task: Task, node: any, expander: Expander): boolean {
	switch (node.type) {
		case 'CondNot':
			return !conditional(run, task, node.operand, expander);
		case 'CondAnd':
			return conditional(run, task, node.left, expander) && conditional(run, task, node.right, expander);
		case 'CondOr':
			return conditional(run, task, node.left, expander) || conditional(run, task, node.right, expander);
		case 'CondGroup':
			return conditional(run, task, node.expression, expander);
		case 'CondWord':
			return expander.one(node.word) !== '';
		case 'CondUnary':
			return testWords(run, task, [node.operator, expander.one(node.operand)]) === 0;
		default: {
			const left = expander.one(node.left);
			if (node.operator === '=~') return new RegExp(expander.one(node.right)).test(left);
			if (['==', '=', '!='].includes(node.operator)) return patternOf(expander.pattern(node.right)).test(left) === (node.operator !== '!=');
			return testWords(run, task, [left, node.operator, expander.one(node.right)]) === 0;
		}
	}
}
