// npm run fuzz -- FAMILY [--count N] [--seed TEXT] [--from N]     a finding is one line of JSON; the exit status is 1 when there was one
import {type ChildProcess, fork} from 'node:child_process';
import {realpathSync, rmSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {parseArgs} from 'node:util';
import {build} from 'esbuild';
import {keepPlace} from '../bundle-plugins.mjs';
import type {Finding} from './family.js';
import families from './families/index.js';
import {processorMs} from './processor.js';
import type {Report, Task} from './worker.js';

/** Of the worker's processor time, after the last case it told of. */
const hangMs = 60_000;
/** Of real time: it sits there and waits for what does not come. */
const silenceMs = 900_000;
const progressMs = 60_000;

const root = path.resolve(import.meta.dirname, '..', '..');
const {values, positionals} = parseArgs({
	allowPositionals: true,
	options: {seed: {type: 'string', default: '1'}, from: {type: 'string', default: '0'}, count: {type: 'string'}},
});
const [name = '', count = values.count ?? '1000'] = positionals;
if (!families.some(family => family.name === name)) {
	console.error(`npm run fuzz -- FAMILY [--count N]; families: ${families.map(family => family.name).join(', ')}`);
	process.exit(2);
}
watch(await startWorker(), {name, seed: values.seed, from: Number(values.from), count: Number(count)});

/** The worker runs from a bundle, as the program does: the loader's way of naming functions would cost a third of each case. */
async function startWorker(): Promise<ChildProcess> {
	const folder = path.join(root, 'generated', 'fuzz', String(process.pid));
	await build({
		absWorkingDir: root,
		entryPoints: ['scripts/fuzz/worker.ts'],
		outdir: folder,
		bundle: true,
		packages: 'external',
		format: 'esm',
		platform: 'node',
		target: 'node20',
		loader: {'.json': 'json', '.txt': 'text'},
		plugins: [keepPlace],
		logLevel: 'warning',
	});
	process.on('exit', () => rmSync(folder, {recursive: true, force: true}));
	return fork(path.join(folder, 'worker.js'), {execArgv: confined()});
}

/** What escapes is stopped by node itself: no process, no thread, no file written, none read but ours. */
function confined(): string[] {
	const flag = ['--permission', '--experimental-permission'].find(each => process.allowedNodeEnvironmentFlags.has(each));
	if (!flag) return [];
	const folders = [root, realpathSync(path.join(root, 'node_modules'))];
	return [flag, '--disable-warning=ExperimentalWarning', ...folders.map(folder => `--allow-fs-read=${folder}/*`)];
}

/** The cases run in a process of their own: one that never returns, or ends it, is told. */
function watch(worker: ChildProcess, task: Task) {
	const began = performance.now();
	let last = task.from;
	let [heardMs, heardProcessorMs, shown] = [began, 0, began];
	let findings = 0;
	const tell = (finding: Finding | Omit<Finding, 'input'>) => {
		findings++;
		console.log(JSON.stringify(finding));
	};
	const finish = (cost = 'not finished') => {
		worker.kill('SIGKILL');
		console.error(`${task.name}: ${last - task.from + 1} cases, seed ${task.seed}, ${findings} findings, ${cost}`);
		process.exit(findings > 0 ? 1 : 0);
	};
	const fail = (problem: string) => {
		tell({family: task.name, seed: task.seed, number: last, problem});
		finish();
	};
	worker.on('message', ({number, finding, spentMs}: Report) => {
		heardMs = performance.now();
		if (number !== undefined) last = number;
		if (finding) tell(finding);
		if (spentMs !== undefined) finish(`${Math.round(spentMs / 1000)} s of processor time, ${(spentMs / task.count).toFixed(2)} ms a case`);
	});
	worker.on('exit', code => fail(`the process ended with ${code}`));
	worker.send(task);
	let seen = last;
	setInterval(() => {
		const spent = processorMs(worker.pid!);
		if (seen !== last) [seen, heardProcessorMs] = [last, spent];
		if (spent - heardProcessorMs > hangMs) fail(`no answer within ${hangMs / 1000} s of processor time`);
		if (performance.now() - heardMs > silenceMs) fail(`no answer for ${silenceMs / 1000} s`);
		if (performance.now() - shown < progressMs) return;
		shown = performance.now();
		console.error(`${task.name}: case ${last - task.from + 1} of ${task.count}, ${findings} findings, ${Math.round(spent / 1000)} s`);
	}, 1000);
}
