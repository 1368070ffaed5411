import type {ExecRequest, ExecResult} from '../command.js';
import {runExternal} from './external.js';
import {createScope, processStatus} from './interpreter.js';
import {createProcess} from '../session/login.js';
import type {ShellMachine} from '../machine.js';
import type {Services} from '../session/services.js';
import type {Shell} from '../shell.js';
import {LimitReached} from './signals.js';
import {capture, textSource} from './stream.js';
import {input, type Streams} from './streams.js';
import {runText} from '../text.js';

const depthMax = 60;

/** Runs words, a line, or what standard input says, to its end, in a shell of its own, here or on another machine. */
export async function runRequest(
	services: Services,
	from: Shell,
	request: ExecRequest,
	streams: Streams,
	signal = from.signal,
): Promise<number> {
	const machine: ShellMachine = request.machine ?? from.machine;
	const isHere = machine === from.machine;
	const shell = createProcess({
		services,
		machine,
		name: request.shell ?? (machine.kind === 'host' ? 'bash' : 'sh'),
		shell: request.shell,
		signal,
		env: isHere && !request.onlyEnv ? {...from.variables.exported(), ...request.env} : request.env,
		onlyEnv: request.onlyEnv,
		bare: request.argv !== undefined && !isHere && machine.kind === 'container',
		cwd: request.cwd ?? (isHere ? from.cwd : undefined),
		parentPid: isHere ? from.pid : 0,
		terminal: isHere ? from.terminal : (request.tty ?? false),
	});
	shell.depth = from.depth + 1;
	if (shell.depth > depthMax) throw new LimitReached('shells were nested more than 60 deep');
	const end = request.argv
		? undefined
		: services.running.shell(shell, [shell.name, ...(request.line === undefined ? [] : ['-c', request.line])]);
	try {
		// Without a line to read there is no shell: whoever asked starts the program itself.
		shell.replaced = request.argv !== undefined;
		shell.alone = request.line !== undefined;
		if (request.argv) return await runExternal(createScope(shell, streams), request.argv);
		return await runText(shell, request.line ?? (await input(streams).readAll?.(shell.signal)) ?? '', streams);
	} catch (error) {
		return processStatus(error, shell, streams);
	} finally {
		end?.();
	}
}

/** The same, with what it printed. */
export async function collectRequest(services: Services, from: Shell, request: ExecRequest, stdin: string): Promise<ExecResult> {
	const [stdout, stderr] = [capture(), capture()];
	const streams: Streams = new Map([
		[0, textSource(stdin)],
		[1, stdout],
		[2, stderr],
	]);
	const exitCode = await runRequest(services, from, request, streams);
	return {stdout: stdout.text(), stderr: stderr.text(), exitCode};
}
