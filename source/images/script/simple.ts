import {normalise} from '../../os/layer.js';
import {findExecutable} from '../../node/program/executable.js';
import {baseName, shells} from '../../node/image/image-tree.js';
import {builtins} from './builtins.js';
import type {Answer, Call} from './command.js';
import commands from './commands/index.js';
import {beginNode, checkErrexit, runText} from './engine.js';
import type {Expander} from './expand.js';
import {readAll, redirect, RedirectError, write} from './io.js';
import {type Frame, newTask, type Run, type Task} from './state.js';

const byName = new Map(commands.map(command => [command.name, command]));

/** `NAME=value command args > file`. */
export function runSimple(run: Run, task: Task, node: any, expander: Expander): void {
	const substituted = task.status;
	const words = node.name ? expander.words([node.name, ...node.args]) : [];
	const assignments: Array<[string, string]> = node.assignments.map((each: any) => {
		const value = each.value ? expander.one(each.value) : '';
		return [each.name, each.append ? (task.vars[each.name] ?? '') + value : value];
	});
	if (words.length === 0) {
		for (const [name, value] of assignments) task.vars[name] = value;
		// The status of an assignment is that of its command substitution.
		if (task.status === substituted) task.status = 0;
		if (node.redirections.length > 0) task.fds = redirect(run, task, node.redirections, expander);
		checkErrexit(run, task);
		return;
	}

	const name = words[0]!;
	if (name === 'exec' && words.length === 1) {
		redirect(run, task, node.redirections, expander);
		task.status = 0;
		return;
	}

	try {
		const fds = node.redirections.length > 0 ? redirect(run, task, node.redirections, expander) : undefined;
		if (fds) task.frames.push({kind: 'restore', fds, opened: []});
	} catch (error) {
		if (!(error instanceof RedirectError)) throw error;
		write(run, task, 2, `${run.shell}: ${error.message}\n`);
		task.status = 1;
		checkErrexit(run, task);
		return;
	}

	startWords(run, task, words, Object.fromEntries(assignments));
}

/** A function, a builtin, a command, or a program of the image. */
export function startWords(run: Run, task: Task, argv: readonly string[], env: Record<string, string>): void {
	const body = task.functions[argv[0]!];
	if (body) {
		task.frames.push({kind: 'call', positional: task.positional, saved: {}});
		task.positional = argv.slice(1);
		Object.assign(task.vars, env);
		beginNode(run, task, body);
		return;
	}

	task.frames.push({kind: 'command', argv, env});
}

export function stepCommand(run: Run, task: Task, frame: Frame & {kind: 'command'}): void {
	const answer = answerOf(run, task, frame);
	// It may have ended its own shell: `kill -9 $$`.
	if (answer === 'left' || task.done) return;
	const at = task.frames.lastIndexOf(frame);
	if (typeof answer === 'number') {
		if (at !== -1) task.frames.splice(at, 1);
		task.status = answer;
		if (!task.done) checkErrexit(run, task);
		return;
	}

	task.wait = answer.wait;
	frame.begun = true;
	if (answer.after === undefined) return;
	if (at !== -1) task.frames.splice(at, 1);
	task.status = answer.after;
}

function answerOf(run: Run, task: Task, frame: Frame & {kind: 'command'}): Answer | 'left' {
	const {argv, env} = frame;
	const name = argv[0]!;
	const builtin = builtins[name];
	if (builtin) {
		Object.assign(task.vars, env);
		task.frames.splice(task.frames.lastIndexOf(frame), 1);
		const answer = builtin(run, task, argv);
		if (answer === undefined) return 'left';
		if (typeof answer === 'number') return answer;
		task.wait = answer.wait;
		if (answer.after === undefined) task.frames.push({...frame, begun: true});
		else task.status = answer.after;
		return 'left';
	}

	if (frame.begun && byName.get(baseName(name)) === undefined) return task.status;
	const found = findExecutable(run.machine.files, name, task.cwd, task.vars['PATH'] ?? run.machine.env['PATH']);
	if ('error' in found) return notFound(run, task, name, found.error);
	if (shells.includes(baseName(found.path))) return innerShell(run, task, frame);
	const command = byName.get(baseName(found.path));
	if (command) {
		const call = callOf(run, task, frame);
		const streams = typeof command.streaming === 'function' ? command.streaming(argv) : command.streaming;
		if (command.noInput || streams) return command.run(call);
		// A batch command wants all of its input at once.
		const fd = task.fds['0'];
		if (fd?.kind === 'pipe' && (run.state.pipes[fd.id]?.writers ?? 0) > 0) return {wait: {kind: 'input', pipe: fd.id, closed: true}};
		return command.run(call);
	}

	const text = run.machine.files.readText(found.path);
	if (text.startsWith('\u007fELF')) return program(run, task, argv, name);
	const shebang = /^#!\s*(\S+)/.exec(text)?.[1];
	if (shebang && !shells.includes(baseName(shebang)) && !shebang.endsWith('/env')) return notSimulated(run, task, baseName(shebang));
	return script(run, task, text, argv);
}

function callOf(run: Run, task: Task, frame: Frame & {kind: 'command'}): Call {
	const {argv, env} = frame;
	frame.memory ??= {};
	const exported = Object.fromEntries(task.exported.flatMap(name => (task.vars[name] === undefined ? [] : [[name, task.vars[name]!]])));
	return {
		run,
		task,
		argv,
		env: {...exported, ...env, PWD: task.cwd},
		memory: frame.memory,
		read: () => readAll(run, task),
		out: text => write(run, task, 1, text),
		err: text => write(run, task, 2, text),
		path: name => normalise(name, task.cwd),
	};
}

function notFound(run: Run, task: Task, name: string, error: string): number {
	const denied = error.includes('permission denied') || error.includes('is a directory');
	const line = run.shell === 'bash' ? `bash: line 1: ${name}: ` : `${run.shell}: ${name}: `;
	const words = denied
		? 'Permission denied'
		: name.includes('/')
			? run.shell === 'bash'
				? 'No such file or directory'
				: 'not found'
			: run.shell === 'bash'
				? 'command not found'
				: 'not found';
	write(run, task, 2, `${line}${words}\n`);
	return denied ? 126 : 127;
}

const notSimulated = (run: Run, task: Task, name: string): number => {
	run.machine.sim.notes.notSimulated(`${name} in a container script`);
	write(run, task, 2, `kubelab: not simulated: ${name} in a container script\n`);
	return 125;
};

function program(run: Run, task: Task, argv: readonly string[], name: string): Answer {
	if (run.atOnce) {
		const {stdout, stderr, exitCode, tookMs} = run.machine.world.runtime(run.machine.host).runProgram(run.machine.container, argv);
		run.tookMs += tookMs;
		write(run, task, 1, stdout);
		write(run, task, 2, stderr);
		return exitCode;
	}

	// A process that was started for just this command knows no more of it.
	if (run.machine.processes.get(run.pid)?.argv[0] === argv[0]) return notSimulated(run, task, name);
	const started = run.spawn(argv);
	if (!started) return notSimulated(run, task, name);
	if ('error' in started) return notFound(run, task, name, started.error);
	return {wait: {kind: 'process', pid: started.pid}};
}

/** `sh -c '...'` inside a script: a shell of its own. */
function innerShell(run: Run, task: Task, frame: Frame & {kind: 'command'}): Answer | 'left' {
	const {argv} = frame;
	if (argv[1] === '-c') return script(run, task, argv[2] ?? '', [argv[3] ?? argv[0]!, ...argv.slice(4)]);
	const file = argv.find((word, i) => i > 0 && !word.startsWith('-'));
	if (file === undefined) return script(run, task, readAll(run, task).text, argv);
	return script(run, task, run.machine.files.readText(normalise(file, task.cwd)), argv.slice(argv.indexOf(file)));
}

function script(run: Run, task: Task, text: string, argv: readonly string[]): 'left' {
	const id = run.state.nextTask++;
	const vars = Object.fromEntries(Object.entries(task.vars).filter(([name]) => task.exported.includes(name)));
	const child = newTask(id, task.id, {
		vars,
		exported: [...task.exported],
		name: argv[0] ?? 'sh',
		shellId: id,
		positional: argv.slice(1),
		cwd: task.cwd,
		fds: {...task.fds},
	});
	for (const fd of Object.values(child.fds)) if (fd.kind === 'pipe' && fd.end === 'write') run.state.pipes[fd.id]!.writers++;
	run.state.tasks[id] = child;
	runText(run, child, text);
	task.frames.pop();
	task.frames.push({kind: 'pipeline', ids: [id], negated: false});
	task.wait = {kind: 'tasks', ids: [id]};
	return 'left';
}
