// npm run fuzz -- FAMILY [--count N] [--seed TEXT] [--from N]     a finding is one line of JSON; the exit status is 1 when there was one
import {fork} from 'node:child_process';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import families from './families/index.js';
import {runFamily} from './run.js';

const hangSeconds = 180;

interface Task {
	readonly name: string;
	readonly seed: string;
	readonly from: number;
	readonly count: number;
}

if (process.send) {
	const {name, seed, from, count} = JSON.parse(process.argv[2]!) as Task;
	const family = families.find(each => each.name === name)!;
	const findings = await runFamily(family, {seed, from, count, onCase: number => process.send!({number})});
	process.send({findings, seconds: Math.round(process.cpuUsage().user / 1e6)}, () => process.exit(0));
} else watch();

/** The cases run in a process of their own: one that never returns, or ends it, is told. */
function watch() {
	const {values, positionals} = parseArgs({
		allowPositionals: true,
		options: {seed: {type: 'string', default: '1'}, from: {type: 'string', default: '0'}, count: {type: 'string'}},
	});
	const [name = '', count = values.count ?? '1000'] = positionals;
	if (!families.some(family => family.name === name)) {
		console.error(`npm run fuzz -- FAMILY [--count N]; families: ${families.map(family => family.name).join(', ')}`);
		process.exit(2);
	}
	const data: Task = {name, seed: values.seed, from: Number(values.from), count: Number(count)};
	const child = fork(fileURLToPath(import.meta.url), [JSON.stringify(data)], {execArgv: ['--import=tsx']});
	let last = data.from;
	let heard = performance.now();
	child.on('message', ({number, findings, seconds}: {number?: number; findings?: object[]; seconds?: number}) => {
		heard = performance.now();
		if (number !== undefined) last = number;
		else finish(findings!, `${seconds} s of processor time`);
	});
	child.on('exit', code => finish([{family: name, seed: data.seed, number: last, problem: `the process ended with ${code}`}]));
	setInterval(() => {
		if (performance.now() - heard > hangSeconds * 1000)
			finish([{family: name, seed: data.seed, number: last, problem: `no answer for ${hangSeconds} s`}]);
	}, 1000);
	const finish = (findings: object[], cost = 'not finished') => {
		for (const finding of findings) console.log(JSON.stringify(finding));
		child.kill('SIGKILL');
		console.error(`${name}: ${last - data.from + 1} cases, seed ${data.seed}, ${findings.length} findings, ${cost}`);
		process.exit(findings.length > 0 ? 1 : 0);
	};
}
