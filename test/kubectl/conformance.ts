import {existsSync, readFileSync} from 'node:fs';
import test from 'ava';
import type {Line, Result} from '../../scripts/conformance/case.js';
import {run as applyMerge} from '../../scripts/conformance/apply-merge.js';
import {run as describe} from '../../scripts/conformance/describe.js';
import {run as duration} from '../../scripts/conformance/duration.js';
import {run as generators} from '../../scripts/conformance/generators.js';
import {run as jsonpath} from '../../scripts/conformance/jsonpath.js';

/** Cases taken from Kubernetes' own code; they lie beside the project and are not part of it. */
const folder = new URL('../../../shared/conformance/', import.meta.url);

/** How many may fail, with the reason in a comment. */
const families: ReadonlyArray<[name: string, run: (lines: readonly Line[]) => Result, failedMax: number]> = [
	['apply-merge', applyMerge, 0],
	['describe', describe, 0],
	['duration', duration, 0],
	['generators', generators, 0],
	['jsonpath', jsonpath, 0],
];

for (const [name, run, failedMax] of families) {
	test(`conformance: ${name}`, t => {
		const file = new URL(`${name}.jsonl`, folder);
		if (!existsSync(file)) {
			t.log('the conformance tables are not here');
			t.pass();
			return;
		}

		const lines = readFileSync(file, 'utf8')
			.trim()
			.split('\n')
			.map(line => JSON.parse(line) as Line);
		const {total, passed, failed} = run(lines);
		t.true(total - passed <= failedMax, failed.join('\n'));
	});
}
