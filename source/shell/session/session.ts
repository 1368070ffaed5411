import {editedOthers, editedRun, editedText} from './edited.js';
import {runFromEditor} from './editor-run.js';
import type {EditRequest} from './terminal.js';
import type {ExecRequest} from '../command.js';
import {type Completion, complete} from '../line/complete.js';
import {needsMore, splitCommands} from '../line/complete-lines.js';
import {followScreen} from './alternate-screen.js';
import {createConsole} from './console.js';
import {createServices} from './create-services.js';
import {runRequest} from '../run/execute.js';
import {expandHistory, type History, remember} from '../line/history.js';
import {createProcess} from './login.js';
import {findExecutable, type ShellMachine} from '../machine.js';
import {parsePlain} from './plain.js';
import {promptText} from '../line/prompt.js';
import {type SavedShell, restoreShell, saveShell} from './saved.js';
import type {Shell} from '../shell.js';
import {Exit, Interrupted, LimitReached, ShellError, statusInterrupted} from '../run/signals.js';
import {newController} from '../run/stopping.js';
import type {Streams} from '../run/streams.js';
import {input} from '../run/streams.js';
import {runLines, runText} from '../text.js';
import type {SessionOptions} from './session-options.js';

export interface RunResult {
	readonly stdout: string;
	readonly stderr: string;
	readonly exitCode: number;
}

/** One terminal: a login shell, with the shells that were entered from it on top. */
export interface Session {
	/** Runs one command, or a whole text of them, in the shell on top. */
	run(text: string, options?: {signal?: AbortSignal}): Promise<RunResult>;
	/** What the last line has printed so far: its jobs go on after it. */
	printed(): {readonly stdout: string; readonly stderr: string};
	/** `[root@k8s-master ~]# ` */
	prompt(name?: 'PS1' | 'PS2'): string;
	needsMore(text: string): Promise<boolean>;
	/** Ctrl-C */
	interrupt(): void;
	/** Ctrl-Z: false when nothing runs that could be stopped. */
	stop(): boolean;
	/** Ctrl-D at an empty prompt: `exit`. */
	endOfInput(): Promise<RunResult>;
	/** The shell on top. */
	readonly shell: Shell;
	readonly machine: ShellMachine;
	/** How many shells were entered. */
	readonly depth: number;
	/** The login shell has exited. */
	readonly closed: boolean;
	/** After the login shell has ended: another one, as a terminal offers it. */
	logIn(): void;
	readonly running: boolean;
	readonly history: History;
	/** What TAB offers at the cursor. */
	complete(text: string, cursor: number): Completion;
	save(): SavedSession;
	restore(saved: SavedSession): void;
	/** Whether a name can be run here, for completion and colouring. */
	canRun(name: string): boolean;
}

/** Plain data. */
export interface SavedSession {
	readonly shells: readonly SavedShell[];
	readonly history: History;
	/** The last pid given to a shell. */
	readonly pid: number;
}

interface Frame {
	readonly shell: Shell;
	/** Tells the command that entered this shell that it has exited. */
	readonly resume?: (status: number) => void;
	/** The line that runs in it, or that waits for the shell above. */
	line?: Promise<{exit?: number}>;
}

export function createSession(options: SessionOptions): Session {
	const {time} = options;
	const terminal = options.terminal && followScreen(options.terminal);
	const history: History = {entries: [], first: 1};
	let frames: Frame[] = [];
	let closed = false;
	let controller: AbortController | undefined;
	let onEntered: (() => void) | undefined;

	const screen = createConsole(time, terminal);
	const {streams, keyboard} = screen;

	const services = createServices(options, terminal, history, {
		enter,
		edit,
		press: screen.press,
		logins: () => frames.map(({shell}) => shell),
	});

	async function enter(request: ExecRequest, from: Shell, given: Streams): Promise<number> {
		if (request.line !== undefined || request.argv !== undefined || input(given) !== keyboard)
			return runRequest(services, from, request, given);
		const machine: ShellMachine = request.machine ?? from.machine;
		return new Promise(resume => {
			frames.push({
				shell: createProcess({
					services,
					machine,
					name: shellName(machine, request),
					shell: request.shell,
					interactive: true,
					env: request.env,
					cwd: request.cwd,
					parentPid: machine === from.machine ? from.pid : 0,
				}),
				resume,
			});
			onEntered?.();
		});
	}

	async function edit(shell: Shell, path: string, signal?: AbortSignal) {
		const {files} = shell.machine;
		for (let ran: EditRequest['ran']; ; ) {
			const text = files.exists(path) ? files.readText(path) : '';
			const request = {path, text, machine: shell.machine.name, cwd: shell.cwd, ...(ran && {ran})};
			const edited = await screen.ask(async abort => terminal?.edit?.(request, abort), signal);
			for (const [other, written] of Object.entries(editedOthers(edited))) files.write(other, written);
			const saved = editedText(edited);
			if (saved !== undefined && (saved !== text || !files.exists(path))) files.write(path, saved);
			const run = editedRun(edited);
			if (!run) return;
			ran = await runFromEditor({services, screen, shell, signal}, run);
		}
	}

	const top = (): Frame => frames.at(-1)!;

	/** Starts a line in the shell on top and waits until a prompt is due: here, in a shell entered, or in the one that is left. */
	async function step(text: string): Promise<void> {
		const frame = top();
		frame.shell.signal = controller?.signal;
		frame.line = execute(frame.shell, text);
		for (;;) {
			const entered = new Promise<'entered'>(resolve => (onEntered = () => resolve('entered')));
			const result = await Promise.race([top().line!, entered]);
			onEntered = undefined;
			if (result === 'entered') return;
			top().line = undefined;
			if (result.exit === undefined) return;
			const gone = frames.pop()!;
			if (frames.length === 0) {
				frames.push({shell: gone.shell});
				closed = true;
				return;
			}

			top().shell.signal = controller?.signal;
			gone.resume?.(result.exit);
			if (!top().line) return;
		}
	}

	async function execute(shell: Shell, text: string): Promise<{exit?: number}> {
		try {
			await runLines(shell, text, streams);
		} catch (error) {
			if (error instanceof Exit) {
				shell.status = error.status;
				await runTrap(shell);
				return {exit: error.status};
			}

			shell.status = report(shell, error);
		}

		return {};
	}

	async function runTrap(shell: Shell) {
		if (shell.traps.has('EXIT')) await runText(shell, '', streams);
	}

	function report(shell: Shell, error: unknown): number {
		const say = (line: string) => streams.get(2)!.write!(`${line}\n`);
		if (error instanceof Interrupted) {
			screen.freshLine();
			return statusInterrupted;
		}

		if (error instanceof ShellError) {
			streams.get(2)!.write!(shell.complaint(error.message));
			return error.status;
		}

		if (error instanceof LimitReached) {
			say(`kubelab: ${error.message}, so it was stopped`);
			return statusInterrupted;
		}

		say(`kubelab: something went wrong inside: ${error instanceof Error ? error.message : String(error)}`);
		return 125;
	}

	async function expand(text: string): Promise<string | undefined> {
		if (!terminal) return text;
		try {
			const expanded = expandHistory(text, history);
			if (expanded !== undefined) streams.get(1)!.write!(`${expanded}\n`);
			return expanded ?? text;
		} catch (error) {
			top().shell.status = report(top().shell, error);
			return undefined;
		}
	}

	async function run(text: string, {signal}: {signal?: AbortSignal} = {}): Promise<RunResult> {
		const own = newController();
		controller = own;
		signal?.addEventListener('abort', () => own.abort(), {once: true});
		if (signal?.aborted) own.abort();
		screen.begin();
		services.renew();
		time.enter('foreground');
		try {
			const commands = text.includes('\n') && !parsePlain(text) ? splitCommands(text, (await services.toolbox()).parse) : [text];
			for (const command of commands) {
				const line = await expand(command);
				if (line === undefined) continue;
				remember(history, line);
				if (!/^\s*(exit|logout|jobs)\b/.test(line)) services.jobs.stay();
				await step(line);
				if (closed || own.signal.aborted) break;
			}

			if (!own.signal.aborted) await time.quiet();
			tellJobs();
		} finally {
			controller = undefined;
			time.leave('foreground');
		}

		return {...screen.printed(), exitCode: top().shell.status};
	}

	/** Before a prompt, bash tells which jobs have ended. */
	function tellJobs() {
		if (!terminal) return;
		for (const job of services.jobs.list()) {
			if (job.state === 'done' || (job.state === 'stopped' && job.untold)) streams.get(2)!.write!(services.jobs.describe(job));
			delete job.untold;
		}

		services.jobs.forgetEnded();
	}

	const login = (machine: ShellMachine) =>
		createProcess({services, machine, name: machine.kind === 'host' ? '-bash' : 'sh', interactive: true});
	frames = [{shell: login(options.machine)}];

	/** Shells that stand where they stood become what they were, also for a line that runs in them; the others start anew. */
	function restoreFrames(saved: readonly SavedShell[]): Frame[] {
		const same = saved.length === frames.length;
		const restored = saved.flatMap((each, index) => {
			const frame = frames[index];
			if (same && frame?.shell.machine.name === each.machine && frame.shell.name === each.name) {
				restoreShell(frame.shell, each);
				return [frame];
			}
			const machine = index === 0 ? options.machine : options.findMachine?.(each.machine);
			if (!machine) return [];
			return [{shell: restoreShell(createProcess({services, machine, name: each.name, shell: each.name, interactive: true}), each)}];
		});
		return restored.length > 0 ? restored : [{shell: login(options.machine)}];
	}

	return {
		run,
		printed: screen.printed,
		prompt: name => promptText(top().shell, name),
		needsMore: async text => !parsePlain(text) && needsMore(text, (await services.toolbox()).parse),
		interrupt() {
			if (!controller || controller.signal.aborted) return;
			screen.echo('^C');
			controller.abort();
		},
		stop: () => controller !== undefined && services.jobs.stopFront(),
		endOfInput: () => run('exit'),
		get shell() {
			return top().shell;
		},
		get machine() {
			return top().shell.machine;
		},
		get depth() {
			return frames.length - 1;
		},
		get closed() {
			return closed;
		},
		get running() {
			return controller !== undefined;
		},
		history,
		complete: (text, cursor) => complete(top().shell, text, cursor, name => services.command(name)),
		save: () => ({shells: frames.map(frame => saveShell(frame.shell)), history: {...history}, pid: services.lastPid()}),
		logIn() {
			frames = [{shell: login(options.machine)}];
			closed = false;
		},
		restore(saved) {
			frames = restoreFrames(saved.shells);
			Object.assign(history, saved.history);
			services.setLastPid(saved.pid);
			closed = false;
		},
		canRun: name => findExecutable(top().shell.machine, name, top().shell.path, top().shell.cwd) !== undefined,
	};
}

const shellName = (machine: ShellMachine, request: ExecRequest) => request.shell ?? (machine.kind === 'host' ? '-bash' : 'sh');
