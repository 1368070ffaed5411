import {existsSync, readFileSync} from 'node:fs';
import test from 'ava';
import {run} from '../../scripts/conformance/metallb.js';

const file = new URL('../../../shared/conformance/metallb.jsonl', import.meta.url);

test('conformance: metallb', t => {
	if (!existsSync(file)) {
		t.log('skipped: ../shared/conformance is absent');
		t.pass();
		return;
	}

	const lines = readFileSync(file, 'utf8').trim().split('\n');
	const {failed, reasons} = run(lines.map(line => JSON.parse(line)));
	t.deepEqual(failed, [], reasons.slice(0, 3).join('\n'));
});
