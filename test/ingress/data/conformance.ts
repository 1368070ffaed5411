import {existsSync, readFileSync} from 'node:fs';
import test from 'ava';
import {run as ingress} from '../../../scripts/conformance/ingress.js';
import {run as pages} from '../../../scripts/conformance/nginx-pages.js';

const folder = '../shared/conformance';

/** With the reason for each. */
const known: Readonly<Record<string, readonly string[]>> = {
	// nginx itself sends a client that lacks the last slash of a proxied location there with 301 (auto_redirect), before ingress-nginx has a say.
	ingress: [
		'ingress/conf-path_rules-13-prefix-aaa-bbb-matches-request-aaa-bbb',
		'ingress/conf-path_rules-15-exact-foo-does-not-match-request-foo',
	],
	'nginx-pages': [],
};

const runs: Readonly<Record<string, typeof ingress | typeof pages>> = {ingress, 'nginx-pages': pages};

for (const [family, failures] of Object.entries(known)) {
	const file = `${folder}/${family}.jsonl`;
	test(`conformance: ${family}`, async t => {
		if (!existsSync(file)) {
			t.log(`${file} is not here`);
			t.pass();
			return;
		}

		t.timeout(240_000);
		const lines = readFileSync(file, 'utf8')
			.split('\n')
			.filter(Boolean)
			.map(line => JSON.parse(line));
		const run = runs[family]!;
		const {failed, reasons} = run(lines);
		t.deepEqual(failed, failures, reasons.join('\n'));
	});
}
