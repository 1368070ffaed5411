import {existsSync, readFileSync} from 'node:fs';
import test from 'ava';
import {run as apiValidation} from '../../scripts/conformance/api-validation.js';
import type {Line, Result} from '../../scripts/conformance/case.js';
import {run as defaulting} from '../../scripts/conformance/defaulting.js';
import {run as printers} from '../../scripts/conformance/printers.js';
import {run as quantity} from '../../scripts/conformance/quantity.js';
import {run as selectors} from '../../scripts/conformance/selectors.js';
import {run as strategicMerge} from '../../scripts/conformance/strategic-merge.js';
import {run as validation} from '../../scripts/conformance/validation.js';

/** Every case of these families passes; there is no list of exceptions. */
const families: Record<string, (lines: readonly Line[]) => Result> = {
	'api-validation': apiValidation,
	defaulting,
	printers,
	quantity,
	selectors,
	'strategic-merge': strategicMerge,
	validation,
};

for (const [family, run] of Object.entries(families)) {
	const file = new URL(`../../../shared/conformance/${family}.jsonl`, import.meta.url);
	test(`conformance: ${family}`, t => {
		if (!existsSync(file)) {
			t.log('skipped: ../shared/conformance is absent');
			t.pass();
			return;
		}

		const {failed, reasons} = run(
			readFileSync(file, 'utf8')
				.trim()
				.split('\n')
				.map(line => JSON.parse(line)),
		);
		t.deepEqual(failed, [], reasons.slice(0, 3).join('\n'));
	});
}
