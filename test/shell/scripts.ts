import {readFileSync} from 'node:fs';
import test from 'ava';
import {fakeSession} from '../helpers/fake-machine.js';

/** What bash 5 printed when it ran them as a file, and its status. */
const rows: ReadonlyArray<{script: string; out: string}> = readFileSync(new URL('../data/shell/scripts.jsonl', import.meta.url), 'utf8')
	.trim()
	.split('\n')
	.map(line => JSON.parse(line));

for (const [index, {script, out}] of rows.entries())
	test(`script ${index + 1}: ${script.split('\n')[0]!.slice(0, 60)}`, async t => {
		const session = fakeSession();
		const text = Buffer.from(script, 'utf8').toString('base64');
		const {stdout} = await session.run(
			`export TZ=UTC USER=root; echo ${text} | base64 -d > script; bash script > out 2>&1 < /dev/null; echo "[$?]" >> out; cat out`,
		);
		t.is(stdout, out);
	});
