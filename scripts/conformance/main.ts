// npm run conformance -- FOLDER: runs every known family of the folder, prints one line {"family","passed","total","failed"} each.
import {existsSync, readFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import type {Line, Result} from './case.js';

/** Every family that has a runner here, in the order in which they are reported. */
const families = [
	'defaulting',
	'validation',
	'api-validation',
	'printers',
	'strategic-merge',
	'apply-merge',
	'quantity',
	'duration',
	'selectors',
	'services',
	'describe',
	'generators',
	'jsonpath',
	'cron',
	'dns',
	'netpol',
	'ingress',
	'ingress-admission',
	'metallb',
	'nginx-pages',
] as const;

const folder = process.argv[2];
if (!folder) {
	process.stderr.write('Usage: npm run conformance -- FOLDER (a folder of *.jsonl families)\n');
	process.exit(2);
}

for (const family of families) {
	const file = join(folder, `${family}.jsonl`);
	const module = new URL(`${family}.ts`, import.meta.url);
	if (!existsSync(file) || !existsSync(module)) continue;
	const lines = readFileSync(file, 'utf8')
		.split('\n')
		.filter(Boolean)
		.map(line => JSON.parse(line) as Line);
	const {run} = (await import(module.href)) as {run(lines: readonly Line[], folder: string): Result | Promise<Result>};
	const {passed, total, failed} = await run(lines, resolve(folder));
	process.stdout.write(`${JSON.stringify({family, passed, total, failed})}\n`);
}
