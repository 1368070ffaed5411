import {copy, freeze} from '../../api/values/plain.js';
import {baseName, shells} from '../../node/image/image-tree.js';
import type {Program, ProgramContext} from '../../node/program/program.js';
import {runTasks, runText, stepsMax} from './engine.js';
import {startWords} from './simple.js';
import {newTask, type Run, type ScriptState, type Task} from './state.js';

interface Memory {
	readonly state?: ScriptState;
	/** Its output is wanted by the kubelet (an exec hook), not for the log. */
	readonly hook?: boolean;
	readonly stdout?: string;
	readonly stderr?: string;
}

const capturedMax = 10_000;
/** A loop that does not sleep is given a rest, so that time can go on. */
const restMs = 1000;

/** Shells, and every command that is no program of its own: `sleep 3600`, `sh -c '...'`, `tail -f /dev/null`. */
export const script: Program = {
	name: 'script',
	start(context) {
		const state = begin(context);
		if (state) work(context, state);
	},
	wake(context, key) {
		const memory = context.memory as Memory;
		if (!memory.state) return;
		const state = copy(memory.state);
		const [word, pid, code] = key.split(' ');
		if (word === 'child') {
			for (const task of Object.values(state.tasks))
				if (task.wait?.kind === 'process' && task.wait.pid === Number(pid)) task.wait.code = Number(code);
		}

		work(context, state);
	},
	signal(context, signal) {
		const memory = context.memory as Memory | undefined;
		const name = signal.replace(/^SIG/, '');
		const main = memory?.state?.tasks['1'];
		if (main && main.traps[name] !== undefined) {
			const state = copy(memory!.state!);
			state.pending.push(name);
			const task = state.tasks['1']!;
			// `wait` returns at once when a signal comes; another command is waited for.
			if (task.wait?.kind === 'tasks' && task.wait.interruptible) {
				delete task.wait;
				task.status = 143;
			}

			work(context, state);
		} else if (context.machine.processes.get(context.pid)?.innerPid !== 1 && signal !== 'SIGCHLD') {
			// The first process of a container ignores what it has no handler for.
			context.exit({SIGHUP: 129, SIGINT: 130, SIGQUIT: 131, SIGTERM: 143}[signal] ?? 143);
		}
	},
};

function begin(context: ProgramContext): ScriptState | undefined {
	const {argv, env, machine} = context;
	const state: ScriptState = {sources: [], tasks: {}, nextTask: 2, pipes: {}, pending: []};
	const row = machine.world.runtime(machine.host).container(machine.container);
	const task = newTask(1, 0, {vars: {...env}, exported: exportedOf(argv[0] ?? '', env), cwd: machine.home, name: argv[0] ?? 'sh'});
	state.tasks['1'] = task;
	const run = runOf(context, state, context.memory as Memory | undefined);
	if (!shells.includes(baseName(argv[0] ?? ''))) {
		startWords(run, task, argv, {});
		return state;
	}

	const rest = argv.slice(1);
	while (/^[-+][a-zA-Z]+$/.test(rest[0] ?? '') && !rest[0]!.includes('c')) task.options += rest.shift()!.slice(1);
	if (rest[0]?.startsWith('-') && rest[0].includes('c')) {
		task.options += rest[0].slice(1).replace('c', '').replace('l', '');
		task.name = rest[2] ?? argv[0]!;
		task.positional = rest.slice(3);
		runText(run, task, rest[1] ?? '');
	} else if (rest[0]) {
		task.name = rest[0];
		task.positional = rest.slice(1);
		if (!machine.files.exists(rest[0])) {
			context.log(`${run.shell}: can't open '${rest[0]}': No such file or directory`, 'stderr');
			context.exit(2);
			return undefined;
		}

		runText(run, task, machine.files.readText(rest[0]));
	} else if (row?.stdin) task.wait = {kind: 'ever'};
	return state;
}

/** ash and dash know no names with dots and dashes and do not pass them on. */
const exportedOf = (command: string, env: Readonly<Record<string, string>>): string[] => {
	const shell = baseName(command);
	return Object.keys(env).filter(name => !shells.includes(shell) || shell === 'bash' || /^[A-Za-z_]\w*$/.test(name));
};

function runOf(context: ProgramContext, state: ScriptState, memory: Memory | undefined): Run {
	const {machine, pid} = context;
	const shell = baseName(context.argv[0] ?? 'sh');
	return {
		machine,
		state,
		pid,
		atOnce: false,
		tookMs: 0,
		steps: 0,
		shell: shells.includes(shell) ? shell : 'sh',
		write(stream, text) {
			if (!memory?.hook) {
				context.log(text, stream);
				return;
			}

			state[stream] = ((state[stream] ?? '') + text).slice(-capturedMax);
		},
		spawn: argv => machine.world.runtime(machine.host).spawn?.(machine.container, argv, pid),
	};
}

/** Runs on until everything waits, then remembers where. */
function work(context: ProgramContext, state: ScriptState): void {
	const memory = context.memory as Memory | undefined;
	const run = runOf(context, state, memory);
	runTasks(run);
	const main = state.tasks['1'];
	// The process may be gone: it killed itself.
	if (!context.machine.processes.get(context.pid)) return;
	const kept = freeze({...memory, state, stdout: state.stdout, stderr: state.stderr});
	context.memory = kept;
	if (!main || main.done) {
		context.exit(main?.status ?? 0);
		return;
	}

	if (run.steps > stepsMax) context.wake(restMs, 'go', {periodic: true});
	else sleepUntilNext(context, Object.values(state.tasks));
}

function sleepUntilNext(context: ProgramContext, tasks: readonly Task[]): void {
	let next: {untilMs: number; loop: boolean} | undefined;
	for (const {wait, done} of tasks) if (!done && wait?.kind === 'sleep' && (!next || wait.untilMs < next.untilMs)) next = wait;
	if (next) context.wake(next.untilMs - context.machine.sim.clock.now(), 'go', {periodic: next.loop});
}
