import type {Command, Pipeline, Script, Statement} from '../syntax/ast.js';
import {builtins} from '../builtins/index.js';
import {runCompound} from './compound.js';
import {expandPattern, expandText, pieces} from '../expand/word.js';
import {endingSubstitutions, processPath} from './process-substitution.js';
import {inForeground} from './foreground.js';
import {foreseen, isAlone} from './running.js';
import type {Scope} from './scope.js';
import type {Shell} from '../shell.js';
import {
	BrokenPipe,
	Exit,
	Interrupted,
	LineError,
	LoopJump,
	ReadonlyAssignment,
	Return,
	ShellError,
	statusBrokenPipe,
	statusInterrupted,
} from './signals.js';
import {runSimple} from './simple.js';
import {SyntaxFault} from '../session/toolbox.js';
import {faultText} from '../syntax/syntax-error.js';
import {runTrap} from './traps.js';
import {newController} from './stopping.js';
import {capture, createPipe, nullStream, type Stream} from './stream.js';
import {err, type Streams, withStream} from './streams.js';

export function createScope(shell: Shell, streams: Streams): Scope {
	const scope: Scope = {
		shell,
		streams,
		with: other => (other === streams ? scope : createScope(shell, other)),
		run: statements => runStatements(statements, scope),
		runCommand: command => runCommand(command, scope),
		foreground: (text, run) => inForeground(shell, text, child => run(child === shell ? scope : createScope(child, streams))),
		subshell: (statements, other = streams) => runProcess(shell.fork(), statements, other),
		capture: script => captureOutput(scope, script),
		processPath: (script, direction) => processPath(scope, script, direction),
		parse: text => parseInside(shell, text),
		text: word => expandText(scope, word),
		pattern: word => expandPattern(scope, word),
		pieces: (word, quoted) => pieces(scope, word, quoted),
	};
	return scope;
}

export async function runScript(shell: Shell, {statements}: Script, streams: Streams, text: string): Promise<number> {
	if (shell.alone) shell.replaced = isAlone(statements);
	const scope = createScope(shell, streams);
	for (let index = 0; index < statements.length; ) {
		try {
			await runStatement(statements[index]!, scope);
			index++;
		} catch (error) {
			if (!(error instanceof LineError) || (error instanceof ReadonlyAssignment && shell.dialect.name !== 'bash')) throw error;
			err(streams, shell.complaint(error.message));
			shell.status = error.status;
			index = nextLine(text, statements, index);
		}
	}

	return shell.status;
}

/** The first statement that begins on a later line than this one ends. */
function nextLine(text: string, statements: readonly Statement[], index: number): number {
	let at = 0;
	for (const [next, {sourceText = ''}] of statements.entries()) {
		const start = Math.max(at, text.indexOf(sourceText, at));
		if (next > index && text.slice(at, start).includes('\n')) return next;
		at = start + sourceText.length;
	}

	return statements.length;
}

/** A whole shell process: what `exit` ends, with the status that others see. */
export async function runProcess(shell: Shell, statements: readonly Statement[], streams: Streams): Promise<number> {
	const scope = createScope(shell, streams);
	const status = await ended(scope, () => runStatements(statements, scope));
	const trap = shell.traps.get('EXIT');
	if (trap) {
		shell.traps.delete('EXIT');
		shell.status = status;
		await ended(scope, async () => runStatements((await scope.parse(trap)).statements, scope));
	}
	for (const end of shell.lasting.splice(0)) await end();
	return status;
}

async function ended({shell, streams}: Scope, run: () => Promise<number>): Promise<number> {
	try {
		return await run();
	} catch (error) {
		return processStatus(error, shell, streams);
	}
}

export function processStatus(error: unknown, shell: Shell, streams: Streams): number {
	if (error instanceof Exit || error instanceof Return) return error.status;
	if (error instanceof BrokenPipe) return statusBrokenPipe;
	if (error instanceof LoopJump) return 0;
	if (error instanceof ShellError) {
		err(streams, shell.complaint(error.message));
		return error.status;
	}

	if (error instanceof Interrupted) return statusInterrupted;
	throw error;
}

export async function runStatements(statements: readonly Statement[], scope: Scope): Promise<number> {
	for (const statement of statements) await runStatement(statement, scope);
	return scope.shell.status;
}

async function runStatement(statement: Statement, given: Scope): Promise<void> {
	const {shell} = given;
	// What `exec 3>file` opened stays open for all that follows.
	const scope = shell.descriptors.size === 0 ? given : given.with(new Map([...given.streams, ...shell.descriptors]));
	if (statement.line && !shell.inTrap) shell.line = Math.max(1, statement.line);
	if (statement.deferredError) throw new ShellError(statement.deferredError.message, 2, true);
	if (statement.background) {
		startJob(statement, scope);
		return;
	}

	for (const [index, pipeline] of statement.pipelines.entries()) {
		const operator = index === 0 ? ';' : statement.operators[index - 1];
		if (operator === '&&' && shell.status !== 0) continue;
		if (operator === '||' && shell.status === 0) continue;
		const tested = statement.operators[index] === '&&' || statement.operators[index] === '||';
		if (tested) shell.tolerant++;
		try {
			await runPipeline(pipeline, scope);
		} finally {
			if (tested) shell.tolerant--;
		}

		if (shell.status !== 0 && !tested && !pipeline.negated && shell.tolerant === 0) await onFailure(scope);
	}
}

async function onFailure(scope: Scope) {
	const {shell} = scope;
	await runTrap(scope, 'ERR');
	if (shell.options.has('errexit')) throw new Exit(shell.status);
}

async function runPipeline(pipeline: Pipeline, scope: Scope): Promise<void> {
	const {shell} = scope;
	const start = shell.services.time.now();
	if (pipeline.negated) shell.tolerant++;
	try {
		const [command] = pipeline.commands;
		const text = () => shell.services.jobs.textOf({type: 'Statement', pipelines: [pipeline], operators: [], background: false});
		if (pipeline.commands.length === 1) {
			const child = command!.type === 'Subshell';
			shell.status = await (child ? scope.foreground(text, own => own.runCommand(command!)) : runCommand(command!, scope));
			shell.pipeStatus = [shell.status];
		} else {
			let statuses: number[] | undefined;
			const status = await scope.foreground(text, async own => {
				statuses = await runPipe(pipeline, own);
				return statuses.at(-1)!;
			});
			shell.pipeStatus = statuses ?? [status];
			const failed = shell.options.has('pipefail') ? shell.pipeStatus.findLast(status => status !== 0) : undefined;
			shell.status = failed ?? shell.pipeStatus.at(-1) ?? 0;
		}
	} finally {
		if (pipeline.negated) shell.tolerant--;
	}

	if (pipeline.timed) err(scope.streams, timing(shell.services.time.now() - start, pipeline.timePosix ?? false));
	if (pipeline.negated) shell.status = shell.status === 0 ? 1 : 0;
}

function timing(ms: number, posix: boolean): string {
	const real = Math.max(ms, 4);
	const text = (value: number) => {
		const seconds = `${Math.floor((value % 60_000) / 1000)}.${String(value % 1000).padStart(3, '0')}`;
		return posix
			? `${Math.floor(value / 1000)}.${String(Math.floor((value % 1000) / 10)).padStart(2, '0')}`
			: `${Math.floor(value / 60_000)}m${seconds}s`;
	};
	return posix ? `real ${text(real)}\nuser ${text(2)}\nsys ${text(1)}\n` : `\nreal\t${text(real)}\nuser\t${text(2)}\nsys\t${text(1)}\n`;
}

/** `command &`: the same without `&`, in a copy of the shell that Ctrl-C does not reach. */
function startJob(statement: Statement, scope: Scope) {
	const {shell} = scope;
	// A fork costs what a program does.
	shell.services.spendProgram();
	const {jobs} = shell.services;
	const controller = newController();
	const copy = shell.fork(controller.signal);
	const streams = withStream(scope.streams, 0, nullStream);
	const [command] = isAlone([{...statement, background: false}]) ? statement.pipelines[0]!.commands : [];
	copy.replaced = command !== undefined;
	const end = shell.services.running.shell(copy, command && foreseen(command, copy));
	const job = jobs.start(copy.pid, jobs.textOf(statement), controller, () =>
		runProcess(copy, [{...statement, background: false}], streams).finally(end),
	);
	shell.backgroundPid = String(job.pid);
	shell.status = 0;
	if (shell.interactive && !shell.subshell && shell.services.terminal) err(scope.streams, `[${job.id}] ${job.pid}\n`);
}

/** All members at once, each a process of its own; `lastpipe` is off, as in bash. */
async function runPipe(pipeline: Pipeline, scope: Scope): Promise<number[]> {
	const {shell} = scope;
	const {time} = shell.services;
	const count = pipeline.commands.length;
	const pipes = Array.from({length: count - 1}, () => createPipe(time));
	const statuses: number[] = new Array(count).fill(0);
	let left = count;
	let fault: unknown;
	// `lastpipe`: the last one is no process of its own, where no jobs are controlled.
	const own = shell.shoptions.has('lastpipe') && !shell.interactive;
	const members = startMembers(pipeline, shell, own);
	await time.suspend<void>(resume => {
		pipeline.commands.forEach((command, index) => {
			const {shell: member, end} = members[index]!;
			const read = pipes[index - 1];
			const write = pipes[index];
			let streams = read ? withStream(scope.streams, 0, read) : scope.streams;
			if (write) streams = withStream(streams, 1, write);
			if (write && pipeline.pipeStderr?.[index]) streams = withStream(streams, 2, write);
			time.enter('background');
			void runMember(command, member, streams, read)
				.then(
					status => (statuses[index] = status),
					(error: unknown) => (fault ??= error),
				)
				.then(() => {
					end();
					read?.close?.('read');
					write?.close?.('write');
					if (--left === 0) resume();
					time.leave('background');
				});
		});
	});
	if (fault) throw fault;
	if (shell.killed) throw new Interrupted();
	return statuses;
}

/** All are there before the first begins: `ps | grep x` finds the grep. */
function startMembers({commands}: Pipeline, shell: Shell, own: boolean) {
	const started: Array<ReturnType<typeof startMember>> = [];
	try {
		for (const [index, command] of commands.entries()) {
			const last = own && index === commands.length - 1;
			started.push(last ? {shell, end() {}} : startMember(command, shell.fork()));
		}
	} catch (error) {
		// One process too many: those before it will not begin, either.
		for (const {end} of started) end();
		throw error;
	}

	return started;
}

function startMember(command: Command, shell: Shell) {
	shell.replaced = command.type === 'SimpleCommand';
	return {shell, end: shell.services.running.shell(shell, foreseen(command, shell))};
}

async function runMember(command: Command, shell: Shell, streams: Streams, read: Stream | undefined): Promise<number> {
	try {
		// A program may look at its input all at once; only a command that has the pipe to itself may be made to wait for that.
		if (command.type === 'SimpleCommand' && !readsLines(command, shell)) await read?.fill?.(shell.signal);
		return await runCommand(command, createScope(shell, streams));
	} catch (error) {
		return processStatus(error, shell, streams);
	}
}

function readsLines(command: Extract<Command, {type: 'SimpleCommand'}>, shell: Shell): boolean {
	const [part] = command.name?.parts ?? [];
	return part?.type === 'Literal' && (shell.services.command(part.value)?.readsLines ?? builtins.has(part.value));
}

export async function runCommand(command: Command, scope: Scope): Promise<number> {
	const {shell} = scope;
	if (shell.killed) throw new Interrupted();
	shell.services.spend();
	const line = command.type === 'Subshell' ? command.body[0]?.pipelines[0]?.commands[0]?.line : command.line;
	if (line && !shell.inTrap) shell.line = line;
	try {
		const status = await endingSubstitutions(scope, () =>
			command.type === 'SimpleCommand' ? runSimple(command, scope) : runCompound(command, scope),
		);
		const wait = scope.streams.get(1)?.drained?.(shell.signal);
		if (wait) await wait;
		return status;
	} catch (error) {
		// A complaint about one command ends that command; about the language itself, the script.
		if (!(error instanceof ShellError) || error.fatal || error instanceof LineError) throw error;
		err(scope.streams, shell.complaint(error.message));
		return error.status;
	}
}

/** Text that the language itself makes a script of: a trap, a subscript, an array in quotes. */
async function parseInside(shell: Shell, text: string): Promise<Script> {
	try {
		return (await shell.services.toolbox()).parse(text);
	} catch (error) {
		throw error instanceof SyntaxFault ? new LineError(faultText(error)) : error;
	}
}

async function captureOutput(scope: Scope, script: Script): Promise<string> {
	const output = capture();
	const child = scope.shell.fork();
	// `set -e` does not reach into `$( )`.
	if (child.dialect.name === 'bash' && !child.shoptions.has('inherit_errexit')) child.options.delete('errexit');
	scope.shell.status = await runProcess(child, script.statements, withStream(scope.streams, 1, output));
	return output.text().replace(/\n+$/, '').replaceAll('\0', '');
}
