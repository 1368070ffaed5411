import {copy} from '../../api/values/plain.js';
import {FileError} from '../../os/files.js';
import {beginCommand, stepCompound} from './compound.js';
import {createExpander, type Expander, ExpansionError} from './expand.js';
import {redirect, RedirectError, write} from './io.js';
import {runSimple, stepCommand} from './simple.js';
import {addSource, nodeOf, refs} from './source.js';
import {newTask, now, type Frame, type NodeRef, type Run, type ScriptState, type Task} from './state.js';

/** Steps in one go: a loop that never sleeps must not stop the world. */
export const stepsMax = 50_000;

/** Runs all tasks until each one waits for something or has ended. */
export function runTasks(run: Run): void {
	for (let moved = true; moved; ) {
		moved = false;
		for (const id of Object.keys(run.state.tasks)) {
			const task = run.state.tasks[id];
			while (task && !task.done && wakes(run, task)) {
				moved = true;
				if (++run.steps > stepsMax) return;
				step(run, task);
			}
		}
	}
}

/** Whether a task can go on; takes the wait away when it is over. */
function wakes(run: Run, task: Task): boolean {
	const {wait} = task;
	if (!wait) return true;
	const {tasks, pipes} = run.state;
	if (wait.kind === 'sleep') {
		if (run.atOnce) run.tookMs = Math.max(run.tookMs, wait.untilMs - run.machine.sim.clock.now());
		else if (wait.untilMs > run.machine.sim.clock.now()) return false;
	} else if (wait.kind === 'tasks') {
		if (!wait.ids.every(id => tasks[id]?.done !== undefined || !tasks[id])) return false;
	} else if (wait.kind === 'process') {
		if (wait.code === undefined) return false;
		task.status = wait.code;
	} else if (wait.kind === 'input') {
		const pipe = pipes[wait.pipe];
		if (pipe && pipe.writers > 0 && (wait.closed || pipe.data === '')) return false;
	} else return false;
	delete task.wait;
	return true;
}

function step(run: Run, task: Task): void {
	const frame = task.frames.at(-1);
	if (run.state.pending.length > 0 && task.id === 1 && runTrap(run, task)) return;
	if (!frame) {
		endTask(run, task);
		return;
	}

	try {
		stepFrame(run, task, frame);
	} catch (error) {
		if (error instanceof RedirectError || error instanceof ExpansionError || error instanceof FileError) {
			const full = error instanceof FileError && error.code === 'ENOSPC' ? 'write error: ' : '';
			write(run, task, 2, `${run.shell}: ${full}${error.message}\n`);
			task.status = error instanceof ExpansionError ? 2 : 1;
			if (error instanceof ExpansionError && frame.kind !== 'command') exitTask(run, task, 2);
			else if (frame.kind === 'command') task.frames.pop();
		} else throw error;
	}
}

function stepFrame(run: Run, task: Task, frame: Frame): void {
	switch (frame.kind) {
		case 'list': {
			const node = frame.nodes[frame.at++];
			if (!node) task.frames.pop();
			else beginStatement(run, task, node);
			return;
		}

		case 'statement':
			stepStatement(run, task, frame);
			return;
		case 'pipeline': {
			task.frames.pop();
			const last = run.state.tasks[frame.ids.at(-1)!];
			task.status = frame.negated ? (last?.status ? 0 : 1) : (last?.status ?? 0);
			if (task.options.includes('P')) for (const id of frame.ids) task.status ||= run.state.tasks[id]?.status ?? 0;
			for (const id of frame.ids) delete run.state.tasks[id];
			checkErrexit(run, task);
			return;
		}

		case 'negate':
			task.frames.pop();
			task.status = task.status === 0 ? 1 : 0;
			return;
		case 'restore':
			task.frames.pop();
			task.fds = frame.fds;
			return;
		case 'call':
			task.frames.pop();
			task.positional = [...frame.positional];
			for (const [name, value] of Object.entries(frame.saved)) {
				if (value === null) delete task.vars[name];
				else task.vars[name] = value;
			}

			checkErrexit(run, task);
			return;
		case 'trap':
			task.frames.pop();
			task.status = frame.status;
			return;
		case 'command':
			stepCommand(run, task, frame);
			return;
		default:
			stepCompound(run, task, frame, expanderOf(run, task));
			return;
	}
}

function beginStatement(run: Run, task: Task, ref: NodeRef): void {
	const node = nodeOf(run.state, ref);
	if (!node.background) {
		task.frames.push({kind: 'statement', node: ref, at: 0});
		return;
	}

	const child = fork(run, task);
	if (child.fds['0']?.kind === 'stdin') child.fds['0'] = {kind: 'text', text: ''};
	child.frames.push({kind: 'statement', node: ref, at: 0});
	task.lastJob = 100 + child.id;
	task.status = 0;
}

/** `a && b || c`: pipelines joined by what decides whether the next one runs. */
function stepStatement(run: Run, task: Task, frame: Frame & {kind: 'statement'}): void {
	const node = nodeOf(run.state, frame.node);
	while (frame.at > 0 && frame.at < node.pipelines.length) {
		const operator = node.operators[frame.at - 1];
		if (operator === ';' || (operator === '&&') === (task.status === 0)) break;
		frame.at++;
	}

	const pipeline = node.pipelines[frame.at];
	if (!pipeline) {
		task.frames.pop();
		return;
	}

	frame.at++;
	const [source] = frame.node;
	const commands = refs(run.state, source, pipeline.commands);
	if (commands.length > 1) {
		startPipeline(run, task, commands, pipeline.negated);
		return;
	}

	if (pipeline.negated) task.frames.push({kind: 'negate'});
	beginNode(run, task, commands[0]!);
}

function startPipeline(run: Run, task: Task, commands: readonly NodeRef[], negated: boolean): void {
	const children = commands.map(() => fork(run, task));
	for (const [i, child] of children.entries()) {
		const next = children[i + 1];
		if (next) {
			const id = `${task.id}.${run.state.nextTask++}`;
			run.state.pipes[id] = {data: '', writers: 1};
			child.fds['1'] = {kind: 'pipe', id, end: 'write'};
			next.fds['0'] = {kind: 'pipe', id, end: 'read'};
		}
	}

	for (const [i, child] of children.entries()) beginNode(run, child, commands[i]!);
	const ids = children.map(child => child.id);
	task.frames.push({kind: 'pipeline', ids, negated});
	task.wait = {kind: 'tasks', ids};
}

/** A command, simple or compound. */
export function beginNode(run: Run, task: Task, ref: NodeRef): void {
	const node = nodeOf(run.state, ref);
	const expander = expanderOf(run, task);
	if (node.type === 'SimpleCommand') {
		runSimple(run, task, node, expander);
		return;
	}

	if (node.type !== 'FunctionDef' && node.redirections?.length > 0) {
		let fds: Record<string, any>;
		try {
			fds = redirect(run, task, node.redirections, expander);
		} catch (error) {
			if (!(error instanceof RedirectError)) throw error;
			write(run, task, 2, `${run.shell}: ${error.message}\n`);
			task.status = 1;
			return;
		}

		task.frames.push({kind: 'restore', fds, opened: []});
	}

	beginCommand(run, task, ref, node, expander);
}

export const expanderOf = (run: Run, task: Task): Expander => createExpander(run, task, substitute);

/** A child with the shell's variables, files and functions of this moment. */
export function fork(run: Run, task: Task): Task {
	const id = run.state.nextTask++;
	const {vars, exported, functions, positional, name, shellId, cwd, fds, options, status} = task;
	const child = newTask(id, task.id, copy({vars, exported, functions, positional, name, shellId, cwd, options, status}));
	// Open files are shared: what one reads, the other does not read again.
	child.fds = {...fds};
	for (const fd of Object.values(fds)) if (fd.kind === 'pipe' && fd.end === 'write') run.state.pipes[fd.id]!.writers++;
	run.state.tasks[id] = child;
	return child;
}

function endTask(run: Run, task: Task): void {
	const action = task.traps['EXIT'];
	if (action !== undefined && task.id === 1) {
		delete task.traps['EXIT'];
		task.frames.push({kind: 'trap', status: task.status});
		runText(run, task, action);
		return;
	}

	task.done = true;
	for (const fd of Object.values(task.fds)) {
		const pipe = fd.kind === 'pipe' && fd.end === 'write' ? run.state.pipes[fd.id] : undefined;
		if (pipe) pipe.writers--;
	}
}

export function exitTask(run: Run, task: Task, status: number): void {
	task.status = status;
	task.frames = [];
	delete task.wait;
	endTask(run, task);
}

/** Adds a text's statements as if they stood here. */
export function runText(run: Run, task: Task, text: string): void {
	const nodes = parseInto(run, text);
	if ('error' in nodes) {
		write(run, task, 2, `${run.shell}: syntax error: ${nodes.error}\n`);
		task.status = 2;
	} else task.frames.push({kind: 'list', nodes, at: 0});
}

const parseInto = (run: Run, text: string) => addSource(run.state, text);

function runTrap(run: Run, task: Task): boolean {
	const signal = run.state.pending.shift()!;
	const action = task.traps[signal];
	if (action === undefined || action === '') return false;
	task.frames.push({kind: 'trap', status: task.status});
	runText(run, task, action);
	return true;
}

/** `set -e`: a failed command ends the shell, unless its failure is being asked for. */
export function checkErrexit(run: Run, task: Task): void {
	if (task.status === 0 || !task.options.includes('e')) return;
	const asked = task.frames.some(frame => {
		if (frame.kind === 'negate') return true;
		if (frame.kind === 'if') return frame.stage === 'tested';
		if (frame.kind === 'loop') return frame.stage === 'tested';
		return frame.kind === 'statement' && frame.at < nodeOf(run.state, frame.node).pipelines.length;
	});
	if (!asked) exitTask(run, task, task.status);
}

/** `$( )`: a subshell that runs at once and whose output is kept. */
function substitute(run: Run, task: Task, body: any): string {
	let printed = '';
	const state: ScriptState = {sources: run.state.sources, tasks: {}, nextTask: 2, pipes: {}, pending: []};
	const inner: Run = {
		...run,
		state,
		atOnce: true,
		write(stream, text) {
			if (stream === 'stdout') printed += text;
			else write(run, task, 2, text);
		},
	};
	const child = newTask(
		1,
		0,
		copy({
			vars: task.vars,
			exported: task.exported,
			functions: task.functions,
			positional: task.positional,
			name: task.name,
			cwd: task.cwd,
			options: task.options,
			status: task.status,
		}),
	);
	child.fds = {
		'0': task.fds['0']?.kind === 'text' ? task.fds['0'] : {kind: 'text', text: ''},
		'1': {kind: 'out', stream: 'stdout'},
		'2': {kind: 'out', stream: 'stderr'},
	};
	state.tasks['1'] = child;
	child.frames.push({kind: 'list', nodes: sourceRefs(run.state, body), at: 0});
	runTasks(inner);
	run.tookMs = inner.tookMs;
	run.steps = inner.steps;
	task.status = child.status;
	return printed;
}

function sourceRefs(state: ScriptState, body: any): NodeRef[] {
	for (const [i] of state.sources.entries()) {
		const found = refs(state, i, body.statements);
		if (found.every(([, number]) => number !== undefined)) return found;
	}

	throw new Error('a command substitution of no known text');
}

export const waitUntil = (run: Run, ms: number, loop: boolean) => ({kind: 'sleep' as const, untilMs: now(run) + ms, loop});
