// npm run fuzz -- FAMILY [N] [--seed TEXT] [--from N]     a finding is one line of JSON; the exit status is 1 when there was one
import process from 'node:process';
import {parseArgs} from 'node:util';
import {isMainThread, parentPort, Worker, workerData} from 'node:worker_threads';
import families from './families/index.js';
import {runFamily} from './run.js';

const hangSeconds = 60;

if (isMainThread) await watch();
else {
	const {name, seed, from, count} = workerData as {name: string; seed: string; from: number; count: number};
	const family = families.find(each => each.name === name)!;
	const findings = await runFamily(family, {seed, from, count, onCase: number => parentPort!.postMessage({number})});
	parentPort!.postMessage({findings});
}

/** The cases run in a thread: one that never returns is told, and stopped. */
async function watch() {
	const {values, positionals} = parseArgs({
		allowPositionals: true,
		options: {seed: {type: 'string', default: '1'}, from: {type: 'string', default: '0'}},
	});
	const [name = '', count = '1000'] = positionals;
	if (!families.some(family => family.name === name)) {
		console.error(`npm run fuzz -- FAMILY [N]; families: ${families.map(family => family.name).join(', ')}`);
		process.exit(2);
	}
	const data = {name, seed: values.seed, from: Number(values.from), count: Number(count)};
	const worker = new Worker(new URL(import.meta.url), {workerData: data, execArgv: ['--import=tsx']});
	let last = data.from;
	let heard = performance.now();
	worker.on('message', ({number, findings}) => {
		heard = performance.now();
		if (number !== undefined) last = number;
		else finish(findings);
	});
	worker.on('error', error => finish([{family: name, seed: data.seed, number: last, problem: `the thread died: ${error.message}`}]));
	setInterval(() => {
		if (performance.now() - heard > hangSeconds * 1000)
			finish([{family: name, seed: data.seed, number: last, problem: `no answer for ${hangSeconds} s`}]);
	}, 1000);
	const finish = (findings: object[]) => {
		for (const finding of findings) console.log(JSON.stringify(finding));
		console.error(`${name}: ${last - data.from + 1} cases, seed ${data.seed}, ${findings.length} findings`);
		process.exit(findings.length > 0 ? 1 : 0);
	};
}
