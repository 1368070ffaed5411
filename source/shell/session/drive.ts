import {FileError} from '../../os/files.js';
import type {Command, Effect, ExecRequest, ExecResult, Io} from '../command.js';
import {resolvePath} from '../machine.js';
import {late, withDeadline} from '../run/deadline.js';
import type {Scope} from '../run/scope.js';
import {capture, type Stream, textSource} from '../run/stream.js';
import {input, type Streams} from '../run/streams.js';

/** What a program takes on a real machine; played live, real time does it. Without it the second of two commands on a line met a world that had not moved. */
const commandMs = 20;

/** Runs a command of ours: it is a generator, and what it yields is what it waits for. */
export async function drive(command: Command, words: readonly string[], scope: Scope, pid?: number): Promise<number> {
	const {shell} = scope;
	const output = createOutput(scope);
	const io = createIo(words, scope, output, pid);
	const run = command.run(io);
	let finished = false;
	try {
		let answer: unknown;
		for (;;) {
			const {done, value} = run.next(answer);
			output.flush();
			if (done) {
				finished = true;
				if (shell.services.time.headless && !command.instant) await shell.services.time.sleep(commandMs, shell.signal);
				return value;
			}

			const wait = scope.streams.get(1)?.drained?.(shell.signal);
			if (wait) await wait;
			answer = await perform(value, scope, output);
		}
	} catch (error) {
		// What the file system refused and the tool has no words of its own for: most name the file and say why.
		if (!(error instanceof FileError)) throw error;
		output.put(2, `${words[0]}: ${error.path === '' ? '' : `${error.path}: `}${error.message}\n`);
		output.flush();
		return 1;
	} finally {
		if (!finished) stop(run, output);
	}
}

/** Ctrl-C, or the reader has gone: its `finally` blocks run, but nobody waits for it any more. */
function stop(run: ReturnType<Command['run']>, output: Output) {
	try {
		run.return(0);
		output.flush();
	} catch {}
}

interface Output {
	put(descriptor: 1 | 2, text: string): void;
	flush(): void;
}

/** Text is handed on when the command waits or ends, in the order in which it was printed. */
function createOutput({streams}: Scope): Output {
	let chunks: Array<{descriptor: 1 | 2; texts: string[]}> = [];
	return {
		put(descriptor, text) {
			if (text === '') return;
			const last = chunks.at(-1);
			if (last?.descriptor === descriptor) last.texts.push(text);
			else chunks.push({descriptor, texts: [text]});
		},
		flush() {
			const ready = chunks;
			chunks = [];
			for (const {descriptor, texts} of ready) streams.get(descriptor)?.write?.(texts.join(''));
		},
	};
}

function createIo(words: readonly string[], scope: Scope, output: Output, pid: number | undefined): Io {
	const {shell, streams} = scope;
	const {terminal} = shell.services;
	const source = input(streams);
	let text: string | undefined;
	return {
		argv: words,
		env: shell.variables.exported(),
		cwd: shell.cwd,
		machine: shell.machine,
		pid,
		processes: () => shell.services.running.list(shell.machine.name),
		get stdin() {
			text ??= source.terminal ? '' : (source.takeNow?.() ?? '');
			return text;
		},
		stdinIsTerminal: source.terminal ?? false,
		stdoutIsTerminal: streams.get(1)?.terminal ?? false,
		hasKeyboard: terminal?.readKey !== undefined,
		get columns() {
			return terminal?.columns ?? 80;
		},
		get rows() {
			return terminal?.rows ?? 24;
		},
		unattended: shell.services.time.headless,
		spend: () => shell.services.spend(),
		out: chunk => output.put(1, chunk),
		err: chunk => output.put(2, chunk),
		path: name => resolvePath(shell.cwd, name),
	};
}

async function perform(effect: Effect, scope: Scope, output: Output): Promise<unknown> {
	const {shell, streams} = scope;
	const {services, signal} = shell;
	if ('sleepMs' in effect) return services.time.sleep(effect.sleepMs, signal);
	if ('read' in effect) {
		const source = input(streams);
		if (effect.read === 'key' && source.readKey) return source.readKey(signal);
		if (effect.read === 'all') return (await source.readAll?.(signal)) ?? '';
		if (effect.read === 'now') return source.readNow ? source.readNow() : source.takeNow?.() || undefined;
		if (effect.read === 'some') return source.readSome ? source.readSome(signal) : (source.takeNow?.() ?? '') || source.readLine?.(signal);
		return (await source.readLine?.(signal))?.replace(/\n$/, '');
	}

	if ('press' in effect) return services.press(effect.press.withinMs, signal);
	if ('edit' in effect) return services.edit(shell, effect.edit, signal);
	if ('enter' in effect) return services.enter(effect.enter, shell, streams);
	return execute(effect.exec, scope, output);
}

async function execute(request: ExecRequest, scope: Scope, output: Output): Promise<ExecResult> {
	const {streams} = scope;
	const own = (descriptor: 1 | 2): Stream => ({
		...streams.get(descriptor),
		write(text) {
			output.put(descriptor, text);
			output.flush();
		},
	});
	const stdout = capture();
	const stderr = capture();
	const inner = new Map(streams);
	inner.set(1, request.stream ? own(1) : stdout);
	inner.set(2, request.stream ? own(2) : stderr);
	if (request.stdin !== undefined) inner.set(0, textSource(request.stdin));
	else if (!request.stream) inner.set(0, textSource(''));
	const {exitCode, timedOut} = await withTimeout(scope, request, inner);
	return {stdout: stdout.text(), stderr: stderr.text(), exitCode, ...(timedOut && {timedOut})};
}

/** `timeout 5 command` */
async function withTimeout({shell}: Scope, request: ExecRequest, streams: Streams): Promise<{exitCode: number; timedOut?: boolean}> {
	const {services} = shell;
	if (request.timeoutMs === undefined) return {exitCode: await services.execute(shell, request, streams)};
	const exitCode = await withDeadline(services.time, request.timeoutMs, shell.signal, signal =>
		services.execute(shell, request, streams, signal),
	);
	return exitCode === late ? {exitCode: 124, timedOut: true} : {exitCode, timedOut: false};
}
