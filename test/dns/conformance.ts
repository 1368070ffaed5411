import {existsSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {run as dns} from '../../scripts/conformance/dns.js';
import {run as netpol} from '../../scripts/conformance/netpol.js';
import {run as services} from '../../scripts/conformance/services.js';

const folder = new URL('../../../shared/conformance/', import.meta.url);

for (const [family, run] of Object.entries({dns, netpol, services})) {
	const file = new URL(`${family}.jsonl`, folder);
	test(`the ${family} family of real behaviour`, t => {
		if (!existsSync(file)) {
			t.log(`skipped: ${file.pathname} is not here`);
			t.pass();
			return;
		}

		const lines = readFileSync(file, 'utf8').trim().split('\n');
		const {failed, reasons} = run(
			lines.map(line => JSON.parse(line)),
			fileURLToPath(folder),
		);
		t.deepEqual(
			failed.map((id, i) => `${id}: ${reasons[i]}`),
			[],
		);
	});
}
