import {existsSync, readFileSync} from 'node:fs';
import test from 'ava';
import {run} from '../../../scripts/conformance/ingress-admission.js';

const file = new URL('../../../../shared/conformance/ingress-admission.jsonl', import.meta.url);

test('conformance: ingress-admission', t => {
	if (!existsSync(file)) {
		t.log('skipped: ../shared/conformance is absent');
		t.pass();
		return;
	}

	const lines = readFileSync(file, 'utf8').trim().split('\n');
	const {failed, reasons} = run(lines.map(line => JSON.parse(line)));
	t.deepEqual(failed, [], reasons.slice(0, 3).join('\n'));
});
