import type {ExecNow} from '../../node/program/exec-now.js';
import {baseName, shells} from '../../node/image/image-tree.js';
import {runTasks, runText, stepsMax} from './engine.js';
import {startWords} from './simple.js';
import {newTask, type Run, type ScriptState} from './state.js';

/** A command line run to its end at once: sleeping only adds to the time that it took. */
export const runNow: ExecNow = (machine, argv, {env, cwd, stdin = '', timeoutMs}) => {
	const state: ScriptState = {sources: [], tasks: {}, nextTask: 2, pipes: {}, pending: []};
	const output = {stdout: '', stderr: ''};
	const shell = baseName(argv[0] ?? 'sh');
	const run: Run = {
		machine,
		state,
		pid: machine.processes.list().find(process => process.container === machine.container)?.pid ?? 1,
		atOnce: true,
		tookMs: 0,
		steps: 0,
		shell: shells.includes(shell) ? shell : 'sh',
		write(stream, text) {
			output[stream] += text;
		},
		spawn: () => undefined,
	};
	const task = newTask(1, 0, {vars: {...env}, exported: Object.keys(env), cwd, name: argv[0] ?? 'sh'});
	task.fds['0'] = {kind: 'text', text: stdin};
	state.tasks['1'] = task;
	if (!shells.includes(shell)) startWords(run, task, argv, {});
	else if (argv[1]?.startsWith('-') && argv[1].includes('c')) {
		task.name = argv[3] ?? argv[0]!;
		task.positional = argv.slice(4);
		runText(run, task, argv[2] ?? '');
	} else runText(run, task, argv[1] === undefined ? stdin : machine.files.readText(argv[1]));
	runTasks(run);
	const stuck = !task.done || run.steps > stepsMax;
	const timedOut = timeoutMs !== undefined && (stuck || run.tookMs > timeoutMs);
	return {...output, exitCode: timedOut || stuck ? 137 : task.status, timedOut};
};
