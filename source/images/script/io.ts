import {FileError} from '../../os/files.js';
import {normalise} from '../../os/layer.js';
import type {Expander} from './expand.js';
import type {Fd, Run, Task} from './state.js';

const pipeBytesMax = 1_000_000;

export function write(run: Run, task: Task, number: number, text: string): void {
	const fd = task.fds[String(number)];
	if (text === '' || !fd) return;
	if (fd.kind === 'out') run.write(fd.stream, text);
	else if (fd.kind === 'file') run.machine.files.write(fd.path, text, {append: true});
	else if (fd.kind === 'pipe') {
		const pipe = run.state.pipes[fd.id];
		if (pipe && pipe.data.length < pipeBytesMax) pipe.data += text;
	}
}

/** Takes all that is there to read. */
export function readAll(run: Run, task: Task): {text: string; ended: boolean} {
	const fd = task.fds['0'];
	if (fd?.kind === 'text') {
		const {text} = fd;
		fd.text = '';
		return {text, ended: true};
	}

	if (fd?.kind !== 'pipe') return {text: '', ended: true};
	const pipe = run.state.pipes[fd.id];
	if (!pipe) return {text: '', ended: true};
	const text = pipe.data;
	pipe.data = '';
	return {text, ended: pipe.writers === 0};
}

/** Takes one line; undefined when there is none yet. */
export function readLine(run: Run, task: Task): {line: string; ended: boolean} | undefined {
	const fd = task.fds['0'];
	const holder = fd?.kind === 'text' ? fd : undefined;
	const pipe = fd?.kind === 'pipe' ? run.state.pipes[fd.id] : undefined;
	const text = holder?.text ?? pipe?.data ?? '';
	const end = text.indexOf('\n');
	const over = !pipe || pipe.writers === 0;
	if (end === -1 && !over) return undefined;
	const line = end === -1 ? text : text.slice(0, end);
	const rest = end === -1 ? '' : text.slice(end + 1);
	if (holder) holder.text = rest;
	if (pipe) pipe.data = rest;
	return {line, ended: end === -1};
}

/** A message for a redirection that cannot be. */
export class RedirectError extends Error {}

/** Applies redirections; returns what stood before, to be put back. */
export function redirect(run: Run, task: Task, redirections: readonly any[], expander: Expander): Record<string, Fd> {
	const before = {...task.fds};
	for (const {operator, fd, target} of redirections) {
		const output = /^[>&]/.test(operator);
		const number = String(fd ?? (output ? 1 : 0));
		if (operator === '<<' || operator === '<<-') {
			const text = target.quoted ? target.content.parts.map((part: any) => part.value ?? '').join('') : expander.one(target.content);
			task.fds[number] = {kind: 'text', text: target.stripTabs ? text.replace(/^\t+/gm, '') : text};
			continue;
		}

		const word = expander.one(target);
		if (operator === '<<<') task.fds[number] = {kind: 'text', text: `${word}\n`};
		else if (operator === '>&' || operator === '<&') {
			if (word === '-') delete task.fds[number];
			else if (/^\d+$/.test(word)) task.fds[number] = task.fds[word] ?? {kind: 'null'};
			else both(run, task, word, false);
		} else if (operator === '&>' || operator === '&>>') both(run, task, word, operator === '&>>');
		else if (operator === '<') task.fds[number] = openInput(run, task, word);
		else task.fds[number] = openOutput(run, task, word, operator === '>>');
	}

	return before;
}

function both(run: Run, task: Task, word: string, append: boolean) {
	task.fds['1'] = openOutput(run, task, word, append);
	task.fds['2'] = task.fds['1'];
}

function openInput({machine, shell}: Run, task: Task, word: string): Fd {
	if (word === '/dev/null') return {kind: 'text', text: ''};
	if (word === '/dev/stdin') return task.fds['0'] ?? {kind: 'null'};
	try {
		return {kind: 'text', text: machine.files.readText(normalise(word, task.cwd))};
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		throw new RedirectError(
			shell === 'bash' ? `${word}: ${error.message}` : `can't open ${word}: ${error.code === 'ENOENT' ? 'no such file' : error.message}`,
		);
	}
}

function openOutput(run: Run, task: Task, word: string, append: boolean): Fd {
	const {machine, shell} = run;
	if (word === '/dev/null') return {kind: 'null'};
	if (word === '/dev/stdout' || word === '/proc/1/fd/1') return {kind: 'out', stream: 'stdout'};
	if (word === '/dev/stderr' || word === '/proc/1/fd/2') return {kind: 'out', stream: 'stderr'};
	const path = normalise(word, task.cwd);
	try {
		if (!append || !machine.files.exists(path)) machine.files.write(path, '');
		const real = machine.files.realpath(path);
		if (real === '/proc/self/fd/1' || real === '/proc/self/fd/2') return {kind: 'out', stream: real.endsWith('1') ? 'stdout' : 'stderr'};
		return {kind: 'file', path};
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
		throw new RedirectError(shell === 'bash' ? `${word}: ${error.message}` : `can't create ${word}: ${dashWords(error)}`);
	}
}

const dashWords = (error: FileError): string => (error.code === 'ENOENT' ? 'nonexistent directory' : error.message);
